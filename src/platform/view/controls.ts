/**
 * The only file that knows the webview toolkit: it registers the components in use and mends their defects, so that
 * another library can take their place.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeRadio(),
    vsCodeRadioGroup(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a form needs of any of its controls. Text in, text out. */
export interface Control {
  readonly element: HTMLElement;
  read(): string;
  write(value: string): void;
  focus(): void;
  /** The label that a screen reader speaks, and what it says about the control's state. */
  describe(about: Description): void;
}

export interface Description {
  readonly label: string;
  readonly required: boolean;
  readonly invalid: boolean;
  /** Hint and error, in words: ids do not reach into the component's shadow tree. */
  readonly details: string;
}

type Toolkit = HTMLElement & { value: string };

/** The native control inside a component; it exists once the component is on the page. */
function inner(element: HTMLElement): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>('.control') ?? null;
}

/** Runs now if the component is drawn, otherwise as soon as it is. */
function whenDrawn(element: HTMLElement, act: (control: HTMLElement) => void): void {
  const control = inner(element);
  if (control) act(control);
  else requestAnimationFrame(() => inner(element) && act(inner(element) as HTMLElement));
}

export function describeElement(element: HTMLElement, about: Description): void {
  element.setAttribute('aria-label', about.label);
  element.setAttribute('aria-required', String(about.required));
  element.setAttribute('aria-invalid', String(about.invalid));
  if (about.details === '') element.removeAttribute('aria-description');
  else element.setAttribute('aria-description', about.details);
}

const described = new WeakMap<HTMLElement, Description>();

/** Text components show their state to screen readers by the native control inside, which gets it directly. */
function describeInside(element: HTMLElement, about: Description): void {
  described.set(element, about);
  const describe = () => {
    // the newest, whenever this comes to be done
    const now = described.get(element) ?? about;
    element.setAttribute('aria-label', now.label);
    element.setAttribute('aria-invalid', String(now.invalid));
    whenDrawn(element, (control) => describeElement(control, now));
  };
  describe();
  // as it comes onto the page it calls itself "Text area"
  if (!element.isConnected) requestAnimationFrame(describe);
}

function textControl(element: Toolkit, changed: () => void): Control {
  element.addEventListener('input', changed);
  return {
    element,
    read: () => element.value ?? '',
    // writing the same text again would move the caret
    write: (value) => {
      if (element.value !== value) element.value = value;
    },
    focus: () => element.focus(),
    describe: (about) => describeInside(element, about),
  };
}

export function textField(changed: () => void): Control {
  return textControl(document.createElement('vscode-text-field') as Toolkit, changed);
}

export function textArea(rows: number, changed: () => void): Control {
  const element = document.createElement('vscode-text-area') as Toolkit & { rows: number };
  element.rows = rows;
  return textControl(element, changed);
}

export function checkbox(text: string, changed: () => void): Control {
  const element = document.createElement('vscode-checkbox') as HTMLElement & { checked: boolean };
  element.append(text);
  // it reports what is written to it as if it were clicked
  let writing = false;
  element.addEventListener('change', () => {
    if (!writing) changed();
  });
  return {
    element,
    read: () => (element.checked ? 'true' : ''),
    write: (value) => {
      writing = true;
      if (element.checked !== (value === 'true')) element.checked = value === 'true';
      writing = false;
    },
    focus: () => element.focus(),
    describe: (about) => describeElement(element, about),
  };
}

export function radioGroup(choices: readonly Choice[], changed: () => void): Control {
  const element = document.createElement('vscode-radio-group') as Toolkit;
  const radios = choices.map(({ value, label }) => {
    const radio = document.createElement('vscode-radio') as Toolkit & { checked: boolean };
    radio.value = value;
    radio.append(label);
    radio.dataset['value'] = value;
    return radio;
  });
  element.append(...radios);
  let writing = false;
  element.addEventListener('change', (event) => {
    // each radio reports too, the one that is left as well: the group's own report is the answer
    if (event.target === element && !writing) changed();
  });
  return {
    element,
    read: () => radios.find((radio) => radio.checked)?.value ?? '',
    // the group checks the radio of its value but never unchecks the last one
    write: (value) => {
      if (radios.every((radio) => radio.checked === (radio.value === value))) return;
      writing = true;
      for (const radio of radios) radio.checked = radio.value === value;
      element.value = value;
      writing = false;
    },
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0])?.focus(),
    describe: (about) => describeElement(element, about),
  };
}

export function dropdown(choices: readonly Choice[], changed: () => void): Control {
  const element = document.createElement('vscode-dropdown') as Toolkit;
  for (const { value, label } of choices) {
    const option = document.createElement('vscode-option') as Toolkit;
    option.value = value;
    option.dataset['value'] = value;
    option.append(label);
    element.append(option);
  }
  let wanted = '';
  element.addEventListener('change', () => {
    wanted = element.value;
    changed();
  });
  // a shortcut such as Ctrl+S must not choose the option that begins with its letter
  element.addEventListener(
    'keydown',
    (event) => {
      if (event.key.length === 1 && (event.ctrlKey || event.metaKey || event.altKey)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  return {
    element,
    read: () => wanted,
    // its options are known to it only after it is drawn, and a value before that is lost
    write: (value) => {
      wanted = value;
      if (element.value !== value) element.value = value;
      requestAnimationFrame(() => {
        if (element.value !== wanted) element.value = wanted;
      });
    },
    focus: () => element.focus(),
    describe: (about) => describeElement(element, about),
  };
}

export type ButtonLook = 'primary' | 'secondary' | 'icon';

export interface ButtonOptions {
  /** The text, or for a button that is only an icon what it is called. */
  readonly label: string;
  readonly look: ButtonLook;
  /** Codicon name. */
  readonly icon?: string;
  /** What it does, for styles and tests. */
  readonly does: string;
  readonly pressed: () => void;
}

export function button({ label, look, icon, does, pressed }: ButtonOptions): HTMLElement {
  const element = document.createElement('vscode-button') as HTMLElement & { appearance: string; type: string };
  element.appearance = look;
  // as an attribute it would be ignored; forms are submitted by what the button does, not by its type
  element.type = 'button';
  element.dataset['do'] = does;
  if (icon !== undefined) {
    const glyph = document.createElement('span');
    glyph.className = `codicon codicon-${icon}`;
    glyph.setAttribute('aria-hidden', 'true');
    if (look !== 'icon') glyph.slot = 'start';
    element.append(glyph);
  }
  if (look === 'icon') {
    element.setAttribute('aria-label', label);
    element.title = label;
  } else {
    element.append(label);
  }
  element.addEventListener('click', () => {
    if (!element.hasAttribute('disabled')) pressed();
  });
  return element;
}

export function setDisabled(element: HTMLElement, disabled: boolean): void {
  element.toggleAttribute('disabled', disabled);
}

/** Says whether the part of the page that a button opens is open. */
export function setExpanded(element: HTMLElement, expanded: boolean): void {
  element.dataset['expanded'] = String(expanded);
  whenDrawn(element, (control) => control.setAttribute('aria-expanded', String(expanded)));
}

/** A link that does something here rather than leading anywhere. */
export function link(text: string, pressed: () => void): HTMLElement {
  const element = document.createElement('vscode-link') as HTMLElement & { href: string };
  element.href = '#';
  element.append(text);
  element.addEventListener('click', (event) => {
    event.preventDefault();
    // the editor scrolls a page to its top where a link to "#" is pressed
    event.stopPropagation();
    pressed();
  });
  return element;
}
