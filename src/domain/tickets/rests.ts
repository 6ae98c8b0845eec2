/** How long each connection is left alone after it failed: by its own word, or longer each time. */
import { BotError } from '../notify/bot';
import { pauseAfter } from './outbox';
import { TrackerError } from './tracker';

interface Rest {
  readonly failures: number;
  /** Milliseconds since the epoch; Infinity until somebody has signed in. */
  readonly until: number;
  /** By the system's own word, or until somebody signs in: also where a person asks for it. */
  readonly isOrdered: boolean;
}

/** Failures of the whole connection; the others speak of one ticket. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'sign-in',
  'too-many',
  'broken',
  'no-answer',
  'offline',
  'certificate',
  'not-understood',
]);

export class Rests {
  readonly #rests = new Map<string, Rest>();

  /** Milliseconds since the epoch from which it may be asked again; 0 for at once. @param isAsked a person wants it now */
  until(connection: string, isAsked = false): number {
    const rest = this.#rests.get(connection);
    return rest === undefined || (isAsked && !rest.isOrdered) ? 0 : rest.until;
  }

  needsSignIn(connection: string): boolean {
    return this.until(connection) === Number.POSITIVE_INFINITY;
  }

  /** @param chance 0 to 1. @returns true where the connection rests now */
  failed(connection: string, error: unknown, now: number, chance: number): boolean {
    if (!(error instanceof TrackerError || error instanceof BotError)) return false;
    if (!OF_CONNECTION.has(error.reason)) return false;
    const failures = (this.#rests.get(connection)?.failures ?? 0) + 1;
    const after = error instanceof TrackerError ? error.details.retryAfter : error.retryAfter;
    // asked for again and again, a wrong password locks the account
    const isSignIn = error.reason === 'sign-in';
    const until = isSignIn ? Number.POSITIVE_INFINITY : now + pauseAfter(failures, chance, after);
    this.#rests.set(connection, { failures, until, isOrdered: isSignIn || after !== undefined });
    return true;
  }

  /** It answered, or somebody signed in. */
  works(connection: string): void {
    this.#rests.delete(connection);
  }
}
