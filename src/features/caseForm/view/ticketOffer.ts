/** What the ticket's own system can do instead of a form being filled in by hand. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import type { PageTickets } from '../ticketProtocol';
import { TicketDraft, ticketDraftKey } from './ticketDraft';
import type { Drafts } from './drafts';

export type TicketKind = 'create' | 'reactivate' | 'assign' | 'close';

export interface TicketOffer {
  readonly kind: TicketKind;
  readonly connection: string;
}

/** Fields of the form that the system itself answers. */
const ANSWERED: Readonly<Record<TicketKind, readonly string[]>> = {
  create: ['system', 'ticketKey', 'url', 'ticketType', 'severity'],
  reactivate: ['system', 'ticketKey', 'url', 'ticketType', 'severity', 'reactivated'],
  assign: ['assignee', 'routedAt', 'how'],
  close: ['ticketStatus', 'ticketClosedAt'],
};

/** Undefined where it is done by hand: no connection, or nothing that a system could do. */
export function ticketOffer(action: string, state: CaseState, { connection }: PageTickets): TicketOffer | undefined {
  const kind = connection === '' ? undefined : kindOf(action, state.ticket !== undefined);
  return kind && { kind, connection };
}

function kindOf(action: string, hasTicket: boolean): TicketKind | undefined {
  switch (action) {
    case 'createTicket':
      return hasTicket ? 'reactivate' : 'create';
    case 'submit':
      return hasTicket ? undefined : 'create';
    case 'route':
      return hasTicket ? 'assign' : undefined;
    case 'close':
      return hasTicket ? 'close' : undefined;
    default:
      return undefined;
  }
}

/** The offer, unless somebody wants to enter by hand what was done there. */
export function takenOffer(
  action: string,
  state: CaseState,
  tickets: PageTickets,
  draft: Pick<TicketDraft, 'text'>,
): TicketOffer | undefined {
  return draft.text('way') === 'hand' ? undefined : ticketOffer(action, state, tickets);
}

/** What a form does not ask as things stand. */
export function answeredThere(
  action: string,
  state: CaseState,
  tickets: PageTickets,
  drafts: Pick<Drafts, 'of' | 'edit'>,
): readonly string[] {
  const offer = takenOffer(action, state, tickets, new TicketDraft(drafts, ticketDraftKey(action)));
  return offer ? ANSWERED[offer.kind] : [];
}
