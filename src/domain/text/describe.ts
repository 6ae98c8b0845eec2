/** What a form has captured, as lines of plain text under the form's own labels. */
import type { CaseState } from '../case/state';
import {
  allEnvironmentItems,
  environmentOf,
  type FieldDef,
  isEmpty,
  isShown,
  rowsOf,
  type Value,
  type Values,
} from '../sop/field';
import { fill, say, type Language, w } from '../words';

const cannotObtain = w('cannot obtain: {0}', '无法获取：{0}');
const yes = w('Yes', '是');
const no = w('No', '否');

/** "2026-11-22T09:05:00+08:00" → "2026-11-22 09:05 (UTC+08:00)"; what is no instant stays as it is. */
export function moment(instant: string, language: Language): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[^Z+-]*(Z|[+-]\d{2}:?\d{2})$/.exec(instant);
  if (!match) return instant;
  const [, date = '', time = '', offset = ''] = match;
  return `${date} ${time}${say(fill(w(' (UTC{0})', '（UTC{0}）'), offset === 'Z' ? '' : offset), language)}`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "2026-12-05" → "5 December 2026", "2026年12月5日". */
export function longDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  const name = months[(month ?? 0) - 1];
  if (!year || !month || !day || name === undefined) return date;
  return language === 'en' ? `${day} ${name} ${year}` : `${year}年${month}月${day}日`;
}

/** "Label: value"; text of several lines begins below its label. Values are never shortened or reworded. */
export function line(label: string, value: string, language: Language): string {
  // a question carries its own mark
  const colon = /[?？]$/.test(label) ? '' : language === 'en' ? ':' : '：';
  const gap = language === 'en' ? ' ' : '';
  return value.includes('\n') ? `${label}${colon}\n${value}` : `${label}${colon}${gap}${value}`;
}

/** @returns empty for a value that says nothing */
export function describeValue(field: FieldDef, value: Value | undefined, language: Language): string {
  if (value === undefined || isEmpty(value)) return '';
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'combo':
    case 'person':
      return text.trim();
    case 'choice': {
      const option = field.options?.find((entry) => entry.value === value);
      return option ? say(option.label, language) : '';
    }
    case 'yesNo':
    case 'confirm':
      return say(value === true ? yes : no, language);
    case 'dateTime':
      return moment(text, language);
    case 'date':
      return longDate(text, language);
    case 'number':
      return text;
    case 'rows':
      return rowsOf({ rows: value }, 'rows')
        .map((row, index) => `${index + 1}. ${row}`)
        .join('\n');
    case 'environment':
      return describeEnvironment({ environment: value }, language).join('\n');
    case 'questions':
      return '';
  }
}

/** One line an item, in the form's order. */
export function describeEnvironment(values: Values | undefined, language: Language): string[] {
  const environment = environmentOf(values);
  return allEnvironmentItems.flatMap(({ key, label }) => {
    const item = environment[key];
    if (item === undefined) return [];
    const text = item.value ?? say(fill(cannotObtain, item.cannot ?? ''), language);
    return isEmpty(text) ? [] : [line(say(label, language), text, language)];
  });
}

/** Lines for these keys, in this order, under the labels of the form; what is empty or hidden is left out. */
export function describeFields(
  fields: readonly FieldDef[],
  values: Values,
  keys: readonly string[],
  state: CaseState,
  language: Language,
): string[] {
  return keys.flatMap((key) => {
    const field = fields.find((entry) => entry.key === key);
    if (!field || !isShown(field, values, state)) return [];
    const text = describeValue(field, values[key], language);
    return text === '' ? [] : [line(say(field.label, language), text, language)];
  });
}
