/** Which form a draft's key stands for. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import { barrier, correctionBarrier } from '../../../domain/sop/engine';
import type { FieldDef } from '../../../domain/sop/field';
import { generalActions, stepsToGoBackTo } from '../../../domain/sop/general';
import { findAction, type Procedure } from '../../../domain/sop/procedure';
import { correctionSpec, goBackSpec } from './formSpec';
import { linksField } from './newLinks';
import { isTicketAct, isTicketDraft, ticketDraftFields } from './ticketDraft';

/** The action whose form, correction or excuse a draft is; empty for a way back. */
export function draftedAction(key: string): string {
  const [kind = '', name = ''] = key.split('/');
  if (kind === 'goBack') return '';
  return kind === 'correct' || kind === 'excuse' || isTicketDraft(key) ? name : kind;
}

/** Whether a draft's form can be shown as the case stands. */
export function isFormNow(procedure: Procedure, state: CaseState, key: string): boolean {
  const [kind = '', name = ''] = key.split('/');
  if (kind === 'open') return true;
  if (kind === 'goBack') return stepsToGoBackTo(state).includes(name);
  if (isTicketAct(key)) return state.ticket !== undefined;
  const definition = findAction(procedure, draftedAction(key));
  if (definition === undefined) return false;
  const isCorrectable = correctionBarrier(definition, state) === undefined;
  if (kind === 'correct') return isCorrectable;
  return barrier(definition, state) === undefined || (kind === 'excuse' && isCorrectable);
}

/** The fields of a draft's form, by its key. */
export function draftFields(procedure: Procedure, key: string): readonly FieldDef[] {
  const [kind = '', name = ''] = key.split('/');
  if (kind === 'open') return [...(findAction(procedure, procedure.intake)?.fields ?? []), linksField];
  if (kind === 'goBack') return goBackSpec(name).fields;
  if (isTicketDraft(key)) return ticketDraftFields;
  if (kind === 'excuse') return generalActions.excuse.fields;
  const definition = findAction(procedure, draftedAction(key));
  if (!definition) return [];
  return kind === 'correct' ? correctionSpec(definition).fields : definition.fields;
}
