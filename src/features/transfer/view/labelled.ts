/** Controls with their labels; a hint is spoken with the control. */
import type { Control } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';

export function labelled(label: string, control: Control, hint = ''): HTMLElement {
  control.describe({ label, required: false, invalid: false, details: hint });
  const name = el('label', {}, label);
  name.addEventListener('click', () => control.focus());
  return el('div', { class: 'field' }, name, control.element, hint !== '' && el('p', { class: 'quiet' }, hint));
}

export function section(title: string, ...children: readonly (Node | false)[]): HTMLElement {
  return el('section', {}, el('h2', {}, title), ...children);
}
