/** Between stored instants (ISO-8601 with offset) and what a native date-and-time field holds. */
import { instantOf, isInstant, pad, toIso } from '../../../domain/time';

/** Minutes east of UTC at that moment; daylight saving makes it a function of the moment. */
export type OffsetAt = (epochMilliseconds: number) => number;

export const machineOffset: OffsetAt = (epochMilliseconds) => -new Date(epochMilliseconds).getTimezoneOffset();

const MINUTE = 60_000;
/** Below it a year is still being typed (and `Date` takes 26 for 1926). */
const EARLIEST_YEAR = 1000;

/** "2026-11-22T14:02" on the clock of this machine; empty for what is no instant. */
export function toLocalField(iso: string, offsetAt: OffsetAt = machineOffset): string {
  if (!isInstant(iso)) return '';
  const instant = instantOf(iso);
  return toIso(instant, offsetAt(instant)).slice(0, 16);
}

/** The instant at which this machine's clock shows the field's value; undefined while it is half typed. */
export function fromLocalField(field: string, offsetAt: OffsetAt = machineOffset): string | undefined {
  const parsed = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(field);
  if (!parsed) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parsed.slice(1).map(Number);
  if (year < EARLIEST_YEAR) return undefined;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(asUtc)) return undefined;
  // the offset of the moment itself: a first guess by today's rule, put right where the clock changes
  const guess = asUtc - offsetAt(asUtc) * MINUTE;
  const instant = asUtc - offsetAt(guess) * MINUTE;
  return toIso(instant, offsetAt(instant));
}

/** This minute, seconds zero: nobody types seconds, and a moment ago is never in the future. */
export function thisMinute(now: number, offsetAt: OffsetAt = machineOffset): string {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  return toIso(minute, offsetAt(minute));
}

export function nowIso(now: number, offsetAt: OffsetAt = machineOffset): string {
  return toIso(now, offsetAt(now));
}

/** Today's calendar date on this machine. */
export function today(now: Date): string {
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
