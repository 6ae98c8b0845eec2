/** The deeds of one page at ticket systems that are under way: each answered once, each to be stopped. */
import type { TicketAnswers } from './ticketAnswers';
import { readingDeeds } from './readingDeeds';
import type { TicketDeed, TicketRefusal, TicketReply } from './ticketProtocol';

export class TicketTalks {
  #isDisposed = false;
  readonly #running = new Map<number, { readonly stopper: AbortController; readonly isReading: boolean }>();

  constructor(
    private readonly answers: Pick<TicketAnswers, 'answer'>,
    private readonly caseId: () => string,
    private readonly tell: (id: number, reply: TicketReply) => void,
    /** Of what was sent, and failed after the page was closed: somebody must hear of it. */
    private readonly unseen: (reply: TicketRefusal) => void,
  ) {}

  /** @param id the view's own, by which the answer is told */
  begin(id: number, deed: TicketDeed): void {
    const stopper = new AbortController();
    const isReading = readingDeeds.has(deed.do);
    this.#running.set(id, { stopper, isReading });
    void this.answers.answer(this.caseId(), deed, stopper.signal).then((reply) => {
      this.#running.delete(id);
      if (!this.#isDisposed) this.tell(id, reply);
      else if (!isReading && (reply.is === 'failed' || reply.is === 'refused')) this.unseen(reply);
    });
  }

  stop(id: number): void {
    this.#running.get(id)?.stopper.abort();
  }

  /** The page is closed: nobody waits for what was asked any more, but what was decided to be sent is sent. */
  dispose(): void {
    this.#isDisposed = true;
    for (const { stopper, isReading } of this.#running.values()) {
      if (isReading) stopper.abort();
    }
  }
}
