/** The report as one CSV file: its tables one below the other, each under its title. */
import Papa from 'papaparse';
import type { Cell } from '../../domain/report/document/cells';
import type { Block, ReportDocument } from '../../domain/report/document/reportDocument';
import { say, w } from '../../domain/words';
import { printable } from '../../domain/report/plainText';
import { guard } from '../transfer/formulas';

type Line = readonly (string | number)[];

/** UTF-8 with a mark at the beginning, without which spreadsheets take Chinese for something else. */
export function csvOf(document: ReportDocument): string {
  const { title, subtitle, facts, headline, sections, language } = document;
  // a sign at the beginning would have to be guarded against
  const changeLabel = say(w('change', '较上期'), language);
  const lines: Line[] = [
    [words(title), words(subtitle)],
    ...facts.map(({ label, text }) => [words(label), words(text)]),
    [],
    ...headline.map(({ label, cell, detail, change }) => [
      words(label),
      value(cell),
      words(detail),
      change === '' ? '' : words(`${changeLabel} ${change}`),
    ]),
    ...sections.flatMap((section) => [
      [],
      [words(`${section.number} ${section.title}`)],
      ...section.parts.flatMap((part) => [
        [],
        [words(`${part.number} ${part.title}`)],
        ...part.blocks.flatMap((block) => linesOf(block)),
      ]),
    ]),
  ];
  return `\uFEFF${Papa.unparse(lines.map((line) => [...line]))}\r\n`;
}

function linesOf(block: Block): Line[] {
  switch (block.kind) {
    case 'chart':
      return [];
    case 'paragraph':
      return [[words(block.text)]];
    case 'draft':
      return block.lines.length === 0 ? [[words(block.empty)]] : block.lines.map(({ text }) => [words(text)]);
    case 'table': {
      const rows: Line[] = block.rows.map((row) => row.map(value));
      const head = block.columns.map(({ title }) => words(title));
      return [[], [words(block.title)], ...(rows.length === 0 ? [[words(block.empty)]] : [head, ...rows])];
    }
  }
}

const words = (text: string) => guard(printable(text));

/** As spreadsheets read it: 91.3%, 26:10:00, 2026-09-07 10:22:00. Only digits and their signs, so nothing to guard. */
export function value({ text, value: typed }: Cell): string | number {
  if (!typed) return words(text);
  switch (typed.kind) {
    case 'number':
      return typed.value;
    case 'percent':
      return `${Math.round(typed.value * 100_000) / 1_000}%`;
    case 'duration':
      return clock(typed.value);
    case 'date':
      return typed.value;
    case 'time':
      return typed.value.replace('T', ' ');
  }
}

/** Hours go on above 24. */
function clock(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1_000);
  const two = (part: number) => String(part).padStart(2, '0');
  const sign = milliseconds < 0 && seconds > 0 ? '-' : '';
  return `${sign}${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
