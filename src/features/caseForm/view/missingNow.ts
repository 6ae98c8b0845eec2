/** The guard's own answer for a form as it stands, typed and unsaved. */
import { check } from '../../../domain/sop/engine';
import { environmentItems, type FieldDef } from '../../../domain/sop/field';
import { type Missing, shortName } from '../../../domain/sop/missing';
import type { App } from './app';
import type { FormSpec } from './formSpec';
import { submitted } from './formValues';
import { text } from './l10n';
import { partOf } from './lack';
import { answeredThere } from './ticketOffer';

/**
 * What the ticket's own system answers is not missing where it is to do the deed.
 * @param action what would be done with the form, if not what it is for
 */
export function missingNow(app: App, spec: FormSpec, action = spec.action): readonly Missing[] {
  const values = submitted(spec, app.drafts.of(spec.key), app.surroundings(spec.key));
  const { state, tickets } = app.page;
  const missing = check(state, { action, ...(spec.for === '' ? {} : { for: spec.for }), values }, app.context());
  const isOfStep = spec.for === '' && spec.key === action;
  const answered = isOfStep ? answeredThere(action, state, tickets, app.drafts) : [];
  return missing.filter(({ field }) => field === undefined || !answered.includes(field));
}

/** "Title" rather than "Title is missing", where that is all there is to say. */
export function shortly(item: Missing, fields: readonly FieldDef[]): string {
  const field = fields.find((entry) => entry.key === item.field);
  if (field?.type === 'environment') {
    const part = environmentItems.find((entry) => entry.key === partOf(item));
    if (part) return text(part.label);
  }
  return text(field && item.code === `required:${field.key}` ? field.label : shortName(item));
}
