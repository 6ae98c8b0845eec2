/** Text with suggestions: anything may be typed, the team's lists are one key away. */
import { matching } from '../suggest';
import { type FieldInput, type FieldSetting, textOrNull } from './input';
import { describeNative, writeNative } from './native';
import { suggestionList } from './suggestionList';

const MOST_SHOWN = 50;

export function comboInput(setting: FieldSetting): FieldInput {
  const { element, input, toggle } = suggestionList({
    id: setting.id,
    label: setting.label,
    suggested: (typed) => {
      const texts = matching(setting.suggestions(), typed).slice(0, MOST_SHOWN);
      return { entries: texts.map((text) => ({ value: text, label: text })), note: '' };
    },
    typed: (text) => setting.change(textOrNull(text)),
    chosen: ({ value }) => setting.change(textOrNull(value)),
    left: () => undefined,
  });
  return {
    element,
    write: (value) => {
      writeNative(input, typeof value === 'string' ? value : '');
      toggle.hidden = setting.suggestions().length === 0;
    },
    focus: () => input.focus(),
    describe: (about) => describeNative(input, about, setting.id),
  };
}
