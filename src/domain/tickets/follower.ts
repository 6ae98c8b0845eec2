/** Reads the tickets of open cases, each connection at its own pace, and writes down only what has changed (spec L30). */
import type { TicketSighting } from '../case/state';
import type { StoredCase } from '../ports';
import { textOf } from '../sop/field';
import { procedureOf } from '../sop/engine';
import { isNothingNew, ticketStanding } from '../sop/ticketLog';
import { changedParts, type TicketPart } from '../sop/ticketParts';
import type { CourierPorts } from './courier';
import { lacksSignIn, type TicketLook, type TicketLooks } from './looks';
import { failureOf, type OutboxFailure } from './outbox';
import { connectionOf, keyThere } from './ownTicket';
import type { OrderedRests } from './orderedRests';
import { trackerQueue } from './queue';
import { FOREVER, type Rests } from './rests';
import { sightingValues } from './standing';
import { TrackerError } from './tracker';

export interface TicketChange {
  readonly caseId: string;
  readonly title: string;
  readonly key: string;
  readonly changed: readonly TicketPart[];
  /** Undefined where it was read for the first time: nothing to tell anybody. */
  readonly before?: TicketSighting;
  readonly after: TicketSighting;
}

export interface FollowFailure {
  /** Empty where it was the case that could not be read. */
  readonly connection: string;
  /** Left out where the connection itself failed. */
  readonly caseId?: string;
  readonly failure: OutboxFailure;
}

export interface FollowRound {
  readonly changes: readonly TicketChange[];
  readonly failures: readonly FollowFailure[];
  /** Ids of the cases whose tickets lie in a connected system. */
  readonly followed: readonly string[];
  /** How many of their tickets were read just now. */
  readonly read: number;
  /** When it is worth coming again, milliseconds since the epoch. */
  readonly nextAt: number;
}

export interface FollowOptions {
  /** Milliseconds between two readings of a ticket. */
  readonly every: number;
  /** Somebody asked for it: waits only where the system itself asked for it, or for a sign-in. */
  readonly isAsked?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type FollowerPorts = CourierPorts & { readonly looks: TicketLooks; readonly orderedRests: OrderedRests };

/** Milliseconds after which a window comes again that found another one looking. */
const LOOK_AGAIN = 30_000;

/** Milliseconds after which a ticket is looked for again that is gone, or hidden from this person. */
const AFTER_LASTING = 6 * 3_600_000;

const isLasting = (error: unknown) =>
  error instanceof TrackerError && ['not-found', 'forbidden'].includes(error.reason);

/** It may be the fault of this ticket, or of the whole system. */
const isDoubtful = (error: unknown) =>
  error instanceof TrackerError &&
  ['broken', 'not-understood', 'no-answer'].includes(error.reason) &&
  error.details.retryAfter === undefined;

/** When a ticket is worth looking at again, milliseconds since the epoch. */
function dueAt(connection: string, look: TicketLook | undefined, every: number, now: number): number {
  // a clock that was put back must not keep a ticket from being looked at
  if (look?.connection !== connection || look.at > now) return 0;
  return look.failed?.until ?? look.at + every;
}

export class Follower {
  constructor(
    private readonly ports: FollowerPorts,
    private readonly rests: Rests,
  ) {}

  /**
   * Of several windows one looks at a time; what a person asks for is looked at whoever else does.
   * @param caseIds open cases; those without a ticket, or without a connection, are passed over
   */
  async follow(caseIds: readonly string[], options: FollowOptions): Promise<FollowRound> {
    const later = { changes: [], failures: [], followed: [], read: 0 };
    const now = this.ports.clock.now();
    if (this.ports.trackers.connections().length === 0) return { ...later, nextAt: now + options.every };
    if (options.isAsked === true) return this.round(caseIds, options);
    const round = await this.ports.looks.alone(() => this.round(caseIds, options));
    return round ?? { ...later, nextAt: now + Math.min(LOOK_AGAIN, options.every) };
  }

  private async round(caseIds: readonly string[], options: FollowOptions): Promise<FollowRound> {
    const { clock, looks } = this.ports;
    const { byConnection, unread } = await this.connected(caseIds);
    const before = await looks.read();
    await this.rests.refresh();
    const now = clock.now();
    const due = [...byConnection].flatMap(([name, cases]) => {
      const restsUntil = this.rests.until(trackerQueue(name), now, options.isAsked);
      const isDue = ({ id }: StoredCase) =>
        options.isAsked === true || dueAt(name, before[id], options.every, now) <= now;
      const own = restsUntil <= now ? cases.filter(isDue) : [];
      // those that had to wait longest come first: a system may let through fewer than there are
      const order = own.toSorted((a, b) => (before[a.id]?.at ?? 0) - (before[b.id]?.at ?? 0));
      return own.length === 0 ? [] : [[name, order] as const];
    });
    const resting = options.isAsked === true ? this.resting(byConnection, before, now) : [];
    const rounds = await Promise.all(due.map(([name, cases]) => this.readAll(name, cases, before, options)));
    const after = Object.assign({}, before, ...rounds.map((round) => round.looks)) as typeof before;
    const next = [...byConnection].flatMap(([name, cases]) =>
      cases.map(({ id }) =>
        Math.max(this.rests.until(trackerQueue(name), clock.now()), dueAt(name, after[id], options.every, clock.now())),
      ),
    );
    return {
      changes: rounds.flatMap(({ changes }) => changes),
      failures: [...unread, ...resting, ...rounds.flatMap(({ failures }) => failures)],
      followed: [...byConnection.values()].flat().map(({ id }) => id),
      read: rounds.reduce((sum, { read }) => sum + read, 0),
      nextAt: Math.max(clock.now(), Math.min(clock.now() + options.every, ...next)),
    };
  }

