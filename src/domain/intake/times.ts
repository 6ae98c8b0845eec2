/** Times as people, chats, mails and logs write them, Chinese and English. */
import { toIso } from '../time';

export interface FoundTime {
  /** ISO-8601, with the offset that is written there, else the engineer's. */
  readonly at: string;
  /** Milliseconds since the epoch. */
  readonly instant: number;
  /** As it stands in the text. */
  readonly from: string;
  readonly start: number;
  readonly end: number;
  /** The day is written there, or a word for it. */
  readonly hasDay: boolean;
  /** An hour is written there. */
  readonly hasClock: boolean;
}

export interface Here {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Minutes east of UTC where the engineer sits. */
  readonly offset: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const PART = '凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上';
const DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  前天: -2,
  today: 0,
  yesterday: -1,
};

const DATE = [
  '(?<y>(?:19|20)\\d{2})\\s?[-/.年]\\s?(?<m>\\d{1,2})\\s?[-/.月]\\s?(?<d>\\d{1,2})(?!\\d)\\s?[日号]?',
  '(?<m2>\\d{1,2})\\s?月\\s?(?<d2>\\d{1,2})\\s?[日号]',
  `(?<d3>\\d{1,2})(?:st|nd|rd|th)?[ -](?<m3>${MONTH})(?:,?[ -](?<y3>\\d{4}))?`,
  `(?<m4>${MONTH})\\s(?<d4>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s(?<y4>\\d{4})(?![\\d:]))?`,
  '(?<word>今天|今日|今早|今晚|昨天|昨日|昨晚|前天|\\btoday\\b|\\byesterday\\b)',
].join('|');
// "11/22" and "11-22" are a day only before an hour: otherwise they are a fraction, a range, a part number
const SHORT_DATE = '(?<m5>\\d{1,2})[-/](?<d5>\\d{1,2})(?=[ T]+\\d{1,2}[:：]\\d{2})';
const CLOCK = [
  `(?<part>${PART})?\\s?(?<h>\\d{1,2})(?:[:：](?<min>\\d{2})(?:[:：](?<s>\\d{2})(?:[.,]\\d{1,6})?)?(?![\\d:：]))\\s?(?<half>[ap]\\.?m\\b\\.?)?`,
  `(?<part2>${PART})?\\s?(?<h2>\\d{1,2})\\s?[点时](?![间候段刻建意问内赞击要位数差期代尚常])(?:(?<half2>半)|(?<min2>\\d{1,2})分?)?`,
  '(?<h3>\\d{1,2})\\s?(?<half3>[ap]\\.?m\\b\\.?)',
].join('|');
const ZONE = '(?<zone>Z\\b|\\s?(?:GMT|UTC)?[+-]\\d{2}:?\\d{2}\\b|\\s(?:GMT|UTC)\\b)';

const TIME = new RegExp(
  `(?<![\\d.:：/])(?:(?:(?:${DATE})|${SHORT_DATE})(?:[,，]?\\s{0,3}(?:at\\s|T)?(?:\\([^)]{1,4}\\)\\s?)?(?:${CLOCK})${ZONE}?)?|(?:${rename(CLOCK)}))`,
  'giu',
);

