/** Reports on their way out: with the engineer's texts, in files, frozen, committed. */
import { type ArticleRepository, type CaseStore, GitError, type Publishing, type SettingsStore } from '../ports';
import { type KnownNames, namesInCase, together } from '../redaction/names';
import type { Language } from '../words';
import { type DocumentOptions, reportDocument, titleOf } from './document/build';
import type { Pseudonyms } from './document/pseudonyms';
import type { ReportDocument } from './document/reportDocument';
import { type ReportEdits } from './edits';
import { isForeign, isTouched, withHandEdits } from './handEdits';
import { fingerprint } from './plainText';
import { type RenderedFile, type ReportFormat, type ReportRenderer, type ReportShelf, reportName } from './reportShelf';
import { isWhole } from './scope';
import type { ReportFilter, ServiceReport } from './serviceReport';
import type { FrozenReport, ReportOptions, Reports } from './sources';

export interface OutputOptions extends ReportOptions {
  readonly language: Language;
  /** Customers, their people and their numbers are replaced. */
  readonly isPseudonymised?: boolean;
}

export interface ExportOptions extends OutputOptions {
  /** The language in which the team keeps its reports; files of the other one get its name. */
  readonly mainLanguage?: Language;
  readonly formats: readonly ReportFormat[];
  /** Commits the files, and nothing else. */
  readonly isCommitted?: boolean;
}

/** A report's files as they would be written. */
export interface Rendered {
  /** Without the list of cases. */
  readonly document: ReportDocument;
  readonly files: readonly RenderedFile[];
}

export interface Exported {
  /** What the files say, but for the list of cases. */
  readonly document: ReportDocument;
  /** Absolute paths; pictures included. */
  readonly files: readonly string[];
  /** Where the markdown as it was is kept, since a hand had written in it; empty where none had. */
  readonly keptAside: string;
  /** Full hash; empty where nothing was to be committed. */
  readonly commit: string;
}

export interface MadeReport {
  readonly report: ServiceReport;
  readonly isFrozen: boolean;
  /** It is on a part of a period whose whole report is frozen, and may say more than that one. */
  readonly isPartOfFrozen: boolean;
}

/** `freezing`: its texts are taken as they stand now, and then never again. */
type State = 'open' | 'freezing' | 'frozen';

interface Texts {
  readonly kept: ReportEdits;
  readonly edits: ReportEdits;
}

/** What was asked for can't be done with this report. */
export class ReportOutputError extends Error {
  override readonly name = 'ReportOutputError';
  constructor(
    /** `frozen`: it is not changed any more. `running`: its period is not over. `filtered`: it is not the whole one. */
    readonly reason: 'frozen' | 'running' | 'filtered',
    readonly period: string,
  ) {
    super(`${reason}: ${period}`);
  }
}

export interface OutputParts {
  readonly reports: Reports;
  readonly shelf: ReportShelf;
  readonly renderer: ReportRenderer;
  readonly store: CaseStore;
  readonly settings: SettingsStore;
  readonly repository: ArticleRepository;
  readonly publishing: () => Publishing;
  /** Now, ISO-8601. */
  readonly now: () => string;
}

export class ReportOutputs {
  constructor(private readonly parts: OutputParts) {}

  /** As it was frozen, or made of the casebook as it stands. @throws PeriodError, ReportShelfError */
  async report(period: string, options: ReportOptions = {}): Promise<MadeReport> {
    const isOfAll = isWhole(options.filter);
    const kept = isOfAll ? await this.parts.shelf.frozen(period) : undefined;
    if (kept) return { report: kept.report, isFrozen: true, isPartOfFrozen: false };
    const report = await this.parts.reports.generate(period, options);
    return { report, isFrozen: false, isPartOfFrozen: !isOfAll && (await this.isFrozen(period)) };
  }

  private async isFrozen(period: string): Promise<boolean> {
    return (await this.parts.shelf.list()).some((frozen) => frozen.period === period);
  }

  /** What the engineer made of the drafts, on the page or in the markdown. @throws ReportShelfError */
  async edits(period: string, filter?: ReportFilter): Promise<ReportEdits> {
    const isFrozen = isWhole(filter) && (await this.isFrozen(period));
    return (await this.texts(reportName(period, filter), isFrozen)).edits;
  }

  /** `kept` is what was saved, `edits` that with what a hand wrote since; a frozen report takes nothing over. */
  private async texts(name: string, isFrozen: boolean): Promise<Texts> {
    const { shelf } = this.parts;
    const { edits: kept, seen } = await shelf.edits(name);
    const markdown = isFrozen ? undefined : await shelf.textOf(`${name}.md`);
    const isSeen = markdown === undefined || fingerprint(markdown) === seen;
    return { kept, edits: isSeen ? kept : withHandEdits(kept, markdown) };
  }

  /** @throws ReportOutputError 'frozen', ReportShelfError, StoreError */
  async saveEdits(period: string, edits: ReportEdits, filter?: ReportFilter): Promise<void> {
    if (isWhole(filter) && (await this.parts.shelf.frozen(period))) throw new ReportOutputError('frozen', period);
    const name = reportName(period, filter);
    // whoever saves has seen what a hand wrote: it must not come back over what is saved now
    const markdown = await this.parts.shelf.textOf(`${name}.md`);
    const seen = markdown === undefined ? '' : fingerprint(markdown);
    await this.parts.shelf.changeEdits(name, () => ({ edits, seen }));
  }

  /** The report's files, for a place outside the casebook: nothing is written. */
  async render(period: string, options: ExportOptions): Promise<Rendered> {
    const { report, isFrozen } = await this.report(period, options);
    const { document, files } = await this.rendered(report, isFrozen ? 'frozen' : 'open', options);
    return { document, files };
  }

