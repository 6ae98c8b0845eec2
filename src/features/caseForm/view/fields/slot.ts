/** A field on the page: label, hint, control, and what it lacks. */
import * as l10n from '@vscode/l10n';
import type { FieldDef, Value } from '../../../../domain/sop/field';
import type { Missing } from '../../../../domain/sop/missing';
import { el, icon } from '../../../../platform/view/dom';
import { partOf } from '../lack';
import { text } from '../l10n';
import { choiceInput, confirmInput, yesNoInput } from './choice';
import { comboInput } from './combo';
import { dateTimeInput } from './dateTime';
import { environmentInput } from './environment';
import type { FieldInput, FieldSetting } from './input';
import { questionsInput } from './questions';
import { rowsInput } from './rows';
import { dateInput, longTextInput, numberInput, textInput } from './text';

function inputFor(setting: FieldSetting): FieldInput {
  switch (setting.field.type) {
    case 'text':
      return textInput(setting);
    case 'longText':
      return longTextInput(setting);
    case 'choice':
      return choiceInput(setting);
    case 'combo':
    case 'person':
      return comboInput(setting);
    case 'yesNo':
      return yesNoInput(setting);
    case 'confirm':
      return confirmInput(setting);
    case 'dateTime':
      return dateTimeInput(setting);
    case 'date':
      return dateInput(setting);
    case 'number':
      return numberInput(setting);
    case 'rows':
      return rowsInput(setting);
    case 'environment':
      return environmentInput(setting);
    case 'questions':
      return questionsInput(setting);
  }
}

const WIDE = new Set(['longText', 'rows', 'environment', 'questions', 'choice', 'yesNo', 'confirm']);

/** Long texts that are read against each other. */
const SIDE_BY_SIDE = new Set(['expected', 'actual', 'dataUsed']);

export interface SlotState {
  readonly value: Value | undefined;
  readonly shown: boolean;
  readonly required: boolean;
  /** Shown only once somebody tried. */
  readonly missing: readonly Missing[];
}

export interface Slot {
  readonly field: FieldDef;
  readonly element: HTMLElement;
  update(state: SlotState): void;
  focus(part: string): void;
}

/** @param make a control of its own, where the field's kind has another one */
export function fieldSlot(setting: FieldSetting, make: (setting: FieldSetting) => FieldInput = inputFor): Slot {
  const { field, id, label } = setting;
  const input = make(setting);
  const optional = el('span', { class: 'quiet' }, l10n.t('optional'));
  const required = el('span', { class: 'spoken' }, l10n.t('required'));
  const name = el('label', { class: 'label' }, label, ' ', optional, required);
  name.addEventListener('click', () => input.focus(''));
  // a checkbox says its own name
  if (field.type === 'confirm') name.replaceChildren(optional, required);
  const hint = el('p', { class: 'hint', id: `${id}-hint` }, field.hint === undefined ? '' : text(field.hint));
  hint.hidden = field.hint === undefined;
  const error = el('p', { class: 'error', id: `${id}-error` });
  const wide = (WIDE.has(field.type) || field.key === 'title') && !SIDE_BY_SIDE.has(field.key);
  const element = el(
    'div',
    { class: wide ? 'field wide' : 'field', 'data-field': field.key, 'data-type': field.type },
    name,
    // below a short control, so that the controls of one row stand in line
    ...(wide ? [hint, input.element] : [input.element, hint]),
    error,
  );

  return {
    field,
    element,
    focus: (part) => input.focus(part),
    update: (state) => {
      element.hidden = !state.shown;
      input.write(state.value);
      optional.hidden = state.required;
      required.hidden = !state.required;
      if (field.type === 'confirm') name.hidden = state.required;
      const parts = new Map(state.missing.map((item) => [partOf(item), text(item.text)]));
      const own = state.missing.filter((item) => field.type !== 'environment' || partOf(item) === '');
      const lacks = own.map((item) => text(item.text)).join(' ');
      error.replaceChildren(...(lacks === '' ? [] : [icon('error'), ` ${lacks}`]));
      error.hidden = lacks === '';
      element.classList.toggle('invalid', state.missing.length > 0);
      const details = [field.hint === undefined ? '' : text(field.hint), lacks].filter((part) => part !== '').join(' ');
      input.describe({ label, required: state.required, invalid: state.missing.length > 0, details }, parts);
    },
  };
}
