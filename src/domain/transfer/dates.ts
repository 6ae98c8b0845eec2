/** Dates as other systems and spreadsheets write them, and which of day and month comes first in a column of them. */
import { dayOfDate, type ZoneTime } from '../report/calendar';
import { pad, toIso } from '../time';

/** Of dates in digits whose year comes last: 29-02-2016 or 02/29/2016. */
export type DateOrder = 'dmy' | 'mdy';

/** What a column says about the order; `either` where every date in it could be read both ways. */
export type OrderFound = DateOrder | 'either' | 'none' | 'mixed';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const CLOCK =
  '(?:[T ,]\\s*(?<part>上午|下午|凌晨|早上|中午|晚上)?\\s*(?<h>\\d{1,2})(?:[:：.时点](?<min>\\d{2})(?:[:：.分](?<s>\\d{2})(?:[.,]\\d{1,9})?秒?)?分?)?\\s*(?<half>[ap]\\.?m\\.?)?)?';
const ZONE =
  '\\s*(?<zone>Z|(?:GMT|UTC)?[+-]\\d{2}:?\\d{2}|(?<=:\\d{2}(?:\\.\\d{1,9})?\\s?)[+-]\\d{2}|GMT|UTC)?(?:\\s*\\([^)]*\\))?';

const of = (date: string) => new RegExp(`^(?:[a-z]{3,9},?\\s+)?(?:${date})${CLOCK}${ZONE}$`, 'iu');

const FORMS: readonly RegExp[] = [
  of(
    '(?<y>\\d{4})\\s?[-/.年]\\s?(?<m>\\d{1,2})\\s?[-/.月]\\s?(?<d>\\d{1,2})\\s?日?(?:\\s?(?:星期|周)[一二三四五六日天])?(?=\\D|$)',
  ),
  of('(?<a>\\d{1,2})(?<sep>[-/.])(?<b>\\d{1,2})\\k<sep>(?<yy>\\d{4}|\\d{2})'),
  of(`(?<d>\\d{1,2})(?:st|nd|rd|th)?[-/. ](?<name>${MONTH})\\.?,?[-/. ](?<yy>\\d{4}|\\d{2})`),
  of(`(?<name>${MONTH})\\.?[- ](?<d>\\d{1,2})(?:st|nd|rd|th)?,?[- ](?<yy>\\d{4})`),
];
const CHINESE_CLOCK = /^(.*日)\s*((?:上午|下午|凌晨|早上|中午|晚上)?\d.*)$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z?))?$/;
const EPOCH = /^\d{10}(?:\d{3})?$/;
/** Days since 1899-12-30, as spreadsheets count: from 1954 to 2119. */
const SERIAL = /^[2-7]\d{4}(?:[.,]\d{1,12})?$/;
const SERIAL_ZERO = dayOfDate('1899-12-30');
const DAY = 86_400_000;

/** The beginning of a date whose day or month comes first. */
const SHORT_FIRST = /^\s*(\d{1,2})([-/.])(\d{1,2})\2\d{2}/;

/** Days of the months, in a year that has them all. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A two-digit year after this one is of the last century. */
const LAST_SHORT_YEAR = 69;

/** What one date says about the order; `either` where it can be read both ways. */
export type OrderSign = DateOrder | 'either';

/** @returns undefined for what is no such date in either order, and where day and month are the same: that says nothing */
export function signOf(text: string): OrderSign | undefined {
  const found = SHORT_FIRST.exec(text);
  if (!found) return undefined;
  const [a, b] = [Number(found[1]), Number(found[3])];
  const [isDayFirst, isMonthFirst] = [isDayOf(b, a), isDayOf(a, b)];
  if (isDayFirst && isMonthFirst) return a === b ? undefined : 'either';
  if (isDayFirst) return 'dmy';
  return isMonthFirst ? 'mdy' : undefined;
}

function isDayOf(month: number, day: number): boolean {
  return day >= 1 && day <= (LONGEST[month - 1] ?? 0);
}

/** One date that can only be read one way tells for all. */
export function orderFrom(signs: ReadonlySet<OrderSign>): OrderFound {
  if (signs.has('dmy') && signs.has('mdy')) return 'mixed';
  if (signs.has('dmy')) return 'dmy';
  if (signs.has('mdy')) return 'mdy';
  return signs.has('either') ? 'either' : 'none';
}

