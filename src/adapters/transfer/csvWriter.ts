/** Tables as CSV, a file for each: UTF-8 with a mark, so that spreadsheets read Chinese. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import Papa from 'papaparse';
import { type Cell, type SheetHead, type TableWriter, TransferError } from '../../domain/transfer/files';
import { guard } from './formulas';

/** "cases.csv", and beside it "cases.events.csv". */
export function besideOf(path: string, index: number): string {
  return index === 0 ? path : `${path.replace(/\.[^./\\]*$/, '')}.events.csv`;
}

export async function csvWriter(path: string, heads: readonly SheetHead[]): Promise<TableWriter> {
  const paths = heads.map((_, index) => besideOf(path, index));
  const files: FileHandle[] = [];
  const textOf = (rows: readonly (readonly Cell[])[]) => `${Papa.unparse(rows.map((row) => row.map(cellText)))}\r\n`;
  const failed = (error: unknown) => new TransferError('not-written', path, { cause: error });
  const abandon = async () => {
    await Promise.all(files.map((file) => file.close().catch(() => undefined)));
    await Promise.all(paths.map((each) => rm(`${each}.tmp`, { force: true })));
  };
  try {
    for (const [index, each] of paths.entries()) {
      const file = await open(`${each}.tmp`, 'w');
      files.push(file);
      await file.write(`\uFEFF${textOf([heads[index]?.headers ?? []])}`);
    }
  } catch (error) {
    await abandon();
    throw failed(error);
  }
  return {
    add: async (sheet, rows) => {
      if (rows.length > 0)
        await files[sheet]?.write(textOf(rows)).catch((error: unknown) => Promise.reject(failed(error)));
    },
    finish: async () => {
      try {
        for (const file of files) await file.close();
        for (const each of paths) await rename(`${each}.tmp`, each);
      } catch (error) {
        throw failed(error);
      }
      return paths;
    },
    abandon,
  };
}

function cellText(cell: Cell): string {
  if (typeof cell === 'object') return cell.date;
  return typeof cell === 'number' ? String(cell) : guard(cell);
}
