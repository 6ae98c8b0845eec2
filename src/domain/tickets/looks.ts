/** When the tickets of this casebook were last looked at from this machine, by whichever window. */
import type { OutboxFailure } from './outbox';

export interface TicketLook {
  readonly connection: string;
  /** When the ticket was last read, milliseconds since the epoch; 0 where it never was. */
  readonly at: number;
  /** Why it could not be read since, and until when it is left alone, milliseconds since the epoch. */
  readonly failed?: { readonly failure: OutboxFailure; readonly until: number };
}

export interface TicketLooks {
  /** By case id. */
  read(): Promise<Readonly<Record<string, TicketLook>>>;
  /** Adds these to what is known. */
  note(looks: Readonly<Record<string, TicketLook>>): Promise<void>;
  /** Looks as the only window of this machine. @returns undefined where another one is at it */
  alone<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Also told of what other windows do, where the system tells us. */
  onDidChange(listener: () => void): { dispose(): void };
  dispose(): void;
}

/** True for a look that failed, and fails until somebody signs in. */
export const lacksSignIn = ({ failed }: TicketLook): boolean =>
  failed?.failure.is === 'tracker' && failed.failure.reason === 'sign-in';
