/** What describes a server: seven things, each known or marked as not to be had with the reason, and further ones. */
import * as l10n from '@vscode/l10n';
import { looksLikeOutput } from '../../../../domain/environment/reading';
import {
  allEnvironmentItems,
  type Environment,
  type EnvironmentItem,
  type EnvironmentKey,
  environmentItems,
  environmentOf,
  isEmpty,
} from '../../../../domain/sop/field';
import { checkbox, textArea, textField, type Control } from '../../../../platform/view/controls';
import { el } from '../../../../platform/view/dom';
import { text } from '../l10n';
import { looksLikeLog } from '../lists';
import { environmentTools } from './environmentTools';
import type { FieldInput, FieldSetting } from './input';
import { secretLine } from './secretLine';

interface Item {
  readonly key: EnvironmentKey;
  readonly label: string;
  /** One of the seven. */
  readonly asked: boolean;
  readonly element: HTMLElement;
  readonly value: Control;
  readonly reason: Control;
  readonly cannot: Control;
  readonly error: HTMLElement;
}

export function environmentInput(setting: FieldSetting): FieldInput {
  const items = allEnvironmentItems.map(({ key, label }) => makeItem(key, text(label), setting, changed));
  const tools = environmentTools(setting, {
    read,
    put: (environment) => {
      write(environment);
      changed();
    },
  });
  const element = el(
    'div',
    { class: 'environment', role: 'group', id: setting.id },
    tools.element,
    ...items.map((item) => item.element),
  );
  // in whichever item it is pasted, a whole output is meant for all of them
  element.addEventListener('paste', (event) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (looksLikeOutput(pasted) && tools.pasted(pasted)) event.preventDefault();
  });

  function changed(): void {
    const environment = read();
    for (const item of items) dress(item);
    setting.change(isEmpty(environment) ? null : environment);
  }
  function read(): Environment {
    const known = items.map((item): [EnvironmentKey, EnvironmentItem | undefined] => [item.key, readItem(item)]);
    return Object.fromEntries(known.filter((entry) => entry[1] !== undefined));
  }
  function write(wanted: Environment): void {
    for (const item of items) {
      const known = wanted[item.key];
      item.cannot.write(known?.cannot === undefined ? '' : 'true');
      item.value.write(known?.value ?? '');
      item.reason.write(known?.cannot ?? '');
      dress(item);
    }
  }
  for (const item of items) dress(item);

  return {
    element,
    write: (value) => {
      const wanted = environmentOf(value === undefined ? {} : { environment: value });
      if (JSON.stringify(wanted) !== JSON.stringify(read())) write(wanted);
    },
    focus: (part) => {
      const item = items.find((candidate) => candidate.key === part) ?? items[0];
      if (item) (item.cannot.read() === '' ? item.value : item.reason).focus();
    },
    describe: (about, parts) => {
      element.setAttribute('aria-label', about.label);
      for (const item of items) {
        const lacks = parts.get(item.key) ?? '';
        item.error.textContent = lacks;
        item.error.hidden = lacks === '';
        const of = { required: about.required && item.asked, invalid: lacks !== '', details: lacks };
        item.value.describe({ ...of, label: item.label });
        item.reason.describe({ ...of, label: l10n.t('{0}: why it cannot be obtained', item.label) });
        item.cannot.describe({
          label: l10n.t('{0}: cannot obtain', item.label),
          required: false,
          invalid: false,
          details: '',
        });
      }
    },
  };
}

function makeItem(key: EnvironmentKey, label: string, setting: FieldSetting, changed: () => void): Item {
  const value = textArea(1, changed);
  const reason = textField(changed);
  const cannot = checkbox(l10n.t('Cannot obtain'), () => {
    changed();
    (cannot.read() === '' ? value : reason).focus();
  });
  reason.element.setAttribute('placeholder', l10n.t('Why it cannot be obtained'));
  const error = el('p', { class: 'error' });
  const asked = environmentItems.some((item) => item.key === key);
  const element = el(
    'div',
    { class: 'environmentItem', 'data-item': key },
    el(
      'span',
      { class: 'itemLabel', 'aria-hidden': 'true' },
      label,
      !asked && el('span', { class: 'quiet' }, ' ', l10n.t('optional')),
    ),
    el('div', { class: 'itemValue' }, value.element, secretLine(value, setting, changed), reason.element, error),
    cannot.element,
  );
  return { key, label, asked, element, value, reason, cannot, error };
}

function readItem(item: Item): EnvironmentItem | undefined {
  if (item.cannot.read() === 'true') return { cannot: item.reason.read() };
  return isEmpty(item.value.read()) ? undefined : { value: item.value.read() };
}

function dress(item: Item): void {
  const cannot = item.cannot.read() === 'true';
  item.value.element.hidden = cannot;
  item.reason.element.hidden = !cannot;
  // nobody asks for the further ones; a mark that came from elsewhere can be taken away
  item.cannot.element.hidden = !cannot && !item.asked;
  item.value.element.classList.toggle('log', item.key === 'logs' && looksLikeLog(item.value.read()));
}
