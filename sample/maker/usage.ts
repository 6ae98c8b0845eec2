/** The usage figures of the sample: one CSV as the import writes it, months counted back from today. */
import { usageColumns } from '../../src/domain/report/sources';
import { dateOfDay, dayOfDate } from '../../src/domain/report/calendar';
import { isRecord } from '../../src/domain/record';
import { StoryError } from './story';

/** @param today calendar date @throws StoryError */
export function usageTable(raw: unknown, today: string): string {
  const source = isRecord(raw) ? raw : {};
  const customers = isRecord(source['customers']) ? source['customers'] : {};
  const rows = Object.entries(customers).flatMap(([customer, figures]) => {
    const logins = numbersOf(figures, 'logins', customer);
    const coreUses = numbersOf(figures, 'coreUses', customer);
    return logins.map((count, index) => {
      const { period, part } = monthBack(today, logins.length - 1 - index);
      const share = (number: number) => String(Math.round(number * part));
      return [customer, period, share(count), share(coreUses[index] ?? 0), source['source'], source['legalBasis']];
    });
  });
  return `\uFEFF${[usageColumns, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** This month as far as it has come, and the whole of an earlier one. */
function monthBack(today: string, back: number): { period: string; part: number } {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10);
  if (back > 0) return { period: first.slice(0, 7), part: 1 };
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const days = dayOfDate(next) - dayOfDate(first);
  return { period: `${first}/${dateOfDay(dayOfDate(first) + day - 1)}`, part: day / days };
}

function numbersOf(figures: unknown, key: string, customer: string): readonly number[] {
  const list = isRecord(figures) ? figures[key] : undefined;
  if (Array.isArray(list) && list.every((entry) => typeof entry === 'number')) return list;
  throw new StoryError(`usage.yaml: ${customer}: ${key} is not a list of numbers`);
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
