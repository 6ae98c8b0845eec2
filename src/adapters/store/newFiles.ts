/** Writes many new case files: each appears whole under a name that nobody had, or not at all. */
import { fstatSync, closeSync, linkSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../domain/ports';
import type { FileStamp } from './caseLog';
import { realPathInside } from './insideFolder';
import { CASES_FOLDER, locksFolder, makeFolder, makeLocksFolder } from './layout';
import { codeOf, storeErrorOf } from './storeErrors';

/**
 * A file is written beside its place and then linked there, which fails where the name is taken. No lock is needed:
 * nobody can wait for a case that is not there yet. Like every other write of the store it is left to the system when
 * the bytes reach the disk; what a power cut takes is made again by running the import again.
 */
export class NewFiles {
  /** Of each year that was made sure of: its real path. */
  readonly #years = new Map<string, string>();
  #canLink = true;
  #written = 0;

  /** @param folder absolute path of the casebook */
  constructor(private readonly folder: string) {}

  /** Makes sure of the folder that a path lies in; once a year is enough. @throws StoreError */
  async prepare(path: string): Promise<void> {
    const year = dirname(path);
    if (this.#years.has(year)) return;
    try {
      await makeLocksFolder(this.folder);
      const cases = join(this.folder, CASES_FOLDER);
      await makeFolder(cases);
      await realPathInside(this.folder, cases);
      await mkdir(year, { recursive: true });
      this.#years.set(year, await realPathInside(this.folder, year));
    } catch (error) {
      throw storeErrorOf(path, error);
    }
  }

  isPrepared(path: string): boolean {
    return this.#years.has(dirname(path));
  }

  /**
   * At once: for thousands of small files the way through the thread pool takes longer than the writing.
   * @returns undefined where the name is taken
   * @throws StoreError
   */
  write(path: string, text: string): FileStamp | undefined {
    const year = this.#years.get(dirname(path));
    if (year === undefined) throw new StoreError('folder-missing', path);
    const real = join(year, path.slice(dirname(path).length));
    this.#written += 1;
    // where nobody watches for changes, and git looks at nothing
    const unfinished = join(locksFolder(this.folder), '..', `import-${process.pid}-${this.#written}.tmp`);
    try {
      const stamp = writeWhole(unfinished, text);
      const isPlaced = this.#place(unfinished, real);
      if (isPlaced !== 'moved') unlinkSync(unfinished);
      return isPlaced === 'taken' ? undefined : stamp;
    } catch (error) {
      throw storeErrorOf(path, error);
    }
  }

  #place(from: string, to: string): 'linked' | 'moved' | 'taken' {
    if (this.#canLink) {
      try {
        linkSync(from, to);
        return 'linked';
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return 'taken';
        // some file systems of memory sticks and servers know no links
        if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
        this.#canLink = false;
      }
    }
    try {
      closeSync(openSync(to, 'wx'));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return 'taken';
      throw error;
    }
    renameSync(from, to);
    return 'moved';
  }
}

function writeWhole(path: string, text: string): FileStamp {
  const bytes = Buffer.from(text);
  const file = openSync(path, 'w');
  try {
    for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
    const { size, mtimeMs } = fstatSync(file);
    return { size, mtimeMs };
  } finally {
    closeSync(file);
  }
}
