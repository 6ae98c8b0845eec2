/** The parts of a reading of a ticket, and which of them differ from the reading before. */
import type { TicketSighting } from '../case/state';
import { textOf, type Values } from './field';

export type TicketPart = 'status' | 'request' | 'resolution' | 'assignee' | 'fixVersion' | 'dueDate' | 'comment';

type Told = Readonly<Record<TicketPart, string>>;

function toldBy(values: Values): Told {
  const told = (key: string) => textOf(values, key);
  return {
    status: `${told('progress')}\n${told('status')}`,
    request: told('request'),
    resolution: told('resolution'),
    assignee: told('assignedTo'),
    fixVersion: told('fixVersion'),
    dueDate: told('dueDate'),
    comment: `${told('commentAt')}\n${told('commentBy')}\n${told('commentText')}`,
  };
}

/** What a reading said, part by part. */
export function toldIn(sighting: TicketSighting): Told {
  const { progress, status, commentAt, commentBy, commentText } = sighting;
  return {
    status: `${progress}\n${status}`,
    request: sighting.request ?? '',
    resolution: sighting.resolution,
    assignee: sighting.assignee,
    fixVersion: sighting.fixVersion,
    dueDate: sighting.dueDate,
    comment: `${commentAt}\n${commentBy}\n${commentText}`,
  };
}

/** What differs from what the case knows: everything but the times of reading. All of it where it was never read. */
export function changedParts(known: TicketSighting | undefined, values: Values): readonly TicketPart[] {
  const now = toldBy(values);
  const parts = Object.keys(now) as TicketPart[];
  if (!known) return parts;
  const before = toldIn(known);
  return parts.filter((part) => now[part] !== before[part]);
}
