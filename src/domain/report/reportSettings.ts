/** What `casebook.json` says about working time and the service report. */
import { isRecord } from '../record';
import { isCalendarDate } from '../time';
import { type BusinessCalendar, dateOfDay, dayOfDate, type Interval, readInterval, ZoneTime } from './calendar';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** The team's working time, as the file says it. */
export interface CalendarSettings {
  /** IANA name; empty: that of the machine that makes the report. */
  readonly zone: string;
  /** "09:00-12:00"; a day that is left out is free. */
  readonly week: Readonly<Partial<Record<Weekday, readonly string[]>>>;
  /** "2026-10-01", or "2026-10-01/2026-10-07" with both ends. */
  readonly holidays: readonly string[];
  /** "2026-10-10", worked like a Monday, or like the weekday that is named. */
  readonly makeUpDays: readonly (string | { readonly date: string; readonly like: Weekday })[];
}

export interface UsageThresholds {
  /** Fewer in 30 days is low; the core uses count where a source has no logins. */
  readonly lowLogins: number;
  readonly lowCoreUses: number;
  /** Percent by which use fell against the period before, from which a customer is declining. */
  readonly decliningPercent: number;
}

const remindedPeriods = ['off', 'month', 'quarter', 'both'] as const;
/** Of which reports the team is reminded when they are to be made. */
export type RemindedPeriods = (typeof remindedPeriods)[number];

export interface ReportSettings {
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
  /** A channel whose name contains one of these is answered as it comes in. */
  readonly atOnceChannels: readonly string[];
  /** Dispositions of issues and conclusions of requests that count as solved. */
  readonly solvingDispositions: readonly string[];
  /** From so many cases a customer, a version or a type counts as high-frequency. */
  readonly highFrequency: number;
  readonly usage: UsageThresholds;
  readonly remind: RemindedPeriods;
}

const nineToSix = ['09:00-12:00', '13:00-18:00'];

export const defaultCalendar: CalendarSettings = {
  zone: '',
  week: { monday: nineToSix, tuesday: nineToSix, wednesday: nineToSix, thursday: nineToSix, friday: nineToSix },
  holidays: [],
  makeUpDays: [],
};

export const defaultReportSettings: ReportSettings = {
  fiscalYearStartMonth: 1,
  atOnceChannels: ['phone', 'on site', 'on-site', '电话', '现场'],
  solvingDispositions: ['fixed', 'solvedBySupport', 'released'],
  highFrequency: 3,
  usage: { lowLogins: 10, lowCoreUses: 10, decliningPercent: 50 },
  // the procedure's own outline of a report speaks of the quarter (spec L100-102)
  remind: 'quarter',
};

/** A part that is left out is as usual. Undefined where one has the wrong shape. */
export function readCalendar(raw: unknown): CalendarSettings | undefined {
  if (!isRecord(raw)) return undefined;
  const { zone, week, holidays, makeUpDays } = { ...defaultCalendar, ...raw } as Record<
    keyof CalendarSettings,
    unknown
  >;
  if (typeof zone !== 'string' || !isZone(zone) || !isWeek(week)) return undefined;
  if (!Array.isArray(holidays) || !holidays.every((entry) => daysOf(entry) !== undefined)) return undefined;
  if (!Array.isArray(makeUpDays) || !makeUpDays.every((entry) => makeUpDayOf(entry) !== undefined)) return undefined;
  return { zone, week, holidays, makeUpDays };
}

function isZone(zone: string): boolean {
  if (zone === '') return true;
  try {
    return new ZoneTime(zone).zone === zone;
  } catch {
    return false;
  }
}

function isWeek(raw: unknown): raw is CalendarSettings['week'] {
  if (!isRecord(raw)) return false;
  const isDay = (key: string) => (weekdays as readonly string[]).includes(key);
  return Object.entries(raw).every(([key, hours]) => isDay(key) && hoursOf(hours) !== undefined);
}

