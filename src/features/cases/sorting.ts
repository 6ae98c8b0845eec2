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
 */
export function sortCases(cases: readonly CaseSummary[], sorting: Sorting, around: Around): CaseSummary[] {
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
  return cases
    .map((summary) => ({ summary, order: orderOf(summary) }))
    .toSorted((a, b) => compareNumbers(a.order, b.order))
    .map(({ summary }) => summary);
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
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
