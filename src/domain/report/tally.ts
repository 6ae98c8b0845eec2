/** Makes figures of lists of things that happened to cases. */
import type { Words } from '../words';
import { w } from '../words';
import type { Bucket, CaseIds, Change, Count, Row, Share, Spread } from './figure';

/** Anything that belongs to a case. */
export interface Item {
  readonly id: string;
}

export interface Timed extends Item {
  /** Milliseconds. */
  readonly time: number;
}

/** Fewer say nothing about a 90th percentile. */
const FEW = 5;

export function idsOf(items: readonly Item[]): CaseIds {
  return [...new Set(items.map(({ id }) => id))].toSorted();
}

export function changeOf(now: number, previous: number): Change {
  const difference = now - previous;
  const isNew = previous === 0 && now > 0;
  return { previous, difference, isNew, ...(previous === 0 ? {} : { ratio: difference / previous }) };
}

export function countOf(items: readonly Item[], before?: readonly Item[]): Count {
  const count = items.length;
  return { count, cases: idsOf(items), ...(before ? { change: changeOf(count, before.length) } : {}) };
}

/** @param part a part of `of`, the same objects */
export function shareOf(part: readonly Item[], of: readonly Item[], before?: Share): Share {
  const inPart = new Set(part);
  const share = ratioOf(part.length, of.length);
  const previous = before?.share;
  return {
    part: part.length,
    of: of.length,
    ...(share === undefined ? {} : { share }),
    cases: idsOf(part),
    others: idsOf(of.filter((item) => !inPart.has(item))),
    ...(share === undefined || previous === undefined ? {} : { change: changeOf(share, previous) }),
  };
}

function ratioOf(part: number, of: number): number | undefined {
  return of === 0 ? undefined : part / of;
}

export function spreadOf(items: readonly Timed[], before?: Spread): Spread {
  const times = items.map(({ time }) => time).toSorted((a, b) => a - b);
  const n = times.length;
  const isTooFew = n < FEW;
  const cases = idsOf(items);
  if (n === 0) return { n, isTooFew, cases };
  const mean = times.reduce((sum, time) => sum + time, 0) / n;
  return {
    n,
    mean,
    median: nearestRank(times, 0.5),
    ...(isTooFew ? {} : { p90: nearestRank(times, 0.9) }),
    isTooFew,
    cases,
    ...(before?.mean === undefined ? {} : { change: changeOf(mean, before.mean) }),
  };
}

/** @param sorted not empty */
function nearestRank(sorted: readonly number[], part: number): number {
  // 0.9 * 10 is a hair more than 9 in floating point
  const rank = Math.ceil(Number((part * sorted.length).toFixed(9)));
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN;
}

const notFilledIn = w('Not filled in', '未填');

/** Values come from the cases: the same in both languages. */
function plainWords(key: string): Words {
  return key === '' ? notFilledIn : w(key, key);
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** A ranking: the most first, then by name; what there was before and is gone now stays, with 0. */
export function rankingOf<T extends Item>(
  now: readonly T[],
  before: readonly T[],
  keyOf: (item: T) => string,
  labelOf: (key: string) => Words = plainWords,
): readonly Row[] {
  const [groups, earlier] = [groupBy(now, keyOf), groupBy(before, keyOf)];
  return [...new Set([...groups.keys(), ...earlier.keys()])]
    .map((key) => rowOf(key, labelOf(key), groups.get(key) ?? [], now.length, earlier.get(key) ?? []))
    .toSorted((a, b) => b.count - a.count || compareText(a.key, b.key));
}

export function rowOf(key: string, label: Words, items: readonly Item[], all: number, before?: readonly Item[]): Row {
  const share = ratioOf(items.length, all);
  return { key, label, ...(share === undefined ? {} : { share }), ...countOf(items, before) };
}

/** The same order on every machine, whatever language it speaks. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** @param bounds upper ends, exclusive, ascending */
export function bucketsOf(
  items: readonly Timed[],
  bounds: readonly { readonly until: number; readonly label: Words }[],
  over: Words,
): readonly Bucket[] {
  const inside = (from: number, until: number) => countOf(items.filter(({ time }) => time >= from && time < until));
  const last = bounds.at(-1)?.until ?? 0;
  return [
    ...bounds.map(({ until, label }, index) => {
      const from = bounds[index - 1]?.until ?? 0;
      return { label, from, until, ...inside(from, until) };
    }),
    { label: over, from: last, ...inside(last, Number.POSITIVE_INFINITY) },
  ];
}
