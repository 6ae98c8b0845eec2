/** The report as a workbook: a sheet for each section, one for the cases, with numbers and dates that are such. */
import writeExcelFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import type { Cell } from '../../domain/report/document/cells';
import type { Block, ReportDocument, Section, Table } from '../../domain/report/document/reportDocument';
import { printable } from '../../domain/report/plainText';
import { readablePages } from './xlsxPrint';

/** Sheets with one table only, whose header stays in sight. */
const OWN_SHEET: ReadonlySet<string> = new Set(['cases']);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WIDEST = 44;
const NARROWEST = 9;
const MARGIN = 2;
/** With so many rows every border and alignment costs seconds, and the sheet's own grid does as well. */
const PLAIN = 2_000;
/** Of paragraphs, which run over the columns beside them. */
const SPAN = 8;
/** Characters, of the columns that a paragraph runs over and no table has. */
const SPARE = 14;
/** Points; of one line. */
const LINE_HEIGHT = 15;
/** A cell that is higher is no table any more. */
const MOST_LINES = 8;

export async function xlsxOf(document: ReportDocument): Promise<Uint8Array> {
  const sheets = [
    overview(document),
    ...document.sections.map((section) => sectionSheet(document, section)),
    ...document.sections.flatMap(({ parts }) =>
      parts
        .filter(({ id }) => OWN_SHEET.has(id))
        .flatMap(({ blocks, title }) =>
          blocks.flatMap((block) => (block.kind === 'table' ? [tableSheet(block, title)] : [])),
        ),
    ),
  ];
  const font = document.language === 'zh-CN' ? 'Microsoft YaHei' : 'Calibri';
  return writeExcelFile(sheets, { fontFamily: font, fontSize: 10, features: [readablePages] }).toBuffer();
}

type Line = readonly (CellObject | null)[];

const title = (text: string): CellObject => ({
  ...words(text),
  fontWeight: 'bold',
  fontSize: 14,
  textColor: '#1f3a4d',
});
const heading = (text: string): CellObject => ({
  ...words(text),
  fontWeight: 'bold',
  fontSize: 12,
  textColor: '#1f3a4d',
});
const header = (text: string): CellObject => ({
  ...words(text),
  fontWeight: 'bold',
  backgroundColor: '#1f3a4d',
  textColor: '#ffffff',
  alignVertical: 'center',
  wrap: true,
});

/**
 * Text is text even where it begins like a formula: it is written as a string, never calculated. Spreadsheets read
 * "_x0041_" as a character of that number, unless its first sign is written as one.
 */
const words = (text: string): CellObject => ({
  value: printable(text).replace(/_(?=x[0-9A-F]{4}_)/gi, '_x005F_'),
  type: String,
});

function overview({ title: name, subtitle, facts, headline, language }: ReportDocument): Sheet<Buffer> {
  const lines: Line[] = [
    [title(`${name} · ${subtitle}`)],
    [],
    ...headline.map(({ label, cell, detail, change }) => [
      { ...words(label), fontWeight: 'bold' } as const,
      { ...valueOf(cell), fontWeight: 'bold' } as const,
      words(detail),
      words(change),
    ]),
    [],
    ...facts.map(({ label, text }) => [words(label), words(text)]),
  ];
  const columns = [{ width: 22 }, { width: 16 }, { width: 28 }, { width: 24 }];
  return {
    data: rowsOf(lines),
    sheet: language === 'en' ? 'Overview' : '概览',
    columns,
    showGridLines: false,
    stickyRowsCount: 1,
  };
}

function sectionSheet({ subtitle }: ReportDocument, section: Section): Sheet<Buffer> {
  const parts = section.parts.filter(({ id }) => !OWN_SHEET.has(id));
  const tables = parts.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
  const widths = widthsOf(tables);
  while (widths.length < SPAN) widths.push(SPARE);
  const lines: Line[] = [
    [title(`${section.number} ${section.title} · ${subtitle}`)],
    ...parts.flatMap((part) => [
      [],
      [heading(`${part.number} ${part.title}`)],
      ...part.blocks.flatMap((block) => linesOf(block, part.title, widths)),
    ]),
  ];
  return {
    data: rowsOf(lines),
    sheet: sheetName(`${section.number} ${section.title}`),
    columns: columnsOf(widths),
    showGridLines: false,
    stickyRowsCount: 1,
  };
}

function tableSheet(table: Table, name: string): Sheet<Buffer> {
  const widths = widthsOf([table]);
  return {
    data: rowsOf(tableLines(table, widths)),
    sheet: sheetName(name),
    columns: columnsOf(widths),
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
  };
}

/** At most 31 characters, and none that Excel takes for something else. */
const sheetName = (text: string) =>
  printable(text.replace(/[[\]:*?/\\]/g, ' '))
    .slice(0, 31)
    .trim();

