/** The Follow-ups view's order: what is due when, by the days of whoever looks. Free of vscode. */
import { type Due, isLate } from '../../domain/dues';
import { isSamePerson } from '../../domain/person';
import type { Clock } from '../../domain/ports';
import type { CaseSummary } from '../../domain/summary';
import { instantOf } from '../../domain/time';

/** One thing that is due in one case. */
export interface Item {
  readonly summary: CaseSummary;
  readonly due: Due;
}

export const groupKeys = ['overdue', 'today', 'tomorrow', 'week', 'later', 'customer'] as const;
export type GroupKey = (typeof groupKeys)[number];

export interface Group {
  readonly key: GroupKey;
  /** Most urgent first. */
  readonly items: readonly Item[];
}

export interface Counts {
  readonly overdue: number;
  readonly today: number;
}

/** Minutes east of UTC at an instant, where the engineer sits. */
export type Zone = Pick<Clock, 'offsetAt'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param me whose cases alone are wanted; left out: everyone's */
export function itemsOf(summaries: readonly CaseSummary[], me?: string): Item[] {
  const wanted = me === undefined ? summaries : summaries.filter(({ owner }) => isSamePerson(owner, me));
  return wanted.flatMap((summary) => summary.dues.map((due) => ({ summary, due })));
}

/** Days since 1970 on the wall's calendar. */
export function dayOf(instant: number, zone: Zone): number {
  return Math.floor((instant + zone.offsetAt(instant) * MINUTE) / DAY);
}

/** The instant at which a wall clock shows that day and time, also where the clock was put forward or back. */
export function onDay(day: number, hour: number, minute: number, zone: Zone): number {
  const local = day * DAY + hour * HOUR + minute * MINUTE;
  const guess = local - zone.offsetAt(local) * MINUTE;
  return local - zone.offsetAt(guess) * MINUTE;
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: number): number {
  // 1 January 1970 was a Thursday
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function groupOf({ due }: Item, now: number, zone: Zone): GroupKey {
  if (isLate(due, now)) return 'overdue';
  // until it is late, nothing is to be done but wait
  if (due.kind === 'answer') return 'customer';
  const today = dayOf(now, zone);
  const day = dayOf(instantOf(due.at), zone);
  if (day <= today) return 'today';
  if (day === today + 1) return 'tomorrow';
  return day <= today + 7 - weekdayOf(today) ? 'week' : 'later';
}

/** In the order in which they are shown; empty ones are left out. */
export function groupItems(items: readonly Item[], now: number, zone: Zone): Group[] {
  const groups = new Map<GroupKey, Item[]>();
  for (const item of items) {
    const key = groupOf(item, now, zone);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groupKeys.flatMap((key) => {
    const found = groups.get(key);
    return found ? [{ key, items: sorted(found) }] : [];
  });
}

/** An urgent case's lead first, then what belongs to urgent cases, then the earliest. */
function sorted(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: rankOf(item), at: instantOf(item.due.at) }))
    .toSorted((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ item }) => item);
}

function rankOf({ summary, due }: Item): number {
  if (due.kind === 'notifyLead') return 0;
  return summary.urgency === 'urgent' ? 1 : 2;
}

export function countsOf(items: readonly Item[], now: number, zone: Zone): Counts {
  const keys = items.map((item) => groupOf(item, now, zone));
  return {
    overdue: keys.filter((key) => key === 'overdue').length,
    today: keys.filter((key) => key === 'today').length,
  };
}

/** When the list reads otherwise than now: something becomes due, a word like "20 min over" changes, a day begins. */
export function nextChange(items: readonly Item[], now: number, zone: Zone): number {
  const midnight = onDay(dayOf(now, zone) + 1, 0, 0, zone);
  return items.reduce((next, { due }) => Math.min(next, changeOf(instantOf(due.at), now)), midnight);
}

/** The due itself, or when its distance in whole minutes has come to one that reads otherwise. */
function changeOf(at: number, now: number): number {
  const minutes = Math.round((at - now) / MINUTE);
  // a millisecond later, so that it holds by then
  const rewritten = at - (nextMinutes(minutes) + 0.5) * MINUTE + 1;
  return at >= now ? Math.min(at + 1, rewritten) : rewritten;
}

/** Distances read as minutes below an hour, as rounded hours below two days, then as days; ahead they shrink. */
function nextMinutes(minutes: number): number {
  const size = Math.abs(minutes);
  if (size < 60) return minutes - 1;
  const unit = size < 2880 ? 60 : 1440;
  const middle = Math.round(size / unit) * unit;
  if (minutes > 0) return Math.max(middle - unit / 2 - 1, unit === 60 ? 59 : 2879);
  return -(unit === 60 ? Math.min(middle + 30, 2880) : middle + 720);
}
