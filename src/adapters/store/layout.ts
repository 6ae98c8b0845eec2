/** Where things lie in a casebook, and the making of a new one. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCaseId, yearOf } from '../../domain/case/ids';
import { startingSettings } from '../../domain/casebook';
import type { Language } from '../../domain/words';
import { StoreError } from '../../domain/ports';
import { realPathInside } from './insideFolder';
import { codeOf, storeErrorOf } from './storeErrors';

export const SETTINGS_FILE = 'casebook.json';
export const CASES_FOLDER = 'cases';
/** What belongs to this machine alone, and to nobody's commit. */
const LOCAL_FOLDER = '.casebook';
const CASE_FILE = '.jsonl';
const YEAR_LENGTH = 4;

/** "2026/ISS-20261122-7K3F.jsonl", with "/" on every system: the key of the summary index. */
export type CasePath = string;

/** @throws StoreError 'outside-casebook' for whatever is no case id: nothing else becomes a path */
export function casePathOf(id: string): CasePath {
  if (!isCaseId(id)) throw new StoreError('outside-casebook', id);
  return `${yearOf(id)}/${id}${CASE_FILE}`;
}

/** The case whose file this is; undefined for every other path, a case under another year's folder included. */
export function caseIdAt(path: CasePath): string | undefined {
  if (path.charAt(YEAR_LENGTH) !== '/' || !path.endsWith(CASE_FILE)) return undefined;
  const id = path.slice(YEAR_LENGTH + 1, -CASE_FILE.length);
  return isCaseId(id) && path.startsWith(yearOf(id)) ? id : undefined;
}

export function caseFileOf(folder: string, path: CasePath): string {
  return join(folder, CASES_FOLDER, path);
}

/** Hidden files are the system's, an editor's or a write's own: neither shown nor complained about. */
export function isHidden(name: string): boolean {
  return name.startsWith('.');
}

export function isYear(name: string): boolean {
  return /^\d{4}$/.test(name);
}

export function locksFolder(folder: string): string {
  return join(folder, LOCAL_FOLDER, 'locks');
}

/**
 * Makes the folder of locks in a casebook that exists: one that vanished is not made anew by locking it.
 * @throws the system's error, or StoreError 'outside-casebook'
 */
export async function makeLocksFolder(folder: string): Promise<void> {
  const local = join(folder, LOCAL_FOLDER);
  await makeFolder(local);
  await realPathInside(folder, local);
  await makeFolder(locksFolder(folder));
  await writeNew(join(local, '.gitignore'), '*\n');
}

/**
 * Makes a casebook, or what one lacks; never writes over a file that is there.
 * @param folder absolute path
 * @param language of the lists that it starts with
 * @throws StoreError
 */
export async function createCasebook(folder: string, language: Language = 'en'): Promise<void> {
  try {
    await mkdir(join(folder, CASES_FOLDER), { recursive: true });
    await writeNew(join(folder, SETTINGS_FILE), `${JSON.stringify(startingSettings(language), null, 2)}\n`);
    await mergeByLine(folder);
    // a write that was killed leaves its unfinished copy
    await writeNew(join(folder, '.gitignore'), '.*.tmp\n');
    await makeLocksFolder(folder);
  } catch (error) {
    throw storeErrorOf(folder, error);
  }
}

/**
 * Two copies of a case that were added to apart keep the lines of both sides. A repository that has attributes of its
 * own, and none for cases, gets these beside the cases.
 */
async function mergeByLine(folder: string): Promise<void> {
  const attributes = join(folder, '.gitattributes');
  await writeNew(attributes, 'cases/**/*.jsonl merge=union text eol=lf\n');
  if ((await readFile(attributes, 'utf8')).includes('.jsonl merge=union')) return;
  const cases = await realPathInside(folder, join(folder, CASES_FOLDER));
  await writeNew(join(cases, '.gitattributes'), '*.jsonl merge=union text eol=lf\n');
}

/** Makes one folder in a parent that exists; one that is there already is fine. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
