/** The team's working time: several intervals a day, holidays, make-up working days 调休, and the zone's own days. */

import { toIso } from '../time';

/** Minutes after midnight, [start, end). */
export type Interval = readonly [start: number, end: number];

export interface BusinessCalendar {
  /** IANA name: "Asia/Shanghai". */
  readonly zone: string;
  /** From Sunday (0) to Saturday (6), in order and without overlaps. */
  readonly week: readonly (readonly Interval[])[];
  /** Calendar dates, "2026-10-01". */
  readonly holidays: readonly string[];
  /** Days that are worked although the week or a holiday says otherwise; their hours are those of this weekday. */
  readonly makeUpDays: readonly { readonly date: string; readonly like: number }[];
}

const DAY = 86_400_000;

/** "09:00-12:00" as minutes; undefined for what is none. */
export function readInterval(text: string): Interval | undefined {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  if (!match) return undefined;
  const [start = 0, startMinute = 0, end = 0, endMinute = 0] = match.slice(1).map(Number);
  const interval = [start * 60 + startMinute, end * 60 + endMinute] as const;
  return interval[0] < interval[1] && interval[1] <= 24 * 60 ? interval : undefined;
}

/** Times of one zone: what day an instant lies on, and at which instant a time of a day is. */
export class ZoneTime {
  private readonly format: Intl.DateTimeFormat;
  /** The offset is the same for hours: one question for each quarter of an hour is enough. */
  private readonly offsets = new Map<number, number>();

  /** @throws RangeError for a zone that is none */
  constructor(readonly zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** Milliseconds that this zone's clocks are ahead of UTC at an instant. */
  offsetAt(instant: number): number {
    // nearly every day begins and ends with the same offset: two questions are enough for all of it
    const day = Math.floor(instant / DAY) * DAY;
    const offset = this.offsetOfQuarter(day);
    return offset === this.offsetOfQuarter(day + DAY) ? offset : this.offsetOfQuarter(instant);
  }

  private offsetOfQuarter(instant: number): number {
    const quarter = Math.floor(instant / 900_000);
    const known = this.offsets.get(quarter);
    if (known !== undefined) return known;
    const at = quarter * 900_000;
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - at;
    this.offsets.set(quarter, offset);
    return offset;
  }

  /** Days since 1970-01-01 on this zone's wall calendar. */
  dayAt(instant: number): number {
    return Math.floor((instant + this.offsetAt(instant)) / DAY);
  }

  dateOf(instant: number): string {
    return dateOfDay(this.dayAt(instant));
  }

  /** "2026-09-01T09:00:00+08:00" */
  isoOf(instant: number): string {
    return toIso(instant, Math.round(this.offsetAt(instant) / 60_000));
  }

  /** The instant of a wall time. One that is skipped in spring is the end of the gap; one that comes twice the first. */
  instantOf(day: number, minutes: number): number {
    const wall = day * DAY + minutes * 60_000;
    const before = this.offsetAt(wall - DAY);
    const after = this.offsetAt(wall + DAY);
    // the greater offset leads to the earlier instant
    for (const offset of before > after ? [before, after] : [after, before]) {
      const instant = wall - offset;
      if (this.offsetAt(instant) === offset) return instant;
    }
    return this.endOfGap(wall - Math.max(before, after), wall - Math.min(before, after));
  }

  /** Clocks jump somewhere between the two: the first instant of the new offset. */
  private endOfGap(from: number, until: number): number {
    let [low, high] = [from, until];
    const old = this.offsetAt(low);
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 2 / 60_000) * 60_000;
      if (middle <= low) break;
      if (this.offsetAt(middle) === old) low = middle;
      else high = middle;
    }
    return Math.ceil(high / 60_000) * 60_000;
  }
}

export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Days since 1970-01-01. */
export function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/** Working time between two instants. Days are worked out once, so that thousands of cases cost little. */
export class BusinessTime {
  readonly time: ZoneTime;
  private readonly days = new Map<number, readonly Interval[]>();
  private readonly holidays: ReadonlySet<number>;
  private readonly makeUp: ReadonlyMap<number, number>;

  constructor(private readonly calendar: BusinessCalendar) {
    this.time = new ZoneTime(calendar.zone);
    this.holidays = new Set(calendar.holidays.map(dayOfDate));
    this.makeUp = new Map(calendar.makeUpDays.map(({ date, like }) => [dayOfDate(date), like]));
  }

  /** Milliseconds of [from, until) that lie in working time; 0 where it ends before it begins. */
  between(from: number, until: number): number {
    if (!(until > from)) return 0;
    let sum = 0;
    const last = this.time.dayAt(until);
    for (let day = this.time.dayAt(from); day <= last; day += 1) {
      for (const [start, end] of this.intervalsOf(day)) {
        sum += Math.max(0, Math.min(end, until) - Math.max(start, from));
      }
    }
    return sum;
  }

  /** The instant at which so much working time has passed since `from`; undefined where nobody works for ten years. */
  after(from: number, milliseconds: number): number | undefined {
    let left = milliseconds;
    const first = this.time.dayAt(from);
    for (let day = first; day < first + 3_660; day += 1) {
      for (const [start, end] of this.intervalsOf(day)) {
        const begin = Math.max(start, from);
        if (end <= begin) continue;
        if (left <= end - begin) return begin + left;
        left -= end - begin;
      }
    }
    return undefined;
  }

  isWorkingDay(day: number): boolean {
    return this.intervalsOf(day).length > 0;
  }

  /** As instants. A make-up day is worked whatever else holds, a holiday is not, and the week says the rest. */
  private intervalsOf(day: number): readonly Interval[] {
    const known = this.days.get(day);
    if (known) return known;
    const weekday = (((day + 4) % 7) + 7) % 7;
    const like = this.makeUp.get(day) ?? (this.holidays.has(day) ? undefined : weekday);
    const hours = like === undefined ? [] : (this.calendar.week[like] ?? []);
    const intervals = hours
      .map(([start, end]): Interval => [this.time.instantOf(day, start), this.time.instantOf(day, end)])
      .filter(([start, end]) => start < end);
    this.days.set(day, intervals);
    return intervals;
  }
}
