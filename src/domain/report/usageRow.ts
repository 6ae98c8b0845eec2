/** One line of `usage/*.csv`. */
import { isCalendarDate } from '../time';
import { dateOfDay, dayOfDate } from './calendar';
import { type UsageEntry, usageColumns } from './sources';

/** One line as it stands in the file. */
export type UsageCells = Readonly<Record<(typeof usageColumns)[number], string>>;

/** First and last day of "2026-09-07", "2026-09", "2026-Q3" or "2026-09-01/2026-09-30"; undefined for anything else. */
export function readUsagePeriod(text: string): { from: string; until: string } | undefined {
  const [, year, quarter] = /^(\d{4})-[Qq]([1-4])$/.exec(text) ?? [];
  if (quarter !== undefined) return monthsOf(Number(year), (Number(quarter) - 1) * 3, 3);
  const [, monthYear, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (month !== undefined) return monthsOf(Number(monthYear), Number(month) - 1, 1);
  const [from = '', until = from, ...rest] = text.split('/').map((part) => part.trim());
  const isSpan = rest.length === 0 && isCalendarDate(from) && isCalendarDate(until) && from <= until;
  return isSpan ? { from, until } : undefined;
}

function monthsOf(year: number, month: number, count: number): { from: string; until: string } {
  const first = (index: number) => {
    const padded = String(year + Math.floor(index / 12)).padStart(4, '0');
    return `${padded}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  };
  return { from: first(month), until: dateOfDay(dayOfDate(first(month + count)) - 1) };
}

/** Undefined for a line without customer, period or any number, or with something else where a number stands. */
export function readUsageEntry(cells: UsageCells): UsageEntry | undefined {
  const customer = cells.customer.trim();
  const period = readUsagePeriod(cells.period.trim());
  const [logins, coreUses] = [readCount(cells.logins), readCount(cells.coreUses)];
  if (customer === '' || !period || logins === 'wrong' || coreUses === 'wrong') return undefined;
  if (logins === undefined && coreUses === undefined) return undefined;
  return {
    customer,
    ...period,
    ...(logins === undefined ? {} : { logins }),
    ...(coreUses === undefined ? {} : { coreUses }),
    source: cells.source.trim(),
    legalBasis: cells.legalBasis.trim(),
  };
}

function readCount(text: string): number | undefined | 'wrong' {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d{1,15}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : 'wrong';
}

/** The lines below the header; undefined where a column is missing. */
export function usageLines(
  rows: readonly (readonly string[])[],
): readonly { readonly line: number; readonly cells: UsageCells }[] | undefined {
  const [header = [], ...rest] = rows;
  const names = header.map((name) => name.trim());
  const places = usageColumns.map((column) => [column, names.indexOf(column)] as const);
  if (places.some(([, place]) => place === -1)) return undefined;
  return rest.flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return [];
    const cells = Object.fromEntries(places.map(([column, place]) => [column, row[place] ?? ''])) as UsageCells;
    return [{ line: index + 2, cells }];
  });
}