/** In order, none beginning before the one before it ends. */
function hoursOf(raw: unknown): readonly Interval[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const intervals = raw.map((entry) => (typeof entry === 'string' ? readInterval(entry) : undefined));
  if (!intervals.every((interval) => interval !== undefined)) return undefined;
  const ordered = intervals.toSorted(([a], [b]) => a - b);
  return ordered.every(([start], index) => (ordered[index - 1]?.[1] ?? 0) <= start) ? ordered : undefined;
}

/** The longest holiday that is no mistake in writing. */
const LONGEST_HOLIDAY = 100;

function daysOf(raw: unknown): readonly string[] | undefined {
  if (typeof raw !== 'string') return undefined;
  const [from = '', until = from, ...rest] = raw.split('/').map((part) => part.trim());
  if (rest.length > 0 || !isCalendarDate(from) || !isCalendarDate(until)) return undefined;
  const days = dayOfDate(until) - dayOfDate(from) + 1;
  if (days < 1 || days > LONGEST_HOLIDAY) return undefined;
  return Array.from({ length: days }, (_, index) => dateOfDay(dayOfDate(from) + index));
}

function makeUpDayOf(raw: unknown): { date: string; like: number } | undefined {
  const { date, like = 'monday' } = isRecord(raw) ? raw : { date: raw };
  const weekday = weekdays.findIndex((day) => day === like);
  return typeof date === 'string' && isCalendarDate(date) && weekday !== -1 ? { date, like: weekday } : undefined;
}

/** @param zone the report's own */
export function businessCalendar(settings: CalendarSettings, zone: string): BusinessCalendar {
  return {
    zone,
    week: weekdays.map((day) => hoursOf(settings.week[day] ?? []) ?? []),
    holidays: settings.holidays.flatMap((entry) => daysOf(entry) ?? []),
    makeUpDays: settings.makeUpDays.flatMap((entry) => makeUpDayOf(entry) ?? []),
  };
}

/** What is left out is as usual. Undefined where a part has the wrong shape. */
export function readReportSettings(raw: unknown): ReportSettings | undefined {
  if (!isRecord(raw)) return undefined;
  const usual = defaultReportSettings;
  const month = raw['fiscalYearStartMonth'] ?? usual.fiscalYearStartMonth;
  const atOnceChannels = readTexts(raw['atOnceChannels'] ?? usual.atOnceChannels);
  const solvingDispositions = readTexts(raw['solvingDispositions'] ?? usual.solvingDispositions);
  const highFrequency = raw['highFrequency'] ?? usual.highFrequency;
  const usage = raw['usage'] === undefined ? usual.usage : readThresholds(raw['usage']);
  if (!isWhole(month) || month < 1 || month > 12 || !atOnceChannels || !solvingDispositions) return undefined;
  const remind = remindedPeriods.find((kind) => kind === (raw['remind'] ?? usual.remind));
  if (!isWhole(highFrequency) || highFrequency < 1 || !usage || !remind) return undefined;
  return { fiscalYearStartMonth: month, atOnceChannels, solvingDispositions, highFrequency, usage, remind };
}

/** A blank one would agree with everything. */
function readTexts(raw: unknown): readonly string[] | undefined {
  const isText = (entry: unknown) => typeof entry === 'string' && entry.trim() !== '';
  return Array.isArray(raw) && raw.every(isText) ? raw : undefined;
}

function isWhole(raw: unknown): raw is number {
  return typeof raw === 'number' && Number.isInteger(raw);
}

function readThresholds(raw: unknown): UsageThresholds | undefined {
  if (!isRecord(raw)) return undefined;
  const usual = defaultReportSettings.usage;
  const part = (key: keyof UsageThresholds) => {
    const value = raw[key] ?? usual[key];
    return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
  };
  const [lowLogins, lowCoreUses, decliningPercent] = [part('lowLogins'), part('lowCoreUses'), part('decliningPercent')];
  if (lowLogins === undefined || lowCoreUses === undefined || decliningPercent === undefined) return undefined;
  return decliningPercent <= 0 || decliningPercent > 100 ? undefined : { lowLogins, lowCoreUses, decliningPercent };
}
