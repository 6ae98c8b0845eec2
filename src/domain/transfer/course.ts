/** How a case went, from its one row or from the rows of an audit log. */
import { instantOf } from '../time';
import { fill, w, type Words } from '../words';
import type { CaseRecord } from './record';

/** One row: a case as it was after a change, or as it is. */
export interface Change {
  readonly row: number;
  readonly record: CaseRecord;
}

export interface Course {
  /** The first of its rows. */
  readonly row: number;
  /** What is known of the case; of an audit log the last word on everything. */
  readonly record: CaseRecord;
  /** ISO-8601, earliest first; closings and reopenings by turns. */
  readonly closedAt: readonly string[];
  readonly reopenedAt: readonly string[];
  /** Empty where it was not withdrawn. */
  readonly withdrawnAt: string;
  /** Why no case can be made of it. */
  readonly lacks?: Words;
  readonly warnings: readonly Words[];
}

const notReopened = w(
  'Open again in row {0}, but not counted as reopened there; not taken for a reopening',
  '第 {0} 行状态变回未关闭，但原系统未计为重新打开，因此不作为重新打开处理',
);
const countOnly = w(
  'Reopened there {0} times; when is not known, so no reopening is taken over',
  '原系统中重新打开过 {0} 次，但时间未知，因此未导入重新打开记录',
);
const stillOpen = w(
  'Open there although it has a closing time, {0}; taken as open, without that time',
  '原系统中未关闭，却有关闭时间（{0}）；按未关闭导入，不含该时间',
);
const noClosing = w('Closed there, but nothing says when', '原系统中已关闭，但没有关闭时间');

/** @param changes at least one */
export function courseOf(changes: readonly Change[], rows: 'case' | 'change'): Course {
  const [first] = changes;
  if (!first) throw new RangeError('no rows');
  return rows === 'case' ? ofOneRow(first) : ofChanges([first, ...changes.slice(1)]);
}

function ofOneRow({ row, record }: Change): Course {
  const ended = record.closedAt || record.resolvedAt;
  const status = record.status || (ended === '' ? 'open' : 'closed');
  const base = { row, record, closedAt: [], reopenedAt: [], withdrawnAt: '', warnings: [] };
  if (status === 'withdrawn') return { ...base, withdrawnAt: ended || record.changedAt || record.receivedAt };
  if (status === 'closed' && ended === '') return { ...base, lacks: noClosing };
  const { reopenedAt, reopenCount } = record;
  const isCounted = reopenedAt.length === 0 && Number(reopenCount) > 0;
  if (isCounted) {
    const warnings = [fill(countOnly, reopenCount)];
    return { ...base, warnings, closedAt: status === 'closed' ? [ended] : [] };
  }
  const sorted = reopenedAt.toSorted((a, b) => instantOf(a) - instantOf(b));
  if (sorted.length === 0) {
    if (status === 'closed') return { ...base, closedAt: [ended] };
    return ended === '' ? base : { ...base, warnings: [fill(stillOpen, ended)] };
  }
  // the closing before a reopening is known only where the resolution came before it
  const [again = ''] = sorted;
  const before = record.resolvedAt !== '' && instantOf(record.resolvedAt) <= instantOf(again) ? record.resolvedAt : '';
  const unknown = w(
    'When it was closed before it was reopened is not known; the reopening is left out',
    '重新打开之前的关闭时间未知，未计入重新打开',
  );
  const last = status === 'closed' && instantOf(ended) >= instantOf(again) ? [ended] : [];
  if (before === '' || sorted.length > 1 || (status === 'closed' && last.length === 0)) {
    return { ...base, closedAt: status === 'closed' ? [ended] : [], warnings: [unknown] };
  }
  return { ...base, closedAt: [before, ...last], reopenedAt: sorted };
}

/**
 * The status of each row says what the change was: from open to closed a closing, back again a reopening. Rows may
 * lie in any order; those of the same minute stay in the file's.
 */
function ofChanges(changes: readonly [Change, ...Change[]]): Course {
  const ordered = changes
    .map((change, index) => ({ ...change, index, at: change.record.changedAt }))
    .toSorted((a, b) => instantOf(a.at) - instantOf(b.at) || a.index - b.index);
  const closedAt: string[] = [];
  const reopenedAt: string[] = [];
  const warnings: Words[] = [];
  const countOf = (record: CaseRecord) => (record.reopenCount === '' ? undefined : Number(record.reopenCount));
  let count = countOf(ordered[0]?.record ?? changes[0].record) ?? 0;
  let isClosed = false;
  let withdrawnAt = '';
  for (const { row, record, at } of ordered) {
    const { status } = record;
    const counted = countOf(record);
    if (status === 'closed' && !isClosed) closedAt.push(at);
    if (status === 'open' && isClosed) {
      // the log knows better than the order of its times
      if (counted !== undefined && counted <= count) {
        warnings.push(fill(notReopened, String(row)));
        continue;
      }
      reopenedAt.push(at);
    }
    if (status !== '') isClosed = status === 'closed';
    if (status === 'withdrawn' && withdrawnAt === '') withdrawnAt = at;
    if (status === 'open' || status === 'closed') withdrawnAt = '';
    count = Math.max(count, counted ?? 0);
  }
  const timeless = ordered.find(({ at }) => at === '');
  const record = lastWords(ordered.map((change) => change.record));
  const row = Math.min(...changes.map((change) => change.row));
  const base = { row, record, closedAt, reopenedAt, withdrawnAt, warnings };
  if (!timeless) return base;
  const words = w('The time of the change in row {0} is missing', '第 {0} 行缺少变更时间');
  return { ...base, lacks: fill(words, String(timeless.row)) };
}

/** What the latest row that knows it says; the first time of receipt and of an answer count. */
function lastWords(records: readonly CaseRecord[]): CaseRecord {
  const [first] = records;
  if (!first) throw new RangeError('no rows');
  const merged: Record<string, unknown> = { ...first };
  for (const record of records.slice(1)) {
    for (const [key, value] of Object.entries(record)) {
      const isKnown = Array.isArray(value) ? value.length > 0 : value !== '';
      const isFirst = key === 'receivedAt' || key === 'respondedAt' || key === 'occurredAt';
      if (isKnown && !(isFirst && merged[key] !== '')) merged[key] = value;
    }
  }
  return merged as unknown as CaseRecord;
}
