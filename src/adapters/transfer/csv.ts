/** Tables in text: comma, semicolon, tab or bar between the cells, quoted where need be. */
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Papa from 'papaparse';
import { decode } from './encodings';

/** Characters that are parsed at once: some ten milliseconds. */
const PIECE = 100_000;
/** Rows that are taken at once. */
const ROWS = 1_000;

/** Every row of a file, headers first. */
export async function readCsv(bytes: Uint8Array): Promise<string[][]> {
  const text = decode(bytes);
  const { meta } = Papa.parse<string[]>(text.slice(0, PIECE), { preview: 50, skipEmptyLines: true });
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: meta.delimiter });
  const rows: string[][] = [];
  for await (const row of Readable.from(piecesOf(text), { objectMode: true }).pipe(parser)) {
    rows.push(row as string[]);
    if (rows.length % ROWS === 0) await nextTurn();
  }
  // a newline at the end is no further row
  const last = rows.at(-1);
  if (last?.length === 1 && last[0] === '') rows.pop();
  return rows;
}

function* piecesOf(text: string): Generator<string> {
  // a mark at the beginning is no part of the first header
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}
