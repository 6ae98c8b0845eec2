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
import { Drain, type Tried } from './drain';
import { Follower, type FollowerPorts, type FollowOptions, type FollowRound } from './follower';
import { lacksSignIn, type TicketLook } from './looks';
import type { Job, OutboxItem, TicketDraft } from './outbox';
import { connectionOf } from './ownTicket';
import { botQueue, type QueueId, queueOf, trackerQueue } from './queue';
import { Rests } from './rests';
import {
  type TicketPreview,
  type Tracker,
  type TrackerConnection,
  TrackerError,
  type TrackerIdentity,
} from './tracker';

export interface Prepared {
  readonly connection: string;
  readonly ticket: TicketDraft;
}

/** What became of something that was to be sent. */
export type Sent = Extract<Delivery, { readonly is: 'sent' | 'waiting' | 'busy' | 'gone' }>;

type Values = Readonly<Record<string, unknown>>;

export interface Desired {
  readonly place?: string;
  readonly text?: string;
  readonly fields?: TicketDraft['fields'];
  readonly files?: readonly string[];
}

export class TicketDesk {
  private readonly rests: Rests;
  private readonly courier: Courier;
  private readonly drainage: Drain;
  private readonly follower: Follower;

  constructor(private readonly ports: FollowerPorts) {
    const urlOf = (queue: QueueId) =>
      ports.trackers.connections().find(({ name }) => trackerQueue(name) === queue)?.url ?? '';
    this.rests = new Rests(ports.orderedRests, urlOf);
    this.courier = new Courier(ports, this.rests);
    this.drainage = new Drain(ports, this.courier, this.rests);
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
    const files = ticket.files.map((name) => ({ name, bytes: new Uint8Array() }));
    return this.ask(connection, async (tracker) => tracker.preview({ ...ticket, files }));
  }

  /**
   * Asks a system for what a form needs, unless it has asked to be left alone.
   * @throws TrackerError 'too-many' with `until` then; else whatever asking throws
   */
  async ask<T>(connection: string, work: (tracker: Tracker) => Promise<T>): Promise<T> {
    const { trackers, clock } = this.ports;
    const queue = trackerQueue(connection);
    await this.rests.refresh();
    const until = this.rests.heldUntil(queue, clock.now());
    if (until !== undefined) throw new TrackerError('too-many', '', { until });
    const tracker = await trackers.open(connection);
    try {
      return await work(tracker);
    } catch (error) {
      // one form that can't be read says nothing of the system, unless the system says so itself
      if (!(error instanceof TrackerError) || error.details.retryAfter === undefined) throw error;
      await this.rests.failed(queue, error, clock.now(), 0);
      const held = this.rests.heldUntil(queue, clock.now());
      throw new TrackerError(error.reason, error.said, {
        ...error.details,
        ...(held === undefined ? {} : { until: held }),
        cause: error,
      });
    }
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
    await this.rests.refresh();
    return this.ports.looks.read();
  }

  /** True until somebody signs in: nothing is asked of it before. */
  needsSignIn(connection: string): boolean {
    return this.rests.needsSecret(trackerQueue(connection), this.ports.clock.now());
  }

  /** Until when it has asked to be left alone, whoever asks; milliseconds since the epoch, undefined for at once. */
  heldUntil(connection: string): number | undefined {
    return this.rests.heldUntil(trackerQueue(connection), this.ports.clock.now());
  }

  /** True for what goes on by itself once somebody has signed in, or entered the address or secret of a bot. */
  lacksSecret(item: OutboxItem): boolean {
    return this.rests.needsSecret(queueOf(item), this.ports.clock.now());
  }

  /** Signs in, and lets what waited for it go on. @param at by its name, or one to be. @throws TrackerError */
  async signIn(at: string | TrackerConnection, secret: string, signal?: AbortSignal): Promise<TrackerIdentity> {
    const identity = await this.ports.trackers.signIn(at, secret, signal);
    await this.signedIn(typeof at === 'string' ? at : at.name);
    return identity;
  }

  /** Here or in another window: nothing waits for it any more. */
  async signedIn(connection: string): Promise<void> {
    await this.enter(trackerQueue(connection));
    const waiting = Object.entries(await this.ports.looks.read()).filter(
      ([, look]) => look.connection === connection && lacksSignIn(look),
    );
    const freed = waiting.map(([id, { at }]) => [id, { connection, at }] as const);
    if (freed.length > 0) await this.ports.looks.note(Object.fromEntries(freed));
  }

  /** Somebody signed in, or entered a bot's address, perhaps in another window. @param key of the secret that is kept now */
  async secretEntered(key: string): Promise<void> {
    const { trackers, bots } = this.ports;
    const connection = trackers.connections().find(({ name }) => trackerQueue(name) === key);
    if (connection) await this.signedIn(connection.name);
    const bot = bots.connections().find(({ group }) => botQueue(group) === key);
    if (bot) await this.enter(botQueue(bot.group));
  }

  private async enter(queue: QueueId): Promise<void> {
    await this.rests.refresh();
    await this.rests.works(queue, Number.POSITIVE_INFINITY);
    await this.drainage.releaseEntered();
  }

  /** What waits to be sent, and why. */
  async outbox(): Promise<readonly OutboxItem[]> {
    await this.rests.refresh();
    return this.ports.outbox.list();
  }

  /** False where it was sent meanwhile, or another window is sending it. */
  async cancel(id: string): Promise<boolean> {
    const worked = await this.ports.outbox.work(id, async () => undefined);
    return worked === 'worked';
  }

  /** Tries one item now, whatever it waits for, unless the other side has asked to be left alone. */
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
    return this.drainage.drain(signal, tried);
  }

  /** The outbox, or what is known of the tickets beside the cases. */
  onDidChange(listener: () => void): { dispose(): void } {
    const { outbox, looks, orderedRests } = this.ports;
    const listening = [outbox, looks, orderedRests].map((each) => each.onDidChange(listener));
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
}

function productOf(state: CaseState): string {
  return textOf(state.values[procedureOf(state.kind).intake], 'product');
}
