import { letters } from '../letters';
import { w } from '../words';

/** A table as it came out of a file: every cell is text. */
export interface Table {
  readonly headers: readonly string[];
  /** Each as long as `headers`, or shorter where its last cells are empty. */
  readonly rows: readonly (readonly string[])[];
  /** The row of the file that holds the headers, as a spreadsheet counts; left out: 1. */
  readonly headerRow?: number;
}

/** The row's number in the file, as a spreadsheet shows it. */
export function rowNumber({ headerRow = 1 }: Pick<Table, 'headerRow'>, index: number): number {
  return index + headerRow + 1;
}

/** The row of that number; empty for what is none. */
export function rowAt({ rows, headerRow = 1 }: Table, row: number): readonly string[] {
  return rows[row - headerRow - 1] ?? [];
}

/** Columns are known by their headers: of two that are called alike the second has a number, one without a name its letter. */
export function namedColumns(headers: readonly string[], rows: Table['rows']): readonly string[] {
  const taken = new Set<string>();
  return headers.map((header, index) => {
    const isNeeded = header.trim() !== '' || rows.some((row) => (row[index] ?? '').trim() !== '');
    if (!isNeeded) return header;
    const plain = header.trim() === '' ? letters(index) : header;
    let name = plain;
    for (let number = 2; taken.has(name); number += 1) name = `${plain} (${number})`;
    taken.add(name);
    return name;
  });
}

/** A row whose cells do not fit under the headers, as where a text with commas is not quoted: each may be another's. */
export function isTooLong({ headers }: Pick<Table, 'headers'>, row: readonly string[]): boolean {
  return row.slice(headers.length).some((cell) => cell.trim() !== '');
}

export const tooLong = w('The row has more cells than there are headers', '此行的单元格多于表头列数');

/** Every row that is not empty, for itself. @yields indexes of rows */
export function* filledRows({ rows }: Table): Generator<readonly [number]> {
  for (const [index, row] of rows.entries()) if (row.some((cell) => cell.trim() !== '')) yield [index];
}
