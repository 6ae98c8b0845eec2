/** How often customers use the product, from figures that were lawfully collected elsewhere (spec, part 3). */
import type { CasebookSettings } from '../casebook';
import { usageColumns } from '../report/sources';
import { groupBy } from '../report/tally';
import { readUsagePeriod } from '../report/usageRow';
import type { CaseSummary } from '../summary';
import { fill, w, type Words } from '../words';
import type { DateReader } from './dates';
import type { Rejection } from './plan';
import { isTooLong, rowNumber, type Table, tooLong } from './table';

export type UsageRow = Readonly<Record<(typeof usageColumns)[number], string>>;

export interface UsageMapping {
  readonly customer: string;
  readonly period: string;
  /** Headers; empty for none. One of the two at least. */
  readonly logins: string;
  readonly coreUses: string;
  /** Where the figures come from, and why they may be used. */
  readonly source: string;
  readonly legalBasis: string;
}

export const usageLabels = {
  customer: w('Customer', '客户'),
  period: w('Date or period', '日期或周期'),
  logins: w('Logins', '登录次数'),
  coreUses: w('Uses of core features', '核心功能使用次数'),
} as const;

const headers: Readonly<Record<keyof typeof usageLabels, RegExp>> = {
  customer: /^(customer|account|company|client|tenant|客户|单位|公司|租户)/i,
  period: /(period|date|month|day|日期|周期|月份|时间)/i,
  logins: /(login|sign.?in|session|登录)/i,
  coreUses: /(core|feature|\buses?\b|usage|核心|功能|使用)/i,
};

export function guessUsage(table: Table): UsageMapping {
  const taken = new Set<string>();
  const find = (key: keyof typeof usageLabels) => {
    const found = table.headers.find((header) => !taken.has(header) && headers[key].test(header.trim())) ?? '';
    taken.add(found);
    return found;
  };
  return {
    customer: find('customer'),
    period: find('period'),
    logins: find('logins'),
    coreUses: find('coreUses'),
    source: '',
    legalBasis: '',
  };
}

export interface UsagePlan {
  readonly rows: readonly UsageRow[];
  readonly rejected: readonly Rejection[];
  /** How many rows have days in common with another one of the same customer. */
  readonly crossing: number;
  /** Dates stood for their months. */
  readonly isMonthly: boolean;
}

export function planUsage(table: Table, mapping: UsageMapping, dates: DateReader): UsagePlan {
  const rows: UsageRow[] = [];
  const rejected: Rejection[] = [];
  const seen = new Map<string, number>();
  const index = (header: string) => (header === '' ? -1 : table.headers.indexOf(header));
  const [customerAt, periodAt, loginsAt, usesAt] = [
    index(mapping.customer),
    index(mapping.period),
    index(mapping.logins),
    index(mapping.coreUses),
  ];
  const isMonthly = saysMonths(table, periodAt, dates);
  table.rows.forEach((cells, at) => {
    const row = rowNumber(table, at);
    const cell = (column: number) => cells[column]?.trim() ?? '';
    if (cells.every((text) => text.trim() === '')) return;
    if (isTooLong(table, cells)) {
      rejected.push({ row, column: '', reason: tooLong });
      return;
    }
    const [customer, written, logins, coreUses] = [cell(customerAt), cell(periodAt), cell(loginsAt), cell(usesAt)];
    const period = isMonthly ? periodOf(written, dates)?.replace(DAY_ONE, '$1') : periodOf(written, dates);
    const numbers = [
      { column: mapping.logins, text: logins },
      { column: mapping.coreUses, text: coreUses },
    ];
    const wrong = numbers.find(({ text }) => text !== '' && countOf(text) === undefined);
    const refuse = (column: string, reason: Words) => void rejected.push({ row, column, reason });
    if (customer === '') return refuse(mapping.customer, w('The customer is missing', '缺少客户'));
    if (period === undefined) {
      return refuse(mapping.period, fill(w('"{0}" is no date and no period', '“{0}”不是日期或周期'), written));
    }
    if (wrong) return refuse(wrong.column, fill(w('"{0}" is no count', '“{0}”不是次数'), wrong.text));
    if (logins === '' && coreUses === '') return refuse('', w('There is no figure in this row', '此行没有数据'));
    const earlier = seen.get(`${customer}\n${period}`);
    if (earlier !== undefined) {
      const words = w('Customer and period are those of row {0}', '客户和周期与第 {0} 行相同');
      return refuse(mapping.period, fill(words, String(earlier)));
    }
    seen.set(`${customer}\n${period}`, row);
    const { source, legalBasis } = mapping;
    rows.push({
      customer,
      period,
      logins: countOf(logins) ?? '',
      coreUses: countOf(coreUses) ?? '',
      source: source.trim(),
      legalBasis: legalBasis.trim(),
    });
  });
  return { rows, rejected, crossing: crossingOf(rows), isMonthly };
}

