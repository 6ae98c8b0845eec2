/** What the engineer decided to send and has not arrived yet: kept on disk before anything is sent, and never sent twice. */
import type { BotFailure } from '../notify/bot';
import { BotError } from '../notify/bot';
import { StoreError, type StoreFailure } from '../ports';
import type { Act } from '../sop/engine';
import { GuardError, type Missing } from '../sop/missing';
import { instantOf } from '../time';
import { type NewTicket, TrackerError, type TrackerFailure } from './tracker';

/** A ticket as it is kept: its files by their names in the case's folder. */
export type TicketDraft = Omit<NewTicket, 'files'> & { readonly files: readonly string[] };

/** @property act what is done on the case once it is sent; the answer's own values are added to it */
export type Job =
  | { readonly is: 'create'; readonly ticket: TicketDraft; readonly act: Act }
  | { readonly is: 'comment'; readonly text: string; readonly act?: Act }
  | { readonly is: 'attach'; readonly files: readonly string[]; readonly act?: Act }
  /** @property person as the system wants to be told @property name for people */
  | {
      readonly is: 'assign';
      readonly person: string;
      readonly name: string;
      readonly comment: string;
      readonly act?: Act;
    }
  | { readonly is: 'close'; readonly comment: string; readonly resolution: string; readonly act?: Act }
  | { readonly is: 'reactivate'; readonly comment: string; readonly files: readonly string[]; readonly act?: Act }
  /** To a group, by its bot. */
  | { readonly is: 'tell'; readonly text: string; readonly act: Act };

export type OutboxFailure =
  | {
      readonly is: 'tracker';
      readonly reason: TrackerFailure;
      readonly said: string;
      readonly fields?: Readonly<Record<string, string>>;
      /** Where a person must sign in by hand first. */
      readonly signInAt?: string;
      /** When it may be asked again, milliseconds since the epoch: its own word. */
      readonly until?: number;
    }
  | { readonly is: 'bot'; readonly reason: BotFailure; readonly said: string }
  /** The case does not allow it, or not any more. */
  | { readonly is: 'case'; readonly action: string; readonly items: readonly Missing[] }
  | { readonly is: 'store'; readonly reason: StoreFailure; readonly path: string }
  | { readonly is: 'other'; readonly said: string };

export interface OutboxItem {
  /** ULID. */
  readonly id: string;
  /** Absolute path of the casebook. */
  readonly casebook: string;
  readonly caseId: string;
  /** Name of the tracker's connection, or the bot's group. */
  readonly connection: string;
  readonly job: Job;
  /** ISO-8601 with offset. */
  readonly madeAt: string;
  readonly state: 'waiting' | 'trying' | 'needsPerson';
  readonly attempts: number;
  /** Of `waiting`: when it is tried again, milliseconds since the epoch. */
  readonly nextAt: number;
  readonly failure?: OutboxFailure;
  /** It may have arrived though nobody said so: looked for before it is sent again. */
  readonly isUncertain: boolean;
  /** Ids of the comments that were there before the first attempt. */
  readonly before?: readonly string[];
  /** It has arrived; only the case does not know yet. */
  readonly done?: Arrival;
}

export interface Arrival {
  /** ISO-8601 with offset. */
  readonly at: string;
  readonly key: string;
  readonly url: string;
  /** Of the ticket as it was after it, see sightingValues; empty for a bot. */
  readonly seen: Readonly<Record<string, string>>;
}

/** Kept on this machine, beside the casebook. */
export interface Outbox {
  /** Of this casebook, oldest first. */
  list(): Promise<readonly OutboxItem[]>;
  /** @throws StoreError nothing was taken then, and nothing may be sent */
  add(item: OutboxItem): Promise<void>;
  /**
   * Works on one item as the only one among all windows.
   * @param work gets the item as it lies on disk, and a way to keep a step of it there; what it resolves with is kept,
   * undefined takes the item away; what it throws is passed on
   * @returns 'busy' where another window works on it, 'gone' where it is no more
   */
  work(
    id: string,
    work: (item: OutboxItem, keep: (item: OutboxItem) => Promise<void>) => Promise<OutboxItem | undefined>,
  ): Promise<'worked' | 'busy' | 'gone'>;
  onDidChange(listener: () => void): { dispose(): void };
  dispose(): void;
}

