/** Captured values, to be read and copied, not changed. */
import * as l10n from '@vscode/l10n';
import {
  allEnvironmentItems,
  type Environment,
  type FieldDef,
  isEmpty,
  type Question,
  type Value,
  type Values,
} from '../../../domain/sop/field';
import { personName } from '../../../domain/person';
import { ticketStatusWords } from '../../../domain/tickets/statusWords';
import { el } from '../../../platform/view/dom';
import { day, text, when } from './l10n';
import { looksLikeLog } from './lists';

/** In one line: for sentences, conflicts and lists. */
export function valueText(field: FieldDef | undefined, value: Value | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? l10n.t('Yes') : l10n.t('No');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return stringText(field, value);
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'string' ? entry : questionText(entry))).join('; ');
  return environmentLines(value)
    .map(({ label, line }) => l10n.t('{0}: {1}', label, line))
    .join('; ');
}

/** Fields that hold what a ticket system answered, which may be a code. */
const TOLD_BY_TICKET: ReadonlySet<string> = new Set(['status', 'resolution', 'ticketStatus']);

function stringText(field: FieldDef | undefined, value: string): string {
  if (field?.type === 'choice') {
    const option = field.options?.find((candidate) => candidate.value === value);
    return option ? text(option.label) : value;
  }
  if (field?.type === 'dateTime') return when(value);
  if (field?.type === 'date') return day(value);
  if (TOLD_BY_TICKET.has(field?.key ?? '')) return text(ticketStatusWords(value));
  return field?.type === 'person' ? personName(value) : value;
}

function questionText(entry: Question): string {
  return entry.answer.trim() === '' ? l10n.t('{0} (open)', entry.question) : `${entry.question} → ${entry.answer}`;
}

interface EnvironmentLine {
  readonly key: string;
  readonly label: string;
  readonly line: string;
}

function environmentLines(environment: Environment | readonly Question[] | readonly string[]): EnvironmentLine[] {
  const known = environment as Environment;
  return allEnvironmentItems.flatMap(({ key, label }): EnvironmentLine[] => {
    const item = known[key];
    if (item === undefined) return [];
    return [{ key, label: text(label), line: item.value ?? l10n.t('cannot be obtained: {0}', item.cannot ?? '') }];
  });
}

function valueElement(field: FieldDef, value: Value): HTMLElement {
  if (field.type === 'rows' && Array.isArray(value)) {
    return el('ol', { class: 'plainRows' }, ...value.map((row) => el('li', {}, String(row))));
  }
  if (field.type === 'questions' && Array.isArray(value)) {
    return el('ul', { class: 'plainRows' }, ...value.map((entry) => el('li', {}, questionText(entry as Question))));
  }
  if (field.type === 'environment' && typeof value === 'object' && !Array.isArray(value)) {
    // times are no log, although they look like the beginning of one
    const element = (key: string, line: string) =>
      key === 'logs' ? textElement(line) : contentElement(line, 'content');
    return definitionList(
      environmentLines(value as Environment).map(({ key, label, line }) => [label, element(key, line)]),
    );
  }
  return textElement(valueText(field, value));
}

export function textElement(content: string): HTMLElement {
  return contentElement(content, looksLikeLog(content) ? 'content log' : 'content');
}

/** More than this scrolls in a place of its own, by keyboard too. */
const LONG_LINES = 14;
const LONG_TEXT = 900;

function contentElement(content: string, kind: string): HTMLElement {
  const isLong = content.length > LONG_TEXT || content.split('\n').length > LONG_LINES;
  return el('div', isLong ? { class: `${kind} long`, tabindex: '0' } : { class: kind }, content);
}

function definitionList(entries: readonly (readonly [string, HTMLElement])[]): HTMLElement {
  return el(
    'dl',
    { class: 'captured' },
    ...entries.flatMap(([label, content]) => [el('dt', {}, label), el('dd', {}, content)]),
  );
}

/** @returns undefined when there is nothing to show */
export function capturedList(fields: readonly FieldDef[], values: Values | undefined): HTMLElement | undefined {
  const filled = fields.flatMap((field): [string, HTMLElement][] => {
    const value = values?.[field.key];
    if (value === undefined || isEmpty(value)) return [];
    return [[text(field.label), valueElement(field, value)]];
  });
  return filled.length === 0 ? undefined : definitionList(filled);
}
