/** Carries out a planned import: cases that are here already are left out, so that one that was stopped goes on. */
import type { CaseStore, ManyOptions } from '../ports';
import type { Language } from '../words';
import { historyEvents, importKey } from './events';
import { caseRow, eventRows } from './exported';
import type { Cell, TableWriter } from './files';
import type { Mapping } from './mapping';
import { type Plan, planCases, type PlannedCase } from './plan';
import type { Table } from './table';

export interface ImportResult {
  readonly made: number;
  /** It was stopped before it was through. */
  readonly isCancelled: boolean;
}

/** Which cases of a source are here already, by their number there. */
export function knownNumbers(store: Pick<CaseStore, 'summaries'>, source: string): (id: string) => string | undefined {
  const known = new Map<string, string>();
  for (const { id, imported } of store.summaries()) {
    if (imported) known.set(importKey(imported.source, imported.id), id);
  }
  return (id) => known.get(importKey(source, id));
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

export interface Turns {
  /** Lets others have their turn, where it is time. */
  rest(): Promise<void>;
}

/** Nothing is written: what would be made, and what would be refused. */
export async function dryRun(
  table: Table,
  mapping: Mapping,
  store: Pick<CaseStore, 'summaries'>,
  now: number,
  turns: Turns,
): Promise<Plan> {
  const planning = planCases(table, mapping, { now, known: knownNumbers(store, mapping.source) });
  for (;;) {
    const step = planning.next();
    if (step.done) return step.value;
    await turns.rest();
  }
}

/** @throws StoreError what was made before stays, and the next run leaves it out */
export async function importCases(
  cases: readonly PlannedCase[],
  source: string,
  by: string,
  store: Pick<CaseStore, 'createMany' | 'summaries' | 'refresh'>,
  options: ManyOptions,
): Promise<ImportResult> {
  // another window may have imported the same file since it was tried
  await store.refresh();
  const known = knownNumbers(store, source);
  const wanted = cases.filter(({ id }) => known(id) === undefined);
  const ids = await store.createMany(by, historiesOf(wanted, source), options);
  return { made: ids.length, isCancelled: ids.length < wanted.length };
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
