/** How the Cases view is arranged: which cases are shown, in which groups, in which order. Free of vscode. */
import { personName } from '../../domain/person';
import type { CaseSummary } from '../../domain/summary';
import { isOverdue, nextDue } from '../../domain/summary';
import { procedureOf } from '../../domain/sop/engine';
import { urgencies } from '../../domain/sop/fields';
import { stageOf } from '../../domain/sop/procedure';
import { instantOf } from '../../domain/time';
import { w, type Words } from '../../domain/words';

export const groupings = ['stage', 'urgency', 'customer', 'owner', 'version', 'kind'] as const;
export type Grouping = (typeof groupings)[number];

/** One condition of the filter; conditions on the same facet are alternatives, facets are combined. */
export interface Condition {
  readonly facet: 'kind' | 'urgency' | 'waitingOn' | 'due' | 'customer' | 'owner' | 'version';
  readonly value: string;
}

export interface Group {
  readonly key: string;
  readonly label: Words;
  /** Not sorted: see `sortCases`. */
  readonly cases: readonly CaseSummary[];
  /** Cases that are over: folded at first. */
  readonly isPast: boolean;
}

const none = w('(not filled)', '（未填）');
const literal = (text: string): Words => (text === '' ? none : w(text, text));

export function facetOf(summary: CaseSummary, facet: Condition['facet'], now: number): string {
  switch (facet) {
    case 'due':
      return isOverdue(summary, now) ? 'overdue' : '';
    case 'urgency':
      return summary.urgency ?? '';
    case 'waitingOn':
      return summary.waitingOn ?? '';
    case 'version':
      return [summary.product, summary.version].filter(Boolean).join(' ');
    case 'kind':
    case 'customer':
    case 'owner':
      return summary[facet];
  }
}

export function matches(summary: CaseSummary, filter: readonly Condition[], now: number): boolean {
  const facets = new Set(filter.map((condition) => condition.facet));
  return [...facets].every((facet) =>
    filter.some((condition) => condition.facet === facet && condition.value === facetOf(summary, facet, now)),
  );
}

/** Where a case goes: the group's name, and what the group is sorted by. */
interface Place {
  readonly key: string;
  readonly label: Words;
  readonly order: string;
  /** After all others, the past ones at the very end. */
  readonly last: 'no' | 'notFilled' | 'past';
}

/** By name, "1.10" after "1.9", in every script. */
const byName = new Intl.Collator(undefined, { numeric: true });
const lasts: readonly Place['last'][] = ['no', 'notFilled', 'past'];

/** The groups in the order in which they are shown; empty ones are left out. */
export function groupCases(summaries: readonly CaseSummary[], grouping: Grouping): Group[] {
  const buckets = new Map<string, { readonly place: Place; readonly cases: CaseSummary[] }>();
  for (const summary of summaries) {
    const place = placeOf(summary, grouping);
    const bucket = buckets.get(place.key);
    if (bucket) bucket.cases.push(summary);
    else buckets.set(place.key, { place, cases: [summary] });
  }
  return [...buckets.values()]
    .toSorted(
      ({ place: a }, { place: b }) => lasts.indexOf(a.last) - lasts.indexOf(b.last) || byName.compare(a.order, b.order),
    )
    .map(({ place: { key, label, last }, cases }) => ({
      key,
      label,
      isPast: last === 'past',
      cases,
    }));
}

function placeOf(summary: CaseSummary, grouping: Grouping): Place {
  if (summary.status !== 'open') {
    return { key: 'past', label: w('Closed & archived', '已关闭与归档'), order: '', last: 'past' };
  }
  const procedure = procedureOf(summary.kind);
  if (grouping === 'stage') {
    if (summary.kind === 'request') return { key: 'requests', label: w('Requests', '需求'), order: '9', last: 'no' };
    const stage = stageOf(procedure, summary.step);
    const id = stage?.id ?? '?';
    const name = stage?.name ?? none;
    return { key: `stage-${id}`, label: w(`${id} ${name.en}`, `${id} ${name.zh}`), order: id, last: 'no' };
  }
  if (grouping === 'kind') {
    return { key: summary.kind, label: procedure.name, order: summary.kind, last: 'no' };
  }
  if (grouping === 'urgency') {
    const index = urgencies.findIndex((option) => option.value === summary.urgency);
    const label = urgencies[index]?.label ?? w('Not assessed', '未评估');
    return {
      key: `urgency-${summary.urgency ?? ''}`,
      label,
      order: String(index),
      last: index < 0 ? 'notFilled' : 'no',
    };
  }
  const value = facetOf(summary, grouping, 0);
  const shown = grouping === 'owner' ? personName(value) : value;
  return { key: `${grouping}-${value}`, label: literal(shown), order: value, last: value === '' ? 'notFilled' : 'no' };
}

/**
 * Urgent first, then what is due soonest, then the newest. Past cases: the latest first. Apart from the grouping, since
 * nobody asks it of the thousands in a folded group.
 */
export function sortCases(cases: readonly CaseSummary[], now: number): CaseSummary[] {
  // each date is parsed once here; while comparing it would be parsed some fifteen times
  return cases
    .map((summary) => ({ summary, order: orderOf(summary, now) }))
    .toSorted((a, b) => compareNumbers(a.order, b.order))
    .map(({ summary }) => summary);
}

function orderOf(summary: CaseSummary, now: number): readonly number[] {
  if (summary.status !== 'open') return [-instantOf(summary.updatedAt)];
  const rank = summary.urgency === 'urgent' && summary.closedAt === undefined ? 0 : isOverdue(summary, now) ? 1 : 2;
  const due = nextDue(summary);
  return [rank, due ? instantOf(due.at) : Number.MAX_VALUE, -instantOf(summary.receivedAt)];
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
