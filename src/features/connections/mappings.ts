/** Names on both sides of a mapping; no editor here. */
import type { TrackerSystem } from '../../domain/tickets/tracker';

/** A project, product or person of the server. */
export interface Option {
  readonly id: string;
  readonly name: string;
}

/** Every name once: those that the casebook knows, then those that only the setting names. */
export function allNames(known: readonly string[], mapped: readonly string[]): readonly string[] {
  return [...new Set([...known, ...mapped].map((name) => name.trim()))].filter((name) => name !== '');
}

/** More than these are not asked for their people: a site may have hundreds of projects. */
const MOST_PLACES = 5;

/**
 * Whose people may be assigned to: those of the places that products are mapped to; as long as there are none, of all
 * that the site has. Accounts of ZenTao are the whole site's, so one place says them all.
 */
export function placesToAsk(
  system: TrackerSystem,
  mapped: readonly string[],
  all: readonly Option[],
): readonly string[] {
  const places = [...new Set(mapped.length === 0 ? all.map(({ id }) => id) : mapped)];
  if (system === 'zentao') return [places[0] ?? ''];
  return places.slice(0, MOST_PLACES);
}

/** Everybody once, by name. */
export function peopleOf(lists: readonly (readonly Option[])[]): readonly Option[] {
  const people = new Map(lists.flat().map((person) => [person.id, person]));
  return [...people.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}
