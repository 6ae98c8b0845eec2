/** How the Cases view is arranged: in which groups. Free of vscode. */
import { personName } from '../../domain/person';
import type { CaseSummary } from '../../domain/summary';
import { procedureOf } from '../../domain/sop/engine';
import { urgencies } from '../../domain/sop/fields';
import { w, type Words } from '../../domain/words';
import { peopleIn, stageKey } from './facets';

export const groupings = [
  'stage',
  'urgency',
  'customer',
  'owner',
  'version',
  'kind',
  'problemType',
  'tag',
  'none',
] as const;
export type Grouping = (typeof groupings)[number];

export interface Group {
  readonly key: string;
  readonly label: Words;
  /** Not sorted: see `sortCases`. */
  readonly cases: readonly CaseSummary[];
  /** Cases that are over: folded at first. */
  readonly isPast: boolean;
}

/** Where a case goes: the group's name, and what the group is sorted by. */
interface Place {
  readonly label: Words;
  readonly order: string;
  /** After all others, the past ones at the very end. */
  readonly last: 'no' | 'notFilled' | 'past';
}

const PAST = 'past';
const notFilled: Readonly<Partial<Record<Grouping, Words>>> = {
  owner: w("Nobody's", '未分配'),
  tag: w('Without a tag', '无标签'),
};
const none = w('(not filled)', '（未填）');

/** By name, "1.10" after "1.9", in every script. */
const byName = new Intl.Collator(undefined, { numeric: true });
const lasts: readonly Place['last'][] = ['no', 'notFilled', 'past'];

/** The groups in the order in which they are shown; empty ones are left out. By tag, a case stands under each of its tags. */
export function groupCases(summaries: readonly CaseSummary[], grouping: Grouping): Group[] {
  const people = grouping === 'owner' ? peopleIn(summaries) : undefined;
  const buckets = new Map<string, CaseSummary[]>();
  const put = (key: string, summary: CaseSummary) => {
    const bucket = buckets.get(key);
    if (bucket) bucket.push(summary);
    else buckets.set(key, [summary]);
  };
  for (const summary of summaries) {
    if (summary.status !== 'open') put(PAST, summary);
    else if (grouping === 'tag' && summary.tags.length > 0) for (const tag of summary.tags) put(`tag-${tag}`, summary);
    else put(keyOf(summary, grouping, people), summary);
  }
  return [...buckets]
    .map(([key, cases]) => ({ key, cases, place: placeOf(key, grouping) }))
    .toSorted(
      ({ place: a }, { place: b }) => lasts.indexOf(a.last) - lasts.indexOf(b.last) || byName.compare(a.order, b.order),
    )
    .map(({ key, cases, place: { label, last } }) => ({ key, label, isPast: last === 'past', cases }));
}

/** The grouping and a value of it; what may stand in a summary comes last, so that it can't be taken for another key. */
function keyOf(summary: CaseSummary, grouping: Grouping, people: ReadonlyMap<string, string> | undefined): string {
  switch (grouping) {
    case 'stage':
      return summary.kind === 'request' ? 'requests' : `stage-${stageKey(summary)}`;
    case 'urgency':
      return `urgency-${summary.urgency ?? ''}`;
    case 'kind':
      return `kind-${summary.kind}`;
    case 'owner':
      return `owner-${people?.get(summary.owner) ?? ''}`;
    case 'version':
      return `version-${[summary.product, summary.version].filter(Boolean).join(' ')}`;
    case 'customer':
      return `customer-${summary.customer}`;
    case 'problemType':
      return `problemType-${summary.problemType}`;
    case 'tag':
      return 'tag-';
    case 'none':
      return 'all';
  }
}

function placeOf(key: string, grouping: Grouping): Place {
  if (key === PAST) return { label: w('Closed & archived', '已关闭与归档'), order: '', last: 'past' };
  if (key === 'all') return { label: w('All open cases', '全部未关闭案例'), order: '', last: 'no' };
  if (key === 'requests') return { label: w('Requests', '需求'), order: '9', last: 'no' };
  const value = key.slice(key.indexOf('-') + 1);
  if (grouping === 'stage') {
    const id = value.slice(value.indexOf('-') + 1);
    const name = procedureOf('issue').stages.find((stage) => stage.id === id)?.name ?? none;
    return { label: w(`${id} ${name.en}`, `${id} ${name.zh}`), order: id, last: 'no' };
  }
  if (grouping === 'kind') {
    return { label: procedureOf(value === 'request' ? 'request' : 'issue').name, order: value, last: 'no' };
  }
  if (grouping === 'urgency') {
    const index = urgencies.findIndex((option) => option.value === value);
    const label = urgencies[index]?.label ?? w('Not assessed', '未评估');
    return { label, order: String(index), last: index < 0 ? 'notFilled' : 'no' };
  }
  if (value === '') return { label: notFilled[grouping] ?? none, order: '', last: 'notFilled' };
  const shown = grouping === 'owner' ? personName(value) : value;
  return { label: w(shown, shown), order: value, last: 'no' };
}
