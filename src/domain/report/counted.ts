/**
 * Which events of a log a report counts: those of before its `asOf`, so that a past period's report can be made again.
 *
 * What was written down later, but says of itself that it happened before, counts by what it says: a back-filled case
 * belongs to the period of its receivedAt, and a closing logged on the first of the month to the day on which it was
 * done. What stands before it in the log had happened by then.
 */
import { type CaseEvent, compareEvents } from '../case/event';
import { instantOf, isInstant } from '../time';

/** The field in which an action says when it happened; the others happen when they are written down. */
const ownTimes: Readonly<Record<string, string>> = {
  open: 'receivedAt',
  close: 'closedAt',
  logMessage: 'sentAt',
  giveWorkaround: 'sentAt',
  informCustomer: 'sentAt',
  firstReply: 'sentAt',
  sync: 'sentAt',
  notifyLead: 'notifiedAt',
  followUp: 'at',
  talk: 'at',
  check: 'at',
  route: 'routedAt',
  submit: 'routedAt',
  accept: 'answeredAt',
  upgrade: 'upgradedAt',
  verifyCustomer: 'checkedAt',
};

function textIn(event: CaseEvent, key: string): string {
  const value = (event.data.values as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof value === 'string' ? value : '';
}

/** Milliseconds since the epoch, where the event says itself when it happened, and that is not after its writing. */
function statedAt(event: CaseEvent): number | undefined {
  const key = Object.hasOwn(ownTimes, event.type) ? ownTimes[event.type] : undefined;
  const text = key === undefined ? '' : textIn(event, key);
  if (!isInstant(text)) return undefined;
  const stated = Date.parse(text);
  return stated <= instantOf(event.at) ? stated : undefined;
}

/** When it happened, milliseconds since the epoch. */
export function happenedAt(event: CaseEvent): number {
  return statedAt(event) ?? instantOf(event.at);
}

export function inOrder(events: readonly CaseEvent[]): readonly CaseEvent[] {
  return events.toSorted(compareEvents);
}

/**
 * @param ordered in `inOrder`
 * @param asOf milliseconds since the epoch; nothing of that instant or later counts
 */
export function countedAt(ordered: readonly CaseEvent[], asOf: number): readonly CaseEvent[] {
  const isInTime = ordered.map((event) => instantOf(event.at) < asOf);
  if (isInTime.every(Boolean)) return ordered;
  const wasOpened = ordered.some((event, index) => event.type === 'open' && isInTime[index]);
  const counted = new Set<CaseEvent>();
  let isShut = false;
  let pending: CaseEvent[] = [];
  ordered.forEach((event, index) => {
    if (isInTime[index]) {
      counted.add(event);
      return;
    }
    const stated = lateTime(event, wasOpened);
    pending.push(event);
    if (stated !== undefined && stated < asOf && (!isShut || event.type === 'close')) {
      for (const earlier of pending) counted.add(earlier);
      pending = [];
    } else if (stated !== undefined) {
      // from here on the log tells of what came later
      isShut = true;
    }
  });
  return counted.size === ordered.length ? ordered : ordered.filter((event) => counted.has(event));
}

/** Of a case that was entered afterwards, the intake and the history of its source speak of when it was received. */
function lateTime(event: CaseEvent, wasOpened: boolean): number | undefined {
  const stated = statedAt(event);
  if (stated !== undefined || wasOpened) return stated;
  if (event.type === 'importHistory') return 0;
  const isIntake = event.type === 'receive' || event.type === 'record';
  const received = isIntake ? textIn(event, 'receivedAt') : '';
  return isInstant(received) ? Date.parse(received) : undefined;
}
