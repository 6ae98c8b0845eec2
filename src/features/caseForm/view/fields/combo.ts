/** Text with suggestions: anything may be typed, the team's lists are one key away. */
import * as l10n from '@vscode/l10n';
import { el, icon, place } from '../../../../platform/view/dom';
import { matching } from '../suggest';
import { type FieldInput, type FieldSetting, textOrNull } from './input';
import { describeNative, nativeInput, writeNative } from './native';

const MOST_SHOWN = 50;

export function comboInput(setting: FieldSetting): FieldInput {
  const input = nativeInput('text', setting.id);
  const listId = `${setting.id}-list`;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', listId);
  const list = el('ul', { class: 'suggestions', role: 'listbox', id: listId, 'aria-label': setting.label });
  const toggle = el('span', { class: 'comboToggle', title: l10n.t('Show suggestions') }, icon('chevron-down'));
  const element = el('div', { class: 'combo' }, input, toggle, list);

  let shown: readonly string[] = [];
  let active = -1;

  const isOpen = () => !list.hidden;
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  /** @param typed what narrows the list; the arrow shows it all */
  const open = (typed: string) => {
    shown = matching(setting.suggestions(), typed).slice(0, MOST_SHOWN);
    active = -1;
    place(
      list,
      shown.map((suggestion, index) => {
        const item = el('li', { role: 'option', id: `${listId}-${index}`, 'aria-selected': 'false' }, suggestion);
        // before the field loses its focus
        item.addEventListener('mousedown', (event) => {
          event.preventDefault();
          choose(suggestion);
        });
        return item;
      }),
    );
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(isOpen()));
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (suggestion: string) => {
    input.value = suggestion;
    setting.change(textOrNull(suggestion));
    close();
  };
  const mark = (index: number) => {
    active = (index + shown.length) % shown.length;
    for (const [at, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(at === active));
    const item = list.children[active];
    if (!item) return;
    input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  };

  input.addEventListener('input', () => {
    setting.change(textOrNull(input.value));
    open(input.value);
  });
  input.addEventListener('blur', close);
  input.addEventListener('click', () => !isOpen() && open(''));
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen()) open('');
      if (isOpen()) mark(active < 0 && event.key === 'ArrowUp' ? -1 : active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const suggestion = shown[active];
      if (isOpen() && suggestion !== undefined) choose(suggestion);
      else close();
    } else if (event.key === 'Escape' && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  toggle.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const wasOpen = isOpen();
    input.focus();
    if (wasOpen) close();
    else open('');
  });
  close();

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
