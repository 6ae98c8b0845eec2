/**
 * A report that can leave the house: customers as "Customer A", their people and their numbers replaced.
 *
 * Names are found as the casebook knows them, with their short forms ("东海银行" of "东海银行股份有限公司"), in every text.
 * What nobody told the casebook can't be found: nicknames in titles, or a customer who is known by what it does.
 */
import type { Customer } from '../../casebook';
import { letters } from '../../letters';
import { type FindingKind, mask, placeholderOf, type Spot } from '../../redaction/finding';
import { type KnownNames, nameFinder, namesInSettings, together } from '../../redaction/names';
import { personalFinder } from '../../redaction/personal';
import { fill, type Language, say, w } from '../../words';
import { currentNames } from '../scope';
import type { ReportFilter, ServiceReport } from '../serviceReport';
import type { Block, Column, ReportDocument, Table } from './reportDocument';
import type { Cell } from './cells';

export interface Pseudonyms {
  /** As casebook.json has them, with their contacts and former names. */
  readonly customers: readonly Customer[];
  /** Further names that must not appear, such as those of contacts in the cases. */
  readonly names?: KnownNames;
}

const customer = w('Customer {0}', '客户 {0}');

/** Which pseudonym stands for which name: in the report's own order, so that it is the same whenever it is made. */
export function pseudonymsOf(
  report: ServiceReport,
  { customers }: Pseudonyms,
  language: Language,
): Map<string, string> {
  const known = currentNames(customers);
  const inOrder = [
    ...report.concentration.customers.map(({ key }) => key),
    ...report.usage.customers.map((row) => row.customer),
    ...report.cases.map((row) => row.customer),
    ...(report.filter.customers ?? []),
    ...customers.map(({ name }) => name),
  ];
  const given = new Map<string, string>();
  for (const name of inOrder.map((entry) => entry.trim()).filter((entry) => entry !== '')) {
    const now = known.get(name) ?? name;
    const pseudonym = given.get(now) ?? say(fill(customer, letters(new Set(given.values()).size)), language);
    given.set(now, pseudonym).set(name, pseudonym);
  }
  for (const [former, now] of known) given.set(former, given.get(now) ?? former);
  return given;
}

export function pseudonymised(document: ReportDocument, report: ServiceReport, options: Pseudonyms): ReportDocument {
  const { name, text } = hiders(report, options, document.language);
  const row = (cells: readonly Cell[], columns: readonly Column[]) =>
    cells.map((cell, index): Cell => {
      const kind = columns[index]?.kind;
      if (cell.value || kind === 'case') return cell;
      return { ...cell, text: kind === 'text' ? text(cell.text) : name(cell.text) };
    });
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'paragraph':
        return { ...one, text: name(one.text) };
      case 'table':
        return {
          ...one,
          rows: byPseudonym(
            one.id,
            one.rows.map((cells) => row(cells, one.columns)),
          ),
        };
      case 'chart':
        return {
          ...one,
          description: name(one.description),
          bars: { ...one.bars, categories: one.bars.categories.map(name) },
        };
      case 'draft':
        return {
          ...one,
          lines: one.lines.map((line) => ({
            ...line,
            // a key names what it is about
            key: name(line.key),
            text: text(line.text),
            ...(line.redrafted !== undefined && { redrafted: text(line.redrafted) }),
          })),
        };
    }
  };
  return {
    ...document,
    facts: document.facts.map((fact) => ({ ...fact, text: name(fact.text) })),
    sections: document.sections.map((section) => ({
      ...section,
      parts: section.parts.map((part) => ({ ...part, blocks: part.blocks.map(block) })),
    })),
  };
}

/** Name by name, since one that is too short to be told within a text is still known by itself. */
export function pseudonymisedFilter(report: ServiceReport, options: Pseudonyms, language: Language): ReportFilter {
  const { customers, products, ...filter } = report.filter;
  if (!customers && !products) return filter;
  const { name } = hiders(report, options, language);
  return {
    ...filter,
    // a product that was made for one customer may be called after it
    ...(products && { products: products.map(name) }),
    ...(customers && { customers: customers.map(name) }),
  };
}

/** Where customers stand in the order of their names, that order would tell of the names. */
function byPseudonym(table: string, rows: Table['rows']): Table['rows'] {
  if (table !== 'usage') return rows;
  const standings = [...new Set(rows.map(([, standing]) => standing?.text))];
  return rows.toSorted(
    ([a, one], [b, other]) =>
      standings.indexOf(one?.text) - standings.indexOf(other?.text) ||
      (a?.text ?? '').length - (b?.text ?? '').length ||
      ((a?.text ?? '') < (b?.text ?? '') ? -1 : 1),
  );
}

type Hide = (text: string) => string;

/**
 * `name` hides customers and people; `text`, for what people wrote, telephone numbers, addresses and hosts as well.
 * A text that is nothing but a name is that name, however short.
 */
function hiders(report: ServiceReport, options: Pseudonyms, language: Language): { name: Hide; text: Hide } {
  const given = pseudonymsOf(report, options, language);
  const named = [...given.keys()].map((name) => ({ name }));
  const customers = named.map((one) => ({
    pseudonym: given.get(one.name) ?? '',
    find: nameFinder(namesInSettings({ customers: [one], people: [] })),
  }));
  const standIn = (value: string, kind: FindingKind) =>
    (kind === 'customer' && customers.find(({ find }) => find(value).length > 0)?.pseudonym) ||
    placeholderOf(kind, language);
  const hider = (find: (text: string) => readonly Spot[]): Hide => {
    const seen = new Map<string, string>(given);
    return (text) => {
      const known = seen.get(text.trim());
      if (known !== undefined) return known;
      const spots = find(text).filter(({ kind }) => !ofTheTeam.has(kind));
      const findings = spots.map((spot) => ({
        ...spot,
        placeholder: standIn(text.slice(spot.start, spot.end), spot.kind),
      }));
      const hidden = mask(text, findings);
      seen.set(text.trim(), hidden);
      return hidden;
    };
  };
  const settings = namesInSettings({ customers: [...named, ...options.customers], people: [] });
  const names = together(settings, options.names ?? new Map());
  const versions = new Set(report.cases.map(({ version }) => version));
  return { name: hider(nameFinder(names)), text: hider(personalFinder({ names, versions })) };
}

/** The team stands by its report with its names. */
const ofTheTeam: ReadonlySet<FindingKind> = new Set(['colleague', 'lead', 'manager']);
