/** Fields that the ticket's own system asks for, drawn like those of the case. */
import * as l10n from '@vscode/l10n';
import type { FieldDef, FieldType, Value } from '../../../domain/sop/field';
import type { Missing } from '../../../domain/sop/missing';
import { rule } from '../../../domain/sop/missing';
import type { TicketField, TicketFieldValue, TrackerPerson, TrackerSystem } from '../../../domain/tickets/tracker';
import { type Words, w } from '../../../domain/words';
import { checkbox } from '../../../platform/view/controls';
import type { App } from './app';
import { el } from '../../../platform/view/dom';
import { found } from './find';
import { MOST_LISTED } from './fields/choice';
import type { FieldInput, FieldSetting } from './fields/input';
import { nativeInput } from './fields/native';
import { fieldSlot, type Slot } from './fields/slot';
import { text } from './l10n';
import { choiceWords, fieldWords } from './ticketWords';

const TYPES: Readonly<Record<TicketField['type'], FieldType>> = {
  text: 'text',
  longText: 'longText',
  choice: 'choice',
  choices: 'rows',
  date: 'date',
  number: 'number',
  person: 'choice',
};

/** @param id unique on the page */
export function plainSlot(app: App, field: FieldDef, id: string, change: (value: Value | null) => void): Slot {
  return slotOf(app, field, id, change);
}

/** @param people who may be chosen where a field names a person */
export function systemSlot(
  app: App,
  system: TrackerSystem,
  asked: TicketField,
  people: readonly TrackerPerson[],
  id: string,
  change: (value: TicketFieldValue) => void,
): Slot {
  const choices = asked.choices.map(({ value, label }) => ({ value, label: choiceWords(system, asked.key, label) }));
  const named = asked.type === 'person' && choices.length === 0 ? people.map(personOption) : choices;
  // where nobody is told, an account can still be typed
  const type = asked.type === 'person' && named.length === 0 ? 'text' : TYPES[asked.type];
  const field: FieldDef = {
    key: asked.key,
    type,
    label: fieldWords(system, asked),
    options: named,
    ...(asked.required ? { required: true } : {}),
  };
  const input = asked.type === 'choices' ? manyInput : undefined;
  const slot = slotOf(app, field, id, (value) => change(told(value)), input);
  // the form may have a field of that name of its own
  slot.element.dataset['field'] = `ticket:${asked.key}`;
  // there are many of them, most with few choices; boxes for many need the whole width
  const isLong = asked.type === 'longText' || (asked.type === 'choices' && choices.length > MOST_LISTED);
  slot.element.classList.toggle('wide', isLong);
  return slot;
}

export function personOption({ id, name }: TrackerPerson): { value: string; label: Words } {
  const label = name === '' || name === id ? id : `${name} (${id})`;
  // an account id of a cloud says nothing to anybody
  return { value: id, label: /^[\w.-]{1,30}$/.test(id) ? w(label, label) : w(name || id, name || id) };
}

function slotOf(
  app: App,
  field: FieldDef,
  id: string,
  change: (value: Value | null) => void,
  input?: (setting: FieldSetting) => FieldInput,
): Slot {
  const setting: FieldSetting = {
    field,
    label: text(field.label),
    id,
    optional: field.required === undefined,
    suggestions: () => [],
    change,
    copy: (copied) => app.copy(copied),
    letter: undefined,
    textLanguage: app.page.textLanguage,
    ask: (question) => app.ask(question),
    say: (sentence) => app.say(sentence),
    files: undefined,
    group: undefined,
  };
  return fieldSlot(setting, input);
}

function told(value: Value | null): TicketFieldValue {
  if (Array.isArray(value)) return value as readonly string[];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** As the slot's control takes it. */
export function shownValue(type: TicketField['type'], value: TicketFieldValue): Value | undefined {
  if (type === 'choices') return typeof value === 'string' ? [value] : value;
  const one = typeof value === 'string' ? value : (value[0] ?? '');
  if (one === '') return undefined;
  return type === 'number' ? Number(one) : one;
}

/** What a system says of a field, in its own words. */
export function saidOf(key: string, sentence: string): Missing {
  return rule(`said:${key}`, w(sentence, sentence), key);
}

/** Several of a list: a box for each; of a long list those that are chosen, and those that are looked for. */
function manyInput(setting: FieldSetting): FieldInput {
  let chosen: readonly string[] = [];
  const boxes = (setting.field.options ?? []).map(({ value, label }) => {
    const name = text(label);
    const control = checkbox(name, () => {
      const others = chosen.filter((each) => each !== value);
      setting.change(control.read() === 'true' ? [...others, value] : others);
    });
    control.element.dataset['value'] = value;
    return { value, label: name, control };
  });
  const search = nativeInput('text', `${setting.id}-search`);
  search.placeholder = l10n.t('Type a part of the name');
  search.setAttribute('aria-label', l10n.t('Find in: {0}', setting.label));
  search.hidden = boxes.length <= MOST_LISTED;
  const rest = el('p', { class: 'quiet', role: 'status' });
  const narrow = () => {
    const { shown, more } = found(boxes, search.value, search.hidden ? boxes.length : MOST_LISTED);
    for (const box of boxes) box.control.element.hidden = !shown.includes(box) && !chosen.includes(box.value);
    rest.textContent = more > 0 ? l10n.t('{0} more: type a part of the name', more) : '';
    rest.hidden = more === 0;
  };
  search.addEventListener('input', narrow);
  const element = el(
    'div',
    { class: 'manyChoices', role: 'group', id: setting.id, 'aria-label': setting.label },
    search,
    ...boxes.map(({ control }) => control.element),
    rest,
  );
  return {
    element,
    write: (value) => {
      chosen = Array.isArray(value) ? (value as readonly string[]) : [];
      for (const box of boxes) box.control.write(chosen.includes(box.value) ? 'true' : '');
      narrow();
    },
    focus: () => (search.hidden ? boxes[0]?.control.focus() : search.focus()),
    describe: ({ label, invalid, details }) => {
      element.setAttribute('aria-label', label);
      element.setAttribute('aria-invalid', String(invalid));
      if (details === '') element.removeAttribute('aria-describedby');
      else element.setAttribute('aria-describedby', `${setting.id}-hint ${setting.id}-error`);
    },
  };
}
