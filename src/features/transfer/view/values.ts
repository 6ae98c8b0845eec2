/** What the words of the source stand for. */
import * as l10n from '@vscode/l10n';
import { say } from '../../../domain/words';
import { type CaseFieldDef, caseFields } from '../../../domain/transfer/caseFields';
import { isUnknown, type Mapping } from '../../../domain/transfer/mapping';
import { type Choice, dropdown, textField } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';
import type { ColumnWords, ImportPage } from '../protocol';

type Change = (mapping: Mapping) => void;

/** First what has to be assigned, then what may be reworded. */
export function valueParts(page: ImportPage, mapping: Mapping, change: Change): HTMLElement[] {
  const wordsOf = ({ key }: CaseFieldDef) => {
    const [header] = mapping.columns[key] ?? [];
    return header === undefined ? undefined : page.words[header];
  };
  const chosen = caseFields
    .filter(({ type }) => type === 'choice')
    .flatMap((field) => {
      const words = wordsOf(field);
      return words ? choices(page, mapping, field, words, change) : constant(page, mapping, field, change);
    });
  const reworded = caseFields.flatMap((field) => {
    const words = wordsOf(field);
    return field.isTranslated && words?.isAll ? [translations(page, mapping, field, words, change)] : [];
  });
  return [el('div', { class: 'wordGrid' }, ...chosen), el('div', { class: 'wordGrid' }, ...reworded)];
}

function optionsOf(page: ImportPage, field: CaseFieldDef, none: string): Choice[] {
  const options = (field.options ?? []).map(({ value, label }) => ({ value, label: say(label, page.language) }));
  return [{ value: '', label: none }, ...options];
}

/** Without a column every case has the same, or none. A status without a column follows from the closing time. */
function constant(page: ImportPage, mapping: Mapping, field: CaseFieldDef, change: Change): HTMLElement[] {
  if (field.key === 'status') return [];
  const label = say(field.label, page.language);
  const control = dropdown(optionsOf(page, field, l10n.t('(not known)')), () =>
    change({ ...mapping, constants: { ...mapping.constants, [field.key]: control.read() } }),
  );
  control.write(mapping.constants[field.key] ?? '');
  control.describe({ label, required: false, invalid: false, details: '' });
  control.element.dataset['focus'] = `constant.${field.key}`;
  const name = el('span', { class: 'word' }, l10n.t('{0}, for every case', label));
  return [el('div', { class: 'words' }, el('div', { class: 'wordRow' }, name, control.element))];
}

function choices(
  page: ImportPage,
  mapping: Mapping,
  field: CaseFieldDef,
  words: ColumnWords,
  change: Change,
): HTMLElement[] {
  const label = say(field.label, page.language);
  const known = mapping.values[field.key] ?? {};
  const rows = words.values
    .filter(({ value }) => !isUnknown(mapping, value))
    .map(({ value, count }) => {
      const unset = { value: '?', label: l10n.t('Choose…') };
      const options = optionsOf(page, field, l10n.t('(leave out)'));
      const isSet = Object.hasOwn(known, value);
      const control = dropdown(isSet ? options : [unset, ...options], () => {
        if (control.read() === '?') return;
        change({ ...mapping, values: { ...mapping.values, [field.key]: { ...known, [value]: control.read() } } });
      });
      control.write(isSet ? (known[value] ?? '') : '?');
      control.describe({ label: `${label}: ${value}`, required: true, invalid: !isSet, details: '' });
      control.element.dataset['focus'] = `value.${field.key}.${value}`;
      return el('div', { class: isSet ? 'wordRow' : 'wordRow open' }, wordOf(value, count), control.element);
    });
  const isOpen = words.values.some(({ value }) => !Object.hasOwn(known, value) && !isUnknown(mapping, value));
  const open =
    isOpen && el('p', { class: 'quiet' }, l10n.t('Rows with a word for which nothing is chosen are refused.'));
  return [el('div', { class: 'words' }, el('h3', {}, label), ...rows, open, !words.isAll && tooMany(words))];
}

function translations(
  page: ImportPage,
  mapping: Mapping,
  field: CaseFieldDef,
  words: ColumnWords,
  change: Change,
): HTMLElement {
  const label = say(field.label, page.language);
  const known = mapping.values[field.key] ?? {};
  const rows = words.values
    .filter(({ value }) => !isUnknown(mapping, value))
    .map(({ value, count }) => {
      const control = textField(() => undefined);
      control.write(known[value] ?? value);
      control.describe({ label: `${label}: ${value}`, required: false, invalid: false, details: '' });
      control.element.addEventListener('change', () => {
        const { [value]: _before, ...others } = known;
        const said = control.read().trim();
        const changed = said === value ? others : { ...others, [value]: said };
        change({ ...mapping, values: { ...mapping.values, [field.key]: changed } });
      });
      control.element.dataset['focus'] = `word.${field.key}.${value}`;
      return el('div', { class: 'wordRow' }, wordOf(value, count), control.element);
    });
  const changed = Object.keys(known).length;
  const summary =
    changed === 0 ? l10n.t('{0}: as in the file', label) : l10n.t('{0}: {1} words changed', label, changed);
  return el(
    'details',
    { class: 'words', 'data-fold': field.key },
    el('summary', { 'data-focus': `fold.${field.key}` }, summary),
    ...rows,
  );
}

function wordOf(value: string, count: number): HTMLElement {
  return el('span', { class: 'word' }, value, el('span', { class: 'quiet' }, ` ${l10n.t('rows: {0}', count)}`));
}

function tooMany(words: ColumnWords): HTMLElement {
  return el('p', { class: 'quiet' }, l10n.t('Only the {0} most frequent words are shown.', words.values.length));
}
