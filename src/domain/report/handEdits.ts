/**
 * What a hand changed in the markdown of a report.
 *
 * Every line of the engineer's texts carries its key and its fingerprint in a comment, and the front matter one of all
 * that stands around those texts: a changed line is told from one whose figures have changed, and a report in which a
 * hand wrote elsewhere is never written over without a copy.
 */
import { type EditedLine, type EditedList, noEdits, type ReportEdits } from './edits';
import { escapeMarkdown, fingerprint, unescapeMarkdown } from './plainText';

type DraftId = keyof ReportEdits;
const draftIds: readonly DraftId[] = ['results', 'plan'];

const beginOf = (id: DraftId) => `<!-- casebook:${id} -->`;
const endOf = (id: DraftId) => `<!-- /casebook:${id} -->`;

/** The engineer's texts as markdown: "- text <!-- key 1a2b3c -->". */
export function markedList(id: DraftId, lines: readonly { readonly key: string; readonly text: string }[]): string {
  const items = lines.map(
    ({ key, text }) => `- ${escapeMarkdown(text)} <!-- ${encodeKey(key)} ${fingerprint(escapeMarkdown(text))} -->`,
  );
  const keys = lines.map(({ key }) => encodeKey(key)).join(' ');
  const head = [beginOf(id), `<!-- casebook:${id}-keys ${keys} -->`, ''];
  return [...head, ...(items.length > 0 ? [...items, ''] : []), endOf(id)].join('\n');
}

/** Spaces would end it, two dashes the comment. */
const encodeKey = (key: string) =>
  key.replace(/[\s%<>\p{Cc}-]/gu, (sign) => (sign === '-' ? '%2D' : encodeURIComponent(sign)));

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return '';
  }
}

const DIGEST = /^digest: .*$/m;

/** Puts the fingerprint of all that is not the engineer's texts into the front matter's empty `digest`. */
export function sealed(markdown: string): string {
  return markdown.replace(DIGEST, `digest: "${digestOf(markdown)}"`);
}

function digestOf(markdown: string): string {
  let around = markdown.replace(/\r\n?/g, '\n').replace(DIGEST, '');
  for (const id of draftIds) {
    const [begin, end] = [around.indexOf(beginOf(id)), around.indexOf(endOf(id))];
    if (begin !== -1 && end > begin) around = around.slice(0, begin + beginOf(id).length) + around.slice(end);
  }
  return fingerprint(around.trimEnd());
}

/** A hand wrote elsewhere than in the engineer's texts, or the file is none of ours. */
export function isForeign(markdown: string): boolean {
  return !(DIGEST.exec(markdown)?.[0] ?? '').includes(digestOf(markdown));
}

/** A hand wrote anywhere in it. */
export function isTouched(markdown: string): boolean {
  return isForeign(markdown) || withHandEdits(noEdits, markdown) !== noEdits;
}

interface FoundLine {
  readonly text: string;
  /** Of the comment behind it; empty where there is none. */
  readonly key: string;
  readonly isChanged: boolean;
}

/** List items, or paragraphs, one each. Undefined where the marks are gone. */
function linesIn(markdown: string, id: DraftId): FoundLine[] | undefined {
  const [begin, end] = [markdown.indexOf(beginOf(id)), markdown.indexOf(endOf(id))];
  if (begin === -1 || end < begin) return undefined;
  const raw: string[] = [];
  let isOpen = false;
  for (const line of markdown.slice(begin + beginOf(id).length, end).split(/\r\n?|\n/)) {
    const text = line.trim();
    const item = /^(?:[-*+]|\d+[.)])\s+(.*)$/.exec(text);
    if (item || (text !== '' && !isOpen)) raw.push(item?.[1] ?? text);
    // a long item goes on in the next line
    else if (text !== '') raw.push(`${raw.pop() ?? ''} ${text}`);
    isOpen = text !== '';
  }
  return raw.map(foundLine).filter(({ text }) => text !== '');
}

function foundLine(raw: string): FoundLine {
  const [, key = '', mark = ''] = /<!-- (\S+) ([0-9a-f]+) -->/.exec(raw) ?? [];
  const written = raw
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { text: unescapeMarkdown(written), key: decodeKey(key), isChanged: fingerprint(written) !== mark };
}

/**
 * The edits with what a hand made of the report's texts: changed and new lines in their places, lines that were taken
 * out gone. The same edits where nothing was changed.
 */
export function withHandEdits(edits: ReportEdits, markdown: string): ReportEdits {
  let all = edits;
  for (const id of draftIds) {
    const found = linesIn(markdown, id);
    const list = found && changedList(found, linesWritten(markdown, id), edits[id]);
    if (list) all = { ...all, [id]: list };
  }
  return all;
}

/** The keys of the lines that were written, in their order: a hand may have taken some out. Undefined: this comment. */
function linesWritten(markdown: string, id: DraftId): readonly string[] | undefined {
  const keys = new RegExp(`<!-- casebook:${id}-keys (.*?) ?-->`).exec(markdown)?.[1];
  return keys?.split(' ').filter(Boolean).map(decodeKey);
}

function changedList(
  found: readonly FoundLine[],
  keys: readonly string[] | undefined,
  before: EditedList | undefined,
): EditedList | undefined {
  const written = keys ?? [];
  const isSame =
    found.length === written.length && found.every(({ key, isChanged }, at) => !isChanged && key === written[at]);
  if (isSame) return undefined;
  const earlier = new Map(before?.lines.map((line) => [line.key, line]));
  const used = new Set<string>();
  const taken = new Set([...found.map(({ key }) => key), ...written, ...earlier.keys()]);
  let own = 0;
  const ownKey = () => {
    do own += 1;
    while (taken.has(`own:${own}`));
    return `own:${own}`;
  };
  const lines = found.flatMap(({ key, text, isChanged }): EditedLine[] => {
    const chosen = key === '' || used.has(key) ? ownKey() : key;
    const isAsWritten = !isChanged && chosen === key;
    // taken out on the page since this was written
    if (isAsWritten && before?.removed.includes(key)) return [];
    used.add(chosen);
    return [isAsWritten ? (earlier.get(key) ?? { key }) : { key: chosen, text }];
  });
  // added on the page since this was written: nobody took it out here
  const unseen = keys ? (before?.lines ?? []).filter(({ key }) => !keys.includes(key) && !used.has(key)) : [];
  for (const { key } of unseen) used.add(key);
  const gone = written.filter((key) => !used.has(key) && !key.startsWith('own:'));
  const removed = [...new Set([...(before?.removed ?? []), ...gone])].filter((key) => !used.has(key));
  return { lines: [...lines, ...unseen], removed };
}