  /** Those that are not asked though a person wants it, and why. */
  private resting(
    byConnection: ReadonlyMap<string, readonly StoredCase[]>,
    looks: Readonly<Record<string, TicketLook>>,
    now: number,
  ): readonly FollowFailure[] {
    return [...byConnection].flatMap(([connection, cases]) => {
      const queue = trackerQueue(connection);
      const until = this.rests.heldUntil(queue, now);
      if (until !== undefined) {
        return [{ connection, failure: failureOf(new TrackerError('too-many', '', { until })) }];
      }
      if (!this.rests.needsSecret(queue, now)) return [];
      // it may say where to sign in by hand
      const look = cases.flatMap(({ id }) => looks[id] ?? []).find(lacksSignIn);
      return [{ connection, failure: look?.failed?.failure ?? failureOf(new TrackerError('sign-in', '')) }];
    });
  }

  /** A case that can't be read keeps no other ticket from being read. */
  private async connected(caseIds: readonly string[]) {
    const connections = this.ports.trackers.connections();
    const byConnection = new Map<string, StoredCase[]>();
    const unread: FollowFailure[] = [];
    for (const id of caseIds) {
      const stored = await this.ports.store.get(id).catch((error: unknown) => {
        unread.push({ connection: '', caseId: id, failure: failureOf(error) });
        return undefined;
      });
      const connection = stored && connectionOf(stored.state, connections);
      if (!connection || stored.state.status !== 'open') continue;
      byConnection.set(connection.name, [...(byConnection.get(connection.name) ?? []), stored]);
    }
    return { byConnection, unread };
  }

  /**
   * Stops where the connection itself fails. A server that chokes on one ticket, and on no other, must not keep the
   * others from being read: it counts as failing only with the second ticket in a row.
   */
  private async readAll(
    connection: string,
    cases: readonly StoredCase[],
    before: Readonly<Record<string, TicketLook>>,
    { every, signal }: FollowOptions,
  ) {
    const { clock, looks, random } = this.ports;
    const queue = trackerQueue(connection);
    const changes: TicketChange[] = [];
    const failures: FollowFailure[] = [];
    const seen: Record<string, TicketLook> = {};
    const done: string[] = [];
    let doubted: StoredCase | undefined;
    // what was looked at together falls due together: one round, and one digest
    const begun = clock.now();
    const miss = (missed: readonly StoredCase[], failure: OutboxFailure, until: number) => {
      for (const { id } of missed) {
        seen[id] = { connection, at: before[id]?.at ?? 0, failed: { failure, until: Math.min(until, FOREVER) } };
      }
    };
    for (const [index, stored] of cases.entries()) {
      // what is sent meanwhile may have been told to wait
      if (signal?.aborted || this.rests.heldUntil(queue, clock.now()) !== undefined) break;
      try {
        const change = await this.readOne(connection, stored, signal);
        if (change) changes.push(change);
        done.push(stored.id);
        doubted = undefined;
      } catch (error) {
        if (signal?.aborted) break;
        const failure = failureOf(error);
        if (isDoubtful(error) && !doubted && index < cases.length - 1) {
          doubted = stored;
          failures.push({ connection, caseId: stored.id, failure });
          miss([stored], failure, begun + every);
          continue;
        }
        const [byte = 0] = random(1);
        if (await this.rests.failed(queue, error, clock.now(), byte / 255)) {
          if (doubted) failures.pop();
          const resting = failureOf(error, this.rests.heldUntil(queue, clock.now()));
          failures.push({ connection, failure: resting });
          const until = this.rests.until(queue, clock.now());
          miss(cases.slice(index), resting, until);
          // it may be these two alone: the others get their turn before them
          if (doubted) miss([doubted, stored], resting, index < cases.length - 1 ? until + every : until);
          break;
        }
        doubted = undefined;
        failures.push({ connection, caseId: stored.id, failure });
        miss([stored], failure, begun + Math.max(every, isLasting(error) ? AFTER_LASTING : 0));
      }
    }
    // a slow system is given a rest between two rounds all the same
    const at = Math.max(begun, clock.now() - every / 2);
    for (const id of done) seen[id] = { connection, at };
    // what was read is written down by now, and is to be told: a file that can't be written costs a further look
    if (Object.keys(seen).length > 0) {
      await looks.note(seen).catch((error: unknown) => failures.push({ connection, failure: failureOf(error) }));
    }
    return { changes, failures, read: done.length, looks: seen };
  }

  private async readOne(
    connection: string,
    { id, state }: StoredCase,
    signal?: AbortSignal,
  ): Promise<TicketChange | undefined> {
    const { desk, trackers, clock } = this.ports;
    const askedAt = clock.now();
    const tracker = await trackers.open(connection);
    const key = state.ticket?.key ?? '';
    const snapshot = await tracker.read(keyThere(tracker.system, key), state.kind, signal);
    await this.rests.works(trackerQueue(connection), askedAt);
    // a ticket that was moved has another key now: the case keeps the one that it knows
    const values = { ...sightingValues(connection, snapshot, desk.nowIso()), ticketKey: key };
    const before = ticketStanding(state);
    const changed = changedParts(before, values);
    if (changed.length === 0) return undefined;
    // another window may have read it at the same time, and tells of it
    const noted = await desk.act(id, { action: 'ticketSeen', values }).catch((error: unknown) => {
      if (isNothingNew(error)) return undefined;
      throw error;
    });
    const after = noted && ticketStanding(noted.state);
    if (!after) return undefined;
    const title = textOf(state.values[procedureOf(state.kind).intake], 'title');
    return { caseId: id, title, key, changed, ...(before ? { before } : {}), after };
  }
}
