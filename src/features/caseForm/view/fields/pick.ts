/** One of many, found by a part of its name: people, projects, versions. */
import * as l10n from '@vscode/l10n';
import type { Choice } from '../../../../platform/view/controls';
import { found, meant } from '../find';
import type { FieldInput, FieldSetting } from './input';
import { describeNative, writeNative } from './native';
import { suggestionList } from './suggestionList';

export function pickInput(setting: FieldSetting, choices: readonly Choice[]): FieldInput {
  let chosen: Choice | undefined;
  const take = (choice: Choice | undefined) => {
    if (choice?.value === chosen?.value) return;
    chosen = choice;
    setting.change(choice?.value ?? null);
  };
  const { element, input } = suggestionList({
    id: setting.id,
    label: setting.label,
    suggested: (typed) => {
      const { shown, more } = found(choices, typed);
      const note =
        shown.length === 0
          ? l10n.t('Nothing in the list has that name')
          : more > 0
            ? l10n.t('{0} more: type a part of the name', more)
            : '';
      return { entries: shown, note };
    },
    // only what is in the list is chosen, and never what stood there before
    typed: (text) => take(choices.find(({ label }) => label === text)),
    chosen: take,
    left: () => {
      if (chosen === undefined) take(meant(choices, input.value));
      // what was typed to find it says nothing on its own
      writeNative(input, chosen?.label ?? '');
    },
  });
  input.placeholder = l10n.t('Type a part of the name');
  return {
    element,
    write: (value) => {
      const wanted = typeof value === 'string' && value !== '' ? value : undefined;
      if (wanted === chosen?.value) return;
      chosen = wanted === undefined ? undefined : (choices.find((each) => each.value === wanted) ?? asIs(wanted));
      writeNative(input, chosen?.label ?? '');
    },
    focus: () => input.focus(),
    describe: (about) => describeNative(input, about, setting.id),
  };
}

const asIs = (value: string): Choice => ({ value, label: value });