const DAY_ONE = /^(\d{4}-\d{2})-01$/;

/** A spreadsheet keeps "2026-09" as the first of September: where every date is such a day, each is its month. */
function saysMonths({ headers: names, rows }: Table, column: number, dates: DateReader): boolean {
  const days = new Set<string>();
  for (const row of rows) {
    const period = periodOf(row[column]?.trim() ?? '', dates);
    if (period === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(period)) continue;
    if (!DAY_ONE.test(period)) return false;
    days.add(period);
  }
  return days.size > 1 || (days.size === 1 && /month|月/i.test(names[column] ?? ''));
}

function crossingOf(rows: readonly UsageRow[]): number {
  const found = new Set<UsageRow>();
  for (const own of groupBy(rows, ({ customer }) => customer).values()) {
    const spans = own
      .flatMap((row) => {
        const span = readUsagePeriod(row.period);
        return span ? [{ row, ...span }] : [];
      })
      .toSorted((a, b) => (a.from < b.from ? -1 : 1));
    let longest = spans[0];
    for (const span of spans.slice(1)) {
      if (longest && span.from <= longest.until) found.add(longest.row).add(span.row);
      if (!longest || span.until > longest.until) longest = span;
    }
  }
  return found.size;
}

/** Customers whose figures would stand for themselves in the report: most often another way to write a known name. */
export function unknownCustomers(
  rows: readonly UsageRow[],
  { customers }: Pick<CasebookSettings, 'customers'>,
  cases: readonly Pick<CaseSummary, 'customer'>[],
): readonly string[] {
  const known = new Set([
    ...customers.flatMap(({ name, formerNames = [] }) => [name, ...formerNames]),
    ...cases.map(({ customer }) => customer.trim()),
  ]);
  return [...new Set(rows.map(({ customer }) => customer))].filter((customer) => !known.has(customer));
}

/** "2026-09", "2026-Q3", "2026-09-07" or two days with "/" between them; undefined for what is none. */
export function periodOf(text: string, dates: DateReader): string | undefined {
  const month = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(text) ?? /^(\d{4})(0[1-9]|1[0-2])$/.exec(text);
  if (month) {
    const number = Number(month[2]);
    return number >= 1 && number <= 12 ? `${month[1]}-${String(number).padStart(2, '0')}` : undefined;
  }
  const quarter = /^(\d{4})\s*[-/年]?\s*(?:Q|第)?\s*([1-4])(?:季度)?$/i.exec(text);
  if (quarter && /[Q第季]/i.test(text)) return `${quarter[1]}-Q${quarter[2]}`;
  const days = /^(\d{4}-\d{2}-\d{2})\s*\/\s*(\d{4}-\d{2}-\d{2})$/.exec(text);
  if (days) {
    const [from, until] = [dates.date(days[1] ?? ''), dates.date(days[2] ?? '')];
    return from !== undefined && until !== undefined && from <= until ? `${from}/${until}` : undefined;
  }
  return dates.date(text);
}

/** "1,204" and "1204.0" are counts; a part of one is none. */
function countOf(text: string): string | undefined {
  const plain = text.replace(/[,，\s](?=\d{3}\b)/g, '').replace(/\.0+$/, '');
  return /^\d{1,15}$/.test(plain) ? String(Number(plain)) : undefined;
}
