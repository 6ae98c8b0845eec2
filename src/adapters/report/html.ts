/** The report as one HTML file that needs nothing beside it, made to be read, printed and sent. */
import { say, w } from '../../domain/words';
import type {
  Block,
  Chart,
  Column,
  Headline,
  Part,
  ReportDocument,
  Section,
  Table,
} from '../../domain/report/document/reportDocument';
import type { Cell } from '../../domain/report/document/cells';
import { chartSvg } from './chartSvg';
import { htmlStyle } from './htmlStyle';
import { escapeXml } from './texts';

/** CSS pixels of a chart over the whole width, and of one beside its table. */
const WIDE = 760;
const HALF = 380;
/** A table of so few columns has room for another one beside it. */
const NARROW = 4;
/** One of so few would have gaps between them over the whole width. */
const SLIM = 3;
/** A table of so few rows has room for another one beside it. */
const SHORT = 14;
/** One of so few is kept on one page. */
const WHOLE = 7;

export function htmlOf(document: ReportDocument): string {
  const { title, subtitle, nothing, facts, headline, sections, language } = document;
  const made = facts.find(({ id }) => id === 'generatedAt');
  const footer = made ? `${made.label} ${made.text}` : '';
  const known = new Set(sections.flatMap((section) => section.parts.flatMap(casesListed)));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeXml(`${title} · ${subtitle}`)}</title>
<style>${htmlStyle([title, subtitle], footer)}
</style>
</head>
<body>
<main>
<header>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(subtitle)}</p>
${statesOf(document)}</header>
<dl class="facts">
${facts.map(({ label, text }) => `<dt>${escapeXml(label)}</dt><dd>${escapeXml(text)}</dd>`).join('\n')}
</dl>
<ul class="headline">
${headline.map(headlineOf).join('\n')}
</ul>
${nothing === '' ? '' : `<p>${escapeXml(nothing)}</p>\n`}<nav>
${sections.map(({ id, number, title: name }) => `<a href="#${id}">${number} ${escapeXml(name)}</a>`).join('\n')}
</nav>
${sections.map((section) => sectionOf(section, known)).join('\n')}
</main>
</body>
</html>
`;
}

function statesOf({ isProvisional, isFrozen, isPseudonymised, language }: ReportDocument): string {
  const states = [
    ...(isProvisional ? [w('Provisional: the period is still running', '周期未结束，数据为阶段性结果')] : []),
    ...(isFrozen ? [w('Final', '已定稿')] : []),
    ...(isPseudonymised ? [w('Customers appear under pseudonyms', '客户名称已用代号代替')] : []),
  ];
  return states.map((state) => `<span class="state">${escapeXml(say(state, language))}</span>\n`).join('');
}

function headlineOf({ label, cell, detail, change, isBetter }: Headline): string {
  const judged = isBetter === undefined ? '' : isBetter ? ' better' : ' worse';
  return [
    `<li><div class="label">${escapeXml(label)}</div><div class="figure">${escapeXml(cell.text)}</div>`,
    detail === '' ? '' : `<div class="detail">${escapeXml(detail)}</div>`,
    change === '' ? '' : `<div class="change${judged}">${escapeXml(change)}</div>`,
    '</li>',
  ].join('');
}

function casesListed({ id, blocks }: Part): string[] {
  if (id !== 'cases') return [];
  return blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(([first]) => first?.text ?? '') : []));
}

function sectionOf({ id, number, title, parts }: Section, known: ReadonlySet<string>): string {
  const inside = parts.map(
    (part) => `<div class="part${part.id === 'cases' ? ' cases' : ''}" id="${part.id}">
<h3>${part.number} ${escapeXml(part.title)}</h3>
${laidOut(part, known).join('\n')}
</div>`,
  );
  return `<section id="${id}">
<h2>${number} ${escapeXml(title)}</h2>
${inside.join('\n')}
</section>`;
}

/** A narrow table stands beside its chart, or beside the narrow one that follows it. */
function laidOut(part: Part, known: ReadonlySet<string>): string[] {
  const html: string[] = [];
  const { blocks } = part;
  for (let index = 0; index < blocks.length; index += 1) {
    const [block, next] = [blocks[index], blocks[index + 1]];
    if (!block) continue;
    if (next && mayPair(block, next)) {
      html.push(
        `<div class="pair">\n${blockOf(block, part, known, HALF)}\n${blockOf(next, part, known, HALF)}\n</div>`,
      );
      index += 1;
    } else html.push(blockOf(block, part, known, WIDE));
  }
  return html;
}

function mayPair(block: Block, next: Block): boolean {
  if (next.kind !== 'table' || !isSmall(next)) return false;
  if (block.kind === 'chart') return next.id === block.id && block.bars.series.length === 1;
  return block.kind === 'table' && isSmall(block);
}

const isSmall = ({ columns, rows }: Table) =>
  columns.length <= NARROW && rows.length <= SHORT && columns.every(({ kind }) => kind !== 'text');

function blockOf(block: Block, part: Part, known: ReadonlySet<string>, width: number): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p${block.isNote ? ' class="note"' : ''}>${escapeXml(block.text)}</p>`;
    case 'chart':
      return chartOf(block, width);
    case 'table':
      return tableOf(block, part, known);
    case 'draft':
      return block.lines.length === 0
        ? `<p class="note">${escapeXml(block.empty)}</p>`
        : `<ul class="draft">\n${block.lines.map(({ text }) => `<li>${escapeXml(text)}</li>`).join('\n')}\n</ul>`;
  }
}

function chartOf(chart: Chart, width: number): string {
  return `<figure><figcaption>${escapeXml(chart.title)}</figcaption>\n${chartSvg(chart, width)}\n</figure>`;
}

function tableOf(table: Table, part: Part, known: ReadonlySet<string>): string {
  const { id, title, columns, rows, empty } = table;
  const caption = title === part.title ? '' : `<caption>${escapeXml(title)}</caption>\n`;
  if (rows.length === 0) {
    const name = title === part.title ? '' : `<strong>${escapeXml(title)}</strong> `;
    return `<p class="note">${name}${escapeXml(empty)}</p>`;
  }
  const head = columns.map((column) => `<th scope="col" class="${classOf(column)}">${escapeXml(column.title)}</th>`);
  const body = rows.map(
    (row) => `<tr>${row.map((cell, index) => cellOf(cell, columns[index], id, known)).join('')}</tr>`,
  );
  const shape = [...(rows.length <= WHOLE ? ['short'] : []), ...(columns.length <= SLIM ? ['slim'] : [])].join(' ');
  const html = `<table class="${shape}" data-table="${id}">
${caption}<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
  return part.id === 'cases'
    ? `<div class="scroll" role="region" tabindex="0" aria-label="${escapeXml(title)}">\n${html}\n</div>`
    : html;
}

function classOf({ id, kind }: Column): string {
  if (id === 'rank') return 'n rank';
  if (kind === 'text' || kind === 'label') return kind;
  return kind === 'case' || kind === 'date' || kind === 'time' ? 'k' : 'n';
}

/** Cases are linked to their line in the list, which is where they are told about. */
function cellOf({ text }: Cell, column: Column | undefined, table: string, known: ReadonlySet<string>): string {
  const kind = column?.kind;
  const said = escapeXml(text);
  const isListed = kind === 'case' && table === 'cases';
  const linked = kind === 'case' && !isListed && known.has(text) ? `<a href="#${said}">${said}</a>` : said;
  return `<td class="${column ? classOf(column) : ''}"${isListed ? ` id="${said}"` : ''}>${linked}</td>`;
}
