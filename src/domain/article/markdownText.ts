/** Case text as markdown content: it reads as it was typed and can neither break nor shape the document. */

/** Characters that never belong in a text file, line breaks and tabs excepted. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

const LOG_LINE = new RegExp(
  [
    String.raw`^\s*\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}`, // 2026-11-22 09:05:00 …
    String.raw`^\s*\[?\d{2}:\d{2}:\d{2}[.,\] ]`, // 09:05:00.123 …
    String.raw`^\s*\[?(?:ERROR|FATAL|WARN(?:ING)?|SEVERE|PANIC|INFO|DEBUG)\b[\]:\s]`,
    String.raw`^\s+at \S+`, // a Java or JavaScript frame
    String.raw`^\s*(?:Caused by:|Traceback \(|File "[^"]*", line \d+|\.{3} \d+ more)`,
    String.raw`^\s*[\w.$]+(?:Exception|Error)\b:?`,
    String.raw`\bORA-\d{5}\b|\bSQLSTATE\b|\berrno\b`,
  ].join('|'),
);

/** A line of a log, an error message or a frame of a stack, rather than a sentence. */
export const isLogLine = (line: string): boolean => LOG_LINE.test(line);

/** A fence as people paste it, with at most the name of a language behind it. */
const FENCE = /^\s*(`{3,}|~{3,})[\w+-]*\s*$/;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])\s+/;

interface Block {
  readonly kind: 'code' | 'text';
  readonly lines: string[];
}

/** Paragraphs, lists and fenced code; what an editor or a mail program has wrapped becomes one line again. */
export function toMarkdown(text: string): string {
  const blocks = blocksOf(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(CONTROL, ''));
  return blocks
    .map(({ kind, lines }) => (kind === 'code' ? fenced(lines.join('\n')) : prose(lines)))
    .filter((part) => part !== '')
    .join('\n\n');
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let fence = '';
  let logged = '';
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '' && mark.startsWith(fence) && line.trim() === mark) {
      fence = '';
      logged = '';
      continue;
    }
    if (fence === '' && mark !== '') {
      fence = mark;
      blocks.push({ kind: 'code', lines: [] });
      continue;
    }
    const isLog = fence === '' && (isLogLine(line) || continuesLog(logged, line));
    logged = isLog ? line : '';
    const kind = fence !== '' || isLog ? 'code' : 'text';
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks;
}

/** Code in a fence longer than any that the code itself holds. */
export function fenced(code: string): string {
  const body = code.replace(/^\n+|\s+$/g, '');
  if (body === '') return '';
  const longest = (body.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${body}\n${fence}`;
}

/** Lines shorter than this are taken for lines that their author ended. */
const WRAPPED_FROM = 50;
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]/;
const WIDE_MARK = /[\u3000-\u303F\uFF00-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF60]/;
const SENTENCE_END = /[.!?…:;。！？：；]["'”’»)\]）】》」]*$/;
/** A heading, a quotation, a row of a table, a list item, a rule: what begins something of its own. */
const OWN_START = /^(?:[#>|=~+*-]|\d{1,9}[.)]\s)/;
/** "Server: db01", "报错：…" */
const NAMED_START = /^(?:\p{Lu}|\p{Script=Han})[^:：.,。，]{0,20}[:：]/u;

/** In columns: a Chinese character takes two. */
const widthOf = (text: string) => Array.from(text).reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);
const indentOf = (line: string) => line.length - line.trimStart().length;

/** Long, and its sentence goes on. */
const isUnfinished = (line: string) => widthOf(line.trim()) >= WRAPPED_FROM && !SENTENCE_END.test(line.trim());

/** The rest of an error text that was wrapped: it goes on in small letters, digits or signs, or in Chinese as it began. */
function continuesLog(before: string, line: string): boolean {
  const text = line.trim();
  if (!isUnfinished(before) || text === '' || LIST_ITEM.test(text) || /^[#>|]/.test(text)) return false;
  return WIDE.test(text.charAt(0)) ? WIDE.test(before.trim().slice(-1)) : !/^\p{Lu}/u.test(text);
}

/** True where a line was broken for its length alone. */
function isWrapped(before: string, line: string): boolean {
  const [start, text] = [before.trim(), line.trim()];
  const isOwn = (part: string) => OWN_START.test(part) && !LIST_ITEM.test(part);
  if (text === '' || !isUnfinished(start) || isOwn(start)) return false;
  if (OWN_START.test(text) || NAMED_START.test(text)) return false;
  return LIST_ITEM.test(start) || indentOf(line) <= indentOf(before);
}

/** Chinese is joined as it is written, without a blank. */
function joined(start: string, rest: string): string {
  const [last, next] = [start.slice(-1), rest.charAt(0)];
  const isTight = (WIDE.test(last) && WIDE.test(next)) || WIDE_MARK.test(last) || WIDE_MARK.test(next);
  return start + (isTight ? '' : ' ') + rest;
}

function unwrapped(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let before = '';
  for (const line of lines) {
    const last = whole.at(-1);
    if (last !== undefined && isWrapped(before, line)) whole[whole.length - 1] = joined(last, line.trim());
    else if (line.trim() !== '') whole.push(line.trim());
    before = line;
  }
  return whole;
}

/** Each paragraph is one line, so that no two lines can form a table or a heading; lists stay lists. */
function prose(lines: readonly string[]): string {
  let text = '';
  let wasItem = false;
  for (const line of unwrapped(lines)) {
    const isItem = LIST_ITEM.test(line);
    if (text !== '') text += wasItem && isItem ? '\n' : '\n\n';
    text += escapeLine(line);
    wasItem = isItem;
  }
  return text;
}

function escapeLine(line: string): string {
  const marker = LIST_ITEM.exec(line)?.[0] ?? '';
  // more than one space behind the marker could make code of what follows
  return (marker === '' ? '' : `${marker.trimEnd()} `) + itemText(line.slice(marker.length));
}

/** Text that begins a line or a list item, where #, underlines, rules, quotes and further list markers count. */
export function itemText(text: string): string {
  return inline(text)
    .replace(/^\s*([#=\-+>])/, '\\$1')
    .replace(/^\s*(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** One line of text with nothing in it that markdown, HTML, maths or Hexo's tags would read as theirs. */
export function inline(text: string): string {
  return text
    .replace(CONTROL, '')
    .replace(/\s+/g, ' ')
    .replace(/[\\`*[\]<$|]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/~(?=~)|(?<=~)~/g, '\\~')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\{(?=[{%#])/g, '{\\')
    .replace(/([}%#])(?=\})/g, '$1\\');
}
