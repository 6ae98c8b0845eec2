/** What was entered so far, kept as the draft that the form of a new case shows: nothing is lost at any step. */
import { randomUUID } from 'node:crypto';
import type { CaseKind } from '../../domain/case/state';
import { type Filled } from '../../domain/intake/intakeForm';
import { draftKey, newCaseTarget, OPENING } from '../../domain/intake/newCase';
import type { Casebook } from '../../domain/ports';

interface Ports extends Pick<Casebook, 'drafts'> {
  readonly store: Pick<Casebook['store'], 'folder'>;
  readonly desk: Pick<Casebook['desk'], 'nowIso'>;
}

/** Milliseconds after the last key. */
const DELAY = 300;

export class Keeper {
  /** The form that would show it. */
  readonly target: string;
  private readonly key: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wanted: Filled = {};
  private hasFailed = false;
  /** One write after the other, so that the last one stays. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly ports: Ports,
    kind: CaseKind,
    private readonly failed: (error: unknown) => void,
  ) {
    this.target = newCaseTarget(kind, randomUUID().slice(0, 8));
    this.key = draftKey(ports.store.folder, this.target);
  }

  get isEmpty(): boolean {
    return Object.keys(this.wanted).length === 0;
  }

  keep(values: Filled): void {
    this.wanted = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), DELAY);
  }

  /** @returns false where what was entered is kept nowhere */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    const { drafts, desk } = this.ports;
    const values = this.wanted;
    this.last = this.last
      .then(async () => {
        if (Object.keys(values).length === 0) await drafts.remove(this.key);
        else await drafts.write(this.key, { savedAt: desk.nowIso(), forms: { [OPENING]: values } });
        this.hasFailed = false;
      })
      .catch((error: unknown) => {
        this.hasFailed = true;
        this.failed(error);
      });
    await this.last;
    return !this.hasFailed;
  }

  /** It is recorded, or stands elsewhere. */
  async drop(): Promise<void> {
    this.wanted = {};
    await this.flush();
  }
}
