/** Puts what a snapshot says into the form, beside what was typed there. */
import { allEnvironmentItems, type Environment, type EnvironmentKey, isEmpty } from '../sop/field';
import type { Found } from './items';

export interface Filling {
  readonly environment: Environment;
  /** Were empty, and hold what was found now. */
  readonly filled: readonly EnvironmentKey[];
  /** Hold something else already, typed or marked as not to be had: left as they are. */
  readonly taken: readonly EnvironmentKey[];
}

export function fillIn(known: Environment, found: Found): Filling {
  const keys = allEnvironmentItems.map(({ key }) => key).filter((key) => found[key] !== undefined);
  const isFree = (key: EnvironmentKey) => isEmpty(known[key]?.value) && isEmpty(known[key]?.cannot);
  const filled = keys.filter(isFree);
  return {
    environment: replaced(known, found, filled),
    filled,
    taken: keys.filter((key) => !isFree(key) && known[key]?.value !== found[key]),
  };
}

/** With what was found for these items, whatever they held. */
export function replaced(known: Environment, found: Found, keys: readonly EnvironmentKey[]): Environment {
  const news = keys.map((key): [EnvironmentKey, { value: string }] => [key, { value: found[key] ?? '' }]);
  return { ...known, ...Object.fromEntries(news) };
}

/** As it was before these items were put in; what was changed since by hand stays. */
export function undone(
  now: Environment,
  before: Environment,
  found: Found,
  keys: readonly EnvironmentKey[],
): Environment {
  const back = new Set(keys.filter((key) => now[key]?.value === found[key]));
  const known = allEnvironmentItems.map(({ key }): [EnvironmentKey, Environment[EnvironmentKey]] => [
    key,
    back.has(key) ? before[key] : now[key],
  ]);
  return Object.fromEntries(known.filter(([, item]) => item !== undefined));
}
