/** What stands in a place of the report: the value for machines, its text for readers, and the cases behind it. */
import { fill, type Language, say, w, type Words } from '../../words';
import { instantOf } from '../../time';
import { ZoneTime } from '../calendar';
import type { CaseIds, Change, Count, Share, Spread } from '../figure';
import { numberText } from '../sayFigures';

export type CellValue =
  | { readonly kind: 'number'; readonly value: number }
  /** A fraction: 0.5 is 50 %. */
  | { readonly kind: 'percent'; readonly value: number }
  /** Milliseconds. */
  | { readonly kind: 'duration'; readonly value: number }
  /** "2026-09-07" */
  | { readonly kind: 'date'; readonly value: string }
  /** ISO-8601 without an offset: what the clocks of the report's zone showed. */
  | { readonly kind: 'time'; readonly value: string };

export interface Cell {
  /** As a reader sees it, in the report's language. */
  readonly text: string;
  /** Left out of words, and of figures that are not there ("too few"). */
  readonly value?: CellValue;
  readonly cases?: CaseIds;
}

export const emptyCell: Cell = { text: '' };
/** A figure that can't be there: nothing to divide by, nothing measured. */
const none = w('–', '–');
const tooFew = w('too few', '样本不足');

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Writes the values of one report in its language and its zone: the only place that does. */
export class Cells {
  private readonly time: ZoneTime;

  /** @param zone IANA name */
  constructor(
    readonly language: Language,
    zone: string,
  ) {
    this.time = new ZoneTime(zone);
  }

  say(words: Words): string {
    return say(words, this.language);
  }

  text(text: string | Words, cases?: CaseIds): Cell {
    const said = typeof text === 'string' ? text : this.say(text);
    return { text: said, ...(cases && { cases }) };
  }

  number(value: number, cases?: CaseIds): Cell {
    return { text: numberText(value), value: { kind: 'number', value }, ...(cases && { cases }) };
  }

  count({ count, cases }: Pick<Count, 'count' | 'cases'>): Cell {
    return this.number(count, cases);
  }

  percent(share: number | undefined, cases?: CaseIds): Cell {
    if (share === undefined) return { text: this.say(none), ...(cases && { cases }) };
    return { text: percentText(share), value: { kind: 'percent', value: share }, ...(cases && { cases }) };
  }

  share({ share, cases }: Pick<Share, 'share' | 'cases'>): Cell {
    return this.percent(share, cases);
  }

  duration(milliseconds: number | undefined, cases?: CaseIds): Cell {
    if (milliseconds === undefined) return { text: this.say(none), ...(cases && { cases }) };
    const value = { kind: 'duration', value: milliseconds } as const;
    return { text: this.durationText(milliseconds), value, ...(cases && { cases }) };
  }

  mean({ mean, cases }: Spread): Cell {
    return this.duration(mean, cases);
  }

  median({ median, cases }: Spread): Cell {
    return this.duration(median, cases);
  }

  /** Of fewer than five there is none. */
  p90({ n, p90, isTooFew, cases }: Spread): Cell {
    return n > 0 && isTooFew ? this.text(tooFew, cases) : this.duration(p90, cases);
  }

  /** A day of the calendar. */
  date(date: string): Cell {
    return { text: date, value: { kind: 'date', value: date } };
  }

  /** @param instant ISO-8601; empty or left out: nothing */
  instant(instant: string | undefined): Cell {
    if (instant === undefined || instant === '') return emptyCell;
    const at = instantOf(instant);
    const wall = new Date(at + this.time.offsetAt(at)).toISOString().slice(0, 19);
    return { text: wall.slice(0, 16).replace('T', ' '), value: { kind: 'time', value: wall } };
  }

  /** Of a total, which is not new because there was none before: "+9 (+30%)", "+9 (none before)". */
  totalChange(change: Change | undefined): Cell {
    if (!change?.isNew) return this.countChange(change);
    const { difference } = change;
    const words = fill(w('{0} (none before)', '{0}（上期为 0）'), signed(numberText(difference), difference));
    return { text: this.say(words), value: { kind: 'number', value: difference } };
  }

  /** The same of one line of a ranking, which is "new" where there was none before. */
  countChange(change: Change | undefined): Cell {
    if (!change) return emptyCell;
    const { difference, isNew } = change;
    if (isNew) return { text: this.say(w('new', '新增')), value: { kind: 'number', value: difference } };
    const text = difference === 0 ? this.say(unchanged) : signed(numberText(Math.abs(difference)), difference);
    return { text: withRatio(text, change), value: { kind: 'number', value: difference } };
  }

  /** Of a share: in percentage points. */
  shareChange(change: Change | undefined): Cell {
    if (!change) return emptyCell;
    const points = Math.round(change.difference * 1_000) / 10;
    const value = { kind: 'percent', value: change.difference } as const;
    if (points === 0) return { text: this.say(unchanged), value };
    return { text: `${signed(Math.abs(points).toFixed(1), points)} ${this.say(w('pp', '个百分点'))}`, value };
  }

  /** Of a mean time. */
  durationChange(change: Change | undefined): Cell {
    if (!change) return emptyCell;
    const { difference } = change;
    const value = { kind: 'duration', value: difference } as const;
    if (Math.abs(difference) < 30 * SECOND) return { text: this.say(unchanged), value };
    return { text: withRatio(signed(this.durationText(Math.abs(difference)), difference), change), value };
  }

  /** "38 min", "2 h 10 min"; hours go on above a day, since a day of working time is none of the calendar's. */
  durationText(milliseconds: number): string {
    if (milliseconds > 0 && milliseconds < 30 * SECOND) return this.say(w('< 1 min', '不足 1 分钟'));
    const minutes = Math.round(milliseconds / MINUTE);
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const [h, m] = this.language === 'en' ? ['h', 'min'] : ['小时', '分钟'];
    if (hours === 0) return `${rest} ${m}`;
    // minutes say nothing beside a hundred hours
    if (hours >= 100) return `${numberText(Math.round(milliseconds / HOUR))} ${h}`;
    return rest === 0 ? `${hours} ${h}` : `${hours} ${h} ${rest} ${this.language === 'en' ? 'min' : '分'}`;
  }
}

const unchanged = w('unchanged', '持平');

const signed = (text: string, sign: number): string => `${sign < 0 ? '−' : '+'}${text}`;

/** Of what has doubled nobody asks for the decimals. */
function withRatio(text: string, { ratio, difference }: Change): string {
  if (ratio === undefined || difference === 0) return text;
  const size = Math.abs(ratio);
  return `${text} (${signed(size < 1 ? percentText(size) : `${numberText(Math.round(size * 100))}%`, ratio)})`;
}

/** One decimal; what is not the whole is never rounded to it, nor to nothing. */
export function percentText(share: number): string {
  if (Number.isInteger(share)) return `${share * 100}%`;
  const rounded = Math.round(share * 1_000) / 10;
  if (rounded === 100 && share < 1) return '99.9%';
  if (rounded === 0 && share > 0) return '0.1%';
  return `${rounded.toFixed(1)}%`;
}