const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 3_600_000;

/**
 * Milliseconds until the next attempt: doubled each time, and spread, so that windows and colleagues don't come all at
 * once. What the server asked for is never undercut.
 * @param attempts so far, from 1 @param chance 0 to 1
 */
export function pauseAfter(attempts: number, chance: number, retryAfter?: number): number {
  const usual = Math.min(FIRST_PAUSE * 2 ** Math.max(0, attempts - 1), LONGEST_PAUSE) * (0.5 + chance / 2);
  return Math.round(retryAfter === undefined ? usual : retryAfter * (1 + chance / 10));
}

/** Milliseconds in which what goes out at the first attempt has gone. */
export const FIRST_ATTEMPT = 10_000;

/** True for what is shown as waiting: not while it goes out for the first time. @param now milliseconds since the epoch */
export function isHeldUp({ failure, state, madeAt }: OutboxItem, now: number): boolean {
  return failure !== undefined || state === 'needsPerson' || now - instantOf(madeAt) > FIRST_ATTEMPT;
}

/** True for what passes by itself; everything else needs a person. */
export function isPassing(failure: OutboxFailure): boolean {
  if (failure.is === 'tracker') return ['offline', 'too-many', 'broken', 'no-answer'].includes(failure.reason);
  // a message that may have been read in the group is not said again unasked
  if (failure.is === 'bot') return failure.reason === 'offline' || failure.reason === 'too-many';
  return failure.is === 'store' && failure.reason === 'locked';
}

/** True for what waits until somebody signs in, or enters the address or secret of a bot. */
export function lacksSecret({ reason }: { readonly reason: string }): boolean {
  return ['sign-in', 'address', 'signature'].includes(reason);
}

/** As it is kept on disk. @param until when it may be asked again, by its own word; milliseconds since the epoch */
export function failureOf(error: unknown, until?: number): OutboxFailure {
  if (error instanceof TrackerError) {
    const { fields, signInAt } = error.details;
    const held = error.details.until ?? until;
    return {
      is: 'tracker',
      reason: error.reason,
      said: error.said,
      ...(fields === undefined ? {} : { fields }),
      ...(signInAt === undefined ? {} : { signInAt }),
      ...(held === undefined ? {} : { until: held }),
    };
  }
  if (error instanceof BotError) return { is: 'bot', reason: error.reason, said: error.said };
  if (error instanceof GuardError) return { is: 'case', action: error.action, items: error.items };
  if (error instanceof StoreError) return { is: 'store', reason: error.reason, path: error.path };
  return { is: 'other', said: error instanceof Error ? error.message : String(error) };
}

/** The error that it was, for whoever has a sentence for it. */
export function errorOf(failure: OutboxFailure): Error {
  switch (failure.is) {
    case 'tracker': {
      const { is: _, reason, said, ...details } = failure;
      return new TrackerError(reason, said, details);
    }
    case 'bot':
      return new BotError(failure.reason, failure.said);
    case 'case':
      return new GuardError(failure.action, failure.items);
    case 'store':
      return new StoreError(failure.reason, failure.path);
    case 'other':
      return new Error(failure.said);
  }
}

/** Certain that nothing arrived. */
export function isUndone(error: unknown): boolean {
  if (error instanceof TrackerError) return error.isUndone;
  // a keyword, a signature, a limit: the bot itself said no
  if (error instanceof BotError) return !['no-answer', 'broken', 'not-understood', 'cancelled'].includes(error.reason);
  return error instanceof GuardError || error instanceof StoreError;
}
