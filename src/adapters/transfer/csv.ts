/** Tables in text: comma, semicolon, tab or bar between the cells, quoted where need be. */
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Papa from 'papaparse';
import { decode } from './encodings';

/** Characters that are parsed at once: a few milliseconds. */
const PIECE = 50_000;

/** A quoted cell never ends: all that follows would be in it. */
export class OpenQuoteError extends Error {
  override readonly name = 'OpenQuoteError';
  /** @param row in which the cell begins, the headers being row 1 */
  constructor(readonly row: number) {
    super(`a quoted cell in row ${row} has no end`);
  }
}

/** Every row of a file, headers first. @throws OpenQuoteError */
export async function readCsv(bytes: Uint8Array): Promise<string[][]> {
  const text = decode(bytes);
  const { meta } = Papa.parse<string[]>(text.slice(0, PIECE), { preview: 50, skipEmptyLines: true });
  const rows: string[][] = [];
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[], NodeJS.ReadableStream>(Readable.from(piecesOf(text)), {
      delimiter: meta.delimiter,
      chunk: ({ data, errors }) => {
        const open = errors.find(({ code }) => code === 'MissingQuotes');
        if (open) reject(new OpenQuoteError(rows.length + (open.row ?? 0) + 1));
        for (const row of data) rows.push(row);
      },
      complete: () => resolve(),
      error: reject,
    });
  });
  // a newline at the end is no further row
  const last = rows.at(-1);
  if (last?.length === 1 && last[0] === '') rows.pop();
  return rows;
}

/** With a turn for others between any two. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  // a mark at the beginning is no part of the first header
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at < text.length; at += PIECE) {
    yield text.slice(at, at + PIECE);
    await nextTurn();
  }
}
