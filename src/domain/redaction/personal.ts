/** Everything about customers and people in a text: what the casebook knows by name, and what has a form of its own. */
import { apart, type FindingKind, type Spot } from './finding';
import { type KnownNames, nameFinder } from './names';
import { networkSpots } from './network';
import { peopleSpots } from './people';

export interface Known {
  readonly names: KnownNames;
  /** Version numbers of the team's products: "5.6.0.3" is no address then. */
  readonly versions: ReadonlySet<string>;
}

export const nothingKnown: Known = { names: new Map(), versions: new Set() };

/** In order and without overlaps. A name inside a host or a mail address is part of that. */
export function personalFinder(known: Known): (text: string) => Spot[] {
  const names = nameFinder(known.names);
  return (text) => {
    const formed = apart([...peopleSpots(text), ...networkSpots(text, known.versions)]);
    const isInside = (name: Spot) => formed.some(({ start, end }) => start < name.end && name.start < end);
    return apart([...formed, ...names(text).filter((name) => !isInside(name))]);
  };
}

/** Kinds that a draft replaces by itself: nothing of a solution is lost with them, as it may be with an address. */
export const replacedInDrafts: ReadonlySet<FindingKind> = new Set([
  'customer',
  'contact',
  'lead',
  'manager',
  'colleague',
  'phone',
  'mail',
  'personId',
  'token',
  'password',
  'privateKey',
  'connectionString',
]);
