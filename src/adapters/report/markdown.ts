/** The report as markdown, with its charts as pictures beside it. */
import { stringify } from 'yaml';
import type { Block, ReportDocument, Table } from '../../domain/report/document/reportDocument';
import { markedList, sealed } from '../../domain/report/handEdits';
import { chartSvg } from './chartSvg';
import type { RenderedFile } from '../../domain/report/reportShelf';
import { escapeMarkdown, printable } from '../../domain/report/plainText';

const CHART_WIDTH = 720;

/** @param stem "2026-Q3": the pictures go into a folder of that name */
export function markdownFiles(document: ReportDocument, stem: string): RenderedFile[] {
  const blocks = document.sections.flatMap(({ parts }) => parts.flatMap((part) => part.blocks));
  const pictures = blocks.flatMap((block) =>
    block.kind === 'chart' ? [{ name: `${stem}/${block.id}.svg`, content: `${chartSvg(block, CHART_WIDTH)}\n` }] : [],
  );
  return [{ name: `${stem}.md`, content: markdownOf(document, stem) }, ...pictures];
}

function markdownOf(document: ReportDocument, stem: string): string {
  const { title, subtitle, nothing, facts, headline, sections } = document;
  const lines = [
    `# ${escapeMarkdown(title)} · ${escapeMarkdown(subtitle)}`,
    facts.map(({ label, text }) => `- **${escapeMarkdown(label)}** ${escapeMarkdown(text)}`).join('\n'),
    grid([
      headline.map(({ label }) => label),
      headline.map(({ cell }) => cell.text),
      headline.map(({ detail, change }) => [detail, change].filter((part) => part !== '').join(' · ')),
    ]),
    ...(nothing === '' ? [] : [escapeMarkdown(nothing)]),
    ...sections.flatMap((section) => [
      `## ${section.number} ${escapeMarkdown(section.title)}`,
      ...section.parts.flatMap((part) => [
        `### ${part.number} ${escapeMarkdown(part.title)}`,
        ...part.blocks.map((block) => blockOf(block, part.title, stem)),
      ]),
    ]),
  ];
  return sealed(`---\n${frontMatter(document)}---\n\n${lines.join('\n\n')}\n`);
}

function frontMatter(document: ReportDocument): string {
  const { title, subtitle, period, language, isProvisional, isFrozen, isPseudonymised, made } = document;
  const { zone, start, end, asOf, generatedAt, filter } = made;
  return stringify(
    {
      title: printable(`${title} · ${subtitle}`),
      period,
      start,
      end,
      zone,
      asOf,
      generatedAt,
      language,
      filters: filter,
      provisional: isProvisional,
      pseudonymised: isPseudonymised,
      frozen: isFrozen,
      digest: '',
    },
    { lineWidth: 0 },
  );
}

function blockOf(block: Block, partTitle: string, stem: string): string {
  switch (block.kind) {
    case 'paragraph':
      return block.isNote ? `*${escapeMarkdown(block.text)}*` : escapeMarkdown(block.text);
    case 'chart':
      return `![${escapeMarkdown(block.title)}](${encodeURI(stem)}/${block.id}.svg)`;
    case 'table':
      return tableOf(block, partTitle);
    case 'draft':
      return markedList(block.id, block.lines);
  }
}

function tableOf({ title, columns, rows, empty }: Table, partTitle: string): string {
  const caption = title === partTitle ? '' : `**${escapeMarkdown(title)}**\n\n`;
  if (rows.length === 0) return `${caption}${escapeMarkdown(empty)}`;
  const isNumber = columns.map(({ kind }) => !['text', 'label', 'case'].includes(kind));
  return (
    caption +
    grid(
      [columns.map((column) => column.title), ...rows.map((row) => row.map(({ text }) => text))],
      isNumber.map((right) => (right ? '--:' : '---')),
    )
  );
}

function grid([head = [], ...rows]: readonly (readonly string[])[], rule = head.map(() => '---')): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