/** @param texts of a whole column; empty ones and words that are no dates say nothing */
export function orderOf(texts: readonly string[]): OrderFound {
  return orderFrom(new Set(texts.flatMap((text) => signOf(text) ?? [])));
}

/** Reads the dates of one file: an order for those in digits, and a zone for those that name none. */
export class DateReader {
  readonly #known = new Map<string, string | undefined>();

  constructor(
    private readonly order: DateOrder,
    private readonly zone: ZoneTime,
  ) {}

  /** @returns ISO-8601 with the offset that is written there, else the zone's at that time; undefined for what is no date */
  read(text: string): string | undefined {
    const trimmed = text.trim();
    if (this.#known.has(trimmed)) return this.#known.get(trimmed);
    const read = this.#parse(trimmed);
    // audit logs repeat the same dates in every row
    if (this.#known.size < 200_000) this.#known.set(trimmed, read);
    return read;
  }

  /** @returns "2016-02-29"; of a moment, its date as written */
  date(text: string): string | undefined {
    return this.read(text)?.slice(0, 10);
  }

  #parse(text: string): string | undefined {
    if (EPOCH.test(text)) return this.#at(Number(text) * (text.length === 10 ? 1_000 : 1));
    const compact = COMPACT.exec(text);
    if (compact) {
      const [, y = '', m = '', d = '', h = '', min = '', s = '', z] = compact;
      return this.#wall({ y, m, d, h, min, s, zone: z === '' ? undefined : z });
    }
    if (SERIAL.test(text)) {
      const days = Number(text.replace(',', '.'));
      const day = Math.floor(days);
      return this.#local(SERIAL_ZERO + day, Math.round((days - day) * 86_400));
    }
    const chinese = CHINESE_CLOCK.exec(text);
    const spaced = chinese ? `${chinese[1]} ${chinese[2]}` : text;
    for (const form of FORMS) {
      const groups = form.exec(spaced)?.groups;
      if (groups) return this.#wall(groups);
    }
    return undefined;
  }

  #wall(groups: Readonly<Record<string, string | undefined>>): string | undefined {
    const [a, b] = [groups['a'], groups['b']];
    const named =
      groups['name'] === undefined ? undefined : MONTHS.indexOf(groups['name'].slice(0, 3).toLowerCase()) + 1;
    const month = named ?? Number(groups['m'] ?? (this.order === 'dmy' ? b : a));
    const day = Number(groups['d'] ?? (this.order === 'dmy' ? a : b));
    const year = groups['y'] === undefined ? fullYear(groups['yy'] ?? '') : Number(groups['y']);
    const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
    if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
    const seconds = secondsOf(groups);
    if (seconds === undefined || year < 1000) return undefined;
    const offset = offsetOf(groups['zone']);
    if (offset === 'none') return undefined;
    if (offset === undefined) return this.#local(dayOfDate(date), seconds);
    return toIso(dayOfDate(date) * DAY + seconds * 1_000 - offset * 60_000, offset);
  }

  #local(day: number, seconds: number): string {
    return this.#at(this.zone.instantOf(day, seconds / 60));
  }

  #at(instant: number): string {
    const whole = Math.round(instant);
    return toIso(whole, Math.round(this.zone.offsetAt(whole) / 60_000));
  }
}

function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  const short = Number(text);
  return short > LAST_SHORT_YEAR ? 1900 + short : 2000 + short;
}

/** Seconds since midnight; undefined for what is no time of a day. */
function secondsOf(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  if (groups['h'] === undefined || groups['h'] === '') return 0;
  let hour = Number(groups['h']);
  const minute = Number(groups['min'] || 0);
  const second = Number(groups['s'] || 0);
  const half = groups['half']?.charAt(0).toLowerCase();
  const part = groups['part'] ?? '';
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  if ((half === 'a' || part === '上午' || part === '凌晨') && hour === 12) hour = 0;
  if ((half === 'p' || part === '下午' || part === '晚上' || (part === '中午' && hour < 3)) && hour < 12) hour += 12;
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3_600 + minute * 60 + second;
}

/** Minutes east of UTC; undefined where none is written. */
function offsetOf(zone: string | undefined): number | 'none' | undefined {
  if (zone === undefined || zone === '') return undefined;
  const parts = /([+-])(\d{2}):?(\d{2})?/.exec(zone);
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  if (minutes > 14 * 60) return 'none';
  return parts[1] === '-' ? -minutes : minutes;
}
