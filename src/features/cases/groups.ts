/** How the Cases view is arranged: which cases are shown, in which groups, in which order. Free of vscode. */
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

/** The groups in the order in which they are shown; empty ones are left out. */
export function groupCases(summaries: readonly CaseSummary[], grouping: Grouping, now: number): Group[] {
  const buckets = new Map<string, { label: Words; order: string; cases: CaseSummary[]; isPast: boolean }>();
  for (const summary of summaries) {
    const { key, label, order, isPast } = bucketOf(summary, grouping);
    const bucket = buckets.get(key);
    if (bucket) bucket.cases.push(summary);
    else buckets.set(key, { label, order, cases: [summary], isPast });
  }
  return [...buckets.entries()]
    .toSorted(([, a], [, b]) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1))
    .map(([key, { label, cases, isPast }]) => ({ key, label, isPast, cases: cases.toSorted(compareCases(now)) }));
}

function bucketOf(
  summary: CaseSummary,
  grouping: Grouping,
): { key: string; label: Words; order: string; isPast: boolean } {
  if (summary.status !== 'open') {
    return { key: 'past', label: w('Closed & archived', '已关闭与归档'), order: '~', isPast: true };
  }
  const procedure = procedureOf(summary.kind);
  if (grouping === 'stage') {
    if (summary.kind === 'request') return { key: 'requests', label: w('Requests', '需求'), order: '9', isPast: false };
    const stage = stageOf(procedure, summary.step);
    const id = stage?.id ?? '?';
    const name = stage?.name ?? none;
    return { key: `stage-${id}`, label: w(`${id} ${name.en}`, `${id} ${name.zh}`), order: id, isPast: false };
  }
  if (grouping === 'kind') {
    return { key: summary.kind, label: procedure.name, order: summary.kind, isPast: false };
  }
  if (grouping === 'urgency') {
    const index = urgencies.findIndex((option) => option.value === summary.urgency);
    const label = urgencies[index]?.label ?? w('Not assessed', '未评估');
    return { key: `urgency-${summary.urgency ?? ''}`, label, order: String(index < 0 ? 9 : index), isPast: false };
  }
  const value = facetOf(summary, grouping, 0);
  return { key: `${grouping}-${value}`, label: literal(value), order: value === '' ? '~' : value, isPast: false };
}

/** Urgent first, then what is due soonest, then the newest. Past cases: the latest first. */
function compareCases(now: number) {
  const rank = (summary: CaseSummary) => (summary.urgency === 'urgent' ? 0 : isOverdue(summary, now) ? 1 : 2);
  return (a: CaseSummary, b: CaseSummary): number => {
    if (a.status !== 'open') return instantOf(b.updatedAt) - instantOf(a.updatedAt);
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    const dueA = nextDue(a);
    const dueB = nextDue(b);
    if (dueA && dueB && dueA.at !== dueB.at) return instantOf(dueA.at) - instantOf(dueB.at);
    if ((dueA === undefined) !== (dueB === undefined)) return dueA ? -1 : 1;
    return instantOf(b.receivedAt) - instantOf(a.receivedAt);
  };
}
