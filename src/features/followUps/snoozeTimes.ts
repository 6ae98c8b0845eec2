/** Until when something may be put off at one key press, and the reading of a time that was typed. Free of vscode. */
import type { Due } from '../../domain/dues';
import { instantOf, pad } from '../../domain/time';
import { dayOf, onDay, weekdayOf, type Zone } from './groups';

export type SnoozeName = 'hour' | 'afternoon' | 'tomorrow' | 'monday' | 'week';

export interface SnoozeTime {
  readonly name: SnoozeName;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Later than now and than the due, earliest first; of two that come to the same time one, by the plainer name. */
export function snoozeTimes(due: Due, now: number, zone: Zone): SnoozeTime[] {
  const today = dayOf(now, zone);
  const thisMinute = Math.floor(now / 60_000) * 60_000;
  const monday = today + 8 - weekdayOf(today);
  const times: SnoozeTime[] = [
    { name: 'hour', until: thisMinute + 3_600_000 },
    { name: 'afternoon', until: onDay(today, 15, 0, zone) },
    { name: 'tomorrow', until: onDay(today + 1, 9, 0, zone) },
    { name: 'week', until: onDay(today + 7, 9, 0, zone) },
    { name: 'monday', until: onDay(monday, 9, 0, zone) },
  ];
  const earliest = Math.max(now + 1, instantOf(due.snoozed?.from ?? due.at) + 1);
  return times
    .filter(({ until }, index) => until >= earliest && times.findIndex((other) => other.until === until) === index)
    .toSorted((a, b) => a.until - b.until);
}

/** "2026-11-25 14:30", also with slashes or a T; undefined for what is no time of a calendar. */
export function readTime(text: string, zone: Zone): number | undefined {
  const match = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[\sT]+(\d{1,2})[:：](\d{2})\s*$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isReal ? onDay(date.getTime() / 86_400_000, hour, minute, zone) : undefined;
}

/** As `readTime` reads it. */
export function writeTime(instant: number, zone: Zone): string {
  const local = new Date(instant + zone.offsetAt(instant) * 60_000);
  const date = `${local.getUTCFullYear()}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`;
  return `${date} ${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}
