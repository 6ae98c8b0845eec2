/** What a report knows of one case: taken down while its log is folded, by the same rules that the case page shows. */
import type { CaseEvent } from '../case/event';
import { fold } from '../case/fold';
import type { CaseState, CaseStatus, WaitingOn } from '../case/state';
import type { Timings } from '../casebook';
import { type Due, duesOf, dueSince } from '../dues';
import { procedureOf } from '../sop/engine';
import { textOf } from '../sop/field';
import { isResponseUnknown } from '../sop/imported';
import { findStep } from '../sop/procedure';
import { lastCheck } from '../sop/requestStatus';
import { instantOf } from '../time';
import {
  type CaseFacts,
  type Emergency,
  type Move,
  type Obligation,
  standingAfter,
  type TwoReadings,
} from './caseFacts';
import { countedAt, happenedAt, inOrder } from './counted';
import type { CaseLog } from './sources';

/**
 * One fold does for both where the log of the period before is the beginning of this one's, as nearly always.
 * @param asOf milliseconds since the epoch
 * @param before the same of the period before, not later
 * @returns undefined for a case that did not exist by then
 */
export function readCase(log: CaseLog, asOf: number, before: number, timings: Timings): TwoReadings {
  const ordered = inOrder(log.events);
  const counted = countedAt(ordered, asOf);
  const earlier = countedAt(ordered, before);
  const isBeginning = earlier.every((event, index) => event === counted[index]);
  // a repeated event is folded, and shown, once
  const last = isBeginning
    ? earlier.findLast(({ id }, at) => earlier.findIndex((one) => one.id === id) === at)
    : undefined;
  let past: CaseFacts | undefined;
  const chronicle = new Chronicle(timings);
  const state = fold(log.id, counted, (current, event) => {
    chronicle.note(current, event);
    if (event === last) past = chronicle.factsAt(current, log, before);
  });
  const now = chronicle.factsAt(state, log, asOf);
  if (isBeginning) return { now, before: past };
  const other = new Chronicle(timings);
  const then = fold(log.id, earlier, (current, event) => other.note(current, event));
  return { now, before: other.factsAt(then, log, before) };
}

/** Forms know the minute only. */
const MINUTE = 60_000;

interface OpenObligation {
  readonly due: Due;
  readonly since: string;
}

class Chronicle {
  #clock = 0;
  #waitsSince: number | undefined;
  #waitingOn: WaitingOn | undefined;
  readonly #onCustomer: (readonly [number, number])[] = [];
  readonly #closedBy: string[] = [];
  readonly #verifications: CaseFacts['verifications'][number][] = [];
  #parts: Pick<CaseState['verification'], 'internal' | 'customer' | 'upgrade'> = {};
  readonly #upgrades: CaseFacts['upgrades'][number][] = [];
  #rounds = 0;
  readonly #obligations: Obligation[] = [];
  #owed: OpenObligation | undefined;
  readonly #emergencies = new Map<string, Emergency>();
  #wasUrgent = false;

  constructor(private readonly timings: Timings) {}

