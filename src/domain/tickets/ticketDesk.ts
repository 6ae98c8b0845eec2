/** Everything that is done with tickets and groups from a case: prepared, shown, sent on a click, followed. */
import { newUlid } from '../case/ids';
import type { CaseState } from '../case/state';
import { StoreError } from '../ports';
import { type Act, procedureOf } from '../sop/engine';
import { presentAttachments } from '../sop/evidence';
import { textOf } from '../sop/field';
import { ticketText } from '../text/ticketText';
import type { Language } from '../words';
import { Courier, type Delivery } from './courier';
import { Follower, type FollowerPorts, type FollowOptions, type FollowRound } from './follower';
import { lacksSignIn, type TicketLook } from './looks';
import type { Job, OutboxItem, TicketDraft } from './outbox';
import { connectionOf } from './ownTicket';
import { Rests } from './rests';
import { type TicketPreview, type TrackerConnection, TrackerError, type TrackerIdentity } from './tracker';

export interface Prepared {
  readonly connection: string;
  readonly ticket: TicketDraft;
}

/** What became of something that was to be sent. */
export type Sent = Extract<Delivery, { readonly is: 'sent' | 'waiting' | 'busy' | 'gone' }>;

type Values = Readonly<Record<string, unknown>>;

type Tried = (item: OutboxItem, delivery: Delivery) => void;

export interface Desired {
  readonly place?: string;
  readonly text?: string;
  readonly fields?: TicketDraft['fields'];
  readonly files?: readonly string[];
}

/** Milliseconds after which an item that another window sends is looked at again. */
const LOOK_AGAIN = 10_000;

export class TicketDesk {
  private readonly rests = new Rests();
  private readonly courier: Courier;
  private readonly follower: Follower;

  constructor(private readonly ports: FollowerPorts) {
    this.courier = new Courier(ports, this.rests);
    this.follower = new Follower(ports, this.rests);
  }

  /** The connection of the case's ticket; before there is one, the first that has a place for its product. */
  connectionFor(state: CaseState): TrackerConnection | undefined {
    const connections = this.ports.trackers.connections();
    if (state.ticket) return connectionOf(state, connections);
    const product = productOf(state);
    return connections.find(({ places }) => places[product] !== undefined) ?? connections[0];
  }

  /** A ticket as the case would make it: to be shown, changed, and made. @throws TrackerError 'not-found' */
  prepare(state: CaseState, connection: string, language: Language, desired: Desired = {}): Prepared {
    const known = this.ports.trackers.connections().find(({ name }) => name === connection);
    if (!known) throw new TrackerError('not-found', connection);
    const kept = state.values[state.kind === 'issue' ? 'createTicket' : 'submit'];
    const text = desired.text ?? textOf(kept, 'sent');
    return {
      connection,
      ticket: {
        caseId: state.id,
        kind: state.kind,
        place: desired.place ?? known.places[productOf(state)] ?? '',
        title: textOf(state.values[procedureOf(state.kind).intake], 'title'),
        text: text === '' ? ticketText(state, language) : text,
        fields: desired.fields ?? {},
        files: desired.files ?? presentAttachments(state).map(({ name }) => name),
      },
    };
  }

  /** Exactly what would be sent; the files by their names. */
  async preview({ connection, ticket }: Prepared): Promise<TicketPreview> {
    const tracker = await this.ports.trackers.open(connection);
    const files = ticket.files.map((name) => ({ name, bytes: new Uint8Array() }));
    return tracker.preview({ ...ticket, files });
  }

  /**
   * Makes the ticket and takes the case on: `createTicket` of an issue, `submit` of a request.
   * @param values of that action's form beside what the ticket itself says
   * @throws GuardError before anything is sent, naming what the case lacks
   * @throws TrackerError where it is certain that nothing was made and trying again would not help: see `fields`
   */
  async create({ connection, ticket }: Prepared, values: Values = {}, signal?: AbortSignal): Promise<Sent> {
    const action = ticket.kind === 'issue' ? 'createTicket' : 'submit';
    return this.send(ticket.caseId, connection, { is: 'create', ticket, act: { action, values } }, signal);
  }

  async comment(caseId: string, text: string, signal?: AbortSignal): Promise<Sent> {
    return this.sendToTicket(caseId, { is: 'comment', text }, signal);
  }

