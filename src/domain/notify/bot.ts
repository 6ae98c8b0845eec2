/** A group's bot: Casebook's way to tell the R&D lead's group of something at once (spec L26). */

export type BotSystem = 'wecom' | 'dingtalk' | 'feishu' | 'slack' | 'teams';

/** One bot of one group; its address and secret are no part of it. */
export interface BotConnection {
  /** The group's name in the casebook: "storage 研发群". */
  readonly group: string;
  readonly system: BotSystem;
  /** A word that the bot asks for in every message; empty for none. */
  readonly keyword: string;
  /** Whom it calls by name: mobile numbers (WeCom, DingTalk) or user ids (Feishu, Slack). */
  readonly mentions: readonly string[];
  /** The R&D lead who reads there: it is the group that hears of urgent cases. */
  readonly lead?: string;
}

export type BotFailure =
  /** The address is wrong, or the bot was taken away. */
  | 'address'
  | 'signature'
  | 'keyword'
  /** This machine's address is not among those that the bot hears. */
  | 'ip'
  | 'too-many'
  | 'refused'
  | 'broken'
  | 'not-understood'
  /** It may have been said. */
  | 'no-answer'
  | 'offline'
  | 'certificate'
  | 'cancelled';

/** The group was not told, or nobody can say whether it was ('no-answer'). */
export class BotError extends Error {
  override readonly name = 'BotError';
  constructor(
    readonly reason: BotFailure,
    /** What the bot said; never its address. */
    readonly said: string,
    /** Milliseconds until it may be tried again. */
    readonly retryAfter?: number,
    options?: { cause: unknown },
  ) {
    super(`${reason}: ${said}`, options);
  }
}

export interface Bot {
  /**
   * Resolves only once the bot itself says that the group was told. Longer texts than the system takes are cut.
   * @throws BotError
   */
  send(text: string, signal?: AbortSignal): Promise<void>;
}

/** Cut at so many bytes of UTF-8, never within a character, and marked as cut. */
export function cutAtBytes(text: string, limit: number): string {
  const size = (part: string) => new TextEncoder().encode(part).length;
  if (size(text) <= limit) return text;
  let kept = '';
  let used = size('…');
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += size(segment);
    if (used > limit) break;
    kept += segment;
  }
  return `${kept}…`;
}
