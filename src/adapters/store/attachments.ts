/** The files of cases, in `attachments/<case id>/` of the casebook. */
import { createHash, randomUUID } from 'node:crypto';
import { lstat, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeName, isSafeName } from '../../domain/attachments/names';
import { isCaseId } from '../../domain/case/ids';
import { type AttachmentStore, type StoredFile, StoreError, type TextFile } from '../../domain/ports';
import { realPathInside } from './insideFolder';
import { isHidden, locksFolder, makeFolder, makeLocksFolder, writeNew } from './layout';
import { Locks } from './locks';
import { codeOf, storeErrorOf } from './storeErrors';
import { textIn } from './textFile';

const ATTACHMENTS_FOLDER = 'attachments';

/** @param folder absolute path of the casebook */
export function openAttachments(folder: string): AttachmentStore {
  return new FileAttachments(folder);
}

class FileAttachments implements AttachmentStore {
  readonly #locks: Locks;

  readonly folder: string;

  constructor(private readonly casebook: string) {
    this.folder = join(casebook, ATTACHMENTS_FOLDER);
    this.#locks = new Locks(locksFolder(casebook), () => makeLocksFolder(casebook));
  }

  pathOf(caseId: string, name?: string): string {
    const home = join(this.folder, caseId);
    if (!isCaseId(caseId) || (name !== undefined && !isSafeName(name))) {
      throw new StoreError('outside-casebook', `${ATTACHMENTS_FOLDER}/${caseId}/${name ?? ''}`);
    }
    return name === undefined ? home : join(home, name);
  }

  async list(caseId: string): Promise<readonly StoredFile[]> {
    const home = this.pathOf(caseId);
    try {
      const real = await realPathInside(this.casebook, home);
      const names = (await readdir(real)).filter((name) => !isHidden(name) && isSafeName(name));
      const found = await Promise.all(names.map(async (name) => ({ name, seen: await lstat(join(real, name)) })));
      return found.filter(({ seen }) => seen.isFile()).map(({ name, seen }) => ({ name, size: seen.size }));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw storeErrorOf(home, error);
    }
  }

  async write(caseId: string, name: string, content: Uint8Array, taken: readonly string[]): Promise<string> {
    const path = this.pathOf(caseId, name);
    try {
      return await this.#locks.run(`${caseId}.files`, async (lease) => {
        const home = await this.#makeHome(caseId);
        const free = freeName(name, [...taken, ...(await readdir(home))]);
        const temporary = join(home, `.${randomUUID()}.tmp`);
        try {
          await writeFile(temporary, content, { flag: 'wx', flush: true });
          lease.check();
          await rename(temporary, join(home, free));
        } catch (error) {
          await rm(temporary, { force: true }).catch(() => undefined);
          throw error;
        }
        return free;
      });
    } catch (error) {
      throw storeErrorOf(path, error);
    }
  }

  async read(caseId: string, name: string): Promise<Uint8Array> {
    const path = this.pathOf(caseId, name);
    try {
      return await readFile(await this.#existing(path));
    } catch (error) {
      throw codeOf(error) === 'ENOENT'
        ? new StoreError('file-missing', name, { cause: error })
        : storeErrorOf(path, error);
    }
  }

  async remove(caseId: string, name: string): Promise<void> {
    const path = this.pathOf(caseId, name);
    try {
      await unlink(await this.#existing(path));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw storeErrorOf(path, error);
    }
  }

  sha256(content: Uint8Array): string {
    return createHash('sha256').update(content).digest('hex');
  }

  textIn(content: Uint8Array): TextFile | undefined {
    return textIn(content);
  }

  /** An ordinary file in its own place: what a link points to may be anybody's. */
  async #existing(path: string): Promise<string> {
    const real = await realPathInside(this.casebook, path);
    if (!(await lstat(path)).isFile()) throw new StoreError('outside-casebook', path);
    return real;
  }

  /** A casebook's folder that vanished is not made anew. */
  async #makeHome(caseId: string): Promise<string> {
    await makeFolder(this.folder);
    await realPathInside(this.casebook, this.folder);
    // evidence comes out of git byte for byte as it went in
    await writeNew(join(this.folder, '.gitattributes'), '* binary\n');
    const home = this.pathOf(caseId);
    await makeFolder(home);
    return realPathInside(this.casebook, home);
  }
}