  /** @param files names in the case's folder */
  async attach(caseId: string, files: readonly string[], signal?: AbortSignal): Promise<Sent> {
    return this.sendToTicket(caseId, { is: 'attach', files }, signal);
  }

  /** @param act done on the case once it is assigned, as `route` at step 3.1 */
  async assign(
    caseId: string,
    person: { readonly id: string; readonly name: string },
    comment: string,
    act?: Act,
    signal?: AbortSignal,
  ): Promise<Sent> {
    const job = { is: 'assign', person: person.id, name: person.name, comment, ...(act ? { act } : {}) } as const;
    return this.sendToTicket(caseId, job, signal);
  }

  /** @param act done on the case once the ticket is closed, as `close` at 5.1; final status and time are added to it */
  async close(
    caseId: string,
    closing: { readonly comment: string; readonly resolution: string },
    act?: Act,
    signal?: AbortSignal,
  ): Promise<Sent> {
    return this.sendToTicket(caseId, { is: 'close', ...closing, ...(act ? { act } : {}) }, signal);
  }

  /** The same ticket for the next round; `values` are those of `createTicket` (spec L86). */
  async reactivate(
    caseId: string,
    comment: string,
    files: readonly string[],
    values?: Values,
    signal?: AbortSignal,
  ): Promise<Sent> {
    const act = values ? { act: { action: 'createTicket', values } } : {};
    return this.sendToTicket(caseId, { is: 'reactivate', comment, files, ...act }, signal);
  }

  /**
   * Tells a group by its bot; `act` (notifyLead, followUp, logMessage, or saving the assessment's form) is done only
   * once the bot itself says that the group was told.
   */
  async tell(caseId: string, group: string, text: string, act: Act, signal?: AbortSignal): Promise<Sent> {
    return this.send(caseId, group, { is: 'tell', text, act }, signal);
  }

  /** Reads the tickets of these cases where that is due. */
  async follow(caseIds: readonly string[], options: FollowOptions): Promise<FollowRound> {
    return this.follower.follow(caseIds, options);
  }

  /** When each case's ticket was last looked at from this machine, by case id. */
  async looks(): Promise<Readonly<Record<string, TicketLook>>> {
    return this.ports.looks.read();
  }

  /** True until somebody signs in: nothing is asked of it before. */
  needsSignIn(connection: string): boolean {
    return this.rests.needsSignIn(connection);
  }

  /** Signs in, and lets what waited for it go on. @param at by its name, or one to be. @throws TrackerError */
  async signIn(at: string | TrackerConnection, secret: string, signal?: AbortSignal): Promise<TrackerIdentity> {
    const identity = await this.ports.trackers.signIn(at, secret, signal);
    await this.signedIn(typeof at === 'string' ? at : at.name);
    return identity;
  }

  /** Here or in another window: nothing waits for it any more. */
  async signedIn(connection: string): Promise<void> {
    this.rests.works(connection);
    const waiting = Object.entries(await this.ports.looks.read()).filter(
      ([, look]) => look.connection === connection && lacksSignIn(look),
    );
    const freed = waiting.map(([id, { at }]) => [id, { connection, at }] as const);
    if (freed.length > 0) await this.ports.looks.note(Object.fromEntries(freed));
    for (const item of await this.ports.outbox.list()) {
      const { failure } = item;
      const waited = failure?.is === 'tracker' && failure.reason === 'sign-in';
      if (item.connection === connection && waited) await this.release(item.id);
    }
  }

  /** What waits to be sent, and why. */
  async outbox(): Promise<readonly OutboxItem[]> {
    return this.ports.outbox.list();
  }

  /** False where it was sent meanwhile, or another window is sending it. */
  async cancel(id: string): Promise<boolean> {
    const worked = await this.ports.outbox.work(id, async () => undefined);
    return worked === 'worked';
  }

  /** Tries one item now, whatever it waits for. */
  async retry(id: string, signal?: AbortSignal): Promise<Delivery> {
    return this.courier.attempt(id, signal);
  }

