/** Does what the form asks of the ticket's own system, and says what came of it. Free of vscode. */
import type { CaseState } from '../../domain/case/state';
import { type Casebook, StoreError } from '../../domain/ports';
import { GuardError } from '../../domain/sop/missing';
import { lacksSignIn } from '../../domain/tickets/looks';
import { errorOf, isHeldUp, type OutboxItem } from '../../domain/tickets/outbox';
import type { Sent, Prepared } from '../../domain/tickets/ticketDesk';
import type { Delivery } from '../../domain/tickets/courier';
import { type Tracker, TrackerError } from '../../domain/tickets/tracker';
import { keyThere } from '../../domain/tickets/ownTicket';
import { preset } from '../../domain/tickets/presets';
import { textOf } from '../../domain/sop/field';
import { procedureOf } from '../../domain/sop/engine';
import { ticketStanding } from '../../domain/sop/ticketLog';
import { instantOf, toIso } from '../../domain/time';
import type { Language } from '../../domain/words';
import {
  noTickets,
  type PageTickets,
  type TicketDeed,
  type TicketReply,
  type TicketRequest,
  type WaitingJob,
} from './ticketProtocol';

export type TicketPorts = Pick<Casebook, 'store' | 'trackers' | 'tickets' | 'clock'>;

/** What only the editor can do. */
export interface TicketSurroundings {
  /** One sentence for what went wrong. */
  sentenceOf(error: unknown): string;
  /** Of what waits to be sent: what it is, whether it goes on by itself, and why it waits. */
  waitingWords(item: OutboxItem): Pick<WaitingJob, 'what' | 'standingText' | 'sentence'>;
  /** Why a ticket could not be read: part of a sentence. */
  unreadReason(error: Error): string;
  /** One sentence for what could not be read: nobody wanted to send anything yet. */
  unreadSentence(connection: string, error: unknown): string;
  /** Lets a person sign in; resolves once they have, or do not want to. */
  signIn(connection: string): Promise<unknown>;
  /** Of tickets. */
  language(): Language;
  /** For the log, where it is more than the system's own no. */
  failed(what: string, error: unknown): void;
}

type Reading = Extract<TicketDeed, { do: 'form' | 'people' | 'resolutions' }>;

const isReading = (deed: TicketDeed): deed is Reading =>
  deed.do === 'form' || deed.do === 'people' || deed.do === 'resolutions';

export class TicketAnswers {
  /** Connections that asked for a sign-in: asked again and again, a wrong password locks the account. */
  readonly #signedOut = new Set<string>();

  constructor(
    private readonly ports: TicketPorts,
    private readonly around: TicketSurroundings,
  ) {}

  /** What the page of a case shows without asking anybody; an outbox that can't be read keeps no case from being shown. */
  async here(state: CaseState): Promise<PageTickets> {
    return this.known(state).catch((error: unknown) => {
      this.around.failed('outbox', error);
      return noTickets;
    });
  }

  private async known(state: CaseState): Promise<PageTickets> {
    const { trackers, tickets } = this.ports;
    const product = textOf(state.values[procedureOf(state.kind).intake], 'product');
    const connections = trackers.connections().map(({ name, system, places, assignees }) => ({
      name,
      system,
      place: places[product] ?? '',
      assignees,
    }));
    const items = (await tickets.outbox()).filter(({ caseId, job }) => caseId === state.id && job.is !== 'tell');
    if (connections.length === 0 && items.length === 0) return noTickets;
    const connection = tickets.connectionFor(state)?.name ?? '';
    const look = (await tickets.looks())[state.id];
    const own = state.ticket && look?.connection === connection ? look : undefined;
    // whatever is done there from a case is read back at once
    const deeds = state.ticketDeeds.filter(({ key }) => key === state.ticket?.key).map(({ at }) => instantOf(at));
    const seenAt = Math.max(own?.at ?? 0, instantOf(ticketStanding(state)?.seenAt), ...deeds);
    return {
      connections,
      connection,
      seenAt: seenAt > 0 ? this.iso(seenAt) : '',
      unread: own?.failed ? this.around.unreadReason(errorOf(own.failed.failure)) : '',
      needsSignIn: connection !== '' && (tickets.needsSignIn(connection) || (own !== undefined && lacksSignIn(own))),
      waiting: items.map((item) => this.waiting(item)),
    };
  }

  private iso(at: number): string {
    return toIso(at, this.ports.clock.offsetAt(at));
  }

  private waiting(item: OutboxItem): WaitingJob {
    const { id, job, connection, state, failure, nextAt } = item;
    const { tickets, clock } = this.ports;
    return {
      id,
      is: job.is,
      action: job.act?.action ?? '',
      connection,
      standing: state,
      ...this.around.waitingWords(item),
      isHeldUp: isHeldUp(item, clock.now()),
      nextAt: state === 'waiting' ? this.iso(nextAt) : '',
      needsSignIn: (failure?.is === 'tracker' && failure.reason === 'sign-in') || tickets.lacksSecret(item),
    };
  }

