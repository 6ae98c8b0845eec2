/** What is told, and that nothing is told twice. Free of vscode. */
import { instantOf } from '../../domain/time';
import { type Counts, countsOf, dayOf, type Item, type Zone } from './groups';

/** Milliseconds before its limit at which the notification of a lead is called for. */
export const NEAR = 5 * 60_000;

export interface Alarm {
  /** The same in every window: who claims it first tells it. */
  readonly key: string;
  readonly item: Item;
}

/** The urgent ones: once when the limit is near, and once when it has passed. */
export function alarmsOf(items: readonly Item[], now: number): Alarm[] {
  return items
    .filter(({ due }) => due.kind === 'notifyLead' && instantOf(due.at) - NEAR <= now)
    .map((item) => {
      const isOver = instantOf(item.due.at) < now;
      return { key: `lead|${item.summary.id}|${item.due.at}|${isOver ? 'over' : 'near'}`, item };
    });
}

/** When the next alarm is to be given; later than now. */
export function nextAlarm(items: readonly Item[], now: number): number | undefined {
  const times = items
    .filter(({ due }) => due.kind === 'notifyLead')
    .flatMap(({ due }) => [instantOf(due.at) - NEAR, instantOf(due.at) + 1])
    .filter((time) => time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}

export interface Digest extends Counts {
  /** Of this calendar day. */
  readonly key: string;
}

/** Undefined where nothing is overdue or due today. */
export function digestOf(items: readonly Item[], now: number, zone: Zone): Digest | undefined {
  const counts = countsOf(items, now, zone);
  if (counts.overdue + counts.today === 0) return undefined;
  return { ...counts, key: `digest|${dayOf(now, zone)}` };
}
