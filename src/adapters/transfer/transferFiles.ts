/** Files that cases and figures come from and go to; mappings and usage figures lie in the casebook. */
import { open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import Papa from 'papaparse';
import { safeName } from '../knowledge/safeName';
import { openAttachments } from '../store/attachments';
import { readLines } from '../store/jsonLines';
import { listCases } from '../store/caseFiles';
import { caseFileOf, caseIdAt, locksFolder, makeFolder, makeLocksFolder } from '../store/layout';
import { Locks } from '../store/locks';
import { breathing } from '../machine/breathing';
import { realPathInside } from '../store/insideFolder';
import { codeOf, storeErrorOf } from '../store/storeErrors';
import { StoreError } from '../../domain/ports';
import { usageColumns } from '../../domain/report/sources';
import { usageLines } from '../../domain/report/usageRow';
import { type OtherCasebook, type Sheet, TransferError, type TransferFiles } from '../../domain/transfer/files';
import { type Mapping, readMapping } from '../../domain/transfer/mapping';
import type { UsageRow } from '../../domain/transfer/usage';
import { OpenQuoteError, readCsv } from './csv';
import { besideOf, csvWriter } from './csvWriter';
import { guard, unguard } from './formulas';
import { readSheets, sheetOf, sheetWriter } from './sheets';

/** Bytes: a table of this size fills the memory that an editor has for all. */
const LARGEST = 300_000_000;

/** Milliseconds until a window that was killed keeps nobody out any more, and somewhat more. */
const PATIENCE = 6_500;
const LOCK = 'import';
/** Two windows that add to one file would each forget what the other added. */
const USAGE_LOCK = 'usage';

/**
 * @param folder absolute path of the casebook
 * @param thread absolute path of the built `sheetThread.ts`
 * @param patience milliseconds until an import that another window keeps out gives up
 */
export function openTransferFiles(folder: string, thread: string, patience = PATIENCE): TransferFiles {
  const isSpreadsheet = (path: string) => extname(path).toLowerCase() === '.xlsx';
  const locks = new Locks(locksFolder(folder), () => makeLocksFolder(folder), patience);
  return {
    alone: (work) =>
      locks
        .run(LOCK, (lease) => work(() => lease.check()))
        .catch((error: unknown) => {
          const isHeld =
            error instanceof StoreError && error.reason === 'locked' && basename(error.path) === `${LOCK}.lock`;
          throw isHeld ? new TransferError('running', folder, { cause: error }) : error;
        }),
    read: async (path) => {
      const sheets = (await isWorkbook(path)) ? await sheetsIn(path, thread) : await textsIn(path);
      const filled = sheets.filter(({ table }) => table.headers.some((header) => header.trim() !== ''));
      if (filled.length === 0) throw new TransferError('no-table', path);
      return filled;
    },
    readCasebook: (other) => casesIn(other),
    write: async (path, heads) => (isSpreadsheet(path) ? sheetWriter(path, heads, thread) : csvWriter(path, heads)),
    mappings: () => mappingsIn(join(folder, 'mappings')),
    saveMapping: (mapping) =>
      keep(
        folder,
        'mappings',
        `${safeName(mapping.name, 'mapping')}.json`,
        `${JSON.stringify(mapping, null, 2)}\n`,
      ).then(() => undefined),
    writeUsage: (name, rows) => locks.run(USAGE_LOCK, () => writeUsage(folder, safeName(name, 'usage'), rows)),
  };
}

/** What a file of that name says of other days, customers or sources stays: exports of every month are called alike. */
async function writeUsage(folder: string, name: string, rows: readonly UsageRow[]): Promise<string> {
  const path = join(folder, 'usage', `${name}.csv`);
  const bytes = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw storeErrorOf(path, error);
  });
  const rowsThere = bytes === undefined ? [] : (await readCsv(bytes)).map((row) => row.map(unguard));
  const earlier = bytes === undefined ? [] : usageLines(rowsThere);
  const isOwn = rowsThere[0]?.some((header) => !(usageColumns as readonly string[]).includes(header.trim())) ?? false;
  // somebody's own table, or one to which a column was added, is left alone
  if (!earlier || isOwn) return writeUsage(folder, `${name}-usage`, rows);
  const keyOf = ({ customer, period, source }: UsageRow) => JSON.stringify([customer, period, source]);
  const renewed = new Set(rows.map(keyOf));
  const kept = earlier.map(({ cells }) => cells).filter((cells) => !renewed.has(keyOf(cells)));
  const lines = [...kept, ...rows].map((row) => usageColumns.map((column) => guard(row[column])));
  return keep(folder, 'usage', `${name}.csv`, `\uFEFF${Papa.unparse([[...usageColumns], ...lines])}\r\n`);
}

