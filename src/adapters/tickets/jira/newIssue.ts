/** What is sent to make a ticket, by what its screen takes. */
import { storable } from '../../../domain/tickets/storable';
import { type NewTicket, type TicketFieldValue, TrackerError } from '../../../domain/tickets/tracker';
import { markedTitle } from '../marks';
import { createFields, encoded, issueTypes, usualType } from './createMeta';
import { labelOf } from './issues';
import type { Site } from './site';

/** @param utcOffset minutes east of UTC, for times that are typed as a date */
export async function newIssueFields(
  site: Site,
  ticket: NewTicket,
  utcOffset: number,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const { place, caseId } = ticket;
  const { issuetype: chosen, ...given } = ticket.fields;
  const flavour = await site.flavour(signal);
  const type =
    typeof chosen === 'string' && chosen !== ''
      ? chosen
      : usualType(await issueTypes(site, place, signal), ticket.kind)?.id;
  if (type === undefined) throw new TrackerError('forbidden', place);
  const screen = new Map((await createFields(site, place, type, signal)).map((field) => [field.id, field]));
  const values = Object.entries(given).map(([key, value]) => {
    const field = screen.get(key);
    // a field that is gone meanwhile is for Jira to refuse by its name
    return [key, field ? encoded(field, kept(value), flavour, utcOffset) : value];
  });
  const own: Record<string, unknown> = Object.fromEntries(
    values.filter(([, value]) => value !== undefined && value !== ''),
  );
  const { labels } = own;
  return {
    ...own,
    project: /^\d+$/.test(place) ? { id: place } : { key: place },
    issuetype: { id: type },
    summary: sentTitle(ticket.title, caseId),
    description: flavour.toBody(storable(ticket.text).text),
    // a screen without labels refuses them; the title has the mark in any case
    ...(screen.has('labels') ? { labels: [labelOf(caseId), ...(Array.isArray(labels) ? labels : [])] } : {}),
  };
}

export const sentTitle = (title: string, caseId: string) => markedTitle(storable(title).text, caseId);

const kept = (value: TicketFieldValue): TicketFieldValue =>
  typeof value === 'string' ? storable(value).text : value.map((each) => storable(each).text);
