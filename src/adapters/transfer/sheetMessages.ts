/** What goes between the thread that works on spreadsheets and whoever asks it. */
import type { Cell, Sheet, SheetHead } from '../../domain/transfer/files';

export type SheetJob =
  | { readonly do: 'read'; readonly path: string }
  /** Rows follow, then `finish`. */
  | { readonly do: 'write'; readonly path: string; readonly heads: readonly SheetHead[] };

export type SheetRequest =
  | { readonly do: 'add'; readonly sheet: number; readonly rows: readonly (readonly Cell[])[] }
  | { readonly do: 'finish' };

export type SheetReply =
  | { readonly is: 'rows'; readonly sheet: number; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'read'; readonly sheets: readonly Pick<Sheet, 'name'>[] }
  | { readonly is: 'taken' }
  | { readonly is: 'written' }
  | { readonly is: 'failed'; readonly message: string; readonly isTooLarge?: true };
