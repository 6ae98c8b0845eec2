/** The deeds of one page at ticket systems that are under way: each answered once, each to be stopped. */
import type { TicketAnswers } from './ticketAnswers';
import type { TicketDeed, TicketReply } from './ticketProtocol';

const READING: ReadonlySet<TicketDeed['do']> = new Set(['form', 'people', 'preview']);

export class TicketTalks {
  #isDisposed = false;
  readonly #running = new Map<number, { readonly stopper: AbortController; readonly isReading: boolean }>();

  constructor(
    private readonly answers: Pick<TicketAnswers, 'answer'>,
    private readonly caseId: () => string,
    private readonly tell: (id: number, reply: TicketReply) => void,
  ) {}

  /** @param id the view's own, by which the answer is told */
  begin(id: number, deed: TicketDeed): void {
    const stopper = new AbortController();
    this.#running.set(id, { stopper, isReading: READING.has(deed.do) });
    void this.answers.answer(this.caseId(), deed, stopper.signal).then((reply) => {
      this.#running.delete(id);
      if (!this.#isDisposed) this.tell(id, reply);
    });
  }

  stop(id: number): void {
    this.#running.get(id)?.stopper.abort();
  }

  /** The page is closed: nobody reads the answers any more, but what was decided to be sent is sent. */
  dispose(): void {
    this.#isDisposed = true;
    for (const { stopper, isReading } of this.#running.values()) {
      if (isReading) stopper.abort();
    }
  }
}
