/** What waits to be sent, on this machine: one file an item, worked on by one window at a time. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { StoreError } from '../../domain/ports';
import type { Outbox, OutboxItem } from '../../domain/tickets/outbox';
import { Changes } from './changes';
import { Locks } from './locks';
import { codeOf, storeErrorOf } from './storeErrors';

const NAME = /^[0-9A-HJKMNP-TV-Z]{26}\.json$/;
/** Milliseconds: whoever holds an item is sending it, and is not waited for; a killed window's lock is taken over. */
const PATIENCE = 50;

/**
 * @param folder absolute path on this machine; made when the first item is added
 * @param casebook absolute path of the casebook whose items are listed
 */
export function openOutbox(folder: string, casebook: string): Outbox {
  return new FileOutbox(folder, casebook);
}

class FileOutbox implements Outbox {
  readonly #locks: Locks;
  readonly #changes: Changes;

  constructor(
    private readonly folder: string,
    private readonly casebook: string,
  ) {
    this.#locks = new Locks(folder, () => this.#makeFolder(), PATIENCE);
    this.#changes = new Changes(folder, (name) => NAME.test(name));
  }

  async list(): Promise<readonly OutboxItem[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw storeErrorOf(this.folder, error);
    });
    const own = names.filter((name) => NAME.test(name)).toSorted();
    const items = await Promise.all(own.map((name) => this.#read(name)));
    return items.flatMap((item) => (item?.casebook === this.casebook ? [item] : []));
  }

  async add(item: OutboxItem): Promise<void> {
    const path = join(this.folder, `${item.id}.json`);
    try {
      await this.#makeFolder();
      await write(path, item);
    } catch (error) {
      throw storeErrorOf(path, error);
    }
    this.#changes.tell();
  }

  async work(
    id: string,
    work: (item: OutboxItem, keep: (item: OutboxItem) => Promise<void>) => Promise<OutboxItem | undefined>,
  ): Promise<'worked' | 'busy' | 'gone'> {
    const name = `${id}.json`;
    if (!NAME.test(name)) return 'gone';
    const path = join(this.folder, name);
    // what `work` throws must not be taken for a lock that another window holds
    let isHeld = false;
    try {
      return await this.#locks.run(name, async (lease) => {
        isHeld = true;
        const item = await this.#read(name);
        if (!item) return 'gone';
        const keep = async (changed: OutboxItem) => {
          lease.check();
          await write(path, changed).catch((error: unknown) => {
            throw storeErrorOf(path, error);
          });
          this.#changes.tell();
        };
        const after = await work(item, keep);
        if (after) await keep(after);
        else await rm(path, { force: true });
        return 'worked';
      });
    } catch (error) {
      if (!isHeld && error instanceof StoreError && error.reason === 'locked') return 'busy';
      throw error;
    } finally {
      this.#changes.tell();
    }
  }

  /** Also told of what other windows do, where the system tells us. */
  onDidChange(listener: () => void): { dispose(): void } {
    return this.#changes.listen(listener);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #makeFolder(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** A file that holds no item is set aside for whoever wants to look at it: nothing is sent that can't be read. */
  async #read(name: string): Promise<OutboxItem | undefined> {
    const path = join(this.folder, name);
    const file = new Low<unknown>(new JSONFile<unknown>(path), null);
    try {
      await file.read();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw storeErrorOf(path, error);
      await setAside(path);
      return undefined;
    }
    if (isItem(file.data) && `${file.data.id}.json` === name) return file.data;
    if (file.data !== null) await setAside(path);
    return undefined;
  }
}

async function write(path: string, item: OutboxItem): Promise<void> {
  await new Low<OutboxItem>(new JSONFile(path), item).write();
}

async function setAside(path: string): Promise<void> {
  try {
    await rename(path, `${path}.broken`);
  } catch (error) {
    // another window was faster
    if (codeOf(error) !== 'ENOENT') throw storeErrorOf(path, error);
  }
}

function isRecord(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

const texts = ['id', 'casebook', 'caseId', 'connection', 'madeAt'];

function isItem(raw: unknown): raw is OutboxItem {
  return (
    isRecord(raw) &&
    texts.every((key) => typeof raw[key] === 'string') &&
    isRecord(raw['job']) &&
    typeof raw['job']['is'] === 'string' &&
    typeof raw['attempts'] === 'number' &&
    typeof raw['nextAt'] === 'number' &&
    ['waiting', 'trying', 'needsPerson'].includes(String(raw['state']))
  );
}
