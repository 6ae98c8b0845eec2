/** Everything with a time on it that the engineer owes or waits for, worked out from the case alone. */
import type { CaseState, Snooze } from './case/state';
import type { Timings } from './casebook';
import { instantOf } from './time';
import { isEmpty, type Question, textOf } from './sop/field';
import { isResponseUnknown } from './sop/imported';
import { currentPlan, planMessage } from './sop/issueFix';
import { lastCheck } from './sop/requestStatus';
import { firstResponseAt } from './text/nextMessage';
import { w, type Words } from './words';

export const dueKinds = [
  'notifyLead',
  'firstResponse',
  'followUp',
  'tellCustomer',
  'answer',
  'fixPromised',
  'appointment',
] as const;
export type DueKind = (typeof dueKinds)[number];

export interface Due {
  readonly kind: DueKind;
  /** ISO-8601 with offset; for a promised date the end of that day; of what was put off the time it was put off to. */
  readonly at: string;
  readonly snoozed?: {
    /** When it was due at first, ISO-8601. */
    readonly from: string;
    readonly reason: string;
    readonly by: string;
  };
}

/** What is to be done about it, as a list names it. */
export const dueTasks: Readonly<Record<DueKind, Words>> = {
  notifyLead: w('Notify the R&D lead', '通知研发负责人'),
  firstResponse: w('First response', '首次响应'),
  followUp: w('Follow up', '跟进'),
  tellCustomer: w('Inform the customer', '同步客户'),
  answer: w("Customer's answer", '客户答复'),
  fixPromised: w('Promised fix', '承诺的修复'),
  appointment: w('Upgrade appointment', '升级预约'),
};

