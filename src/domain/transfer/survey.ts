/** What the columns of a table say, looked at once: what a mapping makes of them is then known without reading again. */
import type { Breathe } from '../ports';
import { orderFrom, type OrderFound, type OrderSign, signOf } from './dates';
import type { Table } from './table';

/** More different words than this in a column are no list of choices. */
export const MOST_VALUES = 60;

/** Where a column says more different things than this they are counted no further: nobody chooses among so many. */
const ENOUGH = 1_000;

export interface WordCount {
  readonly value: string;
  readonly count: number;
}

interface Column {
  readonly counts: Map<string, number>;
  readonly signs: Set<OrderSign>;
}

export class Survey {
  readonly #words = new Map<string, readonly WordCount[]>();

  constructor(
    readonly table: Table,
    private readonly columns: readonly Column[],
  ) {}

  /** What a column's cells say, each once, with how often, the most frequent first. */
  words(header: string, limit: number): readonly WordCount[] {
    let words = this.#words.get(header);
    if (!words) {
      words = [...(this.#column(header)?.counts ?? [])]
        .map(([value, count]) => ({ value, count }))
        .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      this.#words.set(header, words);
    }
    return words.slice(0, limit);
  }

  /** What all the dates of these columns say together about day and month. */
  order(headers: readonly string[]): OrderFound {
    return orderFrom(new Set(headers.flatMap((header) => [...(this.#column(header)?.signs ?? [])])));
  }

  #column(header: string): Column | undefined {
    return this.columns[this.table.headers.indexOf(header)];
  }
}

export async function surveyOf(table: Table, breathe: Breathe): Promise<Survey> {
  const columns = table.headers.map((): Column => ({ counts: new Map(), signs: new Set() }));
  for (const row of table.rows) {
    columns.forEach(({ counts, signs }, index) => {
      const text = row[index] ?? '';
      const sign = signOf(text);
      if (sign) signs.add(sign);
      const value = text.trim();
      if (value !== '' && counts.size <= ENOUGH) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    await breathe();
  }
  return new Survey(table, columns);
}
