/** How long each system and group is left alone after it failed: by its own word, or longer each time. */
import { BotError } from '../notify/bot';
import type { OrderedRest, OrderedRests } from './orderedRests';
import { lacksSecret, pauseAfter } from './outbox';
import type { QueueId } from './queue';
import { TrackerError } from './tracker';

interface Rest {
  readonly failures: number;
  /** When it failed last, milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** By the system's own word, and no other window could be told. */
  readonly isOrdered: boolean;
}

/** Failures of the whole connection; the others speak of one ticket. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'sign-in',
  'address',
  'signature',
  'too-many',
  'broken',
  'no-answer',
  'offline',
  'certificate',
  'not-understood',
]);

/** As a number that a file can hold. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

export class Rests {
  readonly #rests = new Map<QueueId, Rest>();
  /** As this machine's windows know it. */
  #ordered: Readonly<Record<string, OrderedRest>> = {};

  /** @param urlOf where the system is by now; empty for a group: its address is a secret */
  constructor(
    private readonly kept: OrderedRests,
    private readonly urlOf: (queue: QueueId) => string,
  ) {}

  /** Takes over what other windows of this machine were told. */
  async refresh(): Promise<void> {
    // what can't be read must not keep anything from being sent: it is told anew
    this.#ordered = await this.kept.read().catch(() => this.#ordered);
  }

  /**
   * Milliseconds since the epoch from which it may be asked again; 0 for at once, infinite until somebody has entered
   * its secret. @param isAsked a person wants it now: waits only where the system itself said so
   */
  until(queue: QueueId, now: number, isAsked = false): number {
    const rest = this.#rests.get(queue);
    const own = rest === undefined || (isAsked && !rest.isOrdered) ? 0 : rest.until;
    const until = Math.max(own, this.orderedAt(queue, now)?.until ?? 0);
    return until >= FOREVER ? Number.POSITIVE_INFINITY : until;
  }

  /** Until somebody signs in, or enters the address or secret of a bot. */
  needsSecret(queue: QueueId, now: number): boolean {
    return this.until(queue, now) === Number.POSITIVE_INFINITY;
  }

  /** When a person may ask it again that has asked to be left alone until then; undefined for at once. */
  heldUntil(queue: QueueId, now: number): number | undefined {
    const until = this.until(queue, now, true);
    return until > now && Number.isFinite(until) ? until : undefined;
  }

  /** @param chance 0 to 1. @returns true where it rests now */
  async failed(queue: QueueId, error: unknown, now: number, chance: number): Promise<boolean> {
    if (!(error instanceof TrackerError || error instanceof BotError)) return false;
    if (!OF_CONNECTION.has(error.reason)) return false;
    const failures = (this.#rests.get(queue)?.failures ?? 0) + 1;
    const after = error instanceof TrackerError ? error.details.retryAfter : error.retryAfter;
    // asked for again and again, a wrong password locks the account
    const isLocked = lacksSecret(error);
    if (!isLocked && after === undefined) {
      this.#rests.set(queue, { failures, at: now, until: now + pauseAfter(failures, chance), isOrdered: false });
      return true;
    }
    const until = isLocked ? FOREVER : now + pauseAfter(failures, chance, after);
    const longest = Math.max(until, this.orderedAt(queue, now)?.until ?? 0);
    const ordered = { at: now, until: longest, url: this.urlOf(queue) };
    this.#ordered = { ...this.#ordered, [queue]: ordered };
    const isKept = await this.kept.note(queue, ordered).then(
      () => true,
      () => false,
    );
    this.#rests.set(queue, { failures, at: now, until: isKept ? 0 : until, isOrdered: !isKept });
    return true;
  }

  /** It answered what was asked at that time, or somebody entered its secret: what it said later still holds. */
  async works(queue: QueueId, askedAt: number): Promise<void> {
    const rest = this.#rests.get(queue);
    if (rest && rest.at <= askedAt) this.#rests.delete(queue);
    const ordered = this.#ordered[queue];
    if (!ordered || ordered.at > askedAt) return;
    const { [queue]: _, ...others } = this.#ordered;
    this.#ordered = others;
    // one that stays in the file ends by its time, or with the next answer
    await this.kept.lift(queue, askedAt).catch(() => undefined);
  }

  private orderedAt(queue: QueueId, now: number): OrderedRest | undefined {
    const rest = this.#ordered[queue];
    // a clock that was put back must not keep it from being asked; another site under this name has ordered nothing
    return rest && rest.at <= now && rest.url === this.urlOf(queue) ? rest : undefined;
  }
}
