/** What a source says of a customer's use, laid out by the days, so that no day counts twice. */
import { dayOfDate } from './calendar';
import type { UsageEntry } from './sources';
import { groupBy } from './tally';

export type Metric = 'logins' | 'coreUses';

/** Days since 1970-01-01, [first, end). */
export interface Days {
  readonly first: number;
  readonly end: number;
}

/** So much use in these days, spread evenly over them. */
export interface Piece extends Days {
  readonly metric: Metric;
  readonly count: number;
}

/** An entry with its days: one for a month that still runs speaks of what has passed of it. */
export interface Span extends UsageEntry, Days {}

/**
 * @param today days since 1970-01-01: no source knows of later ones
 * @returns each span of a customer and a source once: of one that was imported again the later figures count
 */
export function spansOf(entries: readonly UsageEntry[], today: number): readonly Span[] {
  const keyOf = ({ customer, from, until, source }: UsageEntry) => JSON.stringify([customer, from, until, source]);
  const latest = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return [...latest.values()].flatMap((entry) => {
    const first = dayOfDate(entry.from);
    const end = Math.min(dayOfDate(entry.until), today) + 1;
    return end > first ? [{ ...entry, first, end }] : [];
  });
}

/**
 * The use of one customer. Where spans of one source overlap, the shorter ones count for their days, and a longer one
 * says how much of it lies on the days between: of 300 logins in a quarter with 100 in July and 120 in August, 80 are
 * September's. A longer one that says less than the shorter ones in it contradicts them and is left out. What
 * different sources say is added.
 */
export function piecesOf(spans: readonly Span[]): readonly Piece[] {
  return [...groupBy(spans, ({ source }) => source).values()].flatMap((ofSource) =>
    (['logins', 'coreUses'] as const).flatMap((metric) => {
      const pieces = ofSource.flatMap(({ first, end, [metric]: count }): Piece[] =>
        count === undefined ? [] : [{ first, end, metric, count }],
      );
      return clustersOf(pieces).flatMap((cluster) => (cluster.length === 1 ? cluster : apart(cluster)));
    }),
  );
}

/** How much of its use lies in a period. */
export function useOf({ first, end, count }: Piece, days: Days): number {
  return (count * overlapOf({ first, end }, days)) / (end - first);
}

/** How many days two spans share. */
export function overlapOf(one: Days, other: Days): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.first, other.first));
}

/** Those that overlap, directly or by others between them, together. */
function clustersOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const clusters: Piece[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of pieces.toSorted((a, b) => a.first - b.first)) {
    const last = clusters.at(-1);
    if (last && piece.first < end) last.push(piece);
    else clusters.push([piece]);
    end = Math.max(end, piece.end);
  }
  return clusters;
}

/** The shortest first; of two as long the one that begins earlier. @param cluster in the order of their first days */
function apart(cluster: readonly Piece[]): readonly Piece[] {
  const begin = cluster[0]?.first ?? 0;
  const perDay: (number | undefined)[] = [];
  const found: Piece[] = [];
  for (const { first, end, metric, count } of cluster.toSorted((a, b) => a.end - a.first - (b.end - b.first))) {
    const free: number[] = [];
    let said = 0;
    for (let day = first; day < end; day += 1) {
      const known = perDay[day - begin];
      if (known === undefined) free.push(day);
      else said += known;
    }
    const rest = count - said;
    // sums of parts of a day's use are a hair off
    if (free.length === 0 || rest < -1e-6) continue;
    const each = Math.max(0, rest) / free.length;
    for (const day of free) perDay[day - begin] = each;
    found.push(...runsOf(free).map((run): Piece => ({ ...run, metric, count: each * (run.end - run.first) })));
  }
  return found;
}

/** Days in order as spans without gaps. */
function runsOf(days: readonly number[]): readonly Days[] {
  const runs: { first: number; end: number }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.end === day) last.end = day + 1;
    else runs.push({ first: day, end: day + 1 });
  }
  return runs;
}
