/** Work that says itself when it is to be done again; never twice at once, and over with the casebook. Free of vscode. */

/** Runs something later. @returns takes it back */
export type Later = (milliseconds: number, run: () => void) => () => void;

export const later: Later = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** A timer must not sleep through a clock that was put forward, nor overflow. */
const LONGEST = 3_600_000;
/** Milliseconds: what failed here, as a lock or a full disk, is not tried again at once. */
const AFTER_FAILURE = 300_000;

export interface AgendaOptions {
  /** @returns when to do it again, milliseconds since the epoch; undefined where only `within` brings it about */
  readonly work: (signal: AbortSignal) => Promise<number | undefined>;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
  readonly later: Later;
}

export class Agenda {
  private readonly end = new AbortController();
  private nextAt = Number.POSITIVE_INFINITY;
  private takeBack: (() => void) | undefined;
  private isWorking = false;

  constructor(private readonly options: AgendaOptions) {}

  /** Does it after so many milliseconds, if not sooner anyway. */
  within(milliseconds: number): void {
    this.nextAt = Math.min(this.nextAt, this.options.now() + milliseconds);
    this.schedule();
  }

  /** A machine that slept may have slept over its timers: what is due by the clock is done. */
  catchUp(): void {
    this.schedule();
  }

  dispose(): void {
    this.end.abort();
    this.takeBack?.();
  }

  private schedule(): void {
    if (this.isWorking || this.end.signal.aborted || this.nextAt === Number.POSITIVE_INFINITY) return;
    this.takeBack?.();
    const wait = Math.max(0, this.nextAt - this.options.now());
    this.takeBack = this.options.later(Math.min(wait, LONGEST), () => void this.run());
  }

  private async run(): Promise<void> {
    const { work, failed, now } = this.options;
    if (this.isWorking || this.end.signal.aborted) return;
    if (now() < this.nextAt) {
      this.schedule();
      return;
    }
    this.isWorking = true;
    this.nextAt = Number.POSITIVE_INFINITY;
    try {
      const again = await work(this.end.signal);
      this.nextAt = Math.min(this.nextAt, again ?? Number.POSITIVE_INFINITY);
    } catch (error) {
      failed(error);
      this.nextAt = Math.min(this.nextAt, now() + AFTER_FAILURE);
    }
    this.isWorking = false;
    this.schedule();
  }
}
