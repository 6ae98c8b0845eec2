/** What a form holds: what was typed, over what the case keeps, over what an empty form starts with. */
import type { CaseState } from '../../../domain/case/state';
import { type FieldDef, isEmpty, isShown, textOf, type Value, type Values } from '../../../domain/sop/field';
import { readPatch } from '../../../domain/sop/field';
import type { Language } from '../../../domain/words';
import { instantOf } from '../../../domain/time';
import type { FormSpec } from './formSpec';

/** What the user changed; null: taken away. */
export type Edits = ReadonlyMap<string, Value | null>;

export type Prepare = (
  action: string,
  field: string,
  state: CaseState,
  language: Language,
  values: Values,
) => string | undefined;

export interface Surroundings {
  readonly state: CaseState;
  /** This minute. */
  readonly now: string;
  readonly me: string;
  readonly textLanguage: Language;
  readonly prepare: Prepare;
}

function initialOf(spec: FormSpec, field: FieldDef, around: Surroundings): Value | undefined {
  if (field.initial === 'now') return spec.action === 'upgrade' && isToCome(around) ? undefined : around.now;
  if (field.initial === 'me') return around.me === '' ? undefined : around.me;
  return field.initial?.(around.state);
}

/** Nobody has done the upgrade before its appointment began; a time filled in would say so. */
function isToCome({ state, now }: Surroundings): boolean {
  return instantOf(textOf(state.verification.appointment?.values, 'start')) > instantOf(now);
}

/** Of every field, shown or not. */
export function allValues(spec: FormSpec, edits: Edits, around: Surroundings): Values {
  const kept = spec.kept(around.state);
  const values: Record<string, Value> = {};
  for (const field of spec.fields) {
    const edit = edits.get(field.key);
    const start = kept[field.key] ?? (spec.startsAs === undefined ? undefined : initialOf(spec, field, around));
    const value = edit === undefined ? start : edit;
    if (value !== undefined && value !== null) values[field.key] = value;
  }
  const action = spec.startsAs;
  if (action === undefined) return values;
  for (const field of spec.fields) {
    if (field.type !== 'longText' || edits.has(field.key) || kept[field.key] !== undefined) continue;
    const text = around.prepare(action, field.key, around.state, around.textLanguage, values);
    if (text !== undefined && text !== '') values[field.key] = text;
  }
  return values;
}

export function shownFields(spec: FormSpec, values: Values, state: CaseState): readonly FieldDef[] {
  return spec.fields.filter((field) => isShown(field, values, state));
}

/** What is sent when the form is submitted: every shown field, and null for what was kept and is gone now. */
export function submitted(spec: FormSpec, edits: Edits, around: Surroundings): Record<string, unknown> {
  const values = allValues(spec, edits, around);
  const kept = spec.kept(around.state);
  const sent: Record<string, unknown> = {};
  for (const field of shownFields(spec, values, around.state)) {
    const value = tidy(field, values[field.key]);
    if (value !== undefined) sent[field.key] = value;
    else if (kept[field.key] !== undefined) sent[field.key] = null;
  }
  return { ...sent, ...spec.fixed };
}

/**
 * What is kept of a half-done form. A text that Casebook prepared, or a time that just says "now", would go stale in
 * the log: it is left out until it is sent. The time at which a report came in is the exception.
 */
export function halfDone(spec: FormSpec, edits: Edits, around: Surroundings): Record<string, unknown> {
  const sent = submitted(spec, edits, around);
  if (spec.halfDone === 'open') return sent;
  const kept = spec.kept(around.state);
  const isTyped = (key: string) => edits.has(key) || kept[key] !== undefined;
  return Object.fromEntries(
    Object.entries(sent).filter(([key]) => {
      const field = spec.fields.find((candidate) => candidate.key === key);
      return isTyped(key) || (field?.initial !== 'now' && field?.type !== 'longText') || key === 'receivedAt';
    }),
  );
}

function tidy(field: FieldDef, value: Value | undefined): Value | undefined {
  if (value === undefined || isEmpty(value)) return undefined;
  if (field.type === 'rows' && Array.isArray(value)) {
    return value.filter((row): row is string => typeof row === 'string' && row.trim() !== '');
  }
  return value;
}

/** A draft is somebody's file: only what has a field's shape is taken from it. */
export function editsFrom(fields: readonly FieldDef[], raw: Readonly<Record<string, unknown>> | undefined): Edits {
  return new Map(Object.entries(readPatch(fields, raw).patch));
}
