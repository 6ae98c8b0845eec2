/** What lies in a casebook's `cases` folder: names, stamps and texts, many at a time without blocking the editor. */
import { lstat as lstatWith, lstatSync, readFile as readFileWith, readFileSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreProblem } from '../../domain/ports';
import { breathing } from '../machine/breathing';
import type { FileStamp } from './caseLog';
import { realPathInside } from './insideFolder';
import { type CasePath, CASES_FOLDER, caseFileOf, caseIdAt, isHidden, isYear } from './layout';
import { codeOf, messageOf } from './storeErrors';

export interface Listing {
  readonly paths: readonly CasePath[];
  readonly problems: readonly StoreProblem[];
}

/** Operations under way at once. Stats are answered from memory, reads bring text that has to be worked on. */
const STATS_AT_ONCE = 128;
const READS_AT_ONCE = 16;
/** Milliseconds: a local disk answers in a fiftieth of this. */
const SLOW = 2;
/** Fewer slow answers than this are put down to a busy machine. */
const SLOW_ANSWERS = 5;

/**
 * Finds every case file.
 * @throws the system's error when the casebook itself can't be read
 */
export async function listCases(folder: string): Promise<Listing> {
  await stat(folder);
  const paths: CasePath[] = [];
  const problems: StoreProblem[] = [];
  const root = join(folder, CASES_FOLDER);
  const note = (path: string, code: StoreProblem['code'], message: string) => problems.push({ path, code, message });
  for (const year of await namesIn(root)) {
    if (isHidden(year)) continue;
    const yearFolder = join(root, year);
    try {
      if (!isYear(year)) {
        note(yearFolder, 'not-a-case', 'not a folder of a year');
        continue;
      }
      await realPathInside(folder, yearFolder);
      for (const name of await namesIn(yearFolder)) {
        const path = `${year}/${name}`;
        if (caseIdAt(path) !== undefined) paths.push(path);
        else if (!isHidden(name)) note(join(yearFolder, name), 'not-a-case', 'not the name of a case of this year');
      }
    } catch (error) {
      note(yearFolder, codeOf(error) === 'ENOTDIR' ? 'not-a-case' : 'folder-unreadable', messageOf(error));
    }
  }
  return { paths, problems };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // a casebook without cases, or a year that was just removed
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined where there is no file; an error where it can't be read, or must not be. */
export type Stamped = FileStamp | Error | undefined;

/** Stamps in the order of `paths`. */
export async function stampAll(folder: string, paths: readonly CasePath[]): Promise<Stamped[]> {
  const stamps: Stamped[] = Array.from({ length: paths.length });
  const links: number[] = [];
  await forEachFile<Stats>(folder, paths, STATS_AT_ONCE, lstatSync, lstatWith, (index, stats) => {
    if (stats instanceof Error) stamps[index] = absentOr(stats);
    else if (stats.isSymbolicLink()) links.push(index);
    else stamps[index] = stampOf(stats);
  });
  for (const index of links) stamps[index] = await stampOfLink(folder, caseFileOf(folder, paths[index] ?? ''));
  return stamps;
}

function stampOf(stats: Stats): FileStamp | Error {
  return stats.isFile() ? { size: stats.size, mtimeMs: stats.mtimeMs } : new Error('not a file');
}

/** A link is followed only where it stays in the casebook. */
async function stampOfLink(folder: string, file: string): Promise<Stamped> {
  try {
    return stampOf(await stat(await realPathInside(folder, file)));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Hands over each file's text; undefined for one that vanished. */
export async function readAll(
  folder: string,
  paths: readonly CasePath[],
  take: (index: number, text: string | Error | undefined) => void,
): Promise<void> {
  await forEachFile<string>(
    folder,
    paths,
    READS_AT_ONCE,
    (file) => readFileSync(file, 'utf8'),
    (file, done) => readFileWith(file, 'utf8', done),
    (index, text) => take(index, text instanceof Error ? absentOr(text) : text),
  );
}

function absentOr(error: Error): Error | undefined {
  return codeOf(error) === 'ENOENT' ? undefined : error;
}

/**
 * Where the disk answers at once, waiting for it costs less than half of what being called back costs; where it does
 * not, as on a network drive, nobody waits for it.
 */
async function forEachFile<T>(
  folder: string,
  paths: readonly CasePath[],
  atOnce: number,
  now: (file: string) => T,
  later: (file: string, done: (error: Error | null, value: T) => void) => void,
  take: (index: number, value: T | Error) => void,
): Promise<void> {
  const root = `${join(folder, CASES_FOLDER)}/`;
  let patience = SLOW_ANSWERS;
  const breathe = breathing();
  let next = 0;
  for (; next < paths.length && patience > 0; next += 1) {
    const asked = performance.now();
    const value = orError(() => now(`${root}${paths[next]}`));
    const answered = performance.now();
    if (answered - asked > SLOW) patience -= 1;
    take(next, value);
    await breathe();
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length - next) }, () => lane()));

  function lane(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        const index = next;
        const path = paths[index];
        if (path === undefined) {
          resolve();
          return;
        }
        next += 1;
        later(`${root}${path}`, (error, value) => {
          try {
            take(index, error ?? value);
            go();
          } catch (thrown) {
            reject(thrown);
          }
        });
      };
      go();
    });
  }
}

function orError<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
