/** What is sent one after the other: to one ticket system, or to one group. They may bear the same name. */
import type { OutboxItem } from './outbox';

/** Also the key under which its secret is kept. */
export type QueueId = `tracker/${string}` | `bot/${string}`;

/** @param connection its name in the settings */
export const trackerQueue = (connection: string): QueueId => `tracker/${connection}`;

/** @param group its name in the settings */
export const botQueue = (group: string): QueueId => `bot/${group}`;

export const queueOf = ({ job, connection }: Pick<OutboxItem, 'job' | 'connection'>): QueueId =>
  job.is === 'tell' ? botQueue(connection) : trackerQueue(connection);
