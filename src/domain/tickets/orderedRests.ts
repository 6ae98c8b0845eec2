/** What systems and groups themselves have told this machine to wait for, whichever window it was told. */
import type { QueueId } from './queue';

export interface OrderedRest {
  /** When it was said, milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds since the epoch; Number.MAX_SAFE_INTEGER until somebody has entered a secret. */
  readonly until: number;
  /** Of the site that said it; empty for a group. */
  readonly url: string;
}

export interface OrderedRests {
  read(): Promise<Readonly<Record<string, OrderedRest>>>;
  note(queue: QueueId, rest: OrderedRest): Promise<void>;
  /** Takes away what was said by then. @param by milliseconds since the epoch */
  lift(queue: QueueId, by: number): Promise<void>;
  /** Also told of what other windows do, where the system tells us. */
  onDidChange(listener: () => void): { dispose(): void };
  dispose(): void;
}
