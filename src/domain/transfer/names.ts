/** What imported cases name that the team's lists do not hold yet. */
import type { CasebookSettings } from '../casebook';
import type { Breathe } from '../ports';
import type { PlannedCase } from './plan';

export interface NewNames {
  /** How many of each are new. */
  readonly customers: number;
  readonly products: number;
  readonly versions: number;
  readonly channels: number;
  readonly problemTypes: number;
  /** For `SettingsStore.learn`: each name once, a version with its product. */
  readonly forms: readonly Readonly<Record<string, string>>[];
}

type Lists = Pick<CasebookSettings, 'customers' | 'products' | 'channels' | 'problemTypes'>;

export async function newNamesOf(
  cases: readonly Pick<PlannedCase, 'intake'>[],
  lists: Lists,
  breathe: Breathe,
): Promise<NewNames> {
  const customers = new Fresh(lists.customers.flatMap(({ name, formerNames = [] }) => [name, ...formerNames]));
  const products = new Fresh(lists.products.map(({ name }) => name));
  const versionKey = (product: string, version: string) => JSON.stringify([product, version]);
  const versions = new Fresh(
    lists.products.flatMap(({ name, versions: known }) => known.map((version) => versionKey(name, version))),
  );
  const channels = new Fresh(lists.channels);
  const problemTypes = new Fresh(lists.problemTypes);
  const forms: Record<string, string>[] = [];
  for (const { intake } of cases) {
    const { customer = '', product = '', version = '', channel = '', problemType = '' } = intake;
    if (customers.add(customer)) forms.push({ customer });
    const isNewProduct = products.add(product);
    const isNewVersion = product !== '' && version !== '' && versions.add(versionKey(product, version));
    if (isNewProduct || isNewVersion) forms.push(version === '' ? { product } : { product, version });
    if (channels.add(channel)) forms.push({ channel });
    if (problemTypes.add(problemType)) forms.push({ problemType });
    await breathe();
  }
  return {
    customers: customers.count,
    products: products.count,
    versions: versions.count,
    channels: channels.count,
    problemTypes: problemTypes.count,
    forms,
  };
}

class Fresh {
  count = 0;
  readonly #known: Set<string>;

  constructor(known: readonly string[]) {
    this.#known = new Set(known);
  }

  /** @returns true for a name that is met for the first time */
  add(name: string): boolean {
    if (name === '' || this.#known.has(name)) return false;
    this.#known.add(name);
    this.count += 1;
    return true;
  }
}