async function checked(path: string): Promise<void> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new TransferError('unreadable', path, { cause: error });
  });
  if (size > LARGEST) throw new TransferError('too-large', path);
}

/** What systems call a workbook is often something else, and the other way round: the first bytes tell. */
async function isWorkbook(path: string): Promise<boolean> {
  const start = await startOf(path).catch((error: unknown) => {
    throw new TransferError('unreadable', path, { cause: error });
  });
  const isOld = start.subarray(0, OLE.length).equals(OLE);
  if (isOld || WEB_PAGE.test(start.toString('latin1'))) throw new TransferError('other-form', path);
  return start.subarray(0, ZIP.length).equals(ZIP) || extname(path).toLowerCase() === '.xlsx';
}

const ZIP = Buffer.from('PK\u0003\u0004');
/** Of workbooks before 2007, and of later ones with a password. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** With a mark at the beginning or without. */
const WEB_PAGE = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|head|\?xml)\b/i;

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function sheetsIn(path: string, thread: string): Promise<readonly Sheet[]> {
  await checked(path);
  return readSheets(path, thread);
}

async function textsIn(path: string): Promise<readonly Sheet[]> {
  const first = await textIn(path, '');
  const events = besideOf(path, 1);
  const isBeside = await stat(events).then(
    (found) => found.isFile() && events !== path,
    () => false,
  );
  return isBeside ? [first, await textIn(events, 'Events')] : [first];
}

async function textIn(path: string, name: string): Promise<Sheet> {
  await checked(path);
  try {
    const rows = await readCsv(await readFile(path));
    const breathe = breathing();
    const texts: string[][] = [];
    for (const row of rows) {
      texts.push(row.map(unguard));
      await breathe();
    }
    return sheetOf(name, texts);
  } catch (error) {
    if (error instanceof OpenQuoteError) throw new TransferError('open-quote', path, { cause: error }, error.row);
    throw new TransferError('unreadable', path, { cause: error });
  }
}

async function casesIn(other: string): Promise<OtherCasebook> {
  const listing = await listCases(other).catch((error: unknown) => {
    throw new TransferError('not-a-casebook', other, { cause: error });
  });
  if (listing.paths.length === 0) throw new TransferError('not-a-casebook', other);
  async function* copies() {
    for (const path of listing.paths) {
      const id = caseIdAt(path);
      if (id === undefined) continue;
      const text = await readFile(await realPathInside(other, caseFileOf(other, path)), 'utf8').catch(
        (error: unknown) => {
          throw new TransferError('unreadable', path, { cause: error });
        },
      );
      const { events } = readLines(text);
      if (events.length > 0) yield { id, events };
    }
  }
  return { cases: copies(), count: listing.paths.length, files: openAttachments(other) };
}

async function mappingsIn(folder: string): Promise<readonly Mapping[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Mapping[] = [];
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const mapping = await readFile(join(folder, name), 'utf8').then(
      (text) => readMapping(parsed(text)),
      () => undefined,
    );
    // the file's name is what the team sees; one that was written by a hand may name itself otherwise
    if (mapping) found.push(mapping.name === '' ? { ...mapping, name: basename(name, '.json') } : mapping);
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function keep(folder: string, below: string, name: string, text: string): Promise<string> {
  const path = join(folder, below, name);
  try {
    await makeFolder(join(folder, below));
    const real = await realPathInside(folder, path);
    await writeFile(`${real}.tmp`, text);
    await rename(`${real}.tmp`, real);
    return path;
  } catch (error) {
    throw storeErrorOf(path, error);
  }
}
