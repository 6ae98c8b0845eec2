/** One writer at a time for each name, across windows and processes; a killed writer's lock is taken over. */
import { rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { StoreError } from '../../domain/ports';
import { codeOf, storeErrorOf } from './storeErrors';

/** Milliseconds without a sign of life after which a holder counts as dead; a living one gives a sign each second. */
const STALE = 5_000;
const SIGN_OF_LIFE = 1_000;
const LONGEST_PAUSE = 200;

/** Held by the work that is under way. */
export interface Lease {
  /** @throws StoreError 'locked' when the lock was taken over, as after the machine slept: nothing may be written */
  check(): void;
}

export class Locks {
  /** The last work of each name, so that one window's own writers queue up instead of trying again and again. */
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * @param folder absolute path of the folder that holds the locks
   * @param makeFolder makes it when it turns out not to be there
   * @param patience milliseconds until waiting ends with 'locked'
   */
  constructor(
    private readonly folder: string,
    private readonly makeFolder: () => Promise<void>,
    private readonly patience = 10_000,
  ) {}

  /** @throws StoreError 'locked' when waiting was in vain; whatever `work` throws is passed on */
  async run<T>(name: string, work: (lease: Lease) => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(() => this.#hold(name, work));
    const settled = mine.catch(() => undefined);
    this.#last.set(name, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    }
  }

  async #hold<T>(name: string, work: (lease: Lease) => Promise<T>): Promise<T> {
    const path = join(this.folder, `${name}.lock`);
    let isHeld = true;
    let release: () => Promise<void>;
    try {
      release = await this.#acquire(path, () => {
        isHeld = false;
      });
    } catch (error) {
      throw storeErrorOf(path, error);
    }
    const check = () => {
      if (!isHeld) throw new StoreError('locked', path);
    };
    try {
      return await work({ check });
    } finally {
      // What was written stays written, also where the lock can't be removed: it goes stale
      if (isHeld) await release().catch(() => undefined);
    }
  }

  async #acquire(path: string, onLost: () => void): Promise<() => Promise<void>> {
    const deadline = performance.now() + this.patience;
    let isMade = false;
    for (let pause = 4; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
      try {
        return await lock(path, {
          lockfilePath: path,
          realpath: false,
          update: SIGN_OF_LIFE,
          // its own way of taking over can let two waiters in at once; see takeOver
          stale: Number.MAX_SAFE_INTEGER,
          onCompromised: onLost,
        });
      } catch (error) {
        const isLate = performance.now() > deadline;
        // nobody holds what is not there: made even where the disk takes longer than the patience lasts
        if (codeOf(error) === 'ENOENT' && !(isMade && isLate)) {
          await this.makeFolder();
          isMade = true;
          continue;
        }
        if (isLate || codeOf(error) !== 'ELOCKED') throw error;
      }
      await takeOver(path);
      await delay(pause * (0.5 + Math.random() / 2));
    }
  }
}

/**
 * Removes a dead holder's lock. Judging and removing happen under a lock of their own: otherwise one waiter could
 * judge, another remove and take the lock, and the first then remove that fresh one.
 */
async function takeOver(path: string): Promise<void> {
  if (!(await isStale(path))) return;
  const judging = `${path}.takeover`;
  let release: () => Promise<void>;
  try {
    release = await lock(judging, {
      lockfilePath: judging,
      realpath: false,
      stale: STALE,
      // judging takes an instant; whoever sleeps through it removes nothing that is alive, as the check is made anew
      onCompromised: () => undefined,
    });
  } catch (error) {
    // somebody else is judging, or has just done so
    if (['ELOCKED', 'ENOENT'].includes(codeOf(error))) return;
    throw error;
  }
  try {
    if (await isStale(path)) await removeFolder(path);
  } finally {
    await release();
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < Date.now() - STALE;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function removeFolder(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
