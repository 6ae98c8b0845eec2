/** Fields that the ticket's own system asks for, drawn like those of the case. */
import type { FieldDef, FieldType, Value } from '../../../domain/sop/field';
import type { Missing } from '../../../domain/sop/missing';
import { rule } from '../../../domain/sop/missing';
import type { TicketField, TicketFieldValue, TrackerPerson, TrackerSystem } from '../../../domain/tickets/tracker';
import { type Words, w } from '../../../domain/words';
import { checkbox } from '../../../platform/view/controls';
import type { App } from './app';
import { el } from '../../../platform/view/dom';
import type { FieldInput, FieldSetting } from './fields/input';
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

/** So many choices need the whole width. */
const MANY = 12;

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
  const choices = asked.choices.map(({ value, label }) => ({ value, label: choiceWords(system, label) }));
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
  // there are many of them, most with few choices
  slot.element.classList.toggle('wide', asked.type === 'longText' || choices.length > MANY);
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

/** Several of a list: a box for each. */
function manyInput(setting: FieldSetting): FieldInput {
  let chosen: readonly string[] = [];
  const boxes = (setting.field.options ?? []).map(({ value, label }) => {
    const control = checkbox(text(label), () => {
      const others = chosen.filter((each) => each !== value);
      setting.change(control.read() === 'true' ? [...others, value] : others);
    });
    control.element.dataset['value'] = value;
    return { value, control };
  });
  const element = el(
    'div',
    { class: 'manyChoices', role: 'group', id: setting.id, 'aria-label': setting.label },
    ...boxes.map(({ control }) => control.element),
  );
  return {
    element,
    write: (value) => {
      chosen = Array.isArray(value) ? (value as readonly string[]) : [];
      for (const box of boxes) box.control.write(chosen.includes(box.value) ? 'true' : '');
    },
    focus: () => boxes[0]?.control.focus(),
    describe: ({ label, invalid, details }) => {
      element.setAttribute('aria-label', label);
      element.setAttribute('aria-invalid', String(invalid));
      if (details === '') element.removeAttribute('aria-describedby');
      else element.setAttribute('aria-describedby', `${setting.id}-hint ${setting.id}-error`);
    },
  };
}
