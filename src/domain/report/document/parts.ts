/** What the sections of the report have in common. */
import { w, type Words } from '../../words';
import type { Series } from '../charts';
import type { Bucket, Row } from '../figure';
import { numberText } from '../sayFigures';
import type { Cell, Cells } from './cells';
import type { Chart, Column, Paragraph, Part, Table } from './reportDocument';

/** A part before it has its number. */
export type Unnumbered = Omit<Part, 'number'>;

/** Places in the palette: the same thing has the same colour in every chart. */
export const tones = { received: 0, bad: 1, good: 2, other: 3 } as const;

export const nothingThere = w('None in this period.', '本期无。');

export function column(cells: Cells, id: string, title: Words, kind: Column['kind'] = 'number'): Column {
  return { id, title: cells.say(title), kind };
}

export function paragraph(cells: Cells, words: Words | string): Paragraph {
  return { kind: 'paragraph', text: cells.text(words).text, isNote: false };
}

export function note(cells: Cells, words: Words): Paragraph {
  return { kind: 'paragraph', text: cells.say(words), isNote: true };
}

export interface TableParts {
  readonly id: string;
  readonly title: Words;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly empty?: Words;
}

export function table(cells: Cells, { id, title, columns, rows, empty = nothingThere }: TableParts): Table {
  return { kind: 'table', id, title: cells.say(title), columns, rows, empty: cells.say(empty) };
}

/** None where there are no rows: the sentence before it has said so. */
export function tableOfAny(cells: Cells, parts: TableParts): Table[] {
  return parts.rows.length === 0 ? [] : [table(cells, parts)];
}

/** "Channel | Cases | Share | Change", one row each. */
export function breakdown(
  cells: Cells,
  {
    id,
    title,
    of,
    rows,
    hasChange = false,
  }: { id: string; title: Words; of: Words; rows: readonly Row[]; hasChange?: boolean },
): Table {
  return table(cells, {
    id,
    title,
    columns: [
      column(cells, 'label', of, 'label'),
      column(cells, 'count', w('Cases', '数量')),
      column(cells, 'share', w('Share', '占比'), 'percent'),
      ...(hasChange ? [column(cells, 'change', w('Change', '较上期'))] : []),
    ],
    rows: rows.map(({ label, count, share, cases, change }) => [
      cells.text(label),
      cells.number(count, cases),
      cells.percent(share),
      ...(hasChange ? [cells.countChange(change)] : []),
    ]),
  });
}

export interface ChartParts {
  readonly id: string;
  readonly title: Words;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly unit?: Words;
  readonly isLying?: boolean;
  readonly isStacked?: boolean;
}

/** No chart where every bar would be empty. */
export function chart(cells: Cells, parts: ChartParts): Chart[] {
  const { id, title, categories, series, unit = w('cases', '件'), isLying = false, isStacked = false } = parts;
  if (!series.some(({ values }) => values.some((value) => value > 0))) return [];
  const said = cells.say(title);
  const description = categories.map((category, index) => {
    const counts = series.map(
      ({ name, values }) => (series.length > 1 ? `${name} ` : '') + numberText(values[index] ?? 0),
    );
    return `${category}: ${counts.join(', ')}`;
  });
  const bars = { isLying, isStacked, unit: cells.say(unit), categories, series };
  return [{ kind: 'chart', id, title: said, description: `${said}. ${description.join('; ')}`, bars }];
}

/** The most that a ranking draws; its table has them all. */
const MOST_BARS = 10;

export function ranking(cells: Cells, id: string, title: Words, rows: readonly Row[]): Chart[] {
  const shown = rows.filter(({ count }) => count > 0).slice(0, MOST_BARS);
  return chart(cells, {
    id,
    title,
    isLying: true,
    categories: shown.map(({ label }) => cells.say(label)),
    series: [oneSeries(title, shown, cells, tones.received)],
  });
}

export function oneSeries(
  name: Words,
  rows: readonly Pick<Row | Bucket, 'count' | 'cases'>[],
  cells: Cells,
  tone: number,
): Series {
  return {
    name: cells.say(name),
    values: rows.map(({ count }) => count),
    cases: rows.map(({ cases }) => cases),
    tone,
  };
}
