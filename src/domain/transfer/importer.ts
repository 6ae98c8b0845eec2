/** Carries out a planned import: cases that are here already are left out, so that one that was stopped goes on. */
import type { AttachmentStore, Breathe, CaseCopy, CaseStore, ManyOptions } from '../ports';
import { instantOf } from '../time';
import type { Language } from '../words';
import { historyEvents, importKey } from './events';
import { caseRow, eventRows } from './exported';
import type { Cell, OtherCasebook, TableWriter, TransferFiles } from './files';
import type { Mapping } from './mapping';
import { type CasesHere, type Content, type Plan, planCases, type PlannedCase } from './plan';
import type { Table } from './table';

export interface ImportResult {
  readonly made: number;
  /** It was stopped before it was through. */
  readonly isCancelled: boolean;
  /** Those that were made. */
  readonly cases: readonly PlannedCase[];
}

/** Which cases are here already: those of the source by their number there, and all by what they say. */
async function casesHere(store: Pick<CaseStore, 'summaries'>, source: string, breathe: Breathe): Promise<CasesHere> {
  const byNumber = new Map<string, string>();
  const byContent = new Map<string, string>();
  for (const summary of store.summaries()) {
    const { id, imported } = summary;
    const content = contentOf(summary);
    byContent.set(content, id);
    if (imported) {
      byNumber.set(importKey(imported.source, imported.id), id);
      byContent.set(importKey(content, imported.id), id);
    }
    await breathe();
  }
  return {
    of: (number) => byNumber.get(importKey(source, number)),
    like: (record) => byContent.get(contentOf(record)),
    again: (record, number) => byContent.get(importKey(contentOf(record), number)),
  };
}

function contentOf({ title, customer, receivedAt }: Content): string {
  return JSON.stringify([title, customer, instantOf(receivedAt)]);
}

/** What became of the files of copied cases. */
export interface FilesCopied {
  copied: number;
  /** Another file of that name is here; it stays, and the other one where it was. */
  different: number;
}

/**
 * Each case after its files: where it is stopped in between there is a file that no case names yet, never a case
 * whose files are missing.
 * @param told counts as the cases are taken
 * @throws StoreError
 */
export async function* withFiles(
  { cases, files }: OtherCasebook,
  own: Pick<AttachmentStore, 'list' | 'write'>,
  told: FilesCopied,
): AsyncGenerator<CaseCopy> {
  for await (const copy of cases) {
    const theirs = await files.list(copy.id);
    const here = theirs.length === 0 ? [] : await own.list(copy.id);
    for (const { name, size } of theirs) {
      const known = here.find((file) => file.name === name);
      if (known && known.size !== size) told.different += 1;
      if (known) continue;
      await own.write(copy.id, name, await files.read(copy.id, name), []);
      told.copied += 1;
    }
    yield copy;
  }
}

export interface ExportResult {
  /** Cases written; none where it was stopped. */
  readonly done: number;
  /** Lines of logs that can't be read, and are not in the export. */
  readonly unreadable: number;
  readonly paths: readonly string[];
}

/** Cases that are written at once. */
const AT_ONCE = 200;

/** Nothing is written: what would be made, and what would be refused. */
export async function dryRun(
  table: Table,
  mapping: Mapping,
  store: Pick<CaseStore, 'summaries'>,
  now: number,
  breathe: Breathe,
): Promise<Plan> {
  const planning = planCases(table, mapping, { now, here: await casesHere(store, mapping.source, breathe) });
  for (;;) {
    const step = planning.next();
    if (step.done) return step.value;
    await breathe();
  }
}

/** What importing changes, and how it keeps others from doing so at the same time. */
export interface ImportInto {
  readonly store: Pick<CaseStore, 'createMany' | 'summaries' | 'refresh'>;
  readonly transfer: Pick<TransferFiles, 'alone'>;
  readonly breathe: Breathe;
}

/**
 * @throws StoreError what was made before stays, and the next run leaves it out
 * @throws TransferError 'running' where another window is importing
 */
export async function importCases(
  cases: readonly PlannedCase[],
  source: string,
  by: string,
  { store, transfer, breathe }: ImportInto,
  options: ManyOptions,
): Promise<ImportResult> {
  return transfer.alone(async (check) => {
    // another window may have imported the same file since it was tried
    await store.refresh();
    const here = await casesHere(store, source, breathe);
    const wanted: PlannedCase[] = [];
    for (const planned of cases) {
      if (here.of(planned.id) === undefined) wanted.push(planned);
      await breathe();
    }
    const ids = await store.createMany(by, historiesOf(wanted, source), {
      ...options,
      isCancelled: () => {
        check();
        return options.isCancelled();
      },
    });
    return { made: ids.length, isCancelled: ids.length < wanted.length, cases: wanted.slice(0, ids.length) };
  });
}

function* historiesOf(cases: readonly PlannedCase[], source: string) {
  for (const planned of cases) yield historyEvents(planned, source);
}

/** Every case with all its events; what is not finished leaves no file. @throws TransferError, StoreError */
export async function exportCases(
  store: Pick<CaseStore, 'summaries' | 'get' | 'load'>,
  writer: TableWriter,
  language: Language,
  options: ManyOptions,
): Promise<ExportResult> {
  await store.load();
  let [done, unreadable] = [0, 0];
  let rows: { readonly cases: (readonly Cell[])[]; readonly events: (readonly Cell[])[] } = { cases: [], events: [] };
  const flush = async () => {
    const { cases, events } = rows;
    rows = { cases: [], events: [] };
    await writer.add(0, cases);
    await writer.add(1, events);
    options.progress(done);
  };
  try {
    for (const { id } of store.summaries().toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      if (options.isCancelled()) {
        await writer.abandon();
        return { done: 0, unreadable, paths: [] };
      }
      const stored = await store.get(id);
      // gone since the list was read
      if (!stored) continue;
      rows.cases.push(caseRow(stored, language));
      rows.events.push(...eventRows(stored));
      unreadable += stored.quarantined.length;
      done += 1;
      if (done % AT_ONCE === 0) await flush();
    }
    await flush();
    return { done, unreadable, paths: await writer.finish() };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
