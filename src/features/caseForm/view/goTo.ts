/** Where on the page the user wanted to go, or left something unfinished. */
import { findAction, homeOf } from '../../../domain/sop/procedure';
import type { App } from './app';
import { draftedAction } from './draftForms';
import { nextStep } from './nextStep';
import { lastCorrectable } from './progress';
import type { ReviewPanel } from './review';
import type { StepPanel } from './stepPanel';
import { beginToGroup } from './writing';

/** @param focus a step, the way on, what can be corrected, or one action's form */
export function goTo(app: App, panel: StepPanel, focus: string): void {
  const { state } = app.page;
  const step = /^step:(.+)$/.exec(focus)?.[1];
  if (step !== undefined) app.review(step);
  else if (focus === 'correct') app.review(lastCorrectable(app.procedure, state));
  else if (focus === 'tellGroup') app.openForm(beginToGroup(app));
  else if (focus === 'exit') panel.focus(nextStep(app).action);
  else app.openForm(focus);
}

/** @param key of the draft; empty for none */
export function showDraft(app: App, panel: StepPanel, reviewed: ReviewPanel, key: string): void {
  const [kind = '', name = ''] = key.split('/');
  const action = findAction(app.procedure, name);
  const step = kind === 'goBack' ? name : action && homeOf(action);
  if (kind === 'open') panel.focusOpening();
  else if ((kind === 'correct' || kind === 'goBack') && step !== undefined) {
    app.review(step);
    reviewed.openForm(key);
  } else if (key !== '') app.openForm(draftedAction(key));
}
