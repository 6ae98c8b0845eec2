/** Reads what went out, as other programs would. */
import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import type { Cell } from '../../../../src/domain/report/document/cells';
import type { ReportDocument, Table } from '../../../../src/domain/report/document/reportDocument';
import { printable, unescapeMarkdown } from '../../../../src/domain/report/plainText';

export const tablesOf = (document: ReportDocument): Table[] =>
  document.sections.flatMap(({ parts }) =>
    parts.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table' && block.rows.length > 0)),
  ) as Table[];

/** Heads and rows of all tables, as a reader sees them. */
export const shown = (document: ReportDocument): string[][][] =>
  tablesOf(document).map(({ columns, rows }) => [
    columns.map(({ title }) => printable(title)),
    ...rows.map((row) => row.map(({ text }) => printable(text))),
  ]);

/** @returns the tables below the headline */
export function tablesInMarkdown(markdown: string): string[][][] {
  const tables: string[][][] = [];
  let isIn = false;
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('| ')) isIn = false;
    else {
      if (!isIn) tables.push([]);
      isIn = true;
      const cells = line.slice(1, -1).split(/(?<!\\)\|/);
      if (!cells.every((cell) => /^ -+:? $/.test(cell))) {
        tables.at(-1)?.push(cells.map((cell) => unescapeMarkdown(cell.trim())));
      }
    }
  }
  return tables.slice(1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescapeHtml = (text: string) => text.replace(/&(#?\w+);/g, (_whole, name: string) => entities[name] ?? '?');

export function tablesInHtml(html: string): string[][][] {
  return [...html.matchAll(/<table [^>]*data-table[^>]*>([\s\S]*?)<\/table>/g)].map(([, table = '']) =>
    [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
      [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
        unescapeHtml(cell.replace(/<[^>]+>/g, '')),
      ),
    ),
  );
}

export type Value = string | number | boolean | Date | null;

export function rowsInCsv(csv: string): string[][] {
  assert.ok(csv.startsWith('\uFEFF'));
  const { data, errors } = Papa.parse<string[]>(csv.slice(1));
  assert.deepEqual(errors, []);
  return data;
}

export async function sheetsInXlsx(bytes: Uint8Array): Promise<{ sheet: string; data: Value[][] }[]> {
  const sheets = await readXlsxFile(Buffer.from(bytes));
  return sheets as unknown as { sheet: string; data: Value[][] }[];
}

/** All the text of the package, decompressed, by its files' names. */
export function partsOfXlsx(bytes: Uint8Array): Record<string, string> {
  const parts = Object.entries(unzipSync(bytes));
  return Object.fromEntries(parts.map(([name, part]) => [name, new TextDecoder().decode(part)]));
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const serial = (date: Date) => (date.getTime() - Date.UTC(1899, 11, 30)) / DAY;

/**
 * The same figure, as a spreadsheet or a program reads it: a time as a part of a day, in a workbook the change of one
 * as hours, a share as a fraction.
 */
function isSame(cell: Cell, read: Value | undefined, isChange: boolean): boolean {
  const number = read instanceof Date ? serial(read) : Number(read);
  switch (cell.value?.kind) {
    case undefined:
      return printable(cell.text) === String(read ?? '').replace(/^'(?=\s*[=+\-@＝＋－＠])/, '');
    case 'number':
      return Math.abs(number - cell.value.value) < 1e-9;
    case 'percent':
      if (typeof read === 'string') return Math.abs(Number.parseFloat(read) / 100 - cell.value.value) < 1e-5;
      return Math.abs(number - cell.value.value) < 1e-9;
    case 'duration':
      if (typeof read === 'string') return Math.abs(partOfDay(read) * DAY - cell.value.value) <= 500;
      return Math.abs(number * (isChange ? HOUR : DAY) - cell.value.value) <= 500;
    case 'date':
      return read instanceof Date ? read.toISOString().startsWith(cell.value.value) : read === cell.value.value;
    case 'time':
      if (read instanceof Date) return Math.abs(read.getTime() - Date.parse(`${cell.value.value}Z`)) < 1_000;
      return read === cell.value.value.replace('T', ' ');
  }
}

function partOfDay(clock: string): number {
  const [, sign, hours, minutes, seconds] = /^(-?)(\d+):(\d\d):(\d\d)$/.exec(clock) ?? [];
  const parts = [Number(hours) * 3_600_000, Number(minutes) * 60_000, Number(seconds) * 1_000];
  return (parts.reduce((sum, part) => sum + part, 0) / DAY) * (sign === '-' ? -1 : 1);
}

/** Every table stands in the rows, heads and all, in the report's order. */
export function assertHolds(rows: readonly (readonly (Value | undefined)[])[], tables: readonly Table[]): void {
  let from = 0;
  for (const { id, columns, rows: expected } of tables) {
    const isHead = (row: readonly (Value | undefined)[]) =>
      columns.every(({ title }, index) => String(row[index] ?? '').replace(/^'/, '') === printable(title));
    const at = rows.findIndex((row, index) => index >= from && isHead(row));
    assert.notEqual(at, -1, `${id} is missing`);
    expected.forEach((row, line) => {
      row.forEach((cell, index) => {
        const read = rows[at + 1 + line]?.[index];
        assert.ok(
          isSame(cell, read, columns[index]?.id === 'change'),
          `${id} ${line}.${columns[index]?.id}: ${cell.text} is ${String(read)}`,
        );
      });
    });
    from = at + 1 + expected.length;
  }
}
