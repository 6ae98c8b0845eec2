/** What the page of a case says of its ticket beside what the case itself knows: this machine's looks and outbox. */
import type { Casebook, StoredCase } from '../../domain/ports';
import { lacksSignIn } from '../../domain/tickets/looks';
import { errorOf, isHeldUp, type OutboxItem } from '../../domain/tickets/outbox';
import { toIso } from '../../domain/time';
import { jobText, reasonText, standingText } from '../../platform/outboxWords';
import { unreadReason } from '../../platform/ticketSentences';
import type { TicketHere } from './protocol';

export type TicketPorts = Pick<Casebook, 'tickets' | 'clock'>;

const nothing: TicketHere = { connection: '', seenAt: '', unread: '', needsSignIn: false, waiting: [] };

/** Of one page. */
export class TicketView {
  private shown = JSON.stringify(nothing);

  constructor(
    private readonly ports: TicketPorts,
    /** What is known of a ticket must not keep its case from being shown. */
    private readonly onProblem: (error: unknown) => void,
  ) {}

  /** What is to be shown now; nothing for a case that is not recorded yet. */
  async show(stored: StoredCase | undefined): Promise<TicketHere> {
    const here = stored ? await ticketHere(this.ports, stored).catch(this.fail) : nothing;
    this.shown = JSON.stringify(here);
    return here;
  }

  /** True where the page shows something else by now. */
  async isNews(stored: StoredCase): Promise<boolean> {
    const here = await ticketHere(this.ports, stored).catch(this.fail);
    return JSON.stringify(here) !== this.shown;
  }

  private readonly fail = (error: unknown): TicketHere => {
    this.onProblem(error);
    return nothing;
  };
}

async function ticketHere({ tickets, clock }: TicketPorts, { id, state }: StoredCase): Promise<TicketHere> {
  const now = clock.now();
  const connection = state.ticket ? (tickets.connectionFor(state)?.name ?? '') : '';
  const look = (await tickets.looks())[id];
  const isOurs = look !== undefined && look.connection === connection;
  const own = (await tickets.outbox()).filter(({ caseId, job }) => caseId === id && job.is !== 'tell');
  const items = own.filter((item) => isHeldUp(item, now));
  return {
    connection,
    seenAt: isOurs && look.at > 0 ? toIso(look.at, clock.offsetAt(look.at)) : '',
    unread: isOurs && look.failed ? unreadReason(errorOf(look.failed.failure)) : '',
    needsSignIn: connection !== '' && (tickets.needsSignIn(connection) || (isOurs && lacksSignIn(look))),
    waiting: items.map((item) => ({
      action: item.job.act?.action ?? '',
      what: jobText(item),
      standing: standingText(item, tickets.lacksSecret(item), now),
      reason: reasonText(item),
      needsPerson: item.state === 'needsPerson',
      signInTo: wantsSignIn(item) || tickets.needsSignIn(item.connection) ? item.connection : '',
    })),
  };
}

const wantsSignIn = ({ failure }: OutboxItem) => failure?.is === 'tracker' && failure.reason === 'sign-in';