/** The alternative without a day has the same groups under other names: a pattern may name each only once. */
function rename(pattern: string): string {
  return pattern.replace(/\(\?<(\w+)>/g, '(?<t$1>');
}

type Groups = Readonly<Record<string, string | undefined>>;

/** In the order of the text. What has the form of a time but is none (25:61, 31 February) is left out. */
export function findTimes(text: string, here: Here): FoundTime[] {
  const found: FoundTime[] = [];
  for (const match of text.matchAll(TIME)) {
    const groups: Groups = match.groups ?? {};
    const [from, start] = trimmed(match[0], match.index);
    const time = timeOf(groups, here);
    if (time !== undefined) found.push({ ...time, from, start, end: start + from.length });
  }
  return found;
}

function trimmed(text: string, index: number): [string, number] {
  return [text.trim(), index + text.length - text.trimStart().length];
}

function timeOf(groups: Groups, here: Here): Pick<FoundTime, 'at' | 'instant' | 'hasDay' | 'hasClock'> | undefined {
  const clock = clockOf(groups);
  if (clock === 'none') return undefined;
  const offset = zoneOf(groups['zone']) ?? here.offset;
  const day = dayOf(groups, here, offset);
  if (day === 'none') return undefined;
  const today = new Date(here.now + offset * 60_000);
  const [year, month, date] = day ?? [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()];
  const { hour, minute, second } = clock ?? { hour: 0, minute: 0, second: 0 };
  const local = Date.UTC(year, month - 1, date, hour, minute, second);
  const isReal = new Date(local).getUTCDate() === new Date(Date.UTC(year, month - 1, date)).getUTCDate();
  if (!isReal || new Date(Date.UTC(year, month - 1, date)).getUTCMonth() !== month - 1) return undefined;
  const instant = local - offset * 60_000;
  return { at: toIso(instant, offset), instant, hasDay: day !== undefined, hasClock: clock !== undefined };
}

type Day = readonly [year: number, month: number, day: number];

/** Undefined where no day is written; "none" for what is no day. */
function dayOf(groups: Groups, { now }: Here, offset: number): Day | 'none' | undefined {
  const word = groups['word']?.toLowerCase();
  const today = new Date(now + offset * 60_000);
  if (word !== undefined) {
    const that = new Date(today.getTime() + (DAYS[word] ?? 0) * 86_400_000);
    return [that.getUTCFullYear(), that.getUTCMonth() + 1, that.getUTCDate()];
  }
  const month = monthOf(groups['m'] ?? groups['m2'] ?? groups['m3'] ?? groups['m4'] ?? groups['m5']);
  const day = Number(groups['d'] ?? groups['d2'] ?? groups['d3'] ?? groups['d4'] ?? groups['d5'] ?? Number.NaN);
  if (Number.isNaN(day)) return undefined;
  if (month === undefined || day < 1 || day > 31) return 'none';
  const written = groups['y'] ?? groups['y3'] ?? groups['y4'];
  if (written !== undefined) return [Number(written), month, day];
  // a report tells of what was: "12 月 30 日" read in January is last year's
  const year = today.getUTCFullYear();
  const isToCome = Date.UTC(year, month - 1, day) > today.getTime() + 86_400_000;
  return [isToCome ? year - 1 : year, month, day];
}

function monthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const month = /^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  return month >= 1 && month <= 12 ? month : undefined;
}

/** Undefined where no hour is written; "none" for what is no time of a day. */
function clockOf(groups: Groups): { hour: number; minute: number; second: number } | 'none' | undefined {
  const of = (...names: string[]) => names.flatMap((name) => [groups[name], groups[`t${name}`]]).find((each) => each);
  const written = of('h', 'h2', 'h3');
  if (written === undefined) return undefined;
  const minute = of('half2') !== undefined ? 30 : Number(of('min', 'min2') ?? 0);
  const second = Number(of('s') ?? 0);
  let hour = Number(written);
  const half = of('half', 'half3')?.charAt(0).toLowerCase();
  const part = of('part', 'part2') ?? (groups['word'] === '昨晚' || groups['word'] === '今晚' ? '晚上' : '');
  if (half !== undefined && (hour < 1 || hour > 12)) return 'none';
  if (half === 'a' && hour === 12) hour = 0;
  const isLate = half === 'p' || ['下午', '傍晚', '晚上'].includes(part) || (part === '中午' && hour < 3);
  if (isLate && hour < 12 && (hour > 0 || half === 'p')) hour += 12;
  return hour > 23 || minute > 59 || second > 59 ? 'none' : { hour, minute, second };
}

/** Minutes east of UTC. */
function zoneOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  const parts = /([+-])(\d{2}):?(\d{2})/.exec(zone);
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  if (minutes > 14 * 60) return undefined;
  return parts[1] === '-' ? -minutes : minutes;
}
