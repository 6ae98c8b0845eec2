/** How the columns of a file become cases; saved under a name so that a team imports the same export alike. */
import { isRecord } from '../record';
import { MOST_VALUES, type Survey } from './survey';
import type { Table } from './table';
import { type CaseField, caseFieldOf, caseFields } from './caseFields';
import type { DateOrder, OrderFound } from './dates';
import { guessColumns, guessValue, shareOfKinds } from './guesses';

export interface Mapping {
  readonly version: 1;
  /** Under which it is saved; empty while it is not. */
  readonly name: string;
  /** What the file comes from, "ServiceNow": a number is known again within its source. */
  readonly source: string;
  /** One row a case, or each row a change of one (an audit log), in any order. */
  readonly rows: 'case' | 'change';
  /** The columns that say a field; several are put together. */
  readonly columns: Readonly<Partial<Record<CaseField, readonly string[]>>>;
  /** What every case has, where no column says it. */
  readonly constants: Readonly<Partial<Record<CaseField, string>>>;
  /** For words of the source, those of Casebook; an empty one leaves the field empty. */
  readonly values: Readonly<Partial<Record<CaseField, Readonly<Record<string, string>>>>>;
  /** Texts that mean "not known". */
  readonly unknown: readonly string[];
  /** Undefined until somebody says it, where the file alone can't. */
  readonly dateOrder?: DateOrder;
  /** IANA: of dates that name no zone. */
  readonly zone: string;
}

/** How many of a column's rows must say issue or request, where its header does too, and where it only says "type". */
const SOME = 1 / 3;
const MOST = 2 / 3;

export const usualUnknown: readonly string[] = ['?', '-', '--', 'N/A', 'NULL', '(empty)', '无'];

export function isUnknown(mapping: Pick<Mapping, 'unknown'>, text: string): boolean {
  return text === '' || mapping.unknown.some((word) => word.toLowerCase() === text.toLowerCase());
}

export function dateColumns({ columns }: Pick<Mapping, 'columns'>): readonly string[] {
  return caseFields.filter(({ type }) => type === 'date').flatMap(({ key }) => columns[key] ?? []);
}

/** What all the dates of the file say together about day and month. */
export function orderIn(survey: Survey, mapping: Pick<Mapping, 'columns'>): OrderFound {
  return survey.order(dateColumns(mapping));
}

/** Words of the mapped columns that are not assigned yet, with what they most likely mean. */
export function guessValues(survey: Survey, mapping: Mapping): Mapping['values'] {
  const values: Partial<Record<CaseField, Record<string, string>>> = {};
  for (const { key, type } of caseFields) {
    const [header] = mapping.columns[key] ?? [];
    if (type !== 'choice' || header === undefined) continue;
    const known = mapping.values[key] ?? {};
    const assigned: Record<string, string> = { ...known };
    for (const { value } of survey.words(header, MOST_VALUES)) {
      if (isUnknown(mapping, value) || Object.hasOwn(known, value)) continue;
      const guess = guessValue(key, value);
      if (guess !== undefined) assigned[value] = guess;
    }
    values[key] = assigned;
  }
  return { ...mapping.values, ...values };
}

/**
 * The mapping that a file most likely needs.
 * @param source what to call where it comes from
 */
export function guessMapping(survey: Survey, source: string, zone: string): Mapping {
  const { table } = survey;
  const columns = sayingSomething(survey, byWhatTheySay(survey, guessColumns(table.headers)));
  const start: Mapping = {
    version: 1,
    name: '',
    source,
    rows: 'case',
    columns,
    constants: { kind: 'issue', disposition: 'fixed' },
    values: {},
    unknown: usualUnknown,
    zone,
  };
  const rows = repeats(table, columns.externalId?.[0]) && columns.changedAt !== undefined ? 'change' : 'case';
  const order = orderIn(survey, start);
  const mapping: Mapping = { ...start, rows, ...(order === 'dmy' || order === 'mdy' ? { dateOrder: order } : {}) };
  return { ...mapping, values: guessValues(survey, mapping) };
}

function knownWords(survey: Survey, header: string) {
  return survey.words(header, MOST_VALUES).filter(({ value }) => !isUnknown({ unknown: usualUnknown }, value));
}

/** A column of nothing but "?" says nothing, nor does one of codes that only its source understands. */
function sayingSomething(survey: Survey, guessed: Mapping['columns']): Mapping['columns'] {
  const columns: Partial<Record<CaseField, readonly string[]>> = {};
  for (const { key, type } of caseFields) {
    const [header] = guessed[key] ?? [];
    if (header === undefined) continue;
    const words = knownWords(survey, header);
    const isSaying =
      type === 'choice' ? words.some(({ value }) => guessValue(key, value) !== undefined) : words.length > 0;
    if (isSaying) columns[key] = [header];
  }
  return columns;
}

/** "Type" and "类别" may be that of the problem, or say "bug" and "request": the words of the column tell. */
function byWhatTheySay(survey: Survey, columns: Mapping['columns']): Mapping['columns'] {
  const says = (headers: readonly string[] | undefined, share: number) =>
    headers?.[0] !== undefined && shareOfKinds(knownWords(survey, headers[0])) >= share;
  const { kind, problemType, ...others } = columns;
  if (says(kind, SOME)) return columns;
  if (problemType && says(problemType, MOST)) {
    const left = guessColumns(survey.table.headers.filter((header) => !problemType.includes(header)));
    const type = left.problemType ?? left.kind;
    return { ...others, ...(type && { problemType: type }), kind: problemType };
  }
  const type = problemType ?? kind;
  return { ...others, ...(type && { problemType: type }) };
}

/** The same number in several rows: one row is not one case. */
function repeats(table: Table, header: string | undefined): boolean {
  if (header === undefined) return false;
  const column = table.headers.indexOf(header);
  const seen = new Set(table.rows.map((row) => row[column] ?? ''));
  return seen.size < table.rows.length * 0.8;
}

/** A saved mapping may have been written by a hand; undefined for what is none. */
export function readMapping(raw: unknown): Mapping | undefined {
  if (!isRecord(raw) || raw['version'] !== 1) return undefined;
  const { name, source, rows, zone, dateOrder } = raw;
  if (typeof name !== 'string' || typeof source !== 'string' || typeof zone !== 'string' || !isZone(zone))
    return undefined;
  if (rows !== 'case' && rows !== 'change') return undefined;
  const unknown = raw['unknown'];
  return {
    version: 1,
    name,
    source,
    rows,
    columns: readFields(raw['columns'], readTexts),
    constants: readFields(raw['constants'], (value) => (typeof value === 'string' ? value : undefined)),
    values: readFields(raw['values'], readWords),
    unknown: readTexts(unknown) ?? usualUnknown,
    ...(dateOrder === 'dmy' || dateOrder === 'mdy' ? { dateOrder } : {}),
    zone,
  };
}

export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

function readFields<T>(raw: unknown, read: (value: unknown) => T | undefined): Partial<Record<CaseField, T>> {
  const fields: Partial<Record<CaseField, T>> = {};
  for (const [key, value] of Object.entries(isRecord(raw) ? raw : {})) {
    const field = caseFieldOf(key);
    const taken = read(value);
    if (field && taken !== undefined) fields[field.key] = taken;
  }
  return fields;
}

function readTexts(raw: unknown): readonly string[] | undefined {
  return Array.isArray(raw) && raw.every((entry) => typeof entry === 'string') ? raw : undefined;
}

function readWords(raw: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(raw)) return undefined;
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
