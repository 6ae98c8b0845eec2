/** The panel that shows one report at a time: generates it, keeps the engineer's texts, leads to the cases. */
import * as vscode from 'vscode';
import type { Draft, ReportDocument } from '../../domain/report/document/reportDocument';
import { type EditedList, editedDrafts, editsOf, type ReportEdits } from '../../domain/report/edits';
import { periodBeside, type PeriodOptions } from '../../domain/report/period';
import { scopeText } from '../../domain/report/document/build';
import type { MadeReport } from '../../domain/report/reportOutputs';
import { reportName } from '../../domain/report/reportShelf';
import type { Period, ReportFilter } from '../../domain/report/serviceReport';
import type { Casebook } from '../../domain/ports';
import type { Language } from '../../domain/words';
import { editorLanguage } from '../../platform/language';
import { type Channel, connect } from '../../platform/rpc';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Session } from '../../platform/session';
import { viewRoots, webviewHtml } from '../../platform/webviewHtml';
import { withOthers } from './merging';
import { stampOf } from './rows';
import { PageMaker } from './pageDocument';
import { inKind, isRunning } from './periods';
import {
  type DraftId,
  type FromView,
  fromViewSchema,
  type ReportHead,
  type ReportState,
  type ToView,
} from './protocol';
import type { Act, Shown } from './shown';
import { asOfText, periodLabel } from './words';

export type PanelPorts = Pick<Casebook, 'reports' | 'reportOutputs' | 'reportShelf' | 'store' | 'clock'>;

/** What the panel can't do by itself. */
export interface Around {
  readonly periods: () => PeriodOptions;
  readonly choose: (current: Period) => Promise<Period | undefined>;
  readonly chooseFilter: (current: ReportFilter) => Promise<ReportFilter | undefined>;
  /** Exports, commits, freezes or unfreezes what is shown. */
  readonly act: (what: Act, shown: Shown) => Promise<void>;
}

interface Made extends MadeReport {
  readonly language: Language;
  readonly page: PageMaker;
  /** Of the cases that it was made of. */
  readonly stamp: string;
}

