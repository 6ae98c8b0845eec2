/** What an engineer is about to enter at an intake, foreseen from what past cases of the same customer used. */
import type { CaseKind } from '../case/state';
import type { CasebookSettings } from '../casebook';
import type { CaseSummary } from '../summary';
import { instantOf } from '../time';

/** In the order in which a quick intake asks for them. */
export const intakeKeys = ['customer', 'product', 'version', 'problemType', 'channel', 'contact'] as const;
export type IntakeKey = (typeof intakeKeys)[number];

/** What is known by now; a key that was not reached yet is left out. */
export type Intake = Readonly<Partial<Record<IntakeKey, string>>>;

export interface Offer {
  readonly value: string;
  /** Cases in which it was used in these circumstances; 0 for what only stands in the team's lists. */
  readonly uses: number;
  /** When the last of them came in, ISO-8601 with offset; empty without one. */
  readonly lastAt: string;
}

export interface Past {
  readonly cases: readonly CaseSummary[];
  readonly settings: CasebookSettings;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const DAY = 86_400_000;

/**
 * Days after which a use counts half. Habits change slowly, but a customer who upgraded reports on the new version
 * from the next day on.
 */
const HALF_LIFE: Readonly<Record<IntakeKey, number>> = {
  customer: 30,
  product: 120,
  version: 10,
  problemType: 120,
  channel: 90,
  contact: 90,
};

/** What makes a past case count for a key, from the closest circumstances to the widest. */
const CIRCUMSTANCES: Readonly<Record<IntakeKey, readonly (readonly IntakeKey[])[]>> = {
  customer: [[]],
  product: [['customer'], []],
  version: [['customer', 'product'], ['product']],
  problemType: [['customer', 'product'], ['product'], []],
  channel: [['customer'], []],
  contact: [['customer', 'product'], ['customer']],
};

export function keysAsked(kind: CaseKind): readonly IntakeKey[] {
  return intakeKeys.filter((key) => kind === 'issue' || key !== 'problemType');
}

/**
 * The values to choose from, the likeliest first: what was used often and lately in the same circumstances, then in
 * wider ones, then what the team's lists hold. A version or contact of another product or customer is not offered.
 */
export function offersFor(key: IntakeKey, known: Intake, { cases, settings, now }: Past): Offer[] {
  const offers = new Map<string, Offer>();
  for (const circumstances of CIRCUMSTANCES[key]) {
    if (circumstances.some((other) => (known[other] ?? '') === '')) continue;
    const alike = cases.filter((summary) => circumstances.every((other) => summary[other] === known[other]));
    for (const offer of ranked(key, alike, now)) {
      if (!offers.has(offer.value)) offers.set(offer.value, offer);
    }
  }
  for (const value of listed(key, known, settings)) {
    if (value !== '' && !offers.has(value)) offers.set(value, { value, uses: 0, lastAt: '' });
  }
  return [...offers.values()];
}

function ranked(key: IntakeKey, cases: readonly CaseSummary[], now: number): Offer[] {
  const weights = new Map<string, { weight: number; uses: number; last: number; lastAt: string }>();
  for (const summary of cases) {
    const value = summary[key].trim();
    if (value === '') continue;
    const at = instantOf(summary.receivedAt);
    const before = weights.get(value) ?? { weight: 0, uses: 0, last: -Infinity, lastAt: '' };
    const age = Math.max(0, now - at) / DAY;
    weights.set(value, {
      weight: before.weight + 2 ** (-age / HALF_LIFE[key]),
      uses: before.uses + 1,
      ...(at > before.last ? { last: at, lastAt: summary.receivedAt } : { last: before.last, lastAt: before.lastAt }),
    });
  }
  return [...weights]
    .toSorted(([a, one], [b, other]) => other.weight - one.weight || other.last - one.last || (a < b ? -1 : 1))
    .map(([value, { uses, lastAt }]) => ({ value, uses, lastAt }));
}

/** Of `casebook.json`; what was learned last stands at the end of a list, and is the likeliest version. */
function listed(key: IntakeKey, known: Intake, settings: CasebookSettings): readonly string[] {
  switch (key) {
    case 'customer':
      return settings.customers.map(({ name }) => name);
    case 'product':
      return settings.products.map(({ name }) => name);
    case 'version':
      return (settings.products.find(({ name }) => name === known.product)?.versions ?? []).toReversed();
    case 'problemType':
      return settings.problemTypes;
    case 'channel':
      return settings.channels;
    case 'contact':
      return settings.customers.find(({ name }) => name === known.customer)?.contacts ?? [];
  }
}