  /**
   * Somebody looked into the group and read there what nobody had answered for: it is logged as told, not told again.
   * @throws what logging throws; the item stays then
   */
  async wasTold(id: string, signal?: AbortSignal): Promise<Delivery> {
    await this.ports.outbox.work(id, async (item) => {
      const isOpen = item.job.is === 'tell' && item.state === 'needsPerson' && item.isUncertain;
      return isOpen ? { ...item, done: item.done ?? { at: item.madeAt, key: '', url: '', seen: {} } } : item;
    });
    const item = (await this.ports.outbox.list()).find((each) => each.id === id);
    // nothing is sent by a word about what was sent
    return item && !item.done ? { is: 'busy' } : this.retry(id, signal);
  }

  /**
   * Sends what is due.
   * @param tried is told of each item that was tried, as it was before, and of what became of it
   * @returns when to come again, milliseconds since the epoch; undefined where nothing waits
   */
  async drain(signal?: AbortSignal, tried?: Tried): Promise<number | undefined> {
    const items = await this.ports.outbox.list();
    const connections = new Map<string, OutboxItem[]>();
    for (const item of items) connections.set(item.connection, [...(connections.get(item.connection) ?? []), item]);
    await Promise.all([...connections.values()].map((own) => this.drainOne(own, signal, tried)));
    const now = this.ports.clock.now();
    const times = (await this.ports.outbox.list()).flatMap(({ state, nextAt, connection }) => {
      if (state === 'needsPerson' || this.rests.needsSignIn(connection)) return [];
      // another window is at it, or was killed while it was
      const at = state === 'trying' ? now + LOOK_AGAIN : nextAt;
      return [Math.max(at, this.rests.until(connection))];
    });
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** In the order of the decisions: what hangs on an earlier one of the same case waits for it. */
  private async drainOne(items: readonly OutboxItem[], signal?: AbortSignal, tried?: Tried): Promise<void> {
    const held = new Set<string>();
    for (const item of items) {
      const { id, caseId, connection, state, job } = item;
      if (signal?.aborted) return;
      const now = this.ports.clock.now();
      const isDue = (each: OutboxItem) =>
        each.state === 'trying' || (each.state === 'waiting' && each.nextAt <= this.ports.clock.now());
      const isFree = !held.has(caseId) && this.rests.until(connection) <= now;
      // whoever was at work on it meanwhile may have put it off
      const delivery = isDue(item) && isFree ? await this.courier.attempt(id, signal, isDue) : undefined;
      if (delivery) tried?.(item, delivery);
      const isOver = delivery?.is === 'sent' || delivery?.is === 'gone';
      if (!isOver && (state !== 'needsPerson' || job.is === 'create')) held.add(caseId);
    }
  }

  /** The outbox, or what is known of the tickets beside the cases. */
  onDidChange(listener: () => void): { dispose(): void } {
    const listening = [this.ports.outbox.onDidChange(listener), this.ports.looks.onDidChange(listener)];
    return { dispose: () => listening.forEach((each) => each.dispose()) };
  }

  private async sendToTicket(caseId: string, job: Job, signal?: AbortSignal): Promise<Sent> {
    const stored = await this.ports.store.get(caseId);
    if (!stored) throw new StoreError('case-missing', caseId);
    const connection = connectionOf(stored.state, this.ports.trackers.connections());
    if (!connection) throw new TrackerError('not-found', stored.state.ticket?.system ?? '');
    return this.send(caseId, connection.name, job, signal);
  }

  /** On disk first: whatever breaks from here on, the decision is kept. */
  private async send(caseId: string, connection: string, job: Job, signal?: AbortSignal): Promise<Sent> {
    const { outbox, clock, desk, store, random } = this.ports;
    const id = newUlid(clock.now(), random);
    await outbox.add({
      id,
      casebook: store.folder,
      caseId,
      connection,
      job,
      madeAt: desk.nowIso(),
      state: 'waiting',
      attempts: 0,
      nextAt: clock.now(),
      isUncertain: false,
    });
    const delivery = await this.courier.attempt(id, signal);
    if (delivery.is !== 'needsPerson') return delivery;
    // surely nothing was done, and the form still holds it all: it is mended there
    if (delivery.isUndone) await this.cancel(id);
    throw delivery.error;
  }

  private async release(id: string): Promise<void> {
    await this.ports.outbox.work(id, async (item) => ({ ...item, state: 'waiting', nextAt: this.ports.clock.now() }));
  }
}

function productOf(state: CaseState): string {
  return textOf(state.values[procedureOf(state.kind).intake], 'product');
}
