/** One form on the page: which act it becomes, and the fields it asks. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import type { FieldDef, Values } from '../../../domain/sop/field';
import { generalActions } from '../../../domain/sop/general';
import type { ActionDef } from '../../../domain/sop/procedure';
import { ticketDraftKey } from './ticketDraft';

export interface FormSpec {
  /** Names its draft. */
  readonly key: string;
  /** What submitting does. */
  readonly action: string;
  /** Of `correct`, `goBack`, `excuse`: the action it concerns. */
  readonly for: string;
  readonly fields: readonly FieldDef[];
  /** Sent along without being asked. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** What a half-done form becomes: nothing, a `save`, or the opening of a new case. */
  readonly halfDone: 'none' | 'save' | 'open';
  /** The action whose prepared texts and starting values it shows; a correction starts at what was captured. */
  readonly startsAs: string | undefined;
  readonly kept: (state: CaseState) => Values;
}

const nothingKept = (): Values => ({});

export function actionSpec(definition: ActionDef): FormSpec {
  return {
    key: definition.name,
    action: definition.name,
    for: '',
    // what Casebook fills in itself is never asked
    fields: definition.fields.filter((field) => !field.internal),
    fixed: {},
    halfDone: definition.keeps ? 'save' : 'none',
    startsAs: definition.name,
    kept: definition.keeps ? (state) => state.values[definition.name] ?? {} : nothingKept,
  };
}

/** The intake of a case that isn't recorded yet. */
export function openingSpec(intake: ActionDef): FormSpec {
  return { ...actionSpec(intake), key: 'open', halfDone: 'open' };
}

export function correctionSpec(definition: ActionDef): FormSpec {
  return {
    key: `correct/${definition.name}`,
    action: 'correct',
    for: definition.name,
    // an action may have a reason of its own; the correction's takes its place in the event, so it is asked once
    fields: [...definition.fields.filter((field) => field.key !== 'reason'), ...generalActions.correct.fields],
    fixed: {},
    halfDone: 'none',
    startsAs: undefined,
    kept: (state) => state.values[definition.name] ?? {},
  };
}

export function goBackSpec(step: string): FormSpec {
  return {
    key: `goBack/${step}`,
    action: 'goBack',
    for: '',
    fields: generalActions.goBack.fields.filter((field) => field.key === 'reason'),
    fixed: { to: step },
    halfDone: 'none',
    startsAs: undefined,
    kept: nothingKept,
  };
}

/** True for a draft that is used up once this act is written. */
export function isUsedUp(key: string, action: string, target: string): boolean {
  switch (action) {
    case 'save':
      return key === target;
    case 'correct':
      return key === `correct/${target}`;
    case 'goBack':
      return key.startsWith('goBack/');
    case 'excuse':
      return key.startsWith(`excuse/${target}/`);
    // it captures what the diagnosis form holds, and starts that form afresh
    case 'tryAgain':
      return key === 'tryAgain' || key === 'reproduce';
    default:
      return key === action || key === ticketDraftKey(action);
  }
}
