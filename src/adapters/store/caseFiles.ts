/** What lies in a casebook's `cases` folder: names, stamps and texts, many at a time without blocking the editor. */
import { readFile as readFileWith, stat as statWith, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreProblem } from '../../domain/ports';
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
  for (const year of await entriesOf(root)) {
    const yearFolder = join(root, year.name);
    if (isHidden(year.name)) continue;
    if (!isYear(year.name) || year.isFile()) {
      note(yearFolder, 'not-a-case', 'not a folder of a year');
      continue;
    }
    try {
      if (year.isSymbolicLink()) await realPathInside(folder, yearFolder);
      for (const entry of await entriesOf(yearFolder)) {
        if (isHidden(entry.name)) continue;
        const path = `${year.name}/${entry.name}`;
        const file = join(yearFolder, entry.name);
        if (caseIdAt(path) === undefined || entry.isDirectory()) {
          note(file, 'not-a-case', 'not the name of a case of this year');
        } else if (!entry.isSymbolicLink() || (await leadsInside(folder, file))) {
          paths.push(path);
        } else {
          note(file, 'case-unreadable', 'a link that leads out of the casebook');
        }
      }
    } catch (error) {
      note(yearFolder, 'folder-unreadable', messageOf(error));
    }
  }
  return { paths, problems };
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // a casebook without cases, or a year that was just removed
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function leadsInside(folder: string, file: string): Promise<boolean> {
  try {
    await realPathInside(folder, file);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where there is no file; an error where its folder can't be entered. */
export type Stamped = FileStamp | Error | undefined;

/** Stamps in the order of `paths`. */
export function stampAll(folder: string, paths: readonly CasePath[]): Promise<Stamped[]> {
  const stamps: Stamped[] = Array.from({ length: paths.length });
  return forEachAtOnce<Stats>(
    paths,
    STATS_AT_ONCE,
    (path, done) => statWith(caseFileOf(folder, path), done),
    (index, error, stats) => {
      stamps[index] = error ? absentOr(error) : { size: stats.size, mtimeMs: stats.mtimeMs };
    },
  ).then(() => stamps);
}

/** Hands over each file's text as it arrives; undefined for one that vanished. */
export function readAll(
  folder: string,
  paths: readonly CasePath[],
  take: (index: number, text: string | Error | undefined) => void,
): Promise<void> {
  return forEachAtOnce<string>(
    paths,
    READS_AT_ONCE,
    (path, done) => readFileWith(caseFileOf(folder, path), 'utf8', done),
    (index, error, text) => take(index, error ? absentOr(error) : text),
  );
}

function absentOr(error: Error): Error | undefined {
  return codeOf(error) === 'ENOENT' ? undefined : error;
}

/** Callbacks, not promises: on ten thousand files that is a third of the time. */
function forEachAtOnce<T>(
  paths: readonly CasePath[],
  atOnce: number,
  start: (path: CasePath, done: (error: Error | null, value: T) => void) => void,
  take: (index: number, error: Error | null, value: T) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let underWay = 0;
    const go = () => {
      const index = next;
      const path = paths[index];
      if (path === undefined) {
        if (underWay === 0) resolve();
        return;
      }
      next += 1;
      underWay += 1;
      start(path, (error, value) => {
        underWay -= 1;
        try {
          take(index, error, value);
          go();
        } catch (thrown) {
          reject(thrown);
        }
      });
    };
    for (let lane = 0; lane < Math.max(1, Math.min(atOnce, paths.length)); lane += 1) go();
  });
}