  note(state: CaseState, event: CaseEvent): void {
    const at = happenedAt(event);
    this.#noteWaiting(state, at);
    while (this.#closedBy.length < state.closures.length) this.#closedBy.push(event.at);
    this.#noteVerification(state);
    this.#noteFollowUp(state, event, at);
    this.#wasUrgent ||= state.urgency === 'urgent';
    const { emergency } = state;
    // one that began before the case was taken over from elsewhere: nothing says whether the lead was told there
    if (!emergency || (state.imported && instantOf(emergency.at) < instantOf(state.opened?.at ?? ''))) return;
    this.#emergencies.set(emergency.at, {
      at: instantOf(emergency.at),
      ...(emergency.notified ? { toldAt: instantOf(emergency.notified.at) } : {}),
      ...(emergency.ended ? { endedAt: instantOf(emergency.ended.at) } : {}),
    });
  }

  #noteWaiting(state: CaseState, at: number): void {
    this.#clock = Math.max(this.#clock, at);
    const isOpen = state.status === 'open' && state.closedAt === undefined;
    this.#waitingOn = isOpen ? findStep(procedureOf(state.kind), state.step)?.waitingOn(state) : undefined;
    const waits = this.#waitingOn === 'customer';
    if (waits) this.#waitsSince ??= this.#clock;
    else if (this.#waitsSince !== undefined) {
      this.#onCustomer.push([this.#waitsSince, this.#clock]);
      this.#waitsSince = undefined;
    }
  }

  /** A failed check begins a round at once: what it said lies in the round that ended. */
  #noteVerification(state: CaseState): void {
    const isNewRound = state.rounds.length > this.#rounds;
    this.#rounds = state.rounds.length;
    const ended = isNewRound ? state.rounds.at(-1)?.verification : undefined;
    const { internal, customer, upgrade } = ended ?? state.verification;
    if (internal && internal !== this.#parts.internal) {
      this.#verifications.push({ at: instantOf(internal.at), where: 'test', passed: internal.passed });
    }
    if (customer && customer !== this.#parts.customer) {
      const at = textOf(customer.values, 'checkedAt') || customer.at;
      this.#verifications.push({ at: instantOf(at), where: 'customer', passed: customer.passed });
    }
    if (upgrade && upgrade !== this.#parts.upgrade) {
      const at = textOf(upgrade.values, 'upgradedAt') || upgrade.at;
      this.#upgrades.push({ at: instantOf(at), version: textOf(upgrade.values, 'toVersion') });
    }
    this.#parts = state.verification;
  }

  /** Kept by whoever logs a follow-up; put off by a snooze in time; void where the case has gone on by then. */
  #noteFollowUp(state: CaseState, event: CaseEvent, at: number): void {
    const due = duesOf(state, this.timings).find(({ kind }) => kind === 'followUp');
    const owed = due && { due, since: dueSince(state, 'followUp') };
    const before = this.#owed;
    if (before?.due.at === owed?.due.at && before?.since === owed?.since) return;
    this.#owed = owed;
    if (!before) return;
    const dueAt = instantOf(before.due.at);
    const isDone = event.type === 'followUp' || event.type === 'check';
    this.#obligations.push(isDone ? { at: Math.min(at, dueAt), dueAt, doneAt: at } : { ...owing(dueAt), voidAt: at });
  }

  factsAt(state: CaseState, log: CaseLog, asOf: number): CaseFacts | undefined {
    const intake = state.values[procedureOf(state.kind).intake];
    const openedText = state.opened?.at ?? '';
    const receivedText = textOf(intake, 'receivedAt') || openedText;
    const receivedAt = instantOf(receivedText);
    const { moves, isOutOfOrder } = this.#movesOf(state, receivedAt, asOf);
    const last = moves.at(-1);
    if (receivedText === '' || !last) return undefined;
    const isBefore = ({ at }: { readonly at: number }) => at < asOf;
    const answer = state.messages
      .filter((message) => message.to === 'customer' && instantOf(message.at) < asOf)
      .toSorted((a, b) => instantOf(a.at) - instantOf(b.at))[0];
    const standing = standingAfter(last);
    const visit = state.visits.findLast(({ entered }) => instantOf(entered.at) < asOf);
    const waits = this.#waitsSince;
    return {
      id: state.id,
      kind: state.kind,
      title: textOf(intake, 'title'),
      customer: textOf(intake, 'customer').trim(),
      product: textOf(intake, 'product').trim(),
      version: textOf(intake, 'version').trim(),
      problemType: textOf(intake, 'problemType').trim(),
      channel: textOf(intake, 'channel').trim(),
      owner: state.owner,
      ...(state.urgency === undefined ? {} : { urgency: state.urgency }),
      wasUrgent: this.#wasUrgent,
      receivedAt,
      receivedText,
      openedText,
      moves,
      releaseVersion: lastCheck(state)?.version ?? '',
      standing,
      status: statusOf(state, standing),
      step: visit?.step ?? state.step,
      round: visit?.round ?? 1,
      ...(standing === 'open' && this.#waitingOn ? { waitingOn: this.#waitingOn } : {}),
      ...(answer ? { firstResponseAt: instantOf(answer.at) } : {}),
      firstResponseText: answer?.at ?? '',
      isResponseUnknown: isResponseUnknown(state),
      onCustomer: [...this.#onCustomer, ...(waits === undefined ? [] : [[waits, asOf] as const])],
      verifications: this.#verifications.filter(isBefore),
      answers: state.plans
        .flatMap(({ answer: said }) => (said ? [{ at: instantOf(said.at), accepted: said.accepted }] : []))
        .filter(isBefore),
      emergencies: [...this.#emergencies.values()].filter(isBefore),
      followUps: [...this.#obligations, ...(this.#owed ? [owing(instantOf(this.#owed.due.at))] : [])].filter(isBefore),
      upgrades: this.#upgrades.filter(isBefore),
      articles: state.articles
        .map(({ at, path, title, commit }) => ({ at: instantOf(at), path, title, isNew: commit !== '' }))
        .filter(isBefore),
      deviations: state.deviations.filter(({ at }) => instantOf(at) < asOf),
      conflicts: state.conflicts.length,
      unknown: state.unknown.length,
      quarantined: log.quarantined,
      isOutOfOrder,
    };
  }

  /** Into the backlog and out of it by turns, up to `asOf`. */
  #movesOf(state: CaseState, receivedAt: number, asOf: number): { moves: readonly Move[]; isOutOfOrder: boolean } {
    const moves: Move[] = [];
    let isOutOfOrder = false;
    for (const { at: own, ...move } of [this.#arrival(state, receivedAt), ...this.#laterMoves(state)]) {
      const earliest = moves.at(-1)?.at ?? own;
      isOutOfOrder ||= own < earliest - MINUTE;
      const at = Math.max(own, earliest);
      if (at >= asOf) break;
      const isIn = moves.length > 0 && standingAfter(moves.at(-1)) === 'open';
      const entersNow = move.what !== 'closed' && move.what !== 'removed';
      if (isIn !== entersNow) moves.push({ at, ...move });
    }
    return { moves, isOutOfOrder };
  }

  /** A request that an issue was converted into came in as that issue. */
  #arrival(state: CaseState, receivedAt: number): Move {
    const isConverted = state.convertedFrom !== '';
    const recordedAt = state.opened?.at ?? '';
    const at = isConverted ? Math.max(instantOf(recordedAt), receivedAt) : receivedAt;
    return { at, what: isConverted ? 'convertedIn' : 'received', round: 1, disposition: '', recordedAt };
  }

  /** By rounds: given up and taken up again, then closed, then reopened into the next. */
  #laterMoves(state: CaseState): readonly Move[] {
    const moves: Move[] = [];
    const plain = { disposition: '', recordedAt: '' };
    for (let round = 1; round <= state.round; round += 1) {
      const visits = state.visits.filter((visit) => visit.round === round);
      visits.forEach(({ reopened, entered }, index) => {
        if (reopened === undefined) return;
        const left = visits[index - 1]?.left ?? entered;
        moves.push({ at: instantOf(left.at), what: 'removed', round, ...plain });
        moves.push({ at: instantOf(entered.at), what: 'reopened', round, ...plain });
      });
      state.closures.forEach((closure, index) => {
        if (closure.round !== round) return;
        const { disposition } = closure;
        const recordedAt = this.#closedBy[index] ?? '';
        moves.push({ at: instantOf(closure.at), what: 'closed', round, disposition, recordedAt });
      });
      const next = state.reactivations[round - 1];
      if (next?.reopened) moves.push({ at: instantOf(next.at), what: 'reopened', round: round + 1, ...plain });
    }
    const isRemoved = ['withdrawn', 'merged', 'converted'].includes(state.status);
    const left = state.visits.at(-1)?.left;
    if (isRemoved && left) moves.push({ at: instantOf(left.at), what: 'removed', round: state.round, ...plain });
    return moves;
  }
}

/** Nobody has seen to it yet. */
function owing(dueAt: number): Obligation {
  return { at: dueAt, dueAt };
}

/** A closed issue that waits for its article is closed to a reader of the report. */
function statusOf({ status }: CaseState, standing: CaseFacts['standing']): CaseStatus {
  if (standing === 'open') return 'open';
  if (standing === 'closed') return status === 'archived' ? 'archived' : 'closed';
  return status === 'merged' || status === 'converted' ? status : 'withdrawn';
}
