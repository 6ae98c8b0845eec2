/** Instants as Casebook stores them: ISO-8601 with an offset, to the second or finer. */
const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const CALENDAR_DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

export function isInstant(text: string): boolean {
  return ISO_WITH_OFFSET.test(text) && !Number.isNaN(Date.parse(text));
}

/** "2026-09-30": a day that exists. JavaScript quietly takes 2026-09-31 for the first of October. */
export function isCalendarDate(text: string): boolean {
  if (!CALENDAR_DATE.test(text)) return false;
  const day = Number(text.slice(8));
  // the fold reads many dates: most need no calendar
  return day <= 28 || new Date(`${text}T00:00:00Z`).getUTCDate() === day;
}

/** Milliseconds since the epoch; 0 for what is no instant, so that ordering never fails on a hand-edited line. */
export function instantOf(text: unknown): number {
  const parsed = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? 0 : parsed;
}

/**
 * Writes an instant with the offset of the place where it was written.
 * @param offsetMinutes minutes east of UTC, e.g. 480 in Shanghai
 */
export function toIso(epochMilliseconds: number, offsetMinutes: number): string {
  const local = new Date(epochMilliseconds + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const size = Math.abs(offsetMinutes);
  return `${local}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

export function pad(value: number): string {
  return String(value).padStart(2, '0');
}
