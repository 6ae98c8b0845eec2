/** The list as it was last seen, kept on this machine so that the next start need not read every case. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LowSync, type SyncAdapter } from 'lowdb';
import { TextFileSync } from 'lowdb/node';
import type { CaseSummary } from '../../domain/summary';
import { breathing } from '../machine/breathing';
import type { FileStamp } from './caseLog';
import type { CasePath } from './layout';

/** A case file that was read once: its stamp then, and what it said. */
export interface IndexEntry extends FileStamp {
  readonly path: CasePath;
  readonly summary: CaseSummary;
}

/** Raise it whenever the same case would be summarized in another way than before. */
const FORMAT = 4;

/** Characters that are parsed or written at once: two or three milliseconds. */
const PIECE = 400_000;

/**
 * One line that says what the entries hold for, then one entry a line. Two windows may write the file at the same
 * time and leave a line torn: each line is read on its own, and a lost one only costs the reading of its case.
 */
export class SummaryIndex {
  readonly #file: string;
  readonly #texts = new WeakMap<IndexEntry, string>();

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * @param heading whatever else a summary depends on; entries written under another one are not used
   * @returns nothing where there is no index, or none that can be used
   */
  async read(heading: string): Promise<readonly IndexEntry[]> {
    // at once: a few megabytes on this machine take a third of the time that reading them in pieces takes
    const file = new LowSync<string>(new TextFileSync(this.#file), '');
    try {
      file.read();
    } catch {
      return [];
    }
    const start = `${headingLine(heading)}\n`;
    return file.data.startsWith(start) ? entriesIn(file.data, start.length) : [];
  }

  /** @throws the system's error */
  async write(heading: string, entries: readonly IndexEntry[]): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const unfinished = join(dirname(this.#file), `.${basename(this.#file)}.tmp`);
    await writeFile(unfinished, this.#pieces(heading, entries));
    await rename(unfinished, this.#file);
  }

  /** Of a file of many megabytes, so that none of them holds up the editor. */
  async *#pieces(heading: string, entries: readonly IndexEntry[]): AsyncGenerator<string> {
    const breathe = breathing();
    let piece = `${headingLine(heading)}\n`;
    for (const entry of entries) {
      piece += `${this.#textOf(entry)}\n`;
      await breathe();
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }

  /** For the end of a session, when nothing is awaited any more. @throws the system's error */
  writeNow(heading: string, entries: readonly IndexEntry[]): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const adapter: SyncAdapter<string> = new TextFileSync(this.#file);
    new LowSync<string>(adapter, this.#fileText(heading, entries)).write();
  }

  #fileText(heading: string, entries: readonly IndexEntry[]): string {
    return [headingLine(heading), ...entries.map((entry) => this.#textOf(entry)), ''].join('\n');
  }

  /** Only what changed since the last time is turned into text again. */
  #textOf(entry: IndexEntry): string {
    let text = this.#texts.get(entry);
    if (text === undefined) {
      text = JSON.stringify([entry.path, entry.size, entry.mtimeMs, entry.summary]);
      this.#texts.set(entry, text);
    }
    return text;
  }
}

function headingLine(heading: string): string {
  return JSON.stringify({ casebookIndex: FORMAT, heading });
}

async function entriesIn(text: string, begin: number): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (let start = begin; start < text.length;) {
    const newline = text.indexOf('\n', start + PIECE);
    const end = newline === -1 ? text.length : newline + 1;
    for (const parsed of parsePiece(text.slice(start, end))) {
      const entry = readEntry(parsed);
      if (entry) entries.push(entry);
    }
    start = end;
    await nextTurn();
  }
  return entries;
}

/** Many lines at once are parsed faster than each; where one is torn, the others are still of use. */
function parsePiece(text: string): readonly unknown[] {
  const lines = text.trimEnd();
  const parsed = parse(`[${lines.replaceAll('\n', ',')}]`);
  return Array.isArray(parsed) ? (parsed as unknown[]) : lines.split('\n').map(parse);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readEntry(parsed: unknown): IndexEntry | undefined {
  if (!Array.isArray(parsed)) return undefined;
  const [path, size, mtimeMs, summary] = parsed as unknown[];
  if (typeof path !== 'string' || typeof size !== 'number' || typeof mtimeMs !== 'number') return undefined;
  // the rest of the summary is as this format's version wrote it, on this machine
  if (typeof summary !== 'object' || summary === null || !('id' in summary)) return undefined;
  if (!path.endsWith(`/${String(summary.id)}.jsonl`)) return undefined;
  return { path, size, mtimeMs, summary: summary as CaseSummary };
}
