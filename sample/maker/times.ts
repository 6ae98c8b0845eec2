/**
 * Times of a story, relative to the moment at which the sample is made, so that what is due or overdue stays so.
 *
 *   "-12d 09:05"  twelve working days (Monday to Friday) before today, at 09:05
 *   "+3d 14:00"   the third working day after today
 *   "09:20"       the same day as what it belongs to
 *   "now -40m"    forty minutes ago; also h and, for calendar days, d
 *   "today"       later today
 */
import { pad, toIso } from '../../src/domain/time';

const DAY = 86_400_000;
const MINUTE = 60_000;
const units = { m: MINUTE, h: 60 * MINUTE, d: DAY } as const;

export class Times {
  constructor(
    readonly now: number,
    /** Minutes east of UTC at an instant. */
    private readonly offsetAt: (instant: number) => number,
  ) {}

  /** @param anchor the instant whose day a bare "09:20" means */
  instant(text: string, anchor: number = this.now): number {
    const near = /^now(?: ([+-]\d+)([mhd]))?$/.exec(text);
    if (near) {
      const minute = Math.floor(this.now / MINUTE) * MINUTE;
      return minute + Number(near[1] ?? 0) * units[(near[2] ?? 'm') as keyof typeof units];
    }
    if (text === 'today') {
      const end = this.at(this.dayOf(this.now), '17:30');
      return end > this.now ? end : this.at(this.dayOf(this.now), '23:59');
    }
    const clock = /^\d\d:\d\d$/.exec(text);
    if (clock) return this.at(this.dayOf(anchor), text);
    const day = /^([+-]?\d+)d(?: (\d\d:\d\d))?$/.exec(text);
    if (day) return this.at(this.workingDay(Number(day[1])), day[2] ?? '00:00');
    throw new Error(`"${text}" is not a time of a story`);
  }

  iso(instant: number): string {
    return toIso(instant, this.offsetAt(instant));
  }

  /** "2026-12-05" */
  date(instant: number): string {
    return this.iso(instant).slice(0, 10);
  }

  /** What a text says for a time: the date, with the time of day where the time names one. */
  spoken(text: string, anchor: number): string {
    const instant = this.instant(text, anchor);
    const isDateOnly = /^[+-]?\d+d$/.test(text);
    return isDateOnly ? this.date(instant) : this.iso(instant).slice(0, 16).replace('T', ' ');
  }

  /** Midnight UTC of the local calendar day. */
  private dayOf(instant: number): number {
    const local = instant + this.offsetAt(instant) * MINUTE;
    return local - (((local % DAY) + DAY) % DAY);
  }

  private workingDay(count: number): number {
    const step = count < 0 ? -DAY : DAY;
    let day = this.dayOf(this.now);
    for (let left = Math.abs(count); left > 0;) {
      day += step;
      const weekday = new Date(day).getUTCDay();
      if (weekday !== 0 && weekday !== 6) left -= 1;
    }
    return day;
  }

  private at(day: number, clock: string): number {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    const local = day + (hours * 60 + minutes) * MINUTE;
    const guess = local - this.offsetAt(local) * MINUTE;
    return local - this.offsetAt(guess) * MINUTE;
  }
}

/** The calendar date that a case id carries, as a local `Date` whatever zone this runs in. */
export function localDate(iso: string): Date {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number);
  return new Date(`${year}-${pad(month)}-${pad(day)}T00:00:00`);
}
