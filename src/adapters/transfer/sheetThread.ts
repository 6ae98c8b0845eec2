/** The thread that reads and writes spreadsheets: seconds of work that would hold up the editor. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import writeWorkbook, { type Row, type Sheet as OutSheet } from 'write-excel-file/universal';
import type { Cell } from '../../domain/transfer/files';
import type { SheetJob, SheetReply, SheetRequest } from './sheetMessages';

/** Rows that are sent at once. */
const PIECE = 1_000;
/** Bytes: of more than this, unpacked, no rows can be made. A small file may hold any number of them. */
const LARGEST = 1_000_000_000;

const job = workerData as SheetJob;
const send = (reply: SheetReply) => parentPort?.postMessage(reply);
const fail = (error: unknown) =>
  send({ is: 'failed', message: error instanceof Error ? error.message : String(error) });

if (job.do === 'read') void read(job.path).catch(fail);
else write(job);

/** By what the file says of its parts; nothing is unpacked. */
function unpackedSize(bytes: Uint8Array): number {
  let size = 0;
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      size += originalSize;
      return false;
    },
  });
  return size;
}

async function read(path: string): Promise<void> {
  const bytes = readFileSync(path);
  if (unpackedSize(bytes) > LARGEST) {
    send({ is: 'failed', message: 'too large when unpacked', isTooLarge: true });
    return;
  }
  const { buffer, byteOffset, byteLength } = bytes;
  const copy = buffer.slice(byteOffset, byteOffset + byteLength);
  // numbers as they are written: 0012 and 1.10 are names of things
  const sheets = await readWorkbook<string>(copy, { trim: false, parseNumber: (text) => text });
  sheets.forEach(({ data }, sheet) => {
    for (let start = 0; start < data.length; start += PIECE) {
      send({ is: 'rows', sheet, rows: data.slice(start, start + PIECE).map((row) => row.map(textOf)) });
    }
  });
  send({ is: 'read', sheets: sheets.map(({ sheet }) => ({ name: sheet })) });
}

/** A spreadsheet's date has no zone: it is what its reader sees. Many a second is a hair less as a part of a day. */
function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (!(cell instanceof Date)) return '';
  const seconds = new Date(Math.round(cell.getTime() / 1_000) * 1_000);
  return seconds.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
}

function write({ path, heads }: Extract<SheetJob, { do: 'write' }>): void {
  const data: Row[][] = heads.map(({ headers }) => [headers.map((header) => ({ value: header, fontWeight: 'bold' }))]);
  parentPort?.on('message', (request: SheetRequest) => {
    if (request.do === 'add') {
      for (const row of request.rows) data[request.sheet]?.push(row.map(cellOf));
      send({ is: 'taken' });
      return;
    }
    const sheets = heads.map(({ name, headers }, index): OutSheet<Blob> => ({
      sheet: name,
      data: data[index] ?? [],
      stickyRowsCount: 1,
      columns: headers.map((header) => ({ width: Math.max(12, Math.min(40, header.length * 2)) })),
    }));
    void finish(path, sheets).catch(fail);
  });
}

async function finish(path: string, sheets: OutSheet<Blob>[]): Promise<void> {
  const blob = await writeWorkbook(sheets).toBlob();
  writeFileSync(path, Buffer.from(await blob.arrayBuffer()));
  send({ is: 'written' });
}

function cellOf(cell: Cell): Row[number] {
  if (typeof cell === 'number') return cell;
  // text that looks like a formula stays text
  if (typeof cell === 'string') return cell === '' ? null : { value: cell, type: String };
  const local = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})/.exec(cell.date)?.[1];
  if (local === undefined) return { value: cell.date, type: String };
  return { value: new Date(`${local}Z`), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
}