  /** Writes the report's files. A markdown in which a hand wrote keeps its texts, and is kept aside for the rest. */
  async export(period: string, options: ExportOptions): Promise<Exported> {
    const { report, isFrozen } = await this.report(period, options);
    return this.write(report, isFrozen ? 'frozen' : 'open', options);
  }

  /**
   * Makes the report final: its figures and texts stay as they are, and what is recorded later for its period is
   * listed in the next one. @throws ReportOutputError, PeriodError, ReportShelfError
   */
  async freeze(period: string, options: ExportOptions): Promise<Exported> {
    const { shelf, now } = this.parts;
    if (!isWhole(options.filter)) throw new ReportOutputError('filtered', period);
    const { report, isFrozen } = await this.report(period, options);
    if (isFrozen) throw new ReportOutputError('frozen', period);
    if (report.isProvisional) throw new ReportOutputError('running', period);
    const written = await this.write(report, 'freezing', { ...options, isCommitted: false });
    const path = await shelf.freeze({ frozen: frozenOf(report, now()), report });
    const files = [path, ...written.files];
    const kept = await shelf.editsPath(reportName(period));
    const all = kept === undefined ? files : [...files, kept];
    const commit = options.isCommitted ? await this.commit(all, titleOf(written.document)) : '';
    return { ...written, files, commit };
  }

  /** Lets the report follow the casebook again. */
  async unfreeze(period: string): Promise<void> {
    await this.parts.shelf.unfreeze(period);
  }

  private async rendered(
    report: ServiceReport,
    state: State,
    options: ExportOptions,
  ): Promise<Rendered & { readonly name: string; readonly stem: string; readonly texts: Texts }> {
    const { filter, language, mainLanguage = language, isPseudonymised = false, formats } = options;
    const name = reportName(report.period.id, filter);
    const texts = await this.texts(name, state === 'frozen');
    const { edits } = texts;
    const pseudonyms = isPseudonymised ? await this.pseudonyms(report) : undefined;
    const stem = [
      // the name of a filtered report may name the customer, or a product that is called after one
      isPseudonymised && !isWhole(filter) ? `${reportName(report.period.id)}.${fingerprint(name)}` : name,
      ...(isPseudonymised ? ['pseudonymised'] : []),
      ...(language === mainLanguage ? [] : [language]),
    ].join('.');
    const documentOptions: DocumentOptions = { edits, isFrozen: state !== 'open', ...(pseudonyms && { pseudonyms }) };
    const files = await this.parts.renderer.render({ report, language, options: documentOptions, stem, formats });
    // the renderer writes the list, which may be of thousands, where it takes nobody's turn
    const document = reportDocument({ ...report, cases: [] }, language, documentOptions);
    return { document, files, name, stem, texts };
  }

  private async write(report: ServiceReport, state: State, options: ExportOptions): Promise<Exported> {
    const { shelf } = this.parts;
    const { formats, isCommitted } = options;
    const { document, files: rendered, name, stem, texts } = await this.rendered(report, state, options);
    const before = formats.includes('markdown') ? await shelf.textOf(`${stem}.md`) : undefined;
    // texts are taken over from the report's main file alone, and not any more once it is frozen
    const isLost =
      before !== undefined && (stem === name && state !== 'frozen' ? isForeign(before) : isTouched(before));
    const keptAside = isLost ? await shelf.setAside(`${stem}.md`) : '';
    // the texts are kept before the file that they may stand in is written anew
    const main = rendered.find((file) => file.name === `${name}.md`)?.content;
    const markdown = main ?? (await shelf.textOf(`${name}.md`));
    if (typeof markdown === 'string') {
      const isSame = (edits: ReportEdits) => JSON.stringify(edits) === JSON.stringify(texts.kept);
      await shelf.changeEdits(name, ({ edits }) => ({
        // what was saved while the files were made is newer
        edits: isSame(edits) ? texts.edits : edits,
        seen: fingerprint(markdown),
      }));
    }
    const files = await shelf.write(rendered);
    const kept = stem === name ? await shelf.editsPath(name) : undefined;
    const all = kept === undefined ? files : [...files, kept];
    const commit = isCommitted ? await this.commit(all, titleOf(document)) : '';
    return { document, files, keptAside, commit };
  }

  /** Customers as casebook.json has them, and whoever reported or confirmed something in one of the report's cases. */
  private async pseudonyms({ cases }: ServiceReport): Promise<Pseudonyms> {
    const { settings, store } = this.parts;
    const names: KnownNames[] = [];
    for (const { id } of cases) {
      const stored = await store.get(id);
      if (stored) names.push(namesInCase(stored.state));
    }
    return { customers: settings.current().customers, names: together(...names) };
  }

  /** @throws GitError; the files are then on disk as they are */
  private async commit(files: readonly string[], message: string): Promise<string> {
    const { repository, shelf, store, publishing } = this.parts;
    const [first, ...others] = files;
    if (first === undefined) return '';
    await repository.ensure(shelf.folder, store.folder);
    try {
      const { signOff } = publishing();
      return await repository.commitFile(shelf.folder, first, message, { with: others, signOff });
    } catch (error) {
      // as it is in the last commit already
      if (error instanceof GitError && error.reason === 'nothing-to-commit') return error.output.trim();
      throw error;
    }
  }
}

function frozenOf({ period, cases }: ServiceReport, frozenAt: string): FrozenReport {
  const { id, start, end } = period;
  const ids = (counts: (row: (typeof cases)[number]) => boolean) => cases.filter(counts).map((row) => row.id);
  return {
    period: id,
    start,
    end,
    frozenAt,
    received: ids(({ isReceived }) => isReceived),
    closed: ids(({ isClosed }) => isClosed),
  };
}
