/** Carries what lies in the outbox to its tracker or group, one item at a time for each connection, and logs it. */
import { newUlid, type RandomBytes } from '../case/ids';
import type { Casebook, StoredCase } from '../ports';
import { StoreError } from '../ports';
import { check } from '../sop/engine';
import { GuardError, rule } from '../sop/missing';
import { w } from '../words';
import type { Bots, Trackers } from './connections';
import { deliver } from './delivery';
import { actsOf, completedAct, isLogged } from './log';
import { sightingValues } from './standing';
import { isNothingNew } from '../sop/ticketLog';
import {
  type Arrival,
  failureOf,
  isPassing,
  isUndone,
  type Outbox,
  type OutboxFailure,
  type OutboxItem,
  pauseAfter,
} from './outbox';
import { keyThere } from './ownTicket';
import { queueOf } from './queue';
import type { Rests } from './rests';
import { BotError } from '../notify/bot';
import { TrackerError } from './tracker';

export type CourierPorts = Pick<Casebook, 'store' | 'desk' | 'attachments' | 'clock'> & {
  readonly outbox: Outbox;
  readonly trackers: Trackers;
  readonly bots: Bots;
  readonly random: RandomBytes;
};

export type Delivery =
  | { readonly is: 'sent'; readonly arrival: Arrival }
  /** Tried again by itself. */
  | { readonly is: 'waiting'; readonly failure: OutboxFailure; readonly nextAt: number }
  | {
      readonly is: 'needsPerson';
      readonly failure: OutboxFailure;
      readonly error: unknown;
      readonly isUndone: boolean;
    }
  /** Another window sends it, or it is no more. */
  | { readonly is: 'busy' | 'gone' };

export class Courier {
  constructor(
    private readonly ports: CourierPorts,
    private readonly rests: Rests,
  ) {}

  /** One attempt, now. @param isWanted asked of the item as it lies there once nobody else works on it */
  async attempt(
    id: string,
    signal?: AbortSignal,
    isWanted: (item: OutboxItem) => boolean = () => true,
  ): Promise<Delivery> {
    let delivery: Delivery = { is: 'gone' };
    const worked = await this.ports.outbox.work(id, async (item, keep) => {
      if (!isWanted(item)) {
        delivery = { is: 'busy' };
        return item;
      }
      // found in the middle of an attempt: whoever made it was killed, and nobody knows how far it came
      const wasKilled = item.state === 'trying' && item.done === undefined;
      let now: OutboxItem = { ...item, state: 'trying', attempts: item.attempts + 1 };
      const keepStep = async (change: Partial<OutboxItem>) => {
        now = { ...now, ...change };
        await keep(now);
      };
      const queue = queueOf(item);
      await this.rests.refresh();
      const askedAt = this.ports.clock.now();
      try {
        if (wasKilled && item.job.is === 'tell') {
          now = { ...now, isUncertain: true };
          throw new BotError('no-answer', '');
        }
        let { done } = item;
        if (done === undefined) {
          now = { ...now, isUncertain: item.isUncertain || wasKilled };
          const stored = await this.stored(item.caseId);
          this.refuse(now, stored);
          const until = this.rests.heldUntil(queue, askedAt);
          if (until !== undefined) {
            const failure = heldFailure(item, until);
            delivery = { is: 'waiting', failure, nextAt: until };
            return { ...now, state: 'waiting', attempts: item.attempts, failure, nextAt: until };
          }
          done = await this.send(now, stored, keepStep, signal);
          await keepStep({ done });
          await this.rests.works(queue, askedAt);
        }
        await this.log(now, done);
        delivery = { is: 'sent', arrival: done };
        return undefined;
      } catch (error) {
        const [after, outcome] = await this.afterFailure(now, error);
        delivery = outcome;
        return after;
      }
    });
    return worked === 'worked' ? delivery : { is: worked };
  }

  private async afterFailure(now: OutboxItem, error: unknown): Promise<[OutboxItem, Delivery]> {
    const chance = this.chance();
    const at = this.ports.clock.now();
    await this.rests.failed(queueOf(now), error, at, chance);
    const failure = failureOf(error, this.rests.heldUntil(queueOf(now), at));
    const undone = isUndone(error) && now.done === undefined;
    // an earlier attempt stays as uncertain as it was
    const kept = { ...now, failure, isUncertain: now.isUncertain || !undone };
    if (!isPassing(failure)) {
      const outcome = { is: 'needsPerson', failure, error, isUndone: undone && !now.isUncertain } as const;
      return [{ ...kept, state: 'needsPerson' }, outcome];
    }
    const after = error instanceof TrackerError ? error.details.retryAfter : undefined;
    const retryAfter = error instanceof BotError ? error.retryAfter : after;
    const nextAt = at + pauseAfter(now.attempts, chance, retryAfter);
    return [
      { ...kept, state: 'waiting', nextAt },
      { is: 'waiting', failure, nextAt },
    ];
  }

