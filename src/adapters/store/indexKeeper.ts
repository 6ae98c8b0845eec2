/** Writes the summary index some time after the list has changed, and once more at the end. */
import type { IndexEntry, SummaryIndex } from './summaryIndex';

/** Milliseconds after a change until the index is written. */
const INDEX_DELAY = 3_000;

export class IndexKeeper {
  #timer: NodeJS.Timeout | undefined;
  #isWritten = true;
  #isWriting = false;
  #isDisposed = false;

  constructor(
    private readonly index: SummaryIndex,
    /** What a summary depends on beside its case. */
    private readonly heading: () => string,
    private readonly entries: () => readonly IndexEntry[],
  ) {}

  changed(): void {
    this.#isWritten = false;
  }

  writeSoon(): void {
    if (this.#isDisposed || this.#isWritten) return;
    this.#timer ??= setTimeout(() => void this.#write(), INDEX_DELAY).unref();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    // a write under way uses the same temporary file
    if (this.#isWritten || this.#isWriting) return;
    try {
      this.index.writeNow(this.heading(), this.entries());
    } catch {
      // the next start reads the cases instead
    }
  }

  async #write(): Promise<void> {
    this.#isWritten = true;
    this.#isWriting = true;
    try {
      await this.index.write(this.heading(), this.entries());
    } catch {
      // the next start reads the cases instead
    }
    this.#isWriting = false;
    this.#timer = undefined;
    this.writeSoon();
  }
}
