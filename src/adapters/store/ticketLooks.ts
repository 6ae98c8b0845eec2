/** When tickets were last looked at, in one file of this machine: of two windows one looks, and both can say when. */
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import * as v from 'valibot';
import { StoreError } from '../../domain/ports';
import type { TicketLook, TicketLooks } from '../../domain/tickets/looks';
import { Changes } from './changes';
import { Locks } from './locks';
import { storeErrorOf } from './storeErrors';

/** Milliseconds: whoever looks right now is not waited for. */
const PATIENCE = 50;
/** Milliseconds after which a case that nobody looked at is forgotten. */
const KEPT = 60 * 86_400_000;

/** What was written by hand, by another Casebook or by half counts as never looked at. */
const looksSchema = v.record(
  v.string(),
  v.object({
    connection: v.string(),
    at: v.number(),
    failed: v.optional(v.object({ failure: v.looseObject({ is: v.string() }), until: v.number() })),
  }),
);

/** @param file absolute path on this machine; its folder is made when something is noted */
export function openTicketLooks(file: string): TicketLooks {
  return new FileLooks(file);
}

class FileLooks implements TicketLooks {
  readonly #looking: Locks;
  readonly #writing: Locks;
  readonly #changes: Changes;

  constructor(private readonly file: string) {
    const makeFolder = async () => void (await mkdir(dirname(file), { recursive: true }));
    this.#looking = new Locks(dirname(file), makeFolder, PATIENCE);
    this.#writing = new Locks(dirname(file), makeFolder);
    this.#changes = new Changes(dirname(file), (name) => name === basename(file));
  }

  async read(): Promise<Readonly<Record<string, TicketLook>>> {
    const kept = new Low<unknown>(new JSONFile<unknown>(this.file), null);
    try {
      await kept.read();
    } catch (error) {
      // nothing is lost with it: the tickets are looked at once more
      if (error instanceof SyntaxError) return {};
      throw storeErrorOf(this.file, error);
    }
    const parsed = v.safeParse(looksSchema, kept.data);
    return parsed.success ? (parsed.output as Readonly<Record<string, TicketLook>>) : {};
  }

  async note(looks: Readonly<Record<string, TicketLook>>): Promise<void> {
    await this.#writing.run(`${basename(this.file)}.write`, async (lease) => {
      const all = { ...(await this.read()), ...looks };
      const newest = Math.max(...Object.values(all).map(({ at }) => at));
      const kept = Object.entries(all).filter(([id, { at }]) => id in looks || newest - at < KEPT);
      lease.check();
      await new Low(new JSONFile<Record<string, TicketLook>>(this.file), Object.fromEntries(kept))
        .write()
        .catch((error: unknown) => {
          throw storeErrorOf(this.file, error);
        });
    });
    this.#changes.tell();
  }

  async alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    // what `work` throws must not be taken for a lock that another window holds
    let isHeld = false;
    try {
      return await this.#looking.run(`${basename(this.file)}.look`, async () => {
        isHeld = true;
        return work();
      });
    } catch (error) {
      if (!isHeld && error instanceof StoreError && error.reason === 'locked') return undefined;
      throw error;
    }
  }

  onDidChange(listener: () => void): { dispose(): void } {
    return this.#changes.listen(listener);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