function linesOf(block: Block, partTitle: string, widths: readonly number[]): Line[] {
  switch (block.kind) {
    case 'chart':
      return [];
    case 'paragraph':
      return [
        [
          {
            ...words(block.text),
            ...(block.isNote && { fontStyle: 'italic', textColor: '#616e7c' }),
            ...wide(block.text, widths),
          },
        ],
      ];
    case 'draft':
      return block.lines.length === 0
        ? [[words(block.empty)]]
        : block.lines.map(({ text }) => [{ ...words(`• ${text}`), ...wide(text, widths) }]);
    case 'table': {
      const caption: Line[] = block.title === partTitle ? [] : [[{ ...words(block.title), fontWeight: 'bold' }]];
      return [[], ...caption, ...(block.rows.length === 0 ? [[words(block.empty)]] : tableLines(block, widths))];
    }
  }
}

/** A long text is wrapped over several columns. */
function wide(text: string, widths: readonly number[]): Partial<CellObject> {
  const width = widths.slice(0, SPAN).reduce((sum, each) => sum + each, 0);
  return { columnSpan: SPAN, wrap: true, alignVertical: 'top', height: LINE_HEIGHT * linesFor(text, width) };
}

function tableLines({ columns, rows }: Table, widths: readonly number[]): Line[] {
  const isRight = columns.map(
    ({ id, kind }) => id !== 'rank' && !['text', 'label', 'case', 'date', 'time'].includes(kind),
  );
  // a text beside a number stands off from it
  const sides = columns.map((_, index): Partial<CellObject> => {
    if (isRight[index]) return { align: 'right' };
    return { align: 'left', ...(isRight[index - 1] && { indent: 1 }) };
  });
  return [
    columns.map((column, index) => ({ ...header(column.title), ...sides[index] })),
    ...rows.map((row) =>
      row.map((cell, index): CellObject => ({
        ...valueOf(cell, columns[index]?.id === 'change'),
        ...(rows.length <= PLAIN && {
          alignVertical: 'center',
          ...sides[index],
          ...(columns[index]?.kind === 'text' && wrapped(cell, widths[index] ?? WIDEST)),
          bottomBorderColor: '#d5dbe1',
          bottomBorderStyle: 'thin',
        }),
      })),
    ),
  ];
}

/** Not every spreadsheet gives a row the height of its text: without one it would lie over the next row. */
function wrapped({ text }: Cell, width: number): Partial<CellObject> {
  const lines = Math.min(linesFor(text, width), MOST_LINES);
  return { wrap: true, ...(lines > 1 && { height: LINE_HEIGHT * lines }) };
}

/** Words do not break, and fonts differ: rather one line too many. */
function linesFor(text: string, width: number): number {
  const length = widthOf(text);
  return length + MARGIN <= width ? 1 : Math.ceil(length / (width * 0.9));
}

/** Times are days, as spreadsheets count them, so that they can be added up; a change of one is hours. */
function valueOf({ text, value }: Cell, isChange = false): CellObject {
  if (!value) return words(text);
  const signed = (format: string) => (isChange ? `+${format};-${format};0` : format);
  switch (value.kind) {
    case 'number': {
      const format = signed(Number.isInteger(value.value) ? '#,##0' : '#,##0.00');
      return { value: value.value, type: Number, format };
    }
    case 'percent':
      return { value: value.value, type: Number, format: signed('0.0%') };
    case 'duration':
      // spreadsheets show no negative time
      if (isChange) return { value: value.value / HOUR, type: Number, format: signed('0.0" h"') };
      return { value: value.value / DAY, type: Number, format: '[h]:mm' };
    case 'date':
      return { value: new Date(`${value.value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'time':
      return { value: new Date(`${value.value}Z`), type: Date, format: 'yyyy-mm-dd hh:mm' };
  }
}

const rowsOf = (lines: readonly Line[]): Row[] => lines.map((line) => [...line]);

/** For every column the widest of what all tables of the sheet have in it. */
function widthsOf(tables: readonly Table[]): number[] {
  const widths: number[] = [];
  for (const { columns, rows } of tables) {
    columns.forEach(({ title: name, kind }, index) => {
      // headers wrap
      const longest = rows.reduce((most, row) => Math.max(most, widthOf(row[index]?.text ?? '')), widthOf(name) / 1.5);
      const most = kind === 'text' || kind === 'label' ? WIDEST : 18;
      widths[index] = Math.max(widths[index] ?? NARROWEST, Math.min(longest + MARGIN, most));
    });
  }
  return widths.map(Math.ceil);
}

const columnsOf = (widths: readonly number[]) => widths.map((width) => ({ width }));

/** In characters; Chinese ones are twice as wide. */
const widthOf = (text: string) => Array.from(text).reduce((sum, sign) => sum + (/[ᄀ-￿]/.test(sign) ? 2 : 1), 0);
