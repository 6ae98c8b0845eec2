/** The piece of a text that shows why it was found. */
import type { Mark } from './find';
import { tokensOf, type Token } from './tokens';

export interface Excerpt {
  readonly excerpt: string;
  readonly marks: readonly Mark[];
}

/** UTF-16 units of an excerpt: two lines in a list. */
const LENGTH = 160;
/** Units before the first match that show what it belongs to. */
const LEAD = 24;

/** Of what the best match says: less does not show why a text was found, in a report or a log that is full of words. */
const TELLING = 0.5;

/**
 * @param terms of the index that matched, and how much each says
 * @param isLong it was asked for with a whole report: only what tells most is marked
 */
export function excerptOf(text: string, terms: ReadonlyMap<string, number>, isLong: boolean): Excerpt {
  const line = text.replace(/\s+/g, ' ').trim();
  const matches = tokensOf(line).filter(({ term }) => terms.has(term));
  const tells = ({ term }: Token) => terms.get(term) ?? 0;
  const least = isLong ? TELLING * matches.reduce((most, match) => Math.max(most, tells(match)), 0) : 0;
  const hits = matches.filter((match) => tells(match) >= least);
  const from = startOf(line, bestStart(hits));
  const to = Math.min(line.length, endOf(line, from + LENGTH));
  const [before, after] = [from > 0 ? '… ' : '', to < line.length ? ' …' : ''];
  const marks = merged(hits.filter(({ start, end }) => start >= from && end <= to));
  const shift = before.length - from;
  return {
    excerpt: before + line.slice(from, to) + after,
    marks: marks.map(([start, end]): Mark => [start + shift, end + shift]),
  };
}

/** Where the stretch begins that holds the most different terms; the earliest of equals. */
function bestStart(hits: readonly Token[]): number {
  let [best, most] = [0, 0];
  const inside = new Map<string, number>();
  let weight = 0;
  let last = 0;
  for (const first of hits) {
    for (let next = hits[last]; next && next.end <= first.start + LENGTH - LEAD; next = hits[last]) {
      const count = inside.get(next.term) ?? 0;
      inside.set(next.term, count + 1);
      if (count === 0) weight += weightOf(next);
      last += 1;
    }
    if (weight > most) [best, most] = [first.start, weight];
    const count = inside.get(first.term) ?? 0;
    if (count === 1) weight -= weightOf(first);
    if (count > 0) inside.set(first.term, count - 1);
    else last += 1;
  }
  return best;
}

/** A word says about as much as two pairs of characters, an error code more. */
const weightOf = ({ kind }: Token) => ({ pair: 1, word: 2, code: 3 })[kind];

/** Not in the middle of a word, and with the beginning of its sentence where that is near. */
function startOf(line: string, match: number): number {
  const earliest = Math.max(0, match - LEAD);
  if (earliest === 0) return 0;
  const lead = line.slice(earliest, match);
  const sentence = /^.*[。！？；.!?;]\s*/u.exec(lead)?.[0].length;
  const blank = lead.indexOf(' ') + 1;
  const start = earliest + (sentence ?? blank);
  return isLowSurrogate(line, start) ? start + 1 : start;
}

function endOf(line: string, end: number): number {
  if (end >= line.length) return line.length;
  const cut = /[A-Za-z0-9_]/.test(line.charAt(end)) ? line.lastIndexOf(' ', end) : end;
  const near = cut > end - LEAD ? cut : end;
  return isLowSurrogate(line, near) ? near - 1 : near;
}

const isLowSurrogate = (line: string, at: number) => /[\uDC00-\uDFFF]/.test(line.charAt(at));

function merged(hits: readonly Token[]): Mark[] {
  const marks: [number, number][] = [];
  for (const { start, end } of hits.toSorted((a, b) => a.start - b.start)) {
    const before = marks.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else marks.push([start, end]);
  }
  return marks;
}