  /** Never rejects: whatever goes wrong is an answer of its own. */
  async answer(caseId: string, deed: TicketDeed, signal: AbortSignal): Promise<TicketReply> {
    try {
      return await this.work(caseId, deed, signal);
    } catch (error) {
      if (error instanceof GuardError) return { is: 'refused', missing: error.items };
      this.around.failed(deed.do, error);
      const isTracker = error instanceof TrackerError;
      return {
        is: 'failed',
        failure: {
          sentence: isReading(deed)
            ? this.around.unreadSentence(deed.connection, error)
            : this.around.sentenceOf(error),
          reason: isTracker ? error.reason : 'other',
          fields: isTracker ? (error.details.fields ?? {}) : {},
        },
      };
    }
  }

  private async work(caseId: string, deed: TicketDeed, signal: AbortSignal): Promise<TicketReply> {
    const { tickets } = this.ports;
    switch (deed.do) {
      case 'form':
      case 'people':
      case 'resolutions':
        return this.read(await this.stateOf(caseId), deed, signal);
      case 'preview':
        return { is: 'preview', preview: await tickets.preview(await this.prepared(caseId, deed.request)) };
      case 'create':
        return reply(await tickets.create(await this.prepared(caseId, deed.request), deed.values, signal), this.say);
      case 'assign': {
        const { person, name, comment, values } = deed;
        const act = { action: 'route', values };
        return reply(await tickets.assign(caseId, { id: person, name }, comment, act, signal), this.say);
      }
      case 'close': {
        const { comment, resolution, values } = deed;
        const act = { action: 'close', values };
        return reply(await tickets.close(caseId, { comment, resolution }, act, signal), this.say);
      }
      case 'reactivate':
        return reply(await tickets.reactivate(caseId, deed.text, deed.files, deed.values, signal), this.say);
      case 'comment':
        return reply(await tickets.comment(caseId, deed.text, signal), this.say);
      case 'attach':
        return reply(await tickets.attach(caseId, deed.files, signal), this.say);
      case 'signIn':
        await this.around.signIn(deed.connection);
        this.#signedOut.delete(deed.connection);
        return { is: 'done' };
      case 'retry':
        return reply(await tickets.retry(deed.item, signal), this.say);
      case 'takeOut':
        return { is: (await tickets.cancel(deed.item)) ? 'done' : 'gone' };
    }
  }

  private readonly say = (error: unknown) => this.around.sentenceOf(error);

  private async read(state: CaseState, deed: Reading, signal: AbortSignal): Promise<TicketReply> {
    const { connection, isAsked } = deed;
    const { tickets } = this.ports;
    const isSignedOut = this.#signedOut.has(connection) || tickets.needsSignIn(connection);
    if (isSignedOut && !isAsked) throw new TrackerError('sign-in', '');
    try {
      const found = await tickets.ask(connection, async (tracker): Promise<TicketReply> => {
        if (deed.do === 'form') return this.form(tracker, state, deed, signal);
        const key = state.ticket?.key ?? '';
        if (deed.do === 'resolutions') {
          const choices = await tracker.resolutions(keyThere(tracker.system, key), state.kind, signal);
          return { is: 'resolutions', choices };
        }
        const place = deed.place || projectOf(key);
        return { is: 'people', people: await tracker.people(place, signal) };
      });
      this.#signedOut.delete(connection);
      return found;
    } catch (error) {
      if (error instanceof TrackerError && error.reason === 'sign-in') this.#signedOut.add(connection);
      throw error;
    }
  }

  private async form(
    tracker: Tracker,
    state: CaseState,
    { place, chosen }: Extract<Reading, { do: 'form' }>,
    signal: AbortSignal,
  ): Promise<TicketReply> {
    const places = await tracker.places(signal);
    if (place === '') return { is: 'form', places, fields: [], people: [] };
    const fields = preset(await tracker.fields(place, state.kind, signal, chosen), tracker.system, state);
    const isPeopled = fields.some(({ type, choices }) => type === 'person' && choices.length === 0);
    return { is: 'form', places, fields, people: isPeopled ? await tracker.people(place, signal) : [] };
  }

  private async stateOf(caseId: string): Promise<CaseState> {
    const stored = await this.ports.store.get(caseId);
    if (!stored) throw new StoreError('case-missing', caseId);
    return stored.state;
  }

  private async prepared(caseId: string, request: TicketRequest): Promise<Prepared> {
    const { connection, ...desired } = request;
    return this.ports.tickets.prepare(await this.stateOf(caseId), connection, this.around.language(), desired);
  }
}

/** "ED" of "ED-24"; of a plain number nothing. */
const projectOf = (key: string) => /^([A-Za-z]\w*)-\d+$/.exec(key)?.[1] ?? '';

/** @throws what needs a person */
function reply(delivery: Sent | Delivery, sentenceOf: (error: unknown) => string): TicketReply {
  switch (delivery.is) {
    case 'sent':
      return { is: 'sent', key: delivery.arrival.key };
    case 'waiting':
      return { is: 'waiting', sentence: sentenceOf(errorOf(delivery.failure)) };
    case 'needsPerson':
      throw delivery.error;
    case 'busy':
    case 'gone':
      return { is: delivery.is };
  }
}
