/** Figures as sentences and tables say them, in both languages. */
import { fill, say, w, type Words } from '../words';
import type { Change, Row } from './figure';

const MINUTE = 60_000;

/** "1,234": for readers only; at most two decimals. */
export function numberText(value: number): string {
  const [whole = '', fraction] = String(Math.round(value * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** "2 h 10 min"; to the minute below a day of 24 hours, to the hour above. */
export function durationWords(milliseconds: number): Words {
  const minutes = Math.round(milliseconds / MINUTE);
  if (minutes < 60) return w(`${minutes} min`, `${minutes} 分钟`);
  const hours = Math.round(minutes / 60);
  if (minutes >= 24 * 60) return w(`${numberText(hours)} h`, `${numberText(hours)} 小时`);
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (rest === 0) return w(`${whole} h`, `${whole} 小时`);
  return w(`${whole} h ${rest} min`, `${whole} 小时 ${rest} 分钟`);
}

/** "91"; whole numbers, and never 100 % or 0 % for what is not quite that. */
export function percentText(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '99';
  if (rounded === 0 && share > 0) return '1';
  return String(rounded);
}

export function percentWords(share: number | undefined): Words {
  return share === undefined ? w('–', '–') : w(`${percentText(share)}%`, `${percentText(share)}%`);
}

/** "+12%", "−3%", "new", "unchanged": of a line of a ranking against the period before; empty without a comparison. */
export function changeWords(change: Change | undefined): Words {
  if (!change) return w('', '');
  if (change.isNew) return w('new', '新增');
  if (change.difference === 0 || change.ratio === undefined) return w('unchanged', '持平');
  const percent = percentText(Math.abs(change.ratio));
  const sign = change.ratio > 0 ? '+' : '−';
  return w(`${sign}${percent}%`, `${sign}${percent}%`);
}

/** "A (21), B (9) and C (8)". */
export function listWords(rows: readonly Row[]): Words {
  const en = rows.map(({ label, count }) => `${label.en} (${numberText(count)})`);
  const zh = rows.map(({ label, count }) => `${label.zh}（${numberText(count)}）`);
  const last = en.at(-1) ?? '';
  return w(en.length > 1 ? `${en.slice(0, -1).join(', ')} and ${last}` : last, zh.join('、'));
}

/** "1 issue", "1,234 issues": of English words whose plural takes an s. */
export function counted(count: number, what: string): string {
  return `${numberText(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** `fill`, with the space that Chinese text has beside Latin letters and digits where a part brings them in. */
export function fillSpaced(words: Words, ...parts: readonly (string | Words)[]): Words {
  const zh = parts.map((part) => (typeof part === 'string' ? part : say(part, 'zh-CN')));
  const spaced = words.zh.replace(/(.?)\{(\d)\}(?=(.?))/gsu, (_whole, before: string, index: string, after: string) => {
    const part = zh[Number(index)] ?? '';
    const front = isHan(before) && isLatin(part.at(0)) ? ' ' : '';
    const back = isHan(after) && isLatin(part.at(-1)) ? ' ' : '';
    return `${before}${front}{${index}}${back}`;
  });
  return fill(w(words.en, spaced), ...parts);
}

const isHan = (character: string) => /\p{Script=Han}/u.test(character);
const isLatin = (character: string | undefined) => character !== undefined && /[A-Za-z0-9]/.test(character);
