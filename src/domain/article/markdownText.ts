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

/** A fence as people paste it, with at most the name of a language behind it. */
const FENCE = /^\s*(`{3,}|~{3,})[\w+-]*\s*$/;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])\s+/;

interface Block {
  readonly kind: 'code' | 'text';
  readonly lines: string[];
}

/** Paragraphs, lists and fenced code; every line of prose keeps its place. */
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
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '' && mark.startsWith(fence) && line.trim() === mark) {
      fence = '';
      continue;
    }
    if (fence === '' && mark !== '') {
      fence = mark;
      blocks.push({ kind: 'code', lines: [] });
      continue;
    }
    const kind = fence !== '' || LOG_LINE.test(line) ? 'code' : 'text';
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

/** Each line is a paragraph of its own, so that no two of them can form a table or a heading; lists stay lists. */
function prose(lines: readonly string[]): string {
  let text = '';
  let wasItem = false;
  for (const line of lines.map((entry) => entry.trim()).filter((entry) => entry !== '')) {
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
