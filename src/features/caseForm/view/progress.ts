/** Where the case stands: which steps are done, which parts of a step, what to do next. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import { barrier, correctionBarrier } from '../../../domain/sop/engine';
import { planMessage } from '../../../domain/sop/issueFix';
import { actionsAt, type ActionDef, homeOf, isBefore, type Procedure } from '../../../domain/sop/procedure';

export type StepStanding = 'done' | 'current' | 'open';

export function standingOf(step: string, state: CaseState): StepStanding {
  if (step === state.step) return state.status === 'open' ? 'current' : isOver(state) ? 'done' : 'open';
  return isBefore(step, state.step) ? 'done' : 'open';
}

/** Ended as the procedure means it to end; a withdrawn case stays unfinished. */
export const isOver = (state: CaseState) => state.status === 'archived' || state.status === 'closed';

/** The forms of a step, in the order in which they are done. */
export interface StepForms {
  readonly parts: readonly ActionDef[];
  readonly exit: ActionDef | undefined;
  /** Other ways on from this step. */
  readonly others: readonly ActionDef[];
  /** Its parts are done in a fixed order and all of them are shown (step 4.2). */
  readonly isChecklist: boolean;
}

export function formsOf(procedure: Procedure, state: CaseState, supportMaySolve: boolean): StepForms {
  const here = actionsAt(procedure, state.step);
  const own = here.filter((action) => homeOf(action) === state.step);
  const parts = own.filter((action) => action.role === 'part');
  const exit = own.find((action) => action.role === 'exit');
  const isChecklist = parts.length > 1;
  const isPossible = (action: ActionDef) =>
    barrier(action, state) === undefined && (action.name !== 'solveBySupport' || supportMaySolve);
  const others = here.filter(
    (action) => action !== exit && !parts.includes(action) && !isTwin(action, exit) && isPossible(action),
  );
  return { parts, exit, others, isChecklist };
}

/** The latest step whose captured values may be corrected now. */
export function lastCorrectable(procedure: Procedure, state: CaseState): string | undefined {
  return Object.values(procedure.actions)
    .filter((action) => correctionBarrier(action, state) === undefined)
    .map((action) => homeOf(action) ?? '')
    .toSorted()
    .at(-1);
}

/** Asks exactly what the exit asks, and captures it otherwise: a button of the same form. */
export function isTwin(action: ActionDef, exit: ActionDef | undefined): boolean {
  const keys = (definition: ActionDef) => definition.fields.map((field) => field.key).join();
  return exit !== undefined && action !== exit && action.fields.length > 0 && keys(action) === keys(exit);
}

/** Done in the list of files, beside the file itself, or at the ticket. */
const DONE_ELSEWHERE: ReadonlySet<string> = new Set(['attach', 'removeAttachment', 'ticketSeen', 'ticketSent']);

/** Actions that belong to the case rather than to a step. */
export function caseActions(procedure: Procedure, state: CaseState): readonly ActionDef[] {
  return Object.values(procedure.actions).filter(
    (action) => !Array.isArray(action.on) && !DONE_ELSEWHERE.has(action.name) && barrier(action, state) === undefined,
  );
}

/** What a part of the present step has come to. */
export function isPartDone(action: string, state: CaseState): boolean {
  const { verification } = state;
  switch (action) {
    case 'followUp':
      return state.followUps.some((entry) => entry.round === state.round && entry.plan === state.planRevision);
    case 'talk':
      return state.talks.some((entry) => entry.round === state.round);
    case 'informCustomer':
      return planMessage(state) !== undefined;
    case 'verifyInternal':
      return verification.internal?.passed === true;
    case 'appoint':
      return verification.appointment !== undefined;
    case 'upgrade':
      return verification.upgrade !== undefined;
    case 'verifyCustomer':
      return verification.customer?.passed === true;
    default:
      return false;
  }
}

/** The first thing to do at this step: what is shown open, with the primary button. */
export function firstToDo(forms: StepForms, state: CaseState): ActionDef | undefined {
  return (
    forms.parts.find((action) => !isPartDone(action.name, state) && barrier(action, state) === undefined) ??
    (forms.exit && barrier(forms.exit, state) === undefined ? forms.exit : undefined)
  );
}

export const isUntoldEmergency = (state: CaseState): boolean =>
  state.status === 'open' && state.urgency === 'urgent' && state.emergency?.notified === undefined;
