/** In which order the cases of a group stand. Free of vscode. */
import { isSamePerson } from '../../domain/person';
import { type CaseSummary, isOverdue, nextDue } from '../../domain/summary';
import { urgencies } from '../../domain/sop/fields';
import { instantOf } from '../../domain/time';
import type { Around } from './facets';

export const sortings = ['due', 'changed', 'received', 'urgency', 'customer'] as const;
export type Sorting = (typeof sortings)[number];

const byName = new Intl.Collator(undefined, { numeric: true });

/**
 * By due: what was handed to me and I have not touched, then urgent, overdue, due soonest, newest; past cases: the
 * latest first. Apart from the grouping, since nobody asks it of the thousands in a folded group.
 * @param limit how many are wanted, the first ones: the thousands behind them are then not sorted
 */
export function sortCases(
  cases: readonly CaseSummary[],
  sorting: Sorting,
  around: Around,
  limit = cases.length,
): CaseSummary[] {
  const customers = sorting === 'customer' ? ranksOf(cases.map(({ customer }) => customer)) : undefined;
  const orderOf = (summary: CaseSummary): readonly number[] => {
    switch (sorting) {
      case 'due':
        return dueOrder(summary, around);
      case 'changed':
        return [-instantOf(summary.updatedAt)];
      case 'received':
        return [-instantOf(summary.receivedAt)];
      case 'urgency':
        return [urgencyRank(summary), ...dueOrder(summary, around)];
      case 'customer':
        return [customers?.get(summary.customer) ?? 0, ...dueOrder(summary, around)];
    }
  };
  // each date is parsed once here; while comparing it would be parsed some fifteen times
  const ordered = cases.map((summary) => ({ summary, order: orderOf(summary) }));
  return firstOf(ordered, limit).map(({ summary }) => summary);
}

interface Ordered {
  readonly summary: CaseSummary;
  readonly order: readonly number[];
}

/** Of equal ones those that stand before the others stay before them. */
function firstOf(all: readonly Ordered[], limit: number): readonly Ordered[] {
  if (all.length <= limit * 8) return all.toSorted((a, b) => compareNumbers(a.order, b.order)).slice(0, limit);
  const first: Ordered[] = [];
  for (const item of all) {
    const last = first.at(-1);
    if (first.length >= limit && last && compareNumbers(item.order, last.order) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareNumbers(first[middle]?.order ?? [], item.order) <= 0) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, item);
    if (first.length > limit) first.pop();
  }
  return first;
}

/** It was given to me, with a note perhaps, and I have done nothing on it yet. */
export function isHandedTo(summary: CaseSummary, me: string): boolean {
  return summary.handover !== undefined && isSamePerson(summary.owner, me);
}

function dueOrder(summary: CaseSummary, { now, me }: Around): readonly number[] {
  if (summary.status !== 'open') return [3, -instantOf(summary.updatedAt)];
  const isUrgent = summary.urgency === 'urgent' && summary.closedAt === undefined;
  const rank = isHandedTo(summary, me) ? -1 : isUrgent ? 0 : isOverdue(summary, now) ? 1 : 2;
  const due = nextDue(summary);
  return [rank, due ? instantOf(due.at) : Number.MAX_VALUE, -instantOf(summary.receivedAt)];
}

function urgencyRank({ urgency }: CaseSummary): number {
  const rank = urgencies.findIndex(({ value }) => value === urgency);
  return rank < 0 ? urgencies.length : rank;
}

/** Comparing names is slow: each name is placed once, the empty one last. */
function ranksOf(names: readonly string[]): ReadonlyMap<string, number> {
  const ordered = [...new Set(names)].toSorted(byName.compare);
  return new Map(ordered.map((name, index) => [name, name === '' ? ordered.length : index]));
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  // by index: this runs some 300,000 times for 20,000 cases, and an iterator for each costs more than the comparing
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
