/** What a bot's system wants to be sent, and how it says that the group was told. */
import type { BotConnection, BotFailure } from '../../domain/notify/bot';
import type { Reply } from '../tickets/http';

export interface Outgoing {
  /** Address with whatever the system wants in its query. */
  readonly url: string;
  readonly body: object;
}

export interface Refusal {
  readonly reason: BotFailure;
  readonly said: string;
}

export interface BotFormat {
  /** Longest text in bytes of UTF-8. */
  readonly longest: number;
  /** So many messages in so many milliseconds. */
  readonly rate: { readonly messages: number; readonly within: number };
  /** Milliseconds for which whoever called too often is not heard, where the answer does not say. */
  readonly shutOut?: number;
  outgoing(connection: BotConnection, url: string, secret: string, text: string, now: number): Outgoing;
  /** Undefined where the group was told. */
  refusal(reply: Reply): Refusal | undefined;
}

/** For systems that answer "200 OK" with a code of their own. */
export function refusalByCode(
  code: unknown,
  said: unknown,
  reasons: readonly (readonly [code: number, reason: BotFailure, pattern?: RegExp])[],
): Refusal | undefined {
  if (code === 0) return undefined;
  const text = typeof said === 'string' ? said : '';
  if (typeof code !== 'number') return { reason: 'not-understood', said: text };
  const known = reasons.find(([each, , pattern]) => each === code && (pattern?.test(text) ?? true));
  return { reason: known?.[1] ?? 'refused', said: `${code} ${text}`.trim() };
}

/** For a status that is no success. */
export function refusalByStatus({ status }: Reply, said: string): Refusal | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 429) return { reason: 'too-many', said };
  if (status === 404 || status === 410 || status === 401 || status === 403) return { reason: 'address', said };
  return { reason: status >= 500 ? 'broken' : 'refused', said };
}

export const MINUTE = 60_000;
