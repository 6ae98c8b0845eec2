/** The months and quarters that reports are made of. */
import { w, type Words } from '../words';
import { dayOfDate, ZoneTime } from './calendar';
import type { Period } from './serviceReport';

/** What was asked for is no period that a report can be made of. */
export class PeriodError extends Error {
  override readonly name = 'PeriodError';
  constructor(
    /** `form`: neither "2026-09" nor "2026-Q3". `zone`: there is no such time zone. `future`: it has not begun. */
    readonly reason: 'form' | 'zone' | 'future',
    readonly text: string,
  ) {
    super(`${reason}: ${text}`);
  }
}

export interface PeriodOptions {
  /** IANA name. */
  readonly zone: string;
  /** 1 to 12. A fiscal year is named after the calendar year in which it begins. */
  readonly fiscalYearStartMonth: number;
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** Months since January of the year 0, so that periods are counted on and back. */
interface Span {
  readonly kind: Period['kind'];
  readonly month: number;
  readonly length: number;
}

/** @throws PeriodError */
export function readPeriod(text: string, options: PeriodOptions): Period {
  const span = spanOf(text.trim(), options.fiscalYearStartMonth);
  if (!span) throw new PeriodError('form', text);
  return periodOf(span, options);
}

/** @param by 1 the next, -1 the one before */
export function periodBeside(period: Period, by: number, options: PeriodOptions): Period {
  const span = spanOf(period.id, options.fiscalYearStartMonth);
  if (!span) throw new PeriodError('form', period.id);
  return periodOf({ ...span, month: span.month + by * span.length }, options);
}

/** The period of that kind which an instant lies in. */
export function periodAt(instant: number, kind: Period['kind'], options: PeriodOptions): Period {
  const [year = 0, month = 1] = zoneTime(options.zone).dateOf(instant).split('-').map(Number);
  const index = year * 12 + month - 1;
  if (kind === 'month') return periodOf({ kind, month: index, length: 1 }, options);
  const first = options.fiscalYearStartMonth - 1;
  return periodOf({ kind, month: Math.floor((index - first) / 3) * 3 + first, length: 3 }, options);
}

function spanOf(text: string, fiscalYearStartMonth: number): Span | undefined {
  // of the years before nobody keeps cases, and the one after 9999 has five digits
  const [, year, month, quarter] = /^(?!9999|0)(\d{4})-(?:(0[1-9]|1[0-2])|[Qq]([1-4]))$/.exec(text) ?? [];
  if (month !== undefined) return { kind: 'month', month: Number(year) * 12 + Number(month) - 1, length: 1 };
  if (quarter === undefined) return undefined;
  const first = Number(year) * 12 + fiscalYearStartMonth - 1;
  return { kind: 'quarter', month: first + (Number(quarter) - 1) * 3, length: 3 };
}

function periodOf({ kind, month, length }: Span, { zone, fiscalYearStartMonth }: PeriodOptions): Period {
  const time = zoneTime(zone);
  const iso = (index: number) => {
    return time.isoOf(time.instantOf(dayOfDate(`${yearMonth(index)}-01`), 0));
  };
  const bounds = { kind, start: iso(month), end: iso(month + length), zone };
  if (kind === 'month') return { id: yearMonth(month), ...bounds, label: monthWords(month) };
  const first = fiscalYearStartMonth - 1;
  const year = Math.floor((month - first) / 12);
  const quarter = ((((month - first) % 12) + 12) % 12) / 3 + 1;
  return { id: `${yearText(year)}-Q${quarter}`, ...bounds, label: quarterWords(year, quarter, month, first) };
}

const yearText = (year: number) => String(year).padStart(4, '0');
const yearMonth = (index: number) =>
  `${yearText(Math.floor(index / 12))}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`;

function monthWords(index: number): Words {
  const year = Math.floor(index / 12);
  return w(`${months[index % 12]} ${year}`, `${year} 年 ${(index % 12) + 1} 月`);
}

/** Where the fiscal year is not the calendar's, the months are named beside it. */
function quarterWords(year: number, quarter: number, month: number, first: number): Words {
  if (first === 0) return w(`Q${quarter} ${year}`, `${year} 年第 ${quarter} 季度`);
  const last = month + 2;
  const [from, until] = [monthWords(month), monthWords(last)];
  return w(
    `Q${quarter} of fiscal year ${year} (${from.en} – ${until.en})`,
    `${year} 财年第 ${quarter} 季度（${from.zh}至 ${until.zh}）`,
  );
}

const zones = new Map<string, ZoneTime>();

/** @throws PeriodError */
function zoneTime(zone: string): ZoneTime {
  try {
    const known = zones.get(zone) ?? new ZoneTime(zone);
    zones.set(zone, known);
    return known;
  } catch {
    throw new PeriodError('zone', zone);
  }
}
