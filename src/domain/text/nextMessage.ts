/** What is to be written to the customer next, as the case stands. */
import type { CaseState, Message } from '../case/state';
import { textOf } from '../sop/field';
import { planMessage } from '../sop/issueFix';

export interface NextMessage {
  /** The action whose form writes and logs it. */
  readonly action: 'logMessage' | 'giveWorkaround' | 'informCustomer' | 'firstReply' | 'sync';
  /** Of `logMessage`; one of its purposes. */
  readonly purpose: string;
}

const toCustomer = (state: CaseState): readonly Message[] => state.messages.filter(({ to }) => to === 'customer');

/** When the customer first heard from us: the earliest message that was sent to them, whenever it was logged (L25, L48). */
export function firstResponseAt(state: CaseState): string | undefined {
  const times = toCustomer(state).map(({ at }) => at);
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

export function nextMessage(state: CaseState): NextMessage {
  const log = (purpose: string): NextMessage => ({ action: 'logMessage', purpose });
  const sent = (purpose: string) => toCustomer(state).some((message) => message.purpose === purpose);
  const isOpen = state.status === 'open';
  if (state.kind === 'request') {
    if (isOpen && state.step === '2.1') return { action: 'firstReply', purpose: 'acknowledgement' };
    if (isOpen && state.step === '3.2') return { action: 'sync', purpose: 'status' };
    return log(firstResponseAt(state) === undefined ? 'acknowledgement' : 'other');
  }
  if (isOpen && state.step === '4.1' && planMessage(state) === undefined) {
    return { action: 'informCustomer', purpose: 'plan' };
  }
  if (firstResponseAt(state) === undefined) return log('acknowledgement');
  if (isOpen && state.closedAt === undefined && hasWorkaround(state) && !sent('workaround')) {
    return { action: 'giveWorkaround', purpose: 'workaround' };
  }
  const { appointment } = state.verification;
  if (isOpen && state.step === '4.2' && appointment !== undefined && !isToldOf(state, 'schedule', appointment.at)) {
    return log('schedule');
  }
  if (state.closedAt !== undefined && !isToldOf(state, 'closing', state.closedAt)) return log('closing');
  return log('other');
}

function hasWorkaround(state: CaseState): boolean {
  return textOf(state.values['assess'], 'workaroundText').trim() !== '';
}

/** Told of it in this round since it was settled; forms know the minute only. */
function isToldOf(state: CaseState, purpose: string, since: string): boolean {
  const MINUTE = 60_000;
  return toCustomer(state).some(
    (message) =>
      message.purpose === purpose &&
      message.round === state.round &&
      Date.parse(message.at) > Date.parse(since) - MINUTE,
  );
}
