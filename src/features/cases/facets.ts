/** What the Cases view can be narrowed by. Free of vscode. */
import { isSamePerson } from '../../domain/person';
import type { CaseSummary } from '../../domain/summary';
import { isOverdue } from '../../domain/summary';
import { procedureOf } from '../../domain/sop/engine';
import { stageOf } from '../../domain/sop/procedure';
import { instantOf, isCalendarDate } from '../../domain/time';

export const facets = [
  'mine',
  'status',
  'due',
  'urgency',
  'trouble',
  'waitingOn',
  'stage',
  'kind',
  'owner',
  'tag',
  'problemType',
  'channel',
  'customer',
  'version',
  'received',
] as const;
export type Facet = (typeof facets)[number];

/** One condition of a filter; conditions on the same facet are alternatives, facets are combined. */
export interface Condition {
  readonly facet: Facet;
  /** One of `valuesOf`; of `received`: "P7D", or days from and to, "2026-11-01/2026-11-30", either of them left out. */
  readonly value: string;
}

/** What a condition may mean: now and mine. */
export interface Around {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The engineer at this machine, "name <mail>"; empty until it is known. */
  readonly me: string;
}

const DAY = 86_400_000;

export function sameConditions(a: readonly Condition[], b: readonly Condition[]): boolean {
  const text = (conditions: readonly Condition[]) =>
    conditions
      .map(({ facet, value }) => `${facet} ${value}`)
      .toSorted()
      .join('\n');
  return text(a) === text(b);
}

export function byFacet(conditions: readonly Condition[]): ReadonlyMap<Facet, readonly string[]> {
  const values = new Map<Facet, readonly string[]>();
  for (const { facet, value } of conditions) values.set(facet, [...(values.get(facet) ?? []), value]);
  return values;
}

/** What a case says of a facet; nothing for what is not filled in. `received` has no values of its own. */
export function valuesOf(summary: CaseSummary, facet: Facet, around: Around): readonly string[] {
  switch (facet) {
    case 'mine':
      return isSamePerson(summary.owner, around.me) ? ['me'] : [];
    case 'due':
      return isOverdue(summary, around.now) ? ['overdue'] : [];
    case 'trouble':
      return [...(summary.conflicts > 0 ? ['conflict'] : []), ...(summary.quarantined > 0 ? ['unreadable'] : [])];
    case 'stage':
      return summary.status === 'open' ? [stageKey(summary)] : [];
    case 'tag':
      return summary.tags;
    case 'version':
      return filled([summary.product, summary.version].filter(Boolean).join(' '));
    case 'owner':
      // nobody's cases can be asked for too
      return [summary.owner];
    case 'received':
      return [];
    case 'status':
    case 'urgency':
    case 'waitingOn':
    case 'kind':
    case 'problemType':
    case 'channel':
    case 'customer':
      return filled(summary[facet]);
  }
}

const filled = (value: string | undefined) => (value === undefined || value === '' ? [] : [value]);

const stages = new Map<string, string>();

/** "issue-2": the kind and the stage's number; "issue-?" for a step that the procedure does not have. */
export function stageKey({ kind, step }: Pick<CaseSummary, 'kind' | 'step'>): string {
  const place = `${kind} ${step}`;
  let key = stages.get(place);
  if (key === undefined) {
    key = `${kind}-${stageOf(procedureOf(kind), step)?.id ?? '?'}`;
    stages.set(place, key);
  }
  return key;
}

/** The test that all conditions make together; made once, asked for every case. */
export function filterOf(conditions: readonly Condition[], around: Around): (summary: CaseSummary) => boolean {
  const tests = [...byFacet(conditions)].map(([facet, values]) => {
    if (facet === 'received') return receivedTest(values, around.now);
    if (facet === 'mine') return ownerTest([around.me]);
    if (facet === 'owner') return ownerTest(values);
    const set = new Set(values);
    return (summary: CaseSummary) => valuesOf(summary, facet, around).some((value) => set.has(value));
  });
  return (summary) => tests.every((test) => test(summary));
}

/** Owners are few, and their names are slow to compare. */
function ownerTest(wanted: readonly string[]): (summary: CaseSummary) => boolean {
  const known = new Map<string, boolean>();
  return ({ owner }) => {
    let is = known.get(owner);
    if (is === undefined) {
      is = wanted.some((person) => (person === '' ? owner === '' : isSamePerson(person, owner)));
      known.set(owner, is);
    }
    return is;
  };
}

const ROLLING = /^P(\d{1,4})D$/;

function receivedTest(periods: readonly string[], now: number): (summary: CaseSummary) => boolean {
  const tests = periods.flatMap((period) => {
    const days = ROLLING.exec(period)?.[1];
    if (days !== undefined) {
      const since = now - Number(days) * DAY;
      return (received: string) => instantOf(received) >= since;
    }
    const range = daysOf(period);
    // the day as it was written down where the case was received
    const within = (received: string) => {
      const day = received.slice(0, 10);
      return range !== undefined && (range.from === '' || day >= range.from) && (range.to === '' || day <= range.to);
    };
    return range ? within : [];
  });
  return ({ receivedAt }) => tests.some((test) => test(receivedAt));
}

/** "2026-11-01/2026-11-30" → both days; undefined for what is no such period. */
export function daysOf(period: string): { readonly from: string; readonly to: string } | undefined {
  const [from = '', to = '', ...rest] = period.split('/');
  const isDay = (text: string) => text === '' || isCalendarDate(text);
  if (!period.includes('/') || rest.length > 0 || from + to === '' || !isDay(from) || !isDay(to)) return undefined;
  return to !== '' && from > to ? undefined : { from, to };
}

export function isPeriod(text: string): boolean {
  return ROLLING.test(text) || daysOf(text) !== undefined;
}

/** Each spelling of a person's name → the one to be shown: the fullest, which has a mail address if any has. */
export function peopleIn(summaries: readonly CaseSummary[]): ReadonlyMap<string, string> {
  const spellings = [...new Set(summaries.map(({ owner }) => owner))].filter((owner) => owner !== '');
  const shown: string[] = [];
  for (const owner of spellings.toSorted((a, b) => Number(b.includes('@')) - Number(a.includes('@')))) {
    if (!shown.some((person) => isSamePerson(person, owner))) shown.push(owner);
  }
  return new Map(
    spellings.map((owner) => [owner, shown.find((person) => isSamePerson(person, owner)) ?? owner] as const),
  );
}

/** Each value of a facet with the number of cases that have it, the most frequent first. */
export function countsOf(
  summaries: readonly CaseSummary[],
  facet: Facet,
  around: Around,
): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  const people = facet === 'owner' || facet === 'mine' ? peopleIn(summaries) : undefined;
  const isMine = facet === 'mine' ? ownerTest([around.me]) : undefined;
  for (const summary of summaries) {
    const values = isMine ? (isMine(summary) ? ['me'] : []) : valuesOf(summary, facet, around);
    for (const value of values) {
      const name = people?.get(value) ?? value;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
