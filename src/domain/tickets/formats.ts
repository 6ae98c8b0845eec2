/** A ticket's text in the formats of ticket systems. Whatever a customer wrote stays text: nothing of it is markup. */
import { type Block, blocksOf } from './body';

/** HTML as ZenTao keeps it: it drops what it does not know, and markup in the text is escaped. */
export function toHtml(text: string): string {
  return blocksOf(text).map(htmlBlock).join('');
}

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (mark) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[mark] ?? ''};`);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

/** What `escapeHtml` did, undone, and every numbered entity; others stay. */
export const unescapeHtml = (text: string) =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? numbered(name) ?? whole);

function numbered(name: string): string | undefined {
  const code = Number(/^#(\d{1,7})$/.exec(name)?.[1]);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function htmlBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `<p><b>${escapeHtml(block.written)}</b></p>`;
    case 'paragraph':
      return `<p>${block.lines.map(escapeHtml).join('<br />')}</p>`;
    case 'list':
      return `<ol>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ol>`;
    case 'table': {
      const rows = block.rows.map(
        ([label, value]) => `<tr><td>${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
      );
      return `<table border="1"><tbody>${rows.join('')}</tbody></table>`;
    }
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
  }
}

/** A node of Atlassian's document format. */
export interface AdfNode {
  readonly type: string;
  readonly version?: 1;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, string | number>>;
  readonly content?: readonly AdfNode[];
}

/** Atlassian's document format, for Jira Cloud: it takes no empty text nodes. */
export function toAdf(text: string): AdfNode {
  const content = blocksOf(text).map(adfBlock);
  return { type: 'doc', version: 1, content: content.length === 0 ? [{ type: 'paragraph', content: [] }] : content };
}

const adfText = (text: string): AdfNode => ({ type: 'text', text });
const adfParagraph = (...content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content });

function adfBlock(block: Block): AdfNode {
  switch (block.is) {
    case 'heading':
      return { type: 'heading', attrs: { level: 3 }, content: [adfText(block.text)] };
    case 'paragraph': {
      const lines = block.lines.filter((line) => line !== '');
      return adfParagraph(
        ...lines.flatMap((line, index) => [...(index === 0 ? [] : [{ type: 'hardBreak' }]), adfText(line)]),
      );
    }
    case 'list':
      return {
        type: 'orderedList',
        content: block.items.map((item) => ({ type: 'listItem', content: [adfParagraph(adfText(item))] })),
      };
    case 'table':
      return {
        type: 'table',
        content: block.rows.map(([label, value]) => ({
          type: 'tableRow',
          content: [
            { type: 'tableHeader', content: [adfParagraph(adfText(label))] },
            { type: 'tableCell', content: [adfParagraph(adfText(value))] },
          ],
        })),
      };
    case 'code':
      return { type: 'codeBlock', content: [adfText(block.text)] };
  }
}

/** Jira's wiki text, for Data Center. */
export function toWiki(text: string): string {
  return blocksOf(text).map(wikiBlock).join('\n\n');
}

/** An address stays one that can be pressed: only what would be markup in it is written otherwise. */
const escapeWiki = (text: string) =>
  text
    .split(/(https?:\/\/\S+)/)
    .map((piece, index) => (index % 2 === 1 ? piece.replace(/[\\{}[\]*^|!~]/g, hexOf) : escapeProse(piece)))
    .join('');

const hexOf = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * Two backslashes would be a line break, and signs like (x) and :) little pictures: they are written as entities, as is
 * the dot that would make a heading or a quotation.
 */
const escapeProse = (text: string) =>
  text
    .replace(
      /&(?=#?\w+;)|\\|[{}[\]*_+^~|!?#-]|\((?=(?:[/xiyn]|on|off|flag|flagoff)\))|[:;](?=[()PD])/g,
      (mark) => WIKI_ENTITIES[mark] ?? `\\${mark}`,
    )
    .replace(/^(\s*(?:h[1-6]|bq))\.(?= )/, '$1&#46;');

const WIKI_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\\': '&#92;',
  '(': '&#40;',
  ':': '&#58;',
  ';': '&#59;',
};

function wikiBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `h3. ${escapeWiki(block.text)}`;
    case 'paragraph':
      return block.lines.map(escapeWiki).join('\n');
    case 'list':
      return block.items.map((item) => `# ${escapeWiki(item)}`).join('\n');
    case 'table':
      return block.rows.map(([label, value]) => `||${escapeWiki(label)}|${escapeWiki(value)}|`).join('\n');
    case 'code':
      // the only text that would end it early
      return `{noformat}\n${block.text.replaceAll('{noformat}', '{ noformat }')}\n{noformat}`;
  }
}

/** Textile, for Redmine. */
export function toTextile(text: string): string {
  return blocksOf(text).map(textileBlock).join('\n\n');
}

const escapeTextile = (text: string) =>
  /[*_@+|^~%#!"<>[\]{}&-]/.test(text) ? `<notextile>${escapeHtml(text)}</notextile>` : text;

function textileBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `h3. ${escapeTextile(block.text)}`;
    case 'paragraph':
      return block.lines.map(escapeTextile).join('\n');
    case 'list':
      return block.items.map((item) => `# ${escapeTextile(item)}`).join('\n');
    case 'table':
      return block.rows.map(([label, value]) => `|_. ${escapeTextile(label)} |${escapeTextile(value)} |`).join('\n');
    case 'code':
      return `<pre>\n${escapeHtml(block.text)}\n</pre>`;
  }
}

/** Markdown, for a Redmine that is set to it. */
export function toMarkdownText(text: string): string {
  return blocksOf(text).map(markdownBlock).join('\n\n');
}

const escapeMarkdown = (text: string) => text.replace(/[\\`*_{}[\]<>#|~!]/g, (mark) => `\\${mark}`);

function markdownBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return block.lines.map(escapeMarkdown).join('  \n');
    case 'list':
      return block.items.map((item, index) => `${index + 1}. ${escapeMarkdown(item)}`).join('\n');
    case 'table':
      return ['| | |', '|---|---|', ...block.rows.map((row) => `| ${row.map(escapeMarkdown).join(' | ')} |`)].join(
        '\n',
      );
    case 'code': {
      const longest = Math.max(2, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length));
      const fence = '`'.repeat(longest + 1);
      return `${fence}\n${block.text}\n${fence}`;
    }
  }
}
