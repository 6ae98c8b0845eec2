/** What a step captures: the kinds of field, their values, and the reading of values that anybody may have written. */
import { isCalendarDate, isInstant } from '../time';
import { type Words, w } from '../words';
import type { CaseState } from '../case/state';
import { isRecord } from '../record';

export type FieldType =
  | 'text'
  | 'longText'
  | 'choice'
  | 'combo'
  | 'person'
  | 'yesNo'
  | 'confirm'
  | 'dateTime'
  | 'date'
  | 'number'
  | 'rows'
  | 'environment'
  | 'questions';

/** The seven things that describe a server at the time of a problem (spec L27, L81). */
export const environmentItems = [
  { key: 'cpu', label: w('CPU usage', 'CPU 使用率') },
  { key: 'memory', label: w('Memory usage', '内存使用率') },
  { key: 'disk', label: w('Disk usage', '磁盘使用率') },
  { key: 'logs', label: w('Logs', '日志') },
  { key: 'operations', label: w('User operations', '相关用户操作') },
  { key: 'times', label: w('Points in time', '时间点') },
  { key: 'users', label: w('Logged-in users', '登录用户') },
] as const;

/**
 * What else tells a server apart: never asked for, kept where it is known. `clock` is when the rest was read there and
 * how that clock goes against the engineer's; `times` above are the points in time of the problem, which no tool knows.
 */
export const furtherItems = [
  { key: 'os', label: w('Operating system', '操作系统') },
  { key: 'processes', label: w('Busiest processes', '最繁忙的进程') },
  { key: 'clock', label: w('Server clock', '服务器时钟') },
] as const;

/** In the order in which they are shown and written. */
export const allEnvironmentItems = [...environmentItems, ...furtherItems];

export type EnvironmentKey = (typeof allEnvironmentItems)[number]['key'];

/** An item is either known, or marked as not to be had, with the reason. */
export interface EnvironmentItem {
  readonly value?: string;
  readonly cannot?: string;
}
export type Environment = Readonly<Partial<Record<EnvironmentKey, EnvironmentItem>>>;

export interface Question {
  readonly question: string;
  readonly answer: string;
}

export type Value = string | number | boolean | readonly string[] | Environment | readonly Question[];
export type Values = Readonly<Record<string, Value>>;
/** A change of values; null takes a value away. */
export type Patch = Readonly<Record<string, Value | null>>;

export interface Option {
  readonly value: string;
  readonly label: Words;
}

/** The lists of `casebook.json` that a combo box offers. */
export type Suggestions =
  | 'customers'
  | 'contacts'
  | 'products'
  | 'versions'
  | 'types'
  | 'channels'
  | 'people'
  | 'groups'
  | 'teams'
  | 'trackers'
  | 'tags';

type Condition = (values: Values, state: CaseState) => boolean;

export interface FieldDef {
  readonly key: string;
  readonly type: FieldType;
  readonly label: Words;
  readonly hint?: Words;
  readonly options?: readonly Option[];
  readonly suggest?: Suggestions;
  readonly required?: true | Condition;
  /** Required, and what the action is about: no reason excuses it, and a log that lacks it is not taken as it stands. */
  readonly essential?: true;
  /** Left out: always. A field that isn't shown is neither asked for nor kept. */
  readonly shown?: Condition;
  /** Filled in by Casebook itself, never asked for. */
  readonly internal?: true;
  /** What an empty form starts with; "now" and "me" are filled in by whoever shows the form. */
  readonly initial?: 'now' | 'me' | ((state: CaseState) => Value | undefined);
}

export function isShown(field: FieldDef, values: Values, state: CaseState): boolean {
  return !field.internal && (field.shown === undefined || field.shown(values, state));
}

export function isRequired(field: FieldDef, values: Values, state: CaseState): boolean {
  return field.required === true || (typeof field.required === 'function' && field.required(values, state));
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string' && entry.trim() === '');
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Longer text than this is a file, not a field: 200,000 characters. */
const LONGEST_TEXT = 200_000;

/** The value if it has the field's shape, else undefined. Never throws: logs are edited by hand. */
export function readValue(field: FieldDef, raw: unknown): Value | undefined {
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'combo':
    case 'person':
      return readText(raw);
    case 'choice':
      return field.options?.some((option) => option.value === raw) ? (raw as string) : undefined;
    case 'yesNo':
    case 'confirm':
      return typeof raw === 'boolean' ? raw : undefined;
    case 'dateTime':
      return typeof raw === 'string' && isInstant(raw) && isCalendarDate(raw.slice(0, 10)) ? raw : undefined;
    case 'date':
      return typeof raw === 'string' && isCalendarDate(raw) ? raw : undefined;
    case 'number':
      return typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : undefined;
    case 'rows':
      return Array.isArray(raw) && raw.every((row) => readText(row) !== undefined) ? (raw as string[]) : undefined;
    case 'environment':
      return readEnvironment(raw);
    case 'questions':
      return readQuestions(raw);
  }
}

function readText(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw.length <= LONGEST_TEXT ? raw : undefined;
}

function readEnvironment(raw: unknown): Environment | undefined {
  if (!isRecord(raw)) return undefined;
  const environment: Partial<Record<EnvironmentKey, EnvironmentItem>> = {};
  for (const { key } of allEnvironmentItems) {
    const item = raw[key];
    if (!isRecord(item)) continue;
    const value = readText(item['value']);
    const cannot = readText(item['cannot']);
    if (value !== undefined && !isEmpty(value)) environment[key] = { value };
    else if (cannot !== undefined) environment[key] = { cannot };
  }
  return environment;
}

function readQuestions(raw: unknown): readonly Question[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const questions = raw.filter(isRecord).map((entry) => ({
    question: readText(entry['question']) ?? '',
    answer: readText(entry['answer']) ?? '',
  }));
  return questions.filter((entry) => entry.question.trim() !== '');
}

/** Reads what somebody wrote for these fields. Unknown keys and wrong shapes are named, not thrown. */
export function readPatch(
  fields: readonly FieldDef[],
  raw: Readonly<Record<string, unknown>> | undefined,
): { readonly patch: Patch; readonly refused: readonly string[] } {
  const patch: Record<string, Value | null> = {};
  const refused: string[] = [];
  for (const [key, entry] of Object.entries(raw ?? {})) {
    const field = fields.find((candidate) => candidate.key === key);
    if (entry === undefined) continue;
    if (field && entry === null) patch[key] = null;
    else {
      const value = field && readValue(field, entry);
      if (value === undefined) refused.push(key);
      else patch[key] = value;
    }
  }
  return { patch, refused };
}

export function withPatch(values: Values, patch: Patch): Values {
  const merged: Record<string, Value> = { ...values };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

export function textOf(values: Values | undefined, key: string): string {
  const value = values?.[key];
  return typeof value === 'string' ? value : '';
}

export function rowsOf(values: Values | undefined, key: string): readonly string[] {
  const value = values?.[key];
  return Array.isArray(value) ? value.filter((row): row is string => typeof row === 'string' && row.trim() !== '') : [];
}

export function environmentOf(values: Values | undefined, key = 'environment'): Environment {
  const value = values?.[key];
  return isRecord(value) ? value : {};
}

/** What the shown fields hold: a value under a hidden field counts as not there. */
export function shownValues(fields: readonly FieldDef[], values: Values, state: CaseState): Values {
  const shown: Record<string, Value> = {};
  for (const field of fields) {
    const value = values[field.key];
    if (value !== undefined && (field.internal || isShown(field, values, state))) shown[field.key] = value;
  }
  return shown;
}