  private async send(
    item: OutboxItem,
    stored: StoredCase,
    keep: (change: Partial<OutboxItem>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<Arrival> {
    const { job, connection, caseId } = item;
    if (job.is === 'tell') {
      const bot = await this.ports.bots.open(connection);
      await keep({});
      await bot.send(job.text, signal);
      return { at: this.ports.desk.nowIso(), key: '', url: '', seen: {} };
    }
    const tracker = await this.ports.trackers.open(connection);
    // from here on a killed window leaves an attempt of which nobody knows how far it came
    await keep({});
    const delivering = {
      tracker,
      kind: stored.state.kind,
      key: keyThere(tracker.system, stored.state.ticket?.key ?? ''),
      isUncertain: item.isUncertain,
      ...(item.before === undefined ? {} : { before: item.before }),
      keepBefore: (before: readonly string[]) => keep({ before }),
      files: (names: readonly string[]) => this.files(caseId, names),
      signal,
    };
    const snapshot = await deliver(job, delivering).catch(async (error: unknown) => {
      const made = error instanceof TrackerError ? error.details.made : undefined;
      if (made === undefined) throw error;
      // it is done there: the case takes it, and the files that it lacks are sent after it
      const files = job.is === 'create' ? job.ticket.files : 'files' in job ? job.files : [];
      const missing = files.filter((name) => !made.files.includes(name));
      try {
        if (missing.length > 0) await this.sendAfter(item, missing, error);
        // the log names what went with it; the rest is named once it has gone
        if (job.is === 'reactivate')
          await keep({ job: { ...job, files: files.filter((name) => !missing.includes(name)) } });
      } catch (broken) {
        // a disk that is full does not undo what was done there: it is looked for before it is done again
        throw new TrackerError('no-answer', '', { cause: broken });
      }
      return made;
    });
    const at = this.ports.desk.nowIso();
    // a ticket that was moved has another key now: the case keeps the one that it knows
    const { key, url } = stored.state.ticket ?? snapshot;
    return { at, key, url, seen: { ...sightingValues(connection, snapshot, at), ticketKey: key } };
  }

  private async sendAfter(item: OutboxItem, files: readonly string[], error: unknown): Promise<void> {
    const failure = failureOf(error);
    const now = this.ports.clock.now();
    const { before: _before, ...rest } = item;
    await this.ports.outbox.add({
      ...rest,
      id: newUlid(now, this.ports.random),
      job: { is: 'attach', files },
      state: isPassing(failure) ? 'waiting' : 'needsPerson',
      nextAt: now + pauseAfter(1, this.chance()),
      failure,
      isUncertain: false,
    });
  }

  private async stored(caseId: string): Promise<StoredCase> {
    const stored = await this.ports.store.get(caseId);
    if (!stored) throw new StoreError('case-missing', caseId);
    return stored;
  }

  /** Nothing is sent that the case would refuse to write down (spec L28, L82). @throws GuardError */
  private refuse(item: OutboxItem, { state }: StoredCase): void {
    const { job } = item;
    if (job.is === 'create' && state.ticket !== undefined) {
      const text = w('The case has a ticket already', '该案例已有工单');
      throw new GuardError(job.act.action, [rule('ticket-exists', text, 'ticketKey')]);
    }
    if (job.is !== 'create' && job.is !== 'tell' && state.ticket === undefined) {
      throw new GuardError('ticketSent', [rule('no-ticket', w('The case has no ticket yet', '该案例尚无工单'))]);
    }
    const url = state.ticket?.url ?? '';
    const expected = { at: this.ports.desk.nowIso(), key: state.ticket?.key ?? '?', url, seen: { status: '?' } };
    const act = completedAct(item, expected);
    const missing = act ? check(state, act, this.ports.desk.context()) : [];
    if (act && missing.length > 0) throw new GuardError(act.action, missing);
  }

  private async files(caseId: string, names: readonly string[]) {
    const { attachments } = this.ports;
    return Promise.all(names.map(async (name) => ({ name, bytes: await attachments.read(caseId, name) })));
  }

  /** @throws GuardError where the case went elsewhere meanwhile: what arrived stays noted in the item */
  private async log(item: OutboxItem, arrival: Arrival): Promise<void> {
    const { desk } = this.ports;
    for (const act of actsOf(item, arrival, (await this.stored(item.caseId)).state)) {
      const stored = await this.stored(item.caseId);
      if (isLogged(stored, act, arrival)) continue;
      await desk.act(item.caseId, act).catch((error: unknown) => {
        if (!isNothingNew(error)) throw error;
      });
    }
  }

  private chance(): number {
    const [byte = 0] = this.ports.random(1);
    return byte / 255;
  }
}

/** It asked to be left alone until then, and is. */
const heldFailure = ({ job }: OutboxItem, until: number): OutboxFailure =>
  job.is === 'tell'
    ? { is: 'bot', reason: 'too-many', said: '' }
    : { is: 'tracker', reason: 'too-many', said: '', until };
