/** What was typed into forms and not yet sent, on this machine: one file a draft. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { DraftStore, FormDraft, KeptDraft } from '../../domain/ports';
import { Locks } from './locks';
import { codeOf, storeErrorOf } from './storeErrors';
import { isRecord } from '../../domain/record';
import { instantOf } from '../../domain/time';

interface DraftFile {
  readonly key: string;
  readonly draft: FormDraft;
  /** Process id of the window that wrote it; left out by an older Casebook. */
  readonly holder?: number;
}

const SUFFIX = '.json';

/** @param folder absolute path; made when the first draft is written */
export function openDrafts(folder: string): DraftStore {
  return new FileDrafts(folder);
}

class FileDrafts implements DraftStore {
  readonly #locks: Locks;

  constructor(private readonly folder: string) {
    this.#locks = new Locks(folder, async () => void (await mkdir(folder, { recursive: true })));
  }

  /** @throws StoreError */
  async read(key: string): Promise<FormDraft | undefined> {
    return (await this.#read(nameOf(key)))?.draft;
  }

  /** @throws StoreError */
  async write(key: string, draft: FormDraft): Promise<void> {
    const name = nameOf(key);
    const path = join(this.folder, name);
    // two windows may show the same form
    await this.#locks.run(name, async (lease) => {
      lease.check();
      try {
        await new Low<DraftFile>(new JSONFile(path), { key, draft, holder: process.pid }).write();
      } catch (error) {
        throw storeErrorOf(path, error);
      }
    });
  }

  /** @throws StoreError */
  async remove(key: string): Promise<void> {
    const name = nameOf(key);
    const path = join(this.folder, name);
    await this.#locks.run(name, async () => {
      try {
        await rm(path, { force: true });
      } catch (error) {
        throw storeErrorOf(path, error);
      }
    });
  }

  /** @throws StoreError */
  async list(): Promise<readonly KeptDraft[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw storeErrorOf(this.folder, error);
    });
    const files = await Promise.all(names.filter((name) => name.endsWith(SUFFIX)).map((name) => this.#read(name)));
    return files.flatMap((file) => {
      if (!file) return [];
      const { key, draft, holder } = file;
      return [{ key, draft, isHeldElsewhere: isHeldElsewhere(holder, instantOf(draft.savedAt)) }];
    });
  }

  /** A file that holds no draft is set aside for whoever wants to look at it. */
  async #read(name: string): Promise<DraftFile | undefined> {
    const path = join(this.folder, name);
    const file = new Low<unknown>(new JSONFile<unknown>(path), null);
    try {
      await file.read();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw storeErrorOf(path, error);
      await this.#setAside(path);
      return undefined;
    }
    if (isDraftFile(file.data) && nameOf(file.data.key) === name) return file.data;
    if (file.data !== null) await this.#setAside(path);
    return undefined;
  }

  async #setAside(path: string): Promise<void> {
    try {
      await rename(path, `${path}.broken`);
    } catch (error) {
      // another window was faster
      if (codeOf(error) !== 'ENOENT') throw storeErrorOf(path, error);
    }
  }
}

/** Keys are free text; their hash is a file name on every system. */
function nameOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}${SUFFIX}`;
}

/** A window that was closed or crashed holds nothing any more; since the machine was started its number is another's. */
function isHeldElsewhere(holder: unknown, savedAt: number): boolean {
  if (typeof holder !== 'number' || !Number.isSafeInteger(holder) || holder <= 0 || holder === process.pid)
    return false;
  if (savedAt < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // it runs, under another account
    return codeOf(error) === 'EPERM';
  }
}

function isDraftFile(raw: unknown): raw is DraftFile {
  if (!isRecord(raw) || typeof raw['key'] !== 'string' || !isRecord(raw['draft'])) return false;
  const { savedAt, forms } = raw['draft'];
  return typeof savedAt === 'string' && isRecord(forms) && Object.values(forms).every(isRecord);
}