/** The action that does it; its form is where a list leads to. */
export function actionFor(kind: DueKind, at: { readonly kind: CaseState['kind']; readonly step: string }): string {
  const isRequest = at.kind === 'request';
  switch (kind) {
    case 'notifyLead':
      return at.step === '1.2' ? 'assess' : 'notifyLead';
    case 'firstResponse':
      return isRequest && at.step === '2.1' ? 'firstReply' : 'logMessage';
    case 'followUp':
      return isRequest ? 'check' : 'followUp';
    case 'tellCustomer':
      return isRequest ? 'sync' : 'informCustomer';
    case 'answer':
      return isRequest ? 'align' : 'accept';
    case 'fixPromised':
      return 'verifyInternal';
    case 'appointment':
      return 'upgrade';
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Owed {
  readonly kind: DueKind;
  /** When that happened which it follows from; where it happens again, an earlier snooze is void. */
  readonly since: string;
  /** A time that somebody wrote down, or one that the team's timings give. */
  readonly at: string | ((timings: Timings) => string);
}

const after = (since: string, milliseconds: number) => new Date(instantOf(since) + milliseconds).toISOString();

function owedIn(state: CaseState): Owed[] {
  if (state.status !== 'open' || state.closedAt !== undefined) return [];
  const owed = state.kind === 'request' ? owedInRequest(state) : owedInIssue(state);
  const { emergency } = state;
  if (emergency && !emergency.notified && !emergency.ended) {
    const { at } = emergency;
    owed.push({ kind: 'notifyLead', since: at, at: (timings) => after(at, timings.leadNotificationMinutes * MINUTE) });
  }
  return owed.filter(({ since, at }) => instantOf(since) > 0 && at !== '');
}

function owedInIssue(state: CaseState): Owed[] {
  const { step, verification } = state;
  const plan = currentPlan(state);
  const isAwaited = step === '4.2' && !verification.internal;
  const { appointment } = verification;
  // from 2.1 on support works in the customer's environment (spec L27): the customer has been spoken to
  if (step === '1.1' || step === '1.2') return firstResponse(state, 'receive');
  if (step === '4.1' && plan) return planTalk(state, plan.at);
  return [
    ...(step === '3.2' || isAwaited ? followUp(state) : []),
    ...(isAwaited && plan?.date
      ? [{ kind: 'fixPromised' as const, since: plan.at, at: endOfDay(plan.date, plan.at) }]
      : []),
    ...(step === '4.2' && appointment && !verification.upgrade
      ? [{ kind: 'appointment' as const, since: appointment.at, at: textOf(appointment.values, 'start') }]
      : []),
  ];
}

/** As agreed with R&D; where nothing was agreed, the team's interval keeps the case from being forgotten (spec L30). */
function followUp(state: CaseState): Owed[] {
  const last = state.followUps.findLast((entry) => entry.round === state.round);
  const agreed = last?.nextAt ?? textOf(state.values['plan'], 'nextFollowUp');
  const since = last?.at ?? entered(state) ?? '';
  if (agreed !== '') return [{ kind: 'followUp', since, at: agreed }];
  // a plan that is awaited has a promised date of its own
  if (state.step !== '3.2') return [];
  return [{ kind: 'followUp', since, at: (timings) => after(since, timings.issueFollowUpDays * DAY) }];
}

/** The plan is to be told; once it is, the customer's answer is awaited (spec L31). */
function planTalk(state: CaseState, plannedAt: string): Owed[] {
  const told = planMessage(state);
  return told ? [answer(lastMessage(state, told.at) ?? told.at)] : [tell(plannedAt)];
}

function owedInRequest(state: CaseState): Owed[] {
  switch (state.step) {
    case '1.1':
    case '1.2':
    case '2.1':
      return firstResponse(state, 'record');
    case '2.2': {
      const asked = hasOpenQuestion(state) ? lastMessage(state, entered(state) ?? '') : undefined;
      return asked === undefined ? [] : [answer(asked)];
    }
    case '3.1': {
      const last = lastCheck(state);
      if (last) return [{ kind: 'followUp', since: last.at, at: last.nextAt }];
      const since = entered(state) ?? '';
      const own = state.values['check']?.['intervalDays'];
      const days = (timings: Timings) => (typeof own === 'number' && own > 0 ? own : timings.requestIntervalDays);
      return [{ kind: 'followUp', since, at: (timings) => after(since, days(timings) * DAY) }];
    }
    case '3.2':
      return [tell(lastCheck(state)?.at ?? '')];
    default:
      return [];
  }
}

/** The report counts how long customers wait for the first word (spec, part 3). */
function firstResponse(state: CaseState, intake: 'receive' | 'record'): Owed[] {
  // of a case from elsewhere nobody knows whether it was answered there: it would be years late at once
  if (firstResponseAt(state) !== undefined || isResponseUnknown(state)) return [];
  const opened = state.opened?.at ?? '';
  // as an issue it was answered already
  const since = state.convertedFrom === '' ? textOf(state.values[intake], 'receivedAt') || opened : opened;
  return [{ kind: 'firstResponse', since, at: (timings) => after(since, timings.customerUpdateHours * HOUR) }];
}

const tell = (since: string): Owed => ({
  kind: 'tellCustomer',
  since,
  at: (timings) => after(since, timings.customerUpdateHours * HOUR),
});

const answer = (since: string): Owed => ({
  kind: 'answer',
  since,
  at: (timings) => after(since, timings.customerAnswerDays * DAY),
});

/** When the customer was last written to, later than that; whoever asks again waits anew. */
function lastMessage(state: CaseState, from: string): string | undefined {
  return state.messages.findLast((message) => message.to === 'customer' && instantOf(message.at) > instantOf(from))?.at;
}

function entered(state: CaseState): string | undefined {
  return state.visits.findLast((visit) => visit.step === state.step && visit.round === state.round)?.entered.at;
}

function hasOpenQuestion(state: CaseState): boolean {
  const questions = state.values['align']?.['questions'];
  return Array.isArray(questions) && (questions as readonly Question[]).some((entry) => isEmpty(entry.answer));
}

/** A promised day ends where the promise was written down. */
function endOfDay(date: string, writtenAt: string): string {
  return `${date}T23:59:59${/(?:Z|[+-]\d{2}:?\d{2})$/.exec(writtenAt)?.[0] ?? 'Z'}`;
}

/** Earliest first; none once the case is closed or given up. */
export function duesOf(state: CaseState, timings: Timings): Due[] {
  return owedIn(state)
    .map(({ kind, since, at }): Due => {
      const time = typeof at === 'string' ? at : at(timings);
      const snooze = snoozeOf(state, kind, since);
      if (!snooze) return { kind, at: time };
      return { kind, at: snooze.until, snoozed: { from: time, reason: snooze.reason, by: snooze.by } };
    })
    .toSorted((a, b) => instantOf(a.at) - instantOf(b.at));
}

/** The latest word on exactly this due. */
function snoozeOf(state: CaseState, kind: DueKind, since: string): Snooze | undefined {
  return state.snoozes.findLast((snooze) => snooze.due === kind && snooze.since === since);
}

/** What a snooze of this kind is bound to now; empty where nothing of the kind is due. */
export function dueSince(state: CaseState, kind: string): string {
  return owedIn(state).find((owed) => owed.kind === kind)?.since ?? '';
}

/** An urgent case's lead is told in time, and an appointment is moved with the customer: neither is put off here. */
export function maySnooze(kind: DueKind): boolean {
  return kind !== 'notifyLead' && kind !== 'appointment';
}

/** An appointment that begins is not late; everything else is once its time has passed. */
export function isLate(due: Due, now: number): boolean {
  return due.kind !== 'appointment' && instantOf(due.at) < now;
}
