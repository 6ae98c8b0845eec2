/** What people wrote in a ticket system, as plain text: from Atlassian's document format and from Jira's wiki text. */
import { unescapeHtml } from './formats';

/** The text of a document; what is no document is nothing. Unknown nodes give what text they hold. */
export function adfText(document: unknown): string {
  return blockText(nodeOf(document))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

interface Node {
  readonly type: string;
  readonly text: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly content: readonly Node[];
  readonly href: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function nodeOf(value: unknown): Node {
  const node = isRecord(value) ? value : {};
  const link = listOf(node['marks']).find((mark) => isRecord(mark) && mark['type'] === 'link');
  const linked = isRecord(link) && isRecord(link['attrs']) ? textOf(link['attrs']['href']) : '';
  return {
    type: textOf(node['type']),
    text: textOf(node['text']),
    attrs: isRecord(node['attrs']) ? node['attrs'] : {},
    content: listOf(node['content']).map(nodeOf),
    href: linked,
  };
}

function blockText(node: Node): string {
  const inner = (between: string) => node.content.map(blockText).join(between);
  switch (node.type) {
    case 'text':
      return node.href === '' || node.href === node.text ? node.text : `${node.text} (${node.href})`;
    case 'hardBreak':
      return '\n';
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
    case 'caption':
      return inner('');
    case 'orderedList':
      return node.content.map((item, index) => `${firstNumber(node) + index}. ${blockText(item)}`).join('\n');
    case 'bulletList':
    case 'taskList':
    case 'decisionList':
      return node.content.map((item) => `- ${blockText(item)}`).join('\n');
    case 'listItem':
    case 'tableCell':
    case 'tableHeader':
    case 'table':
      return inner('\n');
    case 'taskItem':
    case 'decisionItem':
      return inner('');
    case 'tableRow':
      return inner(' | ');
    case 'date':
      return dateText(textOf(node.attrs['timestamp']));
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return textOf(node.attrs['url']);
    case 'emoji':
      return textOf(node.attrs['text']) || textOf(node.attrs['shortName']);
    case 'expand':
    case 'nestedExpand':
      return [textOf(node.attrs['title']), inner('\n\n')].join('\n\n');
    default:
      // a mention or a status says itself; whatever else there is, its text is not lost
      return node.content.length > 0 ? inner('\n\n') : node.text || textOf(node.attrs['text']);
  }
}

const firstNumber = ({ attrs }: Node) => (typeof attrs['order'] === 'number' ? attrs['order'] : 1);

/** @param timestamp milliseconds */
function dateText(timestamp: string): string {
  const at = new Date(Number(timestamp));
  return timestamp === '' || Number.isNaN(at.getTime()) ? timestamp : at.toISOString().slice(0, 10);
}

/** The text of Jira's wiki markup: escapes undone, macros and marks of blocks dropped. */
export function wikiText(wiki: string): string {
  const pieces = wiki
    .replace(/\r\n?/g, '\n')
    .split(/(\{(?:noformat|code)(?::[^}\n]*)?\}[\s\S]*?\{(?:noformat|code)\})/);
  return pieces
    .map((piece, index) => (index % 2 === 1 ? piece.replace(MACRO, '').replace(/^\n|\n$/g, '') : proseText(piece)))
    .join('')
    .trim();
}

/** A macro's name and its settings; braces that an escape made text stay. */
const MACRO = /(?<!\\)\{(?:noformat|code|quote|panel|color|anchor)(?::[^}\n]*)?\}/g;

function proseText(wiki: string): string {
  const lines = wiki.replace(MACRO, '').split('\n');
  let number = 0;
  const told = lines.map((line) => {
    const item = /^# (.*)$/.exec(line)?.[1];
    number = item === undefined ? 0 : number + 1;
    return item === undefined ? lineText(line) : `${number}. ${item}`;
  });
  return unescapeHtml(
    told
      .join('\n')
      .replace(/(?<!\\)\[~(?:accountid:)?([^\]\n]+)\]/g, '@$1')
      .replace(/(?<!\\)\[([^|\]\n]+)\|([^\]|\n]+)(?:\|[^\]\n]*)?\]/g, '$1 ($2)')
      .replace(/\\([!-/:-@[\]^_`{-~])/g, '$1'),
  );
}

function lineText(line: string): string {
  const heading = /^h[1-6]\. (.*)$/.exec(line)?.[1];
  if (heading !== undefined) return heading;
  if (!/^\|.*\|\s*$/.test(line)) return line;
  const cells = line.split(/(?<!\\)\|{1,2}/).map((cell) => cell.trim());
  return cells.slice(1, -1).join(' | ');
}
