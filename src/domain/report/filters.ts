/** Which customers and products a report can be narrowed down to. */
import type { CasebookSettings } from '../casebook';
import { currentNames } from './scope';
import type { ReportFilter } from './serviceReport';
import type { CaseSummary } from '../summary';

export interface NamedCount {
  readonly name: string;
  /** Cases of all time. */
  readonly count: number;
}

export interface Choices {
  readonly customers: readonly NamedCount[];
  readonly products: readonly NamedCount[];
}

/** What the cases name, and what is chosen now even if no case names it any more; the most cases first. */
export function choicesOf(
  summaries: readonly Pick<CaseSummary, 'customer' | 'product'>[],
  settings: Pick<CasebookSettings, 'customers'>,
  { customers = [], products = [] }: ReportFilter,
): Choices {
  const now = currentNames(settings.customers);
  return {
    customers: counted(
      summaries.map(({ customer }) => now.get(customer.trim()) ?? customer.trim()),
      customers,
    ),
    products: counted(
      summaries.map(({ product }) => product.trim()),
      products,
    ),
  };
}

function counted(names: readonly string[], chosen: readonly string[]): readonly NamedCount[] {
  const counts = new Map(chosen.map((name) => [name, 0]));
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** Parts in which nothing is chosen leave nothing out. */
export function filterOf(customers: readonly string[], products: readonly string[]): ReportFilter {
  return { ...(customers.length > 0 && { customers }), ...(products.length > 0 && { products }) };
}

/**
 * What was asked for by names that somebody typed: in any case, and a customer's former name as well.
 * @param unknown told of names that neither the settings nor a case knows
 */
export function filterNamed(
  asked: { readonly customers: readonly string[]; readonly products: readonly string[] },
  summaries: readonly Pick<CaseSummary, 'customer' | 'product'>[],
  settings: Pick<CasebookSettings, 'customers' | 'products'>,
  unknown: (kind: 'customer' | 'product', name: string) => void,
): ReportFilter {
  const choices = choicesOf(summaries, settings, {});
  const customers = [...settings.customers, ...choices.customers].map(({ name }) => [name, name] as const);
  const products = [...settings.products, ...choices.products].map(({ name }) => [name, name] as const);
  const known = (
    kind: 'customer' | 'product',
    names: readonly string[],
    pairs: readonly (readonly [string, string])[],
  ) => {
    const byName = new Map(pairs.map(([name, present]) => [name.toLowerCase(), present]));
    return names.flatMap((name) => {
      const present = byName.get(name.trim().toLowerCase());
      if (present === undefined) unknown(kind, name);
      return present ?? [];
    });
  };
  return filterOf(
    known('customer', asked.customers, [...currentNames(settings.customers), ...customers]),
    known('product', asked.products, products),
  );
}

/** What the page left behind, if it is a filter. */
export function readFilter(raw: unknown): ReportFilter {
  if (typeof raw !== 'object' || raw === null) return {};
  const names = (key: 'customers' | 'products') => {
    const value: unknown = (raw as Partial<Record<typeof key, unknown>>)[key];
    return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
  };
  return filterOf(names('customers'), names('products'));
}
