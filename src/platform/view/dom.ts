/** Elements made by hand: text is always text, never markup. */

export type Child = Node | string | false | undefined;

export interface Attributes {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly title?: string;
  readonly tabindex?: string;
  readonly [name: `aria-${string}` | `data-${string}`]: string | undefined;
}

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** Always beside a word: an icon alone says nothing to a screen reader. */
export function icon(name: string): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** For screen readers only. */
export function spoken(text: string): HTMLElement {
  return el('span', { class: 'spoken' }, text);
}

/** Makes `wanted` the children, without touching those that stay: a moved element would lose its focus and caret. */
export function place(parent: HTMLElement, wanted: readonly Node[]): void {
  // a copy: the list of a parent's children changes as they go
  for (const child of Array.from(parent.childNodes)) {
    if (!wanted.includes(child)) child.remove();
  }
  let cursor = parent.firstChild;
  for (const child of wanted) {
    if (child === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(child, cursor);
  }
}

/** What is drawn anew leaves focus and unfolded details as they were, where they are there again. */
export function keepingPlace(root: HTMLElement, draw: () => void): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  const details = () => root.querySelectorAll<HTMLDetailsElement>('details[data-fold]');
  const unfolded = new Set([...details()].filter((each) => each.open).map((each) => each.dataset['fold']));
  draw();
  for (const each of details()) each.open = unfolded.has(each.dataset['fold']);
  const active = document.activeElement;
  // what is drawn behind somebody's back must not take the keyboard from wherever they are
  if (focused === undefined || !document.hasFocus() || (active !== null && active !== document.body)) return;
  root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}
