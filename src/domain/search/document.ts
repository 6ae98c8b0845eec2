/** What is searched of an article or a case, parted by how much a match in it says. */
import { isLogLine } from '../article/markdownText';
import { bodyOf } from '../article/frontMatter';
import type { CaseState } from '../case/state';
import type { ArticleEntry } from '../ports';
import { procedureOf } from '../sop/engine';
import { textOf, type Values } from '../sop/field';
import { isInstant } from '../time';

export interface SearchText {
  readonly title: string;
  /** Names under which it is filed: tags, categories, product, versions, customer, keys. */
  readonly labels: string;
  /** Error messages and log lines. */
  readonly errors: string;
  /** What was seen, in the words of who saw it. */
  readonly symptom: string;
  readonly rest: string;
}

/** What can be asked for beside the text. */
export interface Facets {
  readonly products: readonly string[];
  readonly versions: readonly string[];
  readonly tags: readonly string[];
  readonly customer: string;
}

const SYMPTOM =
  /现象|症状|问题描述|故障描述|报错|异常信息|symptom|problem|what happens|error message|issue description/i;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;

/** @param text the whole file */
export function articleText(entry: ArticleEntry, text: string): SearchText {
  const body = bodyOf(text);
  const parts = { errors: [] as string[], symptom: [] as string[], rest: [] as string[] };
  // what stands before the first heading says what the article is about
  let isSymptom = true;
  for (const line of plainLines(body)) {
    if (line.level > 0) isSymptom = SYMPTOM.test(line.text);
    if (line.text === '' || line.text === entry.title) continue;
    if (isLogLine(line.text)) parts.errors.push(line.text);
    else (isSymptom ? parts.symptom : parts.rest).push(line.text);
  }
  return {
    title: entry.title,
    labels: [...entry.tags, ...entry.categories, entry.product, ...entry.versions, ...entry.cases].join('\n'),
    errors: parts.errors.join('\n'),
    symptom: parts.symptom.join('\n'),
    rest: parts.rest.join('\n'),
  };
}

/** The text of an article as it reads, for an excerpt. */
export function articleReading(text: string): string {
  return plainLines(bodyOf(text))
    .filter((line) => line.text !== '')
    .map((line) => line.text)
    .join('\n');
}

interface Line {
  readonly text: string;
  /** Of a heading; 0 of everything else. */
  readonly level: number;
}

/** Whatever may be a mark of markdown. */
const MARKED = /[<[*_`|>=]|^\s*(?:[-+]|\d+[.)])|--/;

/** Markdown without its marks: a reader looks for words, not for where a link leads. */
function plainLines(body: string): Line[] {
  let fence = '';
  return body.split(/\r?\n/).flatMap((line): Line[] => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (mark !== '' && (fence === '' || mark.startsWith(fence))) {
      fence = fence === '' ? mark : '';
      return [];
    }
    if (fence !== '') return [{ text: line.trim(), level: 0 }];
    const heading = HEADING.exec(line);
    const written = heading?.[2] ?? line;
    if (!MARKED.test(written)) return [{ text: written.trim(), level: heading?.[1]?.length ?? 0 }];
    const text = written
      .replace(/<!--.*?-->/g, ' ')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*\*|__|(?<![\w\\])`|`(?!\w)/g, '')
      .replace(/^\s*(?:[-*+>]|\d{1,3}[.)])\s+/, '')
      .replace(/^\s*\||\|\s*$/g, '')
      .trim();
    return /^[-=:| ]+$/.test(text) ? [] : [{ text, level: heading?.[1]?.length ?? 0 }];
  });
}

/** Fields of whichever form that say what was seen. */
const seen: ReadonlySet<string> = new Set(['description', 'actual', 'impact', 'content', 'background', 'goal']);
/** What is kept elsewhere, or says nothing. */
const filed: ReadonlySet<string> = new Set([
  'title',
  'customer',
  'product',
  'version',
  'problemType',
  'channel',
  'occurrence',
  'outcome',
  'sent',
]);

export function caseText(state: CaseState): SearchText {
  const intake = state.values[procedureOf(state.kind).intake];
  const parts = { errors: [] as string[], symptom: [] as string[], rest: [] as string[] };
  const add = (to: 'symptom' | 'rest', text: string) => {
    for (const line of text.split(/\r?\n/)) {
      if (line.trim() !== '') (isLogLine(line) ? parts.errors : parts[to]).push(line.trim());
    }
  };
  for (const values of [
    ...Object.values(state.values),
    ...state.rounds.flatMap((round) => Object.values(round.values)),
  ]) {
    for (const [key, value] of Object.entries(values)) {
      if (filed.has(key)) continue;
      for (const text of textsIn(value)) add(seen.has(key) ? 'symptom' : 'rest', text);
    }
  }
  for (const { approach } of state.plans) add('rest', approach);
  for (const { content } of [...state.followUps, ...state.notes, ...state.talks, ...state.askedByRd])
    add('rest', content);
  const labels = ['product', 'version', 'customer', 'problemType'].map((key) => textOf(intake, key));
  return {
    title: textOf(intake, 'title'),
    labels: [state.id, ...labels, state.ticket?.key ?? ''].join('\n'),
    errors: unique(parts.errors),
    symptom: unique(parts.symptom),
    rest: unique(parts.rest),
  };
}

/** A follow-up stands both in its form and in its list: each line counts once. */
const unique = (lines: readonly string[]) => [...new Set(lines)].join('\n');

export function caseReading({ symptom, errors, rest }: SearchText): string {
  return [symptom, errors, rest].filter((part) => part !== '').join('\n');
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' || isInstant(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value as Values).flatMap(textsIn) : [];
}

export function articleFacets(entry: ArticleEntry): Facets {
  const products = entry.product === '' ? [] : [entry.product];
  return { products, versions: entry.versions, tags: [...entry.tags, ...entry.categories], customer: '' };
}

export function caseFacets(state: CaseState): Facets {
  const intake = state.values[procedureOf(state.kind).intake];
  const one = (key: string) => [textOf(intake, key)].filter((text) => text !== '');
  return {
    products: one('product'),
    versions: one('version'),
    tags: one('problemType'),
    customer: textOf(intake, 'customer'),
  };
}
