/** When the team is reminded that a report is to be made: on the first working day after its period, once. */
import type { CasebookSettings } from '../casebook';
import { instantOf } from '../time';
import { BusinessTime, dayOfDate } from './calendar';
import { periodAt, periodBeside, type PeriodOptions } from './period';
import type { StoredReport } from './reportShelf';
import { businessCalendar, type RemindedPeriods } from './reportSettings';
import type { Period } from './serviceReport';

export interface ReminderInput {
  readonly settings: Pick<CasebookSettings, 'calendar' | 'report'>;
  /** IANA name of the report's zone. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When the first case was received; left out where there is none, and then there is nothing to report on. */
  readonly since?: number;
  readonly reports: readonly StoredReport[];
  /** Calendar dates to which reminders were put off, by the period's id. */
  readonly putOff: Readonly<Record<string, string>>;
}

export interface Reminder {
  readonly period: Period;
  /** The working day that it is given on, "2026-10-09": with the period's id the same in every window. */
  readonly day: string;
}

const kinds: Readonly<Record<RemindedPeriods, readonly Period['kind'][]>> = {
  off: [],
  month: ['month'],
  quarter: ['quarter'],
  both: ['quarter', 'month'],
};

/** Days for which a reminder waits where nobody opens the editor; after them the report is late, and that is known. */
const PATIENCE = 14;

/** Those that are due now; whoever gives one sees to it that it is given once. */
export function remindersAt(input: ReminderInput): readonly Reminder[] {
  const { now, since, reports } = input;
  if (since === undefined) return [];
  const business = businessOf(input);
  return periodsAround(input).flatMap((period) => {
    const end = instantOf(period.end);
    if (since >= end || isMade(period.id, end, reports)) return [];
    const from = dueAt(period, input, business);
    if (from === undefined || now < from) return [];
    const day = business.time.dayAt(from);
    if (now >= business.time.instantOf(day + PATIENCE, 0)) return [];
    return [{ period, day: business.time.dateOf(from) }];
  });
}

/** The next instant at which one becomes due; undefined where none does. */
export function nextReminder(input: ReminderInput): number | undefined {
  const business = businessOf(input);
  const times = periodsAround(input)
    .flatMap((period) => dueAt(period, input, business) ?? [])
    .filter((time) => time > input.now);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The working day after today; undefined where nobody works any more. */
export function nextWorkingDay({ settings, zone, now }: Omit<ReminderInput, 'reports' | 'putOff'>): string | undefined {
  const business = businessOf({ settings, zone });
  const tomorrow = business.time.instantOf(business.time.dayAt(now) + 1, 0);
  const start = business.after(tomorrow, 0);
  return start === undefined ? undefined : business.time.dateOf(start);
}

function businessOf({ settings, zone }: Pick<ReminderInput, 'settings' | 'zone'>): BusinessTime {
  return new BusinessTime(businessCalendar(settings.calendar, zone));
}

/** Of each kind the last that is over, and the running one, which may be over before the next look. */
function periodsAround({ settings, zone, now }: ReminderInput): readonly Period[] {
  const { fiscalYearStartMonth, remind } = settings.report;
  const options: PeriodOptions = { zone, fiscalYearStartMonth };
  return kinds[remind].flatMap((kind) => {
    const running = periodAt(now, kind, options);
    return [periodBeside(running, -1, options), running];
  });
}

/** When work begins on the first working day after the period, or on the day that it was put off to. */
function dueAt(period: Period, { putOff }: ReminderInput, business: BusinessTime): number | undefined {
  const day = putOff[period.id];
  const end = instantOf(period.end);
  const earliest = day === undefined ? end : Math.max(end, business.time.instantOf(dayOfDate(day), 0));
  return business.after(earliest, 0);
}

/** Files on one product or customer are not the report, and those of a period that was still running are not final. */
function isMade(period: string, end: number, reports: readonly StoredReport[]): boolean {
  return reports.some(
    ({ name, isFrozen, files, modifiedAt }) => name === period && (isFrozen || (files.length > 0 && modifiedAt >= end)),
  );
}
