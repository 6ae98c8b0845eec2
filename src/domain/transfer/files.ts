/** What importing and exporting ask of the outside world. */
import type { AttachmentStore, CaseCopy } from '../ports';
import type { Mapping } from './mapping';
import type { Table } from './table';
import type { UsageRow } from './usage';

export interface Sheet {
  /** Of a spreadsheet; empty in a text file. */
  readonly name: string;
  readonly table: Table;
}

/** ISO-8601: a real date in a spreadsheet, its text elsewhere. */
export interface DateCell {
  readonly date: string;
}

export type Cell = string | number | DateCell;

export interface SheetHead {
  readonly name: string;
  readonly headers: readonly string[];
}

/** Writes tables piece by piece; the file appears when it is whole. */
export interface TableWriter {
  /** @param sheet index of the head */
  add(sheet: number, rows: readonly (readonly Cell[])[]): Promise<void>;
  /** @returns absolute paths of what was written, one for each sheet or one for all */
  finish(): Promise<readonly string[]>;
  /** Nothing is left behind. */
  abandon(): Promise<void>;
}

/** What lies in a casebook that somebody else has, or had. */
export interface OtherCasebook {
  readonly cases: AsyncIterable<CaseCopy>;
  readonly count: number;
  /** The files of its cases. */
  readonly files: Pick<AttachmentStore, 'list' | 'read'>;
}

export interface TransferFiles {
  /**
   * Runs what brings many cases into the casebook while no other window does so: two that import the same file would
   * each make all of its cases. Waits a few seconds, as long as a window that was killed keeps others out.
   * @param work gets a check that throws where the machine slept and another window has taken its place
   * @throws TransferError 'running'; whatever `work` throws is passed on
   */
  alone<T>(work: (check: () => void) => Promise<T>): Promise<T>;
  /**
   * Reads a CSV or XLSX file. Beside a CSV file that Casebook exported lie its events: they come as a further sheet.
   * @throws TransferError
   */
  read(path: string): Promise<readonly Sheet[]>;
  /** The cases of another casebook's folder; files that are no cases are left out. @throws TransferError */
  readCasebook(folder: string): Promise<OtherCasebook>;
  /** @param path its ending says the form: .xlsx, or else CSV, a file for each sheet. @throws TransferError */
  write(path: string, heads: readonly SheetHead[]): Promise<TableWriter>;
  /** Those that the team has saved, in the order of their names. */
  mappings(): Promise<readonly Mapping[]>;
  /** Under its name in `mappings/`, where the team shares it. @throws StoreError */
  saveMapping(mapping: Mapping): Promise<void>;
  /**
   * Writes `usage/<name>.csv`. Of what is there already, lines on the same customer, period and source are replaced.
   * @returns its absolute path. @throws StoreError
   */
  writeUsage(name: string, rows: readonly UsageRow[]): Promise<string>;
}

export type TransferFailure =
  | 'unreadable'
  | 'too-large'
  /** An old or protected workbook, or a web page that is called one. */
  | 'other-form'
  | 'open-quote'
  | 'no-table'
  | 'not-a-casebook'
  | 'too-many-rows'
  | 'not-written'
  /** Another window is importing. */
  | 'running';

/** A file could not be read or written; nothing else has changed. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  constructor(
    readonly reason: TransferFailure,
    readonly path: string,
    options?: { cause: unknown },
    /** In which a quoted cell begins that never ends. */
    readonly row = 0,
  ) {
    super(`${reason}: ${path}`, options);
  }
}
