/** The report as a workbook: a sheet for each section, one for the cases, with numbers and dates that are such. */
import writeExcelFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import type { Cell } from '../../domain/report/document/cells';
import type { Block, ReportDocument, Section, Table } from '../../domain/report/document/reportDocument';
import { printable } from '../../domain/report/plainText';

/** Sheets with one table only, whose header stays in sight. */
const OWN_SHEET: ReadonlySet<string> = new Set(['cases']);

const DAY = 86_400_000;
const WIDEST = 44;
const NARROWEST = 9;
/** With so many rows every border and alignment costs seconds, and the sheet's own grid does as well. */
const PLAIN = 2_000;
/** Of paragraphs, which run over the columns beside them. */
const SPAN = 8;

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
  return writeExcelFile(sheets, { fontFamily: font, fontSize: 10 }).toBuffer();
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
const header = (text: string, isRight: boolean): CellObject => ({
  ...words(text),
  fontWeight: 'bold',
  backgroundColor: '#1f3a4d',
  textColor: '#ffffff',
  align: isRight ? 'right' : 'left',
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
  const lines: Line[] = [
    [title(`${section.number} ${section.title} · ${subtitle}`)],
    ...parts.flatMap((part) => [
      [],
      [heading(`${part.number} ${part.title}`)],
      ...part.blocks.flatMap((block) => linesOf(block, part.title)),
    ]),
  ];
  const tables = parts.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
  return {
    data: rowsOf(lines),
    sheet: sheetName(`${section.number} ${section.title}`),
    columns: widthsOf(tables),
    showGridLines: false,
    stickyRowsCount: 1,
  };
}

function tableSheet(table: Table, name: string): Sheet<Buffer> {
  return {
    data: rowsOf(tableLines(table)),
    sheet: sheetName(name),
    columns: widthsOf([table]),
    orientation: 'landscape',
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
  };
}

/** At most 31 characters, and none that Excel takes for something else. */
const sheetName = (text: string) =>
  printable(text.replace(/[[\]:*?/\\]/g, ' '))
    .slice(0, 31)
    .trim();

function linesOf(block: Block, partTitle: string): Line[] {
  switch (block.kind) {
    case 'chart':
      return [];
    case 'paragraph':
      return [
        [
          {
            ...words(block.text),
            ...(block.isNote && { fontStyle: 'italic', textColor: '#616e7c' }),
            ...wide(block.text),
          },
        ],
      ];
    case 'draft':
      return block.lines.length === 0
        ? [[words(block.empty)]]
        : block.lines.map(({ text }) => [{ ...words(`• ${text}`), ...wide(text) }]);
    case 'table': {
      const caption: Line[] = block.title === partTitle ? [] : [[{ ...words(block.title), fontWeight: 'bold' }]];
      return [[], ...caption, ...(block.rows.length === 0 ? [[words(block.empty)]] : tableLines(block))];
    }
  }
}

/** A long text is wrapped over several columns; a row of merged cells has to be told its height. */
function wide(text: string): Partial<CellObject> {
  const rows = Math.ceil(widthOf(text) / 110);
  return { columnSpan: SPAN, wrap: true, alignVertical: 'top', height: 15 * rows };
}

function tableLines({ columns, rows }: Table): Line[] {
  const isRight = columns.map(({ kind }) => !['text', 'label', 'case', 'date', 'time'].includes(kind));
  return [
    columns.map((column, index) => header(column.title, isRight[index] ?? false)),
    ...rows.map((row) =>
      row.map((cell, index): CellObject => ({
        ...valueOf(cell, columns[index]?.id === 'change'),
        ...(rows.length <= PLAIN && {
          alignVertical: 'top',
          ...(isRight[index] && { align: 'right' }),
          ...(columns[index]?.kind === 'text' && { wrap: true }),
          bottomBorderColor: '#d5dbe1',
          bottomBorderStyle: 'thin',
        }),
      })),
    ),
  ];
}

/** Times are days, as spreadsheets count them, so that they can be added up. */
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
      return { value: value.value / DAY, type: Number, format: value.value < 0 ? '0.00' : '[h]:mm' };
    case 'date':
      return { value: new Date(`${value.value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'time':
      return { value: new Date(`${value.value}Z`), type: Date, format: 'yyyy-mm-dd hh:mm' };
  }
}

const rowsOf = (lines: readonly Line[]): Row[] => lines.map((line) => [...line]);

/** For every column the widest of what all tables of the sheet have in it. */
function widthsOf(tables: readonly Table[]): { width: number }[] {
  const widths: number[] = [];
  for (const { columns, rows } of tables) {
    columns.forEach(({ title: name, kind }, index) => {
      // headers wrap
      const longest = rows.reduce((most, row) => Math.max(most, widthOf(row[index]?.text ?? '')), widthOf(name) / 1.5);
      const most = kind === 'text' || kind === 'label' ? WIDEST : 18;
      widths[index] = Math.max(widths[index] ?? NARROWEST, Math.min(longest + 2, most));
    });
  }
  return widths.map((width) => ({ width: Math.round(width) }));
}

/** In characters; Chinese ones are twice as wide. */
const widthOf = (text: string) => Array.from(text).reduce((sum, sign) => sum + (/[ᄀ-￿]/.test(sign) ? 2 : 1), 0);
