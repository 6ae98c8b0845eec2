/** `casebook report`: the editor's own export of a service report, without an editor. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeInto } from '../adapters/report/folderFiles';
import { SimpleGitArticleRepository } from '../adapters/git/articleRepository';
import { systemClock, systemRandom } from '../adapters/machine/clock';
import { type OpenedReports, openReports } from '../adapters/openReports';
import { openCaseStore } from '../adapters/store/caseStore';
import { CASES_FOLDER, SETTINGS_FILE } from '../adapters/store/layout';
import { openSettingsFile } from '../adapters/store/settingsFile';
import type { CasebookSettings } from '../domain/casebook';
import { type CaseStore, StoreError } from '../domain/ports';
import type { ReportDocument } from '../domain/report/document/reportDocument';
import { periodBeside } from '../domain/report/period';
import type { Exported } from '../domain/report/reportOutputs';
import type { ReportFilter } from '../domain/report/serviceReport';
import type { Reports } from '../domain/report/sources';
import type { Words } from '../domain/words';
import { filterNamed } from '../domain/report/filters';
import { isRelative, type ReportRequest } from './options';
import {
  makingReport,
  NoCasebookError,
  readingCases,
  SettingsError,
  UnknownNameError,
  UnreadCasesError,
  unreadWarning,
  wasFrozen,
  wasKeptAside,
} from './words';

export interface Surroundings {
  /** Absolute path of the folder with the built bundles. */
  readonly bundles: string;
  readonly version: string;
  /** What the user should know beside the result. */
  readonly warn: (words: Words) => void;
  readonly progress: (words: Words) => void;
}

/** Parts of casebook.json that figures, names or times of a report depend on. */
const NEEDED: readonly string[] = [
  SETTINGS_FILE,
  ...(['customers', 'products', 'timings', 'calendar', 'report'] satisfies (keyof CasebookSettings)[]),
];

/** @returns what is printed on standard output. @throws what `sentenceOf` words */
export async function makeReport(request: ReportRequest, surroundings: Surroundings): Promise<string> {
  const folder = resolve(request.casebook);
  await assertCasebook(folder);
  const settings = await openSettingsFile({ folder });
  const unreadParts = settings.problems().filter((part) => NEEDED.includes(part));
  if (unreadParts.length > 0) throw new SettingsError(unreadParts, join(folder, SETTINGS_FILE));
  // the list of cases is not kept: the command leaves nothing behind on the machine
  const state = join(tmpdir(), `casebook-${randomUUID()}`);
  const { bundles, version, progress } = surroundings;
  const clock = systemClock;
  const indexFile = join(state, 'index.json');
  const store = openCaseStore({ folder, indexFile, version, clock, random: systemRandom, settings });
  try {
    progress(readingCases);
    await store.load();
    const opened = openReports({
      store,
      settings,
      clock,
      repository: new SimpleGitArticleRepository(),
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      reportThread: join(bundles, 'reportThread.js'),
    });
    const filter = filterNamed(request, store.summaries(), settings.current(), (kind, name) => {
      throw new UnknownNameError(kind, name);
    });
    return await madeOf({ ...request, filter }, opened, store, surroundings);
  } finally {
    store.dispose();
    await rm(state, { recursive: true, force: true });
  }
}

/** A folder that is no casebook is not made one. */
async function assertCasebook(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new StoreError('folder-missing', folder);
  if (![SETTINGS_FILE, CASES_FOLDER].some((name) => existsSync(join(folder, name)))) throw new NoCasebookError(folder);
}

async function madeOf(
  request: ReportRequest & { readonly filter: ReportFilter },
  { reports, reportShelf, reportOutputs }: OpenedReports,
  store: CaseStore,
  { warn, progress }: Surroundings,
): Promise<string> {
  const { language, filter, formats, isPseudonymised, isCommitted, isFrozen, out } = request;
  const unread = store.problems().flatMap(({ code, path }) => (code === 'case-unreadable' ? [path] : []));
  if (isFrozen && unread.length > 0) throw new UnreadCasesError(unread);
  const period = periodId(request.period, reports);
  progress(makingReport(period));
  const options = { language, filter, formats, isPseudonymised, isCommitted };
  let made: Exported;
  if (out !== undefined) {
    const { document, files } = await reportOutputs.render(period, options);
    made = { document, files: await writeInto(resolve(out), files), keptAside: '', commit: '' };
  } else if (isFrozen && !(await reportShelf.frozen(period))) {
    made = await reportOutputs.freeze(period, options);
  } else {
    made = await reportOutputs.export(period, options);
    if (isFrozen) warn(wasFrozen(period));
  }
  if (unread.length > 0) warn(unreadWarning(unread));
  if (made.keptAside !== '') warn(wasKeptAside(made.keptAside));
  return request.isJson ? `${JSON.stringify(resultOf(made, unread), null, 2)}\n` : listOf(made.files);
}

function periodId(asked: string, reports: Reports): string {
  if (!isRelative(asked)) return asked.toUpperCase();
  const running = reports.current(asked.endsWith('month') ? 'month' : 'quarter');
  return (asked.startsWith('this') ? running : periodBeside(running, -1, reports.options())).id;
}

/** Pictures go with the markdown and are not named. */
function listOf(files: readonly string[]): string {
  return files.flatMap((path) => (path.endsWith('.svg') ? [] : [`${path}\n`])).join('');
}

/** What `--json` prints: no name of a customer is in it but one that was asked for. */
function resultOf({ document, files, keptAside, commit }: Exported, unread: readonly string[]): object {
  const { period, title, subtitle, made, headline, language, isProvisional, isFrozen, isPseudonymised } = document;
  const { start, end, zone, asOf, generatedAt } = made;
  return {
    format: 1,
    period,
    title: `${title} · ${subtitle}`,
    start,
    end,
    zone,
    asOf,
    generatedAt,
    language,
    isProvisional,
    isFrozen,
    isPseudonymised,
    headline: headline.map(figureOf),
    files,
    keptAside,
    commit,
    unread,
  };
}

function figureOf({ id, label, cell, detail, change }: ReportDocument['headline'][number]): object {
  return { id, label, value: cell.value?.value ?? null, text: cell.text, detail, change };
}
