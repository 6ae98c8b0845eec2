/** What an import did not take, as a table that can be mended and imported. */
import type { Words } from '../words';
import type { Mapping } from './mapping';
import type { Plan, Rejection } from './plan';
import { filledRows, rowAt, rowNumber, type Table } from './table';

/** A row of the file that is to be looked at; without a reason where only others of its case have one. */
export interface LeftOut extends Omit<Rejection, 'reason'> {
  readonly reason?: Words;
}

/**
 * What was refused, known or doubtful, in the file's order. Of an audit log all rows of a refused case: mended and
 * imported again, one row alone would be taken for its whole history.
 */
export function leftOut(
  { rejected, duplicates, warnings }: Plan,
  table: Table,
  { rows, columns }: Mapping,
): readonly LeftOut[] {
  const all: LeftOut[] = [...rejected, ...duplicates, ...warnings];
  if (rows === 'change') {
    const column = table.headers.indexOf(columns.externalId?.[0] ?? '');
    const numberOf = (row: number) => rowAt(table, row)[column]?.trim() ?? '';
    const numbers = new Set(rejected.map(({ row }) => numberOf(row)));
    numbers.delete('');
    const told = new Set(all.map(({ row }) => row));
    for (const [index] of filledRows(table)) {
      const row = rowNumber(table, index);
      if (!told.has(row) && numbers.has(numberOf(row))) all.push({ row, column: '' });
    }
  }
  return all.toSorted((a, b) => a.row - b.row);
}
