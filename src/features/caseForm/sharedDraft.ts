/** One draft of a case, typed by two windows that show it. Free of vscode. */
import type { Forms } from './protocol';

/**
 * What the other window keeps, with what changed in this one since it last spoke: a form that was only shown here,
 * as it was found, does not undo what was typed there.
 * @param kept as the draft lies on disk now
 * @param before as this window knew it
 * @param now as this window holds it; a form that is gone was sent or discarded here
 */
export function withChanges(kept: Forms, before: Forms, now: Forms): Forms {
  const isChanged = (form: string) => JSON.stringify(before[form]) !== JSON.stringify(now[form]);
  return Object.fromEntries([
    ...Object.entries(kept).filter(([form]) => !isChanged(form)),
    ...Object.entries(now).filter(([form]) => isChanged(form)),
  ]);
}

/** With a text behind what a field holds; one that stands there already is not added again. */
export function withText(forms: Forms, form: string, field: string, text: string): Forms {
  const before = forms[form]?.[field];
  const held = typeof before === 'string' ? before : '';
  if (text.trim() === '' || held.includes(text)) return forms;
  return { ...forms, [form]: { ...forms[form], [field]: held.trim() === '' ? text : `${held}\n\n${text}` } };
}
