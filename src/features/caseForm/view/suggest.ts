/** What a combo box offers: the team's lists, narrowed by what the case knows already. */
import type { CasebookSettings } from '../../../domain/casebook';
import type { CaseState } from '../../../domain/case/state';
import { personEntry } from '../../../domain/person';
import { type Suggestions, textOf, type Values } from '../../../domain/sop/field';
import { procedureOf } from '../../../domain/sop/engine';

export function suggestionsFor(
  list: Exclude<Suggestions, 'tags'>,
  settings: CasebookSettings,
  state: CaseState,
  values: Values,
  /** Names of the connections: a ticket in one of them is followed. */
  connections: readonly string[] = [],
): readonly string[] {
  const known = (key: string) => textOf(values, key) || textOf(state.values[procedureOf(state.kind).intake], key);
  switch (list) {
    case 'customers':
      return settings.customers.map((customer) => customer.name);
    case 'contacts': {
      const customer = settings.customers.find((entry) => entry.name === known('customer'));
      return customer ? (customer.contacts ?? []) : unique(settings.customers.flatMap((entry) => entry.contacts ?? []));
    }
    case 'products':
      return settings.products.map((product) => product.name);
    case 'versions': {
      const product = settings.products.find((entry) => entry.name === known('product'));
      return product ? product.versions : unique(settings.products.flatMap((entry) => entry.versions));
    }
    case 'types':
      return settings.problemTypes;
    case 'channels':
      return settings.channels;
    case 'people':
      return settings.people.map(personEntry);
    case 'groups':
      return settings.groups;
    case 'teams':
      return unique(settings.people.flatMap((person) => (person.team === undefined ? [] : [person.team])));
    case 'trackers':
      return unique([...connections, ...settings.trackers]);
  }
}

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Those that hold every word typed; the ones that begin with it first. */
export function matching(suggestions: readonly string[], typed: string): readonly string[];
export function matching<T>(entries: readonly T[], typed: string, textIn: (entry: T) => string): readonly T[];
export function matching<T>(entries: readonly T[], typed: string, textIn: (entry: T) => string = String): readonly T[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return entries;
  const words = wanted.split(/\s+/);
  const found = entries.filter((entry) => words.every((word) => textIn(entry).toLowerCase().includes(word)));
  const begins = (entry: T) => (textIn(entry).toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((a, b) => begins(a) - begins(b));
}
