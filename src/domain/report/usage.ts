/** 客户使用频率: what imported figures say of each customer's use. Casebook collects nothing by itself. */
import type { UsageThresholds } from './reportSettings';
import { fill, w, type Words } from '../words';
import type { Scope } from './scope';
import { numberText } from './sayFigures';
import { usageSentence } from './sentences';
import { type Usage, type UsageRow, type UsageStanding, usageStandings } from './serviceReport';
import type { UsageEntry } from './sources';
import { compareText, groupBy, idsOf } from './tally';
import { type Days, type Metric, overlapOf, type Piece, piecesOf, type Span, spansOf, useOf } from './usageSpans';

const MONTH = 30;

/** One customer's use in a span of days; a metric that no entry has is left out. */
interface Use {
  readonly logins?: number;
  readonly coreUses?: number;
  /** Days of the span that any entry speaks of. */
  readonly days: number;
}

/**
 * @param entries of all time, under the customers' present names
 * @param customers of all cases
 * @param today the day on which the report is made, in days since 1970-01-01: no source knows of later ones
 */
export function usageOf(
  entries: readonly UsageEntry[],
  customers: ReadonlySet<string>,
  now: Scope,
  before: Scope,
  today: number,
): Usage {
  const [days, earlier] = [daysOf(now), daysOf(before)];
  const spans = spansOf(entries, today);
  const ofCustomer = groupBy(spans, ({ customer }) => customer);
  const received = groupBy(now.received, ({ customer }) => customer);
  const wanted = now.filter.customers;
  const names = new Set([...now.settings.customers.map(({ name }) => name), ...customers, ...ofCustomer.keys()]);
  names.delete('');
  const shown = [...names].filter((customer) => wanted === undefined || wanted.includes(customer));
  const rows = shown.map((customer): UsageRow => {
    const known = piecesOf(ofCustomer.get(customer) ?? []);
    const use = useIn(known, days);
    const previous = useIn(known, earlier);
    const cases = received.get(customer) ?? [];
    return {
      customer,
      ...judge(use, previous, now.settings.report.usage),
      ...rounded('logins', use?.logins),
      ...rounded('coreUses', use?.coreUses),
      ...rounded('previousLogins', previous?.logins),
      ...rounded('previousCoreUses', previous?.coreUses),
      received: cases.length,
      cases: idsOf(cases),
    };
  });
  const rank = ({ standing }: UsageRow) => usageStandings.indexOf(standing);
  const sorted = rows.toSorted((a, b) => rank(a) - rank(b) || compareText(a.customer, b.customer));
  const counts = Object.fromEntries(
    usageStandings.map((standing) => [standing, rows.filter((row) => row.standing === standing).length]),
  ) as Record<UsageStanding, number>;
  return { customers: sorted, counts, sources: sourcesOf(spans, days), sentence: usageSentence(rows, counts) };
}

function rounded<Key extends string>(key: Key, value: number | undefined): Partial<Record<Key, number>> {
  return value === undefined ? {} : ({ [key]: Math.round(value) } as Partial<Record<Key, number>>);
}

function daysOf({ business, start, asOf }: Scope): Days {
  const { time } = business;
  return { first: time.dayAt(start), end: time.dayAt(asOf - 1) + 1 };
}

function useIn(pieces: readonly Piece[], days: Days): Use | undefined {
  const known = new Set<number>();
  const sums: { -readonly [Key in Metric]?: number } = {};
  for (const piece of pieces) {
    if (overlapOf(piece, days) === 0) continue;
    for (let day = Math.max(piece.first, days.first); day < Math.min(piece.end, days.end); day += 1) known.add(day);
    sums[piece.metric] = (sums[piece.metric] ?? 0) + useOf(piece, days);
  }
  if (known.size === 0) return undefined;
  // ten logins in parts are ten, not a hair less than a threshold of ten
  const exact = (['logins', 'coreUses'] as const).flatMap((metric) => {
    const sum = sums[metric];
    return sum === undefined ? [] : [[metric, Math.round(sum * 1e6) / 1e6] as const];
  });
  return { ...(Object.fromEntries(exact) as typeof sums), days: known.size };
}

function sourcesOf(entries: readonly Span[], days: Days): Usage['sources'] {
  const used = entries.filter((entry) => overlapOf(entry, days) > 0);
  const pairs = new Map(
    used.map(({ source, legalBasis }) => [JSON.stringify([source, legalBasis]), { source, legalBasis }]),
  );
  return [...pairs.values()].toSorted(
    (a, b) => compareText(a.source, b.source) || compareText(a.legalBasis, b.legalBasis),
  );
}

interface Judged {
  readonly standing: UsageStanding;
  readonly reason: Words;
}

/**
 * Silent: no use at all. Low: under the threshold in 30 days. Declining: not low before, and fallen by so much per day.
 * Else active.
 */
function judge(use: Use | undefined, before: Use | undefined, thresholds: UsageThresholds): Judged {
  if (!use) return { standing: 'noData', reason: w('No data', '无数据') };
  if ((use.logins ?? 0) === 0 && (use.coreUses ?? 0) === 0) {
    return { standing: 'silent', reason: fill(w('No use in {0} days', '{0} 天内无使用'), numberText(use.days)) };
  }
  const fall = before && !isLow(before, thresholds) ? fallOf(use, before) : undefined;
  if (fall !== undefined && fall >= thresholds.decliningPercent / 100) {
    const percent = String(Math.round(fall * 100));
    return { standing: 'declining', reason: fill(w('{0}% less than before', '较上期下降 {0}%'), percent) };
  }
  const count = Math.round(perMonth(use) * 10) / 10;
  const what =
    use.logins === undefined
      ? w(count === 1 ? 'use of core features' : 'uses of core features', '次核心功能使用')
      : w(count === 1 ? 'login' : 'logins', '次登录');
  const reason = fill(w('{0} {1} in 30 days', '每 30 天 {0} {1}'), numberText(count), what);
  return { standing: isLow(use, thresholds) ? 'low' : 'active', reason };
}

/** Logins, or the uses of core features where the sources have no logins. */
function perMonth({ logins, coreUses, days }: Use): number {
  return ((logins ?? coreUses ?? 0) / days) * MONTH;
}

function isLow(use: Use, { lowLogins, lowCoreUses }: UsageThresholds): boolean {
  return perMonth(use) < (use.logins === undefined ? lowCoreUses : lowLogins);
}

/** By day, since the two spans may be known for different times; the greater fall of the two metrics. */
function fallOf(use: Use, before: Use): number | undefined {
  const falls = (['logins', 'coreUses'] as const).flatMap((metric) => {
    const [now, then] = [use[metric], before[metric]];
    if (now === undefined || then === undefined || then === 0) return [];
    return [1 - now / use.days / (then / before.days)];
  });
  return falls.length === 0 ? undefined : Math.max(...falls);
}
