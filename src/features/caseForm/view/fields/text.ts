/** Text of one line and of many, numbers and calendar dates. */
import * as l10n from '@vscode/l10n';
import { button, textArea, textField } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import { looksLikeLog } from '../lists';
import { today } from '../localTime';
import { groupBar } from './groupBar';
import { type LetterBar, letterBar } from './letterBar';
import { type FieldInput, type FieldSetting, textOrNull } from './input';
import { secretLine } from './secretLine';
import { describeNative, nativeInput, writeNative } from './native';

export function textInput(setting: FieldSetting): FieldInput {
  const control = textField(() => setting.change(textOrNull(control.read())));
  control.element.id = setting.id;
  return {
    element: control.element,
    write: (value) => control.write(typeof value === 'string' ? value : ''),
    focus: () => control.focus(),
    describe: (about) => control.describe(about),
  };
}

/** Texts that are made to be pasted elsewhere carry a button for it. */
const COPIED = new Set(['sent', 'text']);

export function longTextInput(setting: FieldSetting): FieldInput {
  const { letter } = setting;
  const control = textArea(2, () => {
    setting.change(textOrNull(control.read()));
    dress();
  });
  control.element.id = setting.id;
  const bar =
    letter !== undefined
      ? letterBar(
          letter,
          setting.label,
          () => control.read(),
          (text) => setting.copy(text),
        )
      : COPIED.has(setting.field.key) || setting.group
        ? copyBar(setting, () => control.read())
        : undefined;
  const groups = setting.group && groupBar(setting.group, () => control.read());
  const dress = () => {
    control.element.classList.toggle('log', looksLikeLog(control.read()));
    bar?.update();
    groups?.update();
  };
  dress();
  const secrets = secretLine(control, setting, () => {
    setting.change(textOrNull(control.read()));
    dress();
  });
  const main = bar === undefined ? control.element : el('div', { class: 'withCopy' }, control.element, bar.element);
  return {
    element: el('div', { class: 'textField' }, main, secrets, groups?.element),
    write: (value) => {
      control.write(typeof value === 'string' ? value : '');
      dress();
    },
    focus: () => control.focus(),
    describe: (about) => control.describe(about),
  };
}

function copyBar(setting: FieldSetting, read: () => string): Pick<LetterBar, 'element' | 'update'> {
  const element = button({
    label: l10n.t('Copy'),
    look: 'secondary',
    icon: 'copy',
    does: 'copy',
    pressed: () => setting.copy(read()),
  });
  return { element, update: () => element.toggleAttribute('hidden', read().trim() === '') };
}

export function numberInput(setting: FieldSetting): FieldInput {
  const input = nativeInput('number', setting.id);
  input.min = '0';
  input.step = '1';
  const read = () =>
    Number.isSafeInteger(input.valueAsNumber) && input.valueAsNumber >= 0 ? input.valueAsNumber : null;
  input.addEventListener('input', () => setting.change(read()));
  return {
    element: input,
    // what is not a number yet reads as empty and must not be wiped while it is typed
    write: (value) => {
      if (read() !== (value ?? null)) input.value = typeof value === 'number' ? String(value) : '';
    },
    focus: () => input.focus(),
    describe: (about) => describeNative(input, about, setting.id),
  };
}

export function dateInput(setting: FieldSetting): FieldInput {
  const input = nativeInput('date', setting.id);
  input.max = '9999-12-31';
  input.addEventListener('input', () => setting.change(textOrNull(input.value)));
  const now = button({
    label: l10n.t('Today'),
    look: 'secondary',
    does: 'now',
    pressed: () => {
      input.value = today(new Date());
      setting.change(input.value);
    },
  });
  // a date that is promised is never today by default
  const isPromised = setting.field.key === 'fixDate';
  return {
    element: el('div', { class: 'beside' }, input, !isPromised && now),
    write: (value) => writeNative(input, typeof value === 'string' ? value : ''),
    focus: () => input.focus(),
    describe: (about) => describeNative(input, about, setting.id),
  };
}
