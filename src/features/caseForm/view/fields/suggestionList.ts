/** A text with a list below it that narrows as somebody types; by mouse and by keyboard, as screen readers know it. */
import * as l10n from '@vscode/l10n';
import type { Choice } from '../../../../platform/view/controls';
import { el, icon, place } from '../../../../platform/view/dom';
import { nativeInput } from './native';

export interface Suggested {
  readonly entries: readonly Choice[];
  /** At the end of the list, for what it does not show; empty for nothing. */
  readonly note: string;
}

export interface SuggestionOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  /** @param typed empty where all are wanted */
  suggested(typed: string): Suggested;
  /** Each time something was typed. */
  typed(text: string): void;
  chosen(entry: Choice): void;
  /** Somebody went on to another field, or pressed Enter on none of them. */
  left(): void;
}

export interface SuggestionList {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Of the arrow that shows them all. */
  readonly toggle: HTMLElement;
}

export function suggestionList(options: SuggestionOptions): SuggestionList {
  const input = nativeInput('text', options.id);
  const listId = `${options.id}-list`;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', listId);
  const list = el('ul', { class: 'suggestions', role: 'listbox', id: listId, 'aria-label': options.label });
  const toggle = el('span', { class: 'comboToggle', title: l10n.t('Show suggestions') }, icon('chevron-down'));
  // what is not in the list is heard, too
  const note = el('span', { class: 'spoken', role: 'status' });
  const element = el('div', { class: 'combo' }, input, toggle, list, note);

  let shown: readonly Choice[] = [];
  let active = -1;

  const isOpen = () => !list.hidden;
  const close = () => {
    list.hidden = true;
    active = -1;
    note.textContent = '';
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const open = (typed: string) => {
    const suggested = options.suggested(typed);
    shown = suggested.entries;
    active = -1;
    const items = shown.map((entry, index) => {
      const item = el('li', { role: 'option', id: `${listId}-${index}`, 'aria-selected': 'false' }, entry.label);
      item.dataset['value'] = entry.value;
      // before the field loses its focus
      item.addEventListener('mousedown', (event) => {
        event.preventDefault();
        choose(entry);
      });
      return item;
    });
    const last = el('li', { class: 'quiet', role: 'option', 'aria-disabled': 'true' }, suggested.note);
    last.addEventListener('mousedown', (event) => event.preventDefault());
    place(list, suggested.note === '' ? items : [...items, last]);
    note.textContent = suggested.note;
    list.hidden = list.childElementCount === 0;
    input.setAttribute('aria-expanded', String(isOpen()));
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (entry: Choice) => {
    input.value = entry.label;
    options.chosen(entry);
    close();
  };
  const mark = (index: number) => {
    if (shown.length === 0) return;
    active = (index + shown.length) % shown.length;
    for (const [at, item] of [...list.children].entries()) item.setAttribute('aria-selected', String(at === active));
    const item = list.children[active];
    if (!item) return;
    input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  };
  const leave = () => {
    close();
    options.left();
  };

  input.addEventListener('input', () => {
    options.typed(input.value);
    open(input.value);
  });
  input.addEventListener('blur', leave);
  input.addEventListener('click', () => !isOpen() && open(''));
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen()) open('');
      if (isOpen()) mark(active < 0 && event.key === 'ArrowUp' ? -1 : active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = shown[active];
      if (isOpen() && entry !== undefined) choose(entry);
      else leave();
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
  return { element, input, toggle };
}
