/** One of a few, yes or no, and a statement to confirm. */
import * as l10n from '@vscode/l10n';
import type { Value } from '../../../../domain/sop/field';
import { type Choice, type Control, button, checkbox, dropdown, radioGroup } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import { text } from '../l10n';
import type { FieldInput, FieldSetting } from './input';
import { pickInput } from './pick';

/** More than this many are easier to find in a list that opens. */
const MOST_RADIOS = 4;
/** More than this many are found by typing. */
export const MOST_LISTED = 12;

export function choiceInput(setting: FieldSetting): FieldInput {
  const choices = (setting.field.options ?? []).map(({ value, label }) => ({ value, label: text(label) }));
  if (choices.length > MOST_LISTED) return pickInput(setting, choices);
  if (choices.length > MOST_RADIOS) {
    const control = dropdown([{ value: '', label: l10n.t('Not chosen') }, ...choices], () =>
      setting.change(control.read() === '' ? null : control.read()),
    );
    return inputOf(control, setting, (value) => (typeof value === 'string' ? value : ''));
  }
  return radios(
    setting,
    choices,
    (value) => (typeof value === 'string' ? value : ''),
    (chosen) => chosen,
  );
}

export function yesNoInput(setting: FieldSetting): FieldInput {
  const choices = [
    { value: 'yes', label: l10n.t('Yes') },
    { value: 'no', label: l10n.t('No') },
  ];
  return radios(
    setting,
    choices,
    (value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : ''),
    (chosen) => chosen === 'yes',
  );
}

function radios(
  setting: FieldSetting,
  choices: readonly Choice[],
  textOf: (value: Value | undefined) => string,
  valueOf: (chosen: string) => Value,
): FieldInput {
  const control = radioGroup(choices, () => {
    const chosen = control.read();
    setting.change(chosen === '' ? null : valueOf(chosen));
  });
  if (!setting.optional) return inputOf(control, setting, textOf);
  // a radio once chosen can't be taken back by clicking it
  const clear = button({
    label: l10n.t('Clear the answer'),
    look: 'icon',
    icon: 'close',
    does: 'clear',
    pressed: () => {
      control.write('');
      setting.change(null);
      control.focus();
    },
  });
  const input = inputOf(control, setting, textOf);
  return {
    ...input,
    element: el('div', { class: 'beside' }, control.element, clear),
    write: (value) => {
      input.write(value);
      clear.hidden = value === undefined;
    },
  };
}

export function confirmInput(setting: FieldSetting): FieldInput {
  const control = checkbox(setting.label, () => setting.change(control.read() === 'true' ? true : null));
  return inputOf(control, setting, (value) => (value === true ? 'true' : ''));
}

function inputOf(control: Control, setting: FieldSetting, textOf: (value: Value | undefined) => string): FieldInput {
  control.element.id = setting.id;
  return {
    element: control.element,
    write: (value) => control.write(textOf(value)),
    focus: () => control.focus(),
    describe: (about) => control.describe(about),
  };
}
