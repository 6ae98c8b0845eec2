/** Of host and view, apart from the protocol's schemas, which no page needs. */
import type { TicketDeed } from './ticketProtocol';

/** What changes nothing anywhere: the page can be used meanwhile, and a closed one waits for no answer. */
export const readingDeeds: ReadonlySet<TicketDeed['do']> = new Set([
  'form',
  'people',
  'resolutions',
  'preview',
  'signIn',
]);
