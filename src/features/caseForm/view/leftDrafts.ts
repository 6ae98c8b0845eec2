/** What was typed into a form that the case has no place for any more. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import { isSamePerson } from '../../../domain/person';
import type { FieldDef, Value } from '../../../domain/sop/field';
import { findAction, homeOf, isBefore, type Procedure } from '../../../domain/sop/procedure';
import { draftFields, draftedAction, isFormNow } from './draftForms';
import type { Drafts } from './drafts';

export interface LeftDraft {
  readonly key: string;
  /** The step of its form; undefined for a form of the whole case. */
  readonly step: string | undefined;
  readonly action: string;
  readonly typed: readonly { readonly field: FieldDef; readonly value: Value }[];
  readonly why: 'others' | 'not now';
}

export function leftDrafts(
  procedure: Procedure,
  state: CaseState,
  drafts: Pick<Drafts, 'keys' | 'of'>,
  me: string,
): LeftDraft[] {
  return drafts
    .keys()
    .filter((key) => !isFormNow(procedure, state, key))
    .flatMap((key): LeftDraft[] => {
      const action = draftedAction(key);
      const known = state.values[action] ?? {};
      const edits = drafts.of(key);
      const typed = draftFields(procedure, key).flatMap((field) => {
        const value = edits.get(field.key);
        // what the case holds by now is not lost
        const isThere = JSON.stringify(known[field.key]) === JSON.stringify(value);
        return value === undefined || value === null || isThere || field.internal ? [] : [{ field, value }];
      });
      if (typed.length === 0) return [];
      const definition = findAction(procedure, action);
      const step = definition && homeOf(definition);
      return [{ key, step, action, typed, why: isDoneByOthers(state, step, me) ? 'others' : 'not now' }];
    });
}

function isDoneByOthers(state: CaseState, step: string | undefined, me: string): boolean {
  if (step === undefined || (state.status === 'open' && !isBefore(step, state.step))) return false;
  const left = state.visits.findLast((visit) => visit.step === step)?.left;
  return left !== undefined && !isSamePerson(left.by, me);
}
