/** Tells of changes in a folder of this machine's own: ours at once, those of other windows where the system tells us. */
import { type FSWatcher, watch } from 'node:fs';

export class Changes {
  readonly #listeners = new Set<() => void>();
  #watcher: FSWatcher | undefined;

  /** @param isOurs by a file's name; others in the folder are nobody's concern here */
  constructor(
    private readonly folder: string,
    private readonly isOurs: (name: string) => boolean,
  ) {}

  listen(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    this.#watch();
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  tell(): void {
    this.#watch();
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#listeners.clear();
    this.#watcher?.close();
  }

  /** The folder may not be there before something is written; one that is taken away is watched again once it is back. */
  #watch(): void {
    if (this.#watcher || this.#listeners.size === 0) return;
    try {
      const watcher = watch(this.folder, { persistent: false }, (_event, name) => {
        if (name === null || this.isOurs(name)) for (const listener of this.#listeners) listener();
      });
      this.#watcher = watcher.on('error', () => {
        watcher.close();
        this.#watcher = undefined;
      });
    } catch {
      // not there yet, or no watches left: our own changes are told all the same
    }
  }
}
