/** Sends what lies in the outbox and is due, each queue in the order of its decisions. */
import type { Courier, CourierPorts, Delivery } from './courier';
import { lacksSecret, type OutboxItem } from './outbox';
import { type QueueId, queueOf } from './queue';
import type { Rests } from './rests';

export type Tried = (item: OutboxItem, delivery: Delivery) => void;

/** Milliseconds after which an item that another window sends is looked at again. */
const LOOK_AGAIN = 10_000;

export class Drain {
  constructor(
    private readonly ports: Pick<CourierPorts, 'outbox' | 'clock'>,
    private readonly courier: Courier,
    private readonly rests: Rests,
  ) {}

  /**
   * Sends what is due.
   * @param tried is told of each item that was tried, as it was before, and of what became of it
   * @returns when to come again, milliseconds since the epoch; undefined where nothing waits
   */
  async drain(signal?: AbortSignal, tried?: Tried): Promise<number | undefined> {
    await this.rests.refresh();
    await this.releaseEntered();
    const queues = new Map<QueueId, OutboxItem[]>();
    for (const item of await this.ports.outbox.list()) {
      queues.set(queueOf(item), [...(queues.get(queueOf(item)) ?? []), item]);
    }
    await Promise.all([...queues.values()].map((own) => this.drainOne(own, signal, tried)));
    const now = this.ports.clock.now();
    const times = (await this.ports.outbox.list()).flatMap((item) => {
      if (item.state === 'needsPerson' || this.rests.needsSecret(queueOf(item), now)) return [];
      // another window is at it, or was killed while it was
      const at = item.state === 'trying' ? now + LOOK_AGAIN : item.nextAt;
      return [Math.max(at, this.rests.until(queueOf(item), now))];
    });
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** In the order of the decisions: what hangs on an earlier one of the same case waits for it. */
  private async drainOne(items: readonly OutboxItem[], signal?: AbortSignal, tried?: Tried): Promise<void> {
    const held = new Set<string>();
    for (const item of items) {
      const { id, caseId, state, job } = item;
      if (signal?.aborted) return;
      const now = this.ports.clock.now();
      const isDue = (each: OutboxItem) =>
        each.state === 'trying' || (each.state === 'waiting' && each.nextAt <= this.ports.clock.now());
      const isFree = !held.has(caseId) && this.rests.until(queueOf(item), now) <= now;
      // whoever was at work on it meanwhile may have put it off
      const delivery = isDue(item) && isFree ? await this.courier.attempt(id, signal, isDue) : undefined;
      if (delivery) tried?.(item, delivery);
      const isOver = delivery?.is === 'sent' || delivery?.is === 'gone';
      if (!isOver && (state !== 'needsPerson' || job.is === 'create')) held.add(caseId);
    }
  }

  /** What waits for a secret that was entered meanwhile, perhaps while no window had this casebook open. */
  async releaseEntered(): Promise<void> {
    const now = this.ports.clock.now();
    const isReleased = (item: OutboxItem) => {
      const { state, failure, job, isUncertain } = item;
      const waits = state === 'needsPerson' && failure !== undefined && 'reason' in failure && lacksSecret(failure);
      // a message that may have been read in the group is not said again unasked
      return waits && !(job.is === 'tell' && isUncertain) && !this.rests.needsSecret(queueOf(item), now);
    };
    for (const { id } of (await this.ports.outbox.list()).filter(isReleased)) {
      await this.ports.outbox.work(id, async (item) =>
        isReleased(item) ? { ...item, state: 'waiting', nextAt: now } : item,
      );
    }
  }
}
