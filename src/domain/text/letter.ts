/** The frame of every message to a customer: greeting, paragraphs, closing. */
import { type CaseState } from '../case/state';
import { personName } from '../person';
import { procedureOf } from '../sop/engine';
import { textOf } from '../sop/field';
import { fill, say, type Language, type Words, w } from '../words';

/** A text of the form that opened the case. */
export function intakeOf(state: CaseState, key: string): string {
  return textOf(state.values[procedureOf(state.kind).intake], key).trim();
}

/** Paragraphs after a greeting by name; a sentence that is left out leaves no gap. */
export function letter(state: CaseState, language: Language, ...paragraphs: readonly (Words | false | undefined)[]) {
  const contact = personName(intakeOf(state, 'contact'));
  const greeting = contact === '' ? w('Hello,', '您好！') : fill(w('Hello {0},', '{0}，您好！'), contact);
  return [greeting, ...paragraphs]
    .filter((words): words is Words => typeof words === 'object')
    .map((words) => say(words, language))
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}

/** The case as a customer knows it: its title in quotation marks. */
export function subject(state: CaseState): Words {
  const title = intakeOf(state, 'title');
  const fallback = state.kind === 'issue' ? w('your report', '您反馈的问题') : w('your request', '您提出的需求');
  return title === '' ? fallback : { en: `"${title}"`, zh: `“${title}”` };
}

/** A text that is the same in both languages: a customer's or an engineer's own words. */
export function quoted(text: string): Words {
  return w(text.trim(), text.trim());
}
