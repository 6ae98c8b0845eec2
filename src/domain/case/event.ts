/** The case log's records, their order, and which of them were written without knowing of each other. */
import { isRecord } from '../record';
import { instantOf } from '../time';

/** One line of `cases/<yyyy>/<case id>.jsonl`. */
export interface CaseEvent {
  /** ULID; a repeated id counts once. */
  readonly id: string;
  /** Lamport number: 1 + the highest one that the writer saw. */
  readonly n: number;
  /** ISO-8601 with offset. */
  readonly at: string;
  /** "name <mail>". */
  readonly by: string;
  /** The action that was done; an unknown one comes from a newer Casebook and is kept. */
  readonly type: string;
  readonly data: EventData;
  /**
   * The newest events that the writer saw (usually one). A Lamport number alone can't tell "later" from "at the same
   * time"; this can, exactly. Left out: the writer saw everything that sorts before it.
   */
  readonly after?: readonly string[];
}

/** What an action captured, and the place in the procedure where its author stood. */
export interface EventData {
  readonly step?: string;
  readonly round?: number;
  /** The plan revision that its author saw. */
  readonly plan?: number;
  /** How many status checks its author saw. */
  readonly checks?: number;
  /** Of `reopen`: its author saw a withdrawn case, not a closed one. */
  readonly resumes?: boolean;
  /** Of `save`, `correct` and `excuse`: the action whose form it concerns. */
  readonly for?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

/** The order of all copies: (n, at, id). */
export function compareEvents(a: CaseEvent, b: CaseEvent): number {
  if (a.n !== b.n) return a.n - b.n;
  const time = instantOf(a.at) - instantOf(b.at);
  if (time !== 0) return time;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  // The same id with other content can only be a hand edit; any fixed order keeps every copy alike.
  return compareText(JSON.stringify(a), JSON.stringify(b));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function nextLamport(events: readonly CaseEvent[]): number {
  return 1 + events.reduce((highest, event) => Math.max(highest, event.n), 0);
}

/** Events that no other event comes after: what a new event is written after. */
export function headsOf(events: readonly CaseEvent[]): string[] {
  const ordered = events.toSorted(compareEvents);
  const covered = new Set<string>();
  const seen = new Set<string>();
  for (const event of ordered) {
    for (const id of event.after ?? seen) if (id !== event.id) covered.add(id);
    seen.add(event.id);
  }
  const heads = [...seen].filter((id) => !covered.has(id));
  // only a log changed by hand goes round in a circle; its last event stands for all of it
  const last = ordered.at(-1);
  return heads.length === 0 && last ? [last.id] : heads;
}

/** Tells for two events of one log whether the later-sorting one was written knowing the other. */
export interface Ancestry {
  /** Every event was written knowing all before it: one copy, or copies that took turns. */
  readonly isOneLine: boolean;
  knew(later: string, earlier: string): boolean;
}

/** @param ordered the log in `compareEvents` order */
export function ancestryOf(ordered: readonly CaseEvent[]): Ancestry {
  const isOneLine = ordered.every(
    (event, index) =>
      event.after === undefined ||
      index === 0 ||
      (event.after.length === 1 && event.after[0] === ordered[index - 1]?.id),
  );
  if (isOneLine) return { isOneLine, knew: () => true };

  const known = new Map<string, ReadonlySet<string>>();
  const everything = new Set<string>();
  for (const event of ordered) {
    if (known.has(event.id)) continue;
    const { after } = event;
    // a line that is gone or can't be read hides what its author knew: then nothing is held against the writer
    if (after === undefined || after.some((id) => !known.has(id))) known.set(event.id, new Set(everything));
    else known.set(event.id, new Set(after.flatMap((id) => [id, ...(known.get(id) ?? [])])));
    everything.add(event.id);
  }
  return { isOneLine, knew: (later, earlier) => known.get(later)?.has(earlier) ?? true };
}

/** A log may have been written by a hand: the parts of a wrong shape that the fold reads count as left out. */
export function soundEvent(event: CaseEvent): CaseEvent {
  const { data, after } = event;
  const isSound =
    isRecord(data) &&
    (data.values === undefined || isRecord(data.values)) &&
    (data.for === undefined || typeof data.for === 'string') &&
    (after === undefined || Array.isArray(after));
  if (isSound) return event;
  const { after: _after, ...rest } = event;
  const { values, for: target, ...others }: EventData = isRecord(data) ? data : {};
  return {
    ...rest,
    ...(Array.isArray(after) ? { after } : {}),
    data: {
      ...others,
      ...(isRecord(values) ? { values } : {}),
      ...(typeof target === 'string' ? { for: target } : {}),
    },
  };
}
