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
  '#39': "'",
  '#039': "'",
  nbsp: ' ',
};

/** What `escapeHtml` did, undone; other entities stay. */
export const unescapeHtml = (text: string) =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

function htmlBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `<p><b>【${escapeHtml(block.text)}】</b></p>`;
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

const escapeWiki = (text: string) => text.replace(/[\\{}[\]*_+^~|!?#-]/g, (mark) => `\\${mark}`);

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
