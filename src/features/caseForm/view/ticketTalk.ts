/** The page's deeds at the ticket's own system, and the answers that come back out of turn. */
import type { FromView, ToView } from '../protocol';
import { readingDeeds } from '../readingDeeds';
import type { TicketDeed, TicketReply } from '../ticketProtocol';

export interface Talk {
  readonly reply: Promise<TicketReply>;
  /** It may have been done already: the answer says so. */
  stop(): void;
}

export class TicketTalk {
  /** By action: the names of what its form still needs for the ticket's own system. */
  readonly lacking = new Map<string, readonly string[]>();
  private readonly open = new Map<number, (reply: TicketReply) => void>();
  private last = 0;
  private sending = 0;

  constructor(
    private readonly send: (message: FromView) => void,
    /** Something is being sent now, or no more. */
    private readonly changed: () => void,
  ) {}

  /** Nothing else is done with the case meanwhile. */
  get isSending(): boolean {
    return this.sending > 0;
  }

  begin(deed: TicketDeed): Talk {
    this.last += 1;
    const id = this.last;
    const isReading = readingDeeds.has(deed.do);
    const reply = new Promise<TicketReply>((resolve) => this.open.set(id, resolve));
    this.send({ type: 'ticket', id, deed });
    if (!isReading) this.count(1);
    return {
      reply: isReading ? reply : reply.finally(() => this.count(-1)),
      stop: () => this.send({ type: 'ticketStop', id }),
    };
  }

  receive({ id, reply }: Extract<ToView, { type: 'ticketReply' }>): void {
    this.open.get(id)?.(reply);
    this.open.delete(id);
  }

  private count(by: number): void {
    this.sending += by;
    this.changed();
  }
}
