/** A small file of this machine that its windows share; what it holds may be forgotten without loss. */
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import * as v from 'valibot';
import { Changes } from './changes';
import { Locks } from './locks';
import { storeErrorOf } from './storeErrors';

export class MachineFile<T extends object> {
  readonly #writing: Locks;
  readonly #changes: Changes;

  /**
   * @param file absolute path; its folder is made when something is written
   * @param schema what was written by hand, by another Casebook or by half counts as nothing
   */
  constructor(
    private readonly file: string,
    private readonly schema: v.GenericSchema<unknown, T>,
    private readonly nothing: T,
  ) {
    this.#writing = new Locks(dirname(file), () => this.makeFolder());
    this.#changes = new Changes(dirname(file), (name) => name === basename(file));
  }

  async makeFolder(): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
  }

  /** @throws StoreError where it is there and can't be read */
  async read(): Promise<T> {
    const kept = new Low<unknown>(new JSONFile<unknown>(this.file), null);
    try {
      await kept.read();
    } catch (error) {
      if (error instanceof SyntaxError) return this.nothing;
      throw storeErrorOf(this.file, error);
    }
    const parsed = v.safeParse(this.schema, kept.data);
    return parsed.success ? parsed.output : this.nothing;
  }

  /** @throws StoreError */
  async change(work: (before: T) => T): Promise<void> {
    await this.#writing.run(`${basename(this.file)}.write`, async (lease) => {
      const after = work(await this.read());
      lease.check();
      await new Low(new JSONFile<T>(this.file), after).write().catch((error: unknown) => {
        throw storeErrorOf(this.file, error);
      });
    });
    this.#changes.tell();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    return this.#changes.listen(listener);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
