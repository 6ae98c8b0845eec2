/** A moment: a native date-and-time field and a button for the usual one. */
import * as l10n from '@vscode/l10n';
import { button } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import { fromLocalField, thisMinute, toLocalField } from '../localTime';
import type { FieldInput, FieldSetting } from './input';
import { describeNative, nativeInput } from './native';

const DAY = 86_400_000;
/** Moments that lie ahead: "now" would make no sense there. */
const AHEAD = new Set(['nextAt', 'nextFollowUp', 'start', 'end']);

export function dateTimeInput(setting: FieldSetting): FieldInput {
  const input = nativeInput('datetime-local', setting.id);
  // without it the year takes six digits
  input.max = '9999-12-31T23:59';
  input.addEventListener('input', () => setting.change(fromLocalField(input.value) ?? null));
  const isAhead = AHEAD.has(setting.field.key);
  const shortcut = button({
    label: isAhead ? l10n.t('Tomorrow') : l10n.t('Now'),
    look: 'secondary',
    does: isAhead ? 'tomorrow' : 'now',
    pressed: () => {
      const iso = thisMinute(Date.now() + (isAhead ? DAY : 0));
      input.value = toLocalField(iso);
      setting.change(iso);
    },
  });
  return {
    element: el('div', { class: 'beside' }, input, shortcut),
    // while the year is being typed the field reads as 0002, 0020 …: only another moment may replace what is shown
    write: (value) => {
      const local = typeof value === 'string' ? toLocalField(value) : '';
      if (toLocalField(fromLocalField(input.value) ?? '') !== local) input.value = local;
    },
    focus: () => input.focus(),
    describe: (about) => describeNative(input, about, setting.id),
  };
}
