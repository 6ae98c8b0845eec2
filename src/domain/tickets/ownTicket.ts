/** A case's own ticket, also where a hand wrote it down: where it lies, and what it is called there. */
import type { CaseState } from '../case/state';
import type { TrackerConnection, TrackerSystem } from './tracker';

/** The connection that a case's ticket lies in: by the name that was written down, else by the ticket's address. */
export function connectionOf(
  state: CaseState,
  connections: readonly TrackerConnection[],
): TrackerConnection | undefined {
  const { ticket } = state;
  if (!ticket) return undefined;
  const name = ticket.system.trim().toLowerCase();
  const isBelow = (url: string) => ticket.url.startsWith(`${url}/`);
  return (
    connections.find((connection) => connection.name.toLowerCase() === name) ??
    connections.find(({ url }) => isBelow(url))
  );
}

/** As people read it: a number alone would read as a count. */
export const ticketName = (key: string): string => (/^\d+$/.test(key) ? `#${key}` : key);

/** A key as its system takes it: people write "#1042", "Bug #1042", "ed-24". */
export function keyThere(system: TrackerSystem, key: string): string {
  const plain = key.trim();
  if (system === 'jira') return plain.toUpperCase();
  return /^(?:[^\d-]*#\s*)?(\d+)$/.exec(plain)?.[1] ?? plain;
}
