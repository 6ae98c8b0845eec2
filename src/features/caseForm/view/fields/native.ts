/** Native controls where the toolkit has none: styled like it, and known to every screen reader. */
import { describeElement, type Description } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';

export function nativeInput(type: 'text' | 'number' | 'date' | 'datetime-local', id: string): HTMLInputElement {
  const input = el('input', { class: 'native', id });
  input.type = type;
  input.autocomplete = 'off';
  input.spellcheck = false;
  return input;
}

export function writeNative(input: HTMLInputElement, value: string): void {
  if (input.value !== value) input.value = value;
}

/** Hint and error are on the page with ids of their own, so the native control points at them. */
export function describeNative(input: HTMLElement, about: Description, id: string): void {
  describeElement(input, about);
  input.removeAttribute('aria-description');
  input.setAttribute('aria-describedby', `${id}-hint ${id}-error`);
}
