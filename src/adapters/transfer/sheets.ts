/** Spreadsheets, read and written in a thread of their own. */
import { rename, rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { likeliestHeader } from '../../domain/transfer/guesses';
import { namedColumns } from '../../domain/transfer/table';
import { type Sheet, type SheetHead, type TableWriter, TransferError } from '../../domain/transfer/files';
import type { SheetJob, SheetReply, SheetRequest } from './sheetMessages';

/** @param thread absolute path of the built `sheetThread.ts`. @throws TransferError */
export function readSheets(path: string, thread: string): Promise<readonly Sheet[]> {
  const rows: string[][][] = [];
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: { do: 'read', path } satisfies SheetJob });
    const end = () => void worker.terminate();
    worker.on('error', (error) => reject(new TransferError('unreadable', path, { cause: error })));
    worker.on('message', (reply: SheetReply) => {
      if (reply.is === 'rows') {
        const sheet = (rows[reply.sheet] ??= []);
        for (const row of reply.rows) sheet.push([...row]);
      } else if (reply.is === 'read') {
        end();
        resolve(reply.sheets.map(({ name }, index) => sheetOf(name, rows[index] ?? [])));
      } else if (reply.is === 'failed') {
        end();
        const reason = reply.isTooLarge ? 'too-large' : 'unreadable';
        reject(new TransferError(reason, path, { cause: new Error(reply.message) }));
      }
    });
  });
}

export function sheetOf(name: string, rows: readonly (readonly string[])[]): Sheet {
  const header = likeliestHeader(rows);
  const rest = rows.slice(header + 1);
  const headers = namedColumns(rows[header] ?? [], rest);
  return { name, table: { headers, rows: rest, ...(header === 0 ? {} : { headerRow: header + 1 }) } };
}

/** Rows that a sheet of a spreadsheet holds. */
const MOST_ROWS = 1_048_576;

export function sheetWriter(path: string, heads: readonly SheetHead[], thread: string): TableWriter {
  const unfinished = `${path}.tmp`;
  const worker = new Worker(thread, { workerData: { do: 'write', path: unfinished, heads } satisfies SheetJob });
  const counts = heads.map(() => 1);
  let failure: Error | undefined;
  let answer: (() => void) | undefined;
  worker.on('error', (error) => {
    failure = error;
    answer?.();
  });
  worker.on('message', (reply: SheetReply) => {
    if (reply.is === 'failed') failure = new Error(reply.message);
    answer?.();
  });
  const ask = async (request: SheetRequest) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
      if (failure) resolve();
      else worker.postMessage(request);
    });
    if (failure) throw new TransferError('not-written', path, { cause: failure });
  };
  const abandon = async () => {
    await worker.terminate();
    await rm(unfinished, { force: true });
  };
  return {
    add: async (sheet, rows) => {
      counts[sheet] = (counts[sheet] ?? 1) + rows.length;
      if (counts[sheet] > MOST_ROWS) throw new TransferError('too-many-rows', path);
      await ask({ do: 'add', sheet, rows });
    },
    finish: async () => {
      await ask({ do: 'finish' });
      await worker.terminate();
      await rename(unfinished, path);
      return [path];
    },
    abandon,
  };
}
