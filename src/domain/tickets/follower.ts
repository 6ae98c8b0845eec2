/** Reads the tickets of open cases, each connection at its own pace, and writes down only what has changed (spec L30). */
import type { CaseState, TicketSighting } from '../case/state';
import type { StoredCase } from '../ports';
import { textOf } from '../sop/field';
import { procedureOf } from '../sop/engine';
import { isNothingNew, ticketStanding } from '../sop/ticketLog';
import { changedParts, type TicketPart } from '../sop/ticketParts';
import type { CourierPorts } from './courier';
import { failureOf, type OutboxFailure } from './outbox';
import type { Rests } from './rests';
import { sightingValues } from './standing';
import type { TrackerConnection } from './tracker';

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
  readonly connection: string;
  /** Left out where the connection itself failed. */
  readonly caseId?: string;
  readonly failure: OutboxFailure;
}

export interface FollowRound {
  readonly changes: readonly TicketChange[];
  readonly failures: readonly FollowFailure[];
  /** When it is worth coming again, milliseconds since the epoch. */
  readonly nextAt: number;
}

export interface FollowOptions {
  /** Milliseconds between two readings of a connection. */
  readonly every: number;
  /** Somebody asked for it: waits only where the system itself asked for it, or for a sign-in. */
  readonly isAsked?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The connection that a case's ticket lies in: by the name that was written down, else by the ticket's address. */
export function connectionOf(
  state: CaseState,
  connections: readonly TrackerConnection[],
): TrackerConnection | undefined {
  const { ticket } = state;
  if (!ticket) return undefined;
  const name = ticket.system.trim().toLowerCase();
  const isBelow = (url: string) => ticket.url.startsWith(`${url}/`);
  return (
    connections.find((connection) => connection.name.toLowerCase() === name) ??
    connections.find(({ url }) => isBelow(url))
  );
}

export class Follower {
  /** When each connection was last read through. */
  readonly #readAt = new Map<string, number>();

  constructor(
    private readonly ports: CourierPorts,
    private readonly rests: Rests,
  ) {}

  /** @param caseIds open cases; those without a ticket, or without a connection, are passed over */
  async follow(caseIds: readonly string[], options: FollowOptions): Promise<FollowRound> {
    const { clock, trackers } = this.ports;
    const connections = trackers.connections();
    const byConnection = new Map<string, StoredCase[]>();
    for (const id of caseIds) {
      const stored = await this.ports.store.get(id);
      const connection = stored && connectionOf(stored.state, connections);
      if (!connection || stored.state.status !== 'open') continue;
      byConnection.set(connection.name, [...(byConnection.get(connection.name) ?? []), stored]);
    }
    const due = [...byConnection].filter(([name]) => {
      const usual = options.isAsked === true ? 0 : (this.#readAt.get(name) ?? -options.every) + options.every;
      return Math.max(usual, this.rests.until(name, options.isAsked)) <= clock.now();
    });
    const rounds = await Promise.all(due.map(([name, cases]) => this.readAll(name, cases, options)));
    const next = [...byConnection.keys()].map((name) =>
      Math.max((this.#readAt.get(name) ?? 0) + options.every, this.rests.until(name)),
    );
    return {
      changes: rounds.flatMap(({ changes }) => changes),
      failures: rounds.flatMap(({ failures }) => failures),
      nextAt: Math.min(clock.now() + options.every, ...next),
    };
  }

  /** Stops at the first failure that is the connection's own. */
  private async readAll(connection: string, cases: readonly StoredCase[], { signal }: FollowOptions) {
    const changes: TicketChange[] = [];
    const failures: FollowFailure[] = [];
    for (const stored of cases) {
      if (signal?.aborted) break;
      try {
        const change = await this.readOne(connection, stored, signal);
        if (change) changes.push(change);
      } catch (error) {
        const [byte = 0] = this.ports.random(1);
        const isWhole = this.rests.failed(connection, error, this.ports.clock.now(), byte / 255);
        failures.push({ connection, ...(isWhole ? {} : { caseId: stored.id }), failure: failureOf(error) });
        if (isWhole) return { changes, failures };
      }
    }
    this.#readAt.set(connection, this.ports.clock.now());
    return { changes, failures };
  }

  private async readOne(
    connection: string,
    { id, state }: StoredCase,
    signal?: AbortSignal,
  ): Promise<TicketChange | undefined> {
    const { desk, trackers } = this.ports;
    const tracker = await trackers.open(connection);
    const key = state.ticket?.key ?? '';
    const snapshot = await tracker.read(key, state.kind, signal);
    this.rests.works(connection);
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