export class ReportPanel implements vscode.Disposable {
  private readonly view: Channel<ToView>;
  private readonly subscriptions: vscode.Disposable[];
  private made: Made | undefined;
  private edits: ReportEdits = {};
  private period: Period;
  private language: Language;
  private filter: ReportFilter;
  /** While it is being made. Whoever asks anew, or for nothing more, ends what was asked for before. */
  private making: AbortController | undefined;
  /** Texts are written one after the other, and read between. */
  private writing: Promise<void> = Promise.resolve();
  /** The report whose texts could not be written: those on the page count, not those in the folder. */
  private unwritten = '';

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly session: Session,
    private readonly ports: PanelPorts,
    private readonly around: Around,
    { period, language, filter }: Shown,
  ) {
    this.period = period;
    this.language = language;
    this.filter = filter;
    const { extensionUri } = session.context;
    panel.webview.options = { enableScripts: true, localResourceRoots: viewRoots(extensionUri) };
    const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
    panel.iconPath = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
    const channel = connect<ToView, typeof fromViewSchema>(panel.webview, fromViewSchema, session.log, (message) => {
      this.receive(message).catch((error: unknown) => this.failed(error));
    });
    this.view = channel;
    this.subscriptions = [channel, ports.store.onDidChange(() => this.casesChanged())];
    panel.webview.html = webviewHtml(panel.webview, extensionUri, 'reports');
    this.entitle();
  }

  dispose(): void {
    this.stop();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** What its page shows, if it shows anything. */
  get shown(): Shown | undefined {
    return this.made && { period: this.period, language: this.language, filter: this.filter };
  }

  /** The whole report of the period. */
  reveal(period: Period): void {
    this.panel.reveal();
    if (reportName(period.id) !== this.name) this.goTo(period, {});
  }

  regenerate(): void {
    void this.make();
  }

  /** "2026-Q3", "2026-Q3.customer-Acme" */
  private get name(): string {
    return reportName(this.period.id, this.filter);
  }

  private goTo(period: Period, filter: ReportFilter = this.filter): void {
    this.period = period;
    this.filter = filter;
    this.made = undefined;
    this.unwritten = '';
    this.entitle();
    void this.make();
  }

  private entitle(): void {
    const title = vscode.l10n.t('Report {0}', periodLabel(this.period));
    const scope = scopeText(this.filter, editorLanguage(), 1);
    this.panel.title = scope === '' ? title : `${title} · ${scope}`;
  }

  private async receive(message: FromView): Promise<void> {
    switch (message.type) {
      case 'ready':
        // a tab that was hidden comes back with what it showed
        if (this.making) return this.view.send({ type: 'making', head: this.head() });
        return this.made ? this.present(this.remade(this.made)) : this.make();
      case 'beside':
        return this.beside(message.by);
      case 'kind':
        return this.goTo(inKind(this.period, message.kind, this.ports.clock.now(), this.around.periods()));
      case 'choose': {
        const period = await this.around.choose(this.period);
        if (period && period.id !== this.period.id) this.goTo(period);
        return;
      }
      case 'filter': {
        const filter = await this.around.chooseFilter(this.filter);
        if (filter && reportName(this.period.id, filter) !== this.name) this.goTo(this.period, filter);
        return;
      }
      case 'unfilter':
        return this.goTo(this.period, {});
      case 'language':
        this.language = message.language;
        return this.made ? this.present(this.remade(this.made)) : this.make();
      case 'regenerate':
        return this.make();
      case 'cancel':
        return this.cancel();
      case 'cases':
        return this.showCases(message.figure, message.about);
      case 'openCase':
        return vscode.commands.executeCommand('casebook.case.open', message.id);
      case 'more':
        return this.more(message.table, message.from);
      case 'edit':
        return this.edit(message.draft, message.report, (made, before) =>
          editsOf(made.report.drafts[message.draft], message.lines, made.language, before),
        );
      case 'restore':
        return this.edit(message.draft, message.report, (_made, before) => ({
          lines: before?.lines ?? [],
          removed: [],
        }));
      case 'command':
        return this.act(message.command);
    }
  }

  private beside(by: -1 | 1): void {
    const period = periodBeside(this.period, by, this.around.periods());
    if (Date.parse(period.start) <= this.ports.clock.now()) this.goTo(period);
  }

  private async make(): Promise<void> {
    this.stop();
    const { period, filter, name, ports } = this;
    const making = new AbortController();
    this.making = making;
    const { signal } = making;
    this.view.send({ type: 'making', head: this.head() });
    try {
      let stamp = '';
      const onRead = () => (stamp = this.stamp());
      const report = await ports.reportOutputs.report(period.id, { filter, signal, onRead });
      await this.inTurn(async () => {
        if (this.unwritten === name) return;
        const edits = await ports.reportOutputs.edits(period.id, filter);
        if (!signal.aborted) this.edits = edits;
      });
      if (signal.aborted) return;
      this.making = undefined;
      this.present(this.madeOf(report, stamp));
    } catch (error) {
      // what nobody waits for any more may end as it likes
      if (!signal.aborted) this.failed(error);
    }
  }

  private stop(): void {
    this.making?.abort();
    this.making = undefined;
  }

  private cancel(): void {
    this.stop();
    this.view.send({ type: 'cancelled' });
  }

  private madeOf(made: MadeReport, stamp: string): Made {
    const { language, edits } = this;
    const { report, isFrozen, isPartOfFrozen } = made;
    const page = new PageMaker(report, language, { edits, isFrozen });
    return { report, isFrozen, isPartOfFrozen, language, page, stamp };
  }

  private remade(made: Made): Made {
    return this.madeOf(made, made.stamp);
  }

  private present(made: Made): void {
    this.made = made;
    this.view.send({ type: 'show', head: this.head(), document: made.page.document });
    if (made.stamp !== this.stamp()) this.view.send({ type: 'outdated' });
  }

  private head(): ReportHead {
    const { period, language, filter, name, made, ports } = this;
    const now = ports.clock.now();
    return {
      report: name,
      period: period.id,
      label: periodLabel(period),
      kind: period.kind,
      state: this.state(),
      isPartOfFrozen: made?.isPartOfFrozen === true,
      asOf: made ? asOfText(made.report) : '',
      hasNext: !isRunning(period, now),
      filter,
      filterText: scopeText(filter, editorLanguage(), 2),
      language,
      editorLanguage: editorLanguage(),
      bundle: vscode.l10n.bundle ?? {},
      readOnly: vscode.workspace.isTrusted
        ? ''
        : vscode.l10n.t('Restricted Mode: Casebook only reads here. Trust the workspace to go on.'),
    };
  }

  private state(): ReportState {
    if (this.made?.isFrozen) return 'frozen';
    const isProvisional = this.made?.report.isProvisional ?? isRunning(this.period, this.ports.clock.now());
    return isProvisional ? 'provisional' : 'over';
  }

  private async showCases(figure: number, about: string): Promise<void> {
    const ids = this.made?.page.casesOf(figure) ?? [];
    if (ids.length > 0) await vscode.commands.executeCommand('casebook.cases.openOneOf', ids, about);
  }

  private more(table: string, from: number): void {
    if (this.made) this.view.send({ type: 'rows', table, ...this.made.page.rowsOf(table, from) });
  }

  /** @param changed what becomes of the text */
  private async edit(
    id: DraftId,
    report: string,
    changed: (made: Made, before: EditedList | undefined) => EditedList,
  ): Promise<void> {
    const { made, period, filter } = this;
    if (!made || this.name !== report || made.isFrozen || !vscode.workspace.isTrusted) return;
    try {
      await this.inTurn(async () => {
        const { reportOutputs } = this.ports;
        const before = this.edits[id];
        const typed = changed(made, before);
        this.edits = { ...this.edits, [id]: typed };
        // a hand may have written in the markdown since, or another window
        const now = await reportOutputs.edits(period.id, filter);
        const rest = this.unwritten === report ? this.edits : now;
        this.edits = { ...rest, [id]: withOthers(typed, before, now[id]) };
        await reportOutputs.saveEdits(period.id, this.edits, filter);
        this.unwritten = '';
      });
    } catch (error) {
      this.unwritten = report;
      logError(this.session.log, 'report', error);
      this.view.send({ type: 'notSaved', draft: id, message: notKept() });
      return;
    }
    const { edits } = this;
    const block = draftIn(made.page.source, id);
    if (this.made !== made || !block) return;
    const lines = editedDrafts(made.report.drafts, edits, made.language)[id];
    this.view.send({ type: 'saved', draft: made.page.draft({ ...block, lines }, edits) });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work);
    this.writing = done.catch(() => undefined);
    return done;
  }

  private async act(command: Extract<FromView, { type: 'command' }>['command']): Promise<void> {
    if (command === 'manageTrust') return vscode.commands.executeCommand('workbench.trust.manage');
    const { shown } = this;
    if (!shown) return;
    this.view.send({ type: 'busy', isBusy: true });
    try {
      await this.writing;
      await this.around.act(command, shown);
    } finally {
      this.view.send({ type: 'busy', isBusy: false });
    }
  }

  private casesChanged(): void {
    if (this.made && !this.making && this.made.stamp !== this.stamp()) this.view.send({ type: 'outdated' });
  }

  private stamp(): string {
    return stampOf(this.ports.store.summaries());
  }

  private failed(error: unknown): void {
    logError(this.session.log, 'report', error);
    this.making = undefined;
    this.view.send({ type: 'failed', message: sentenceOf(error) });
  }
}

function draftIn({ sections }: ReportDocument, id: DraftId): Draft | undefined {
  const blocks = sections.flatMap(({ parts }) => parts.flatMap((part) => part.blocks));
  return blocks.find((block): block is Draft => block.kind === 'draft' && block.id === id);
}

function notKept(): string {
  return vscode.l10n.t(
    'What you typed could not be kept: it is only on this page. Copy it before you close the page; the log says why.',
  );
}
