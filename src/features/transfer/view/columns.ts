/** Which column says which field, with an example of what it says. */
import * as l10n from '@vscode/l10n';
import { say } from '../../../domain/words';
import { type CaseFieldDef, caseFields } from '../../../domain/transfer/caseFields';
import { isUnknown, type Mapping } from '../../../domain/transfer/mapping';
import { button, type Choice, dropdown } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';
import type { ImportPage } from '../protocol';

type Change = (mapping: Mapping) => void;

/** A field whose columns are put together may have several. */
const isJoined = ({ type }: CaseFieldDef) => type === 'joined' || type === 'lines';

/** Asked for only where each row is a change of a case. */
const ofChanges = new Set(['changedAt', 'reopenCount']);

export function columnRows(page: ImportPage, mapping: Mapping, change: Change): HTMLElement {
  const shown = caseFields.filter(({ key }) => mapping.rows === 'change' || key !== 'changedAt');
  const rows = shown.map((field) => columnRow(page, mapping, field, change));
  const head = [l10n.t('Of the case'), l10n.t('Column of the file'), l10n.t('For example')];
  return el(
    'table',
    { class: 'columns' },
    el('thead', {}, el('tr', {}, ...head.map((name) => el('th', {}, name)))),
    el('tbody', {}, ...rows),
  );
}

function columnRow(page: ImportPage, mapping: Mapping, field: CaseFieldDef, change: Change): HTMLElement {
  const label = say(field.label, page.language);
  const chosen = mapping.columns[field.key] ?? [];
  const set = (columns: readonly string[]) =>
    change({ ...mapping, columns: { ...mapping.columns, [field.key]: columns.filter((header) => header !== '') } });
  const places = chosen.length === 0 ? [''] : chosen;
  const choices: Choice[] = [
    { value: '', label: l10n.t('(none)') },
    ...page.headers.filter((header) => header.trim() !== '').map((header) => ({ value: header, label: header })),
  ];
  const controls = places.map((header, index) => {
    const control = dropdown(choices, () => set(places.with(index, control.read())));
    control.write(header);
    const name = index === 0 ? label : l10n.t('{0}, column {1}', label, index + 1);
    control.describe({ label: name, required: false, invalid: false, details: hintOf(page, field) });
    control.element.dataset['focus'] = `${field.key}.${index}`;
    return control.element;
  });
  const more = button({
    label: l10n.t('Add a column to {0}', label),
    look: 'icon',
    icon: 'add',
    does: 'addColumn',
    pressed: () => change({ ...mapping, columns: { ...mapping.columns, [field.key]: [...places, ''] } }),
  });
  const hint = hintOf(page, field);
  const isNeeded =
    field.key === 'receivedAt' || field.key === 'title' || (mapping.rows === 'change' && needed.has(field.key));
  return el(
    'tr',
    { 'data-field': field.key },
    el(
      'th',
      { class: 'name' },
      label,
      isNeeded && el('span', { class: 'needed' }, ` ${l10n.t('needed')}`),
      hint !== '' && el('p', { class: 'quiet' }, hint),
    ),
    el('td', {}, el('div', { class: 'places' }, ...controls, isJoined(field) && chosen.length > 0 && more)),
    el('td', { class: 'example' }, exampleOf(page, mapping, field)),
  );
}

const needed: ReadonlySet<string> = new Set(['externalId', 'status', 'changedAt']);

function hintOf(page: ImportPage, field: CaseFieldDef): string {
  return field.hint && !ofChanges.has(field.key) ? say(field.hint, page.language) : '';
}

function exampleOf(page: ImportPage, mapping: Mapping, { key }: CaseFieldDef): string {
  const said = (mapping.columns[key] ?? []).map((header) => {
    const column = page.headers.indexOf(header);
    return page.preview.map((row) => row[column]?.trim() ?? '').find((cell) => !isUnknown(mapping, cell)) ?? '';
  });
  return said
    .filter((cell) => cell !== '')
    .join(' · ')
    .slice(0, 80);
}
