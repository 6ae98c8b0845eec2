/** Every form that was drawn, so that what is typed, focus and caret survive whatever else changes on the page. */
import * as l10n from '@vscode/l10n';
import type { CaseState } from '../../../domain/case/state';
import { barrier, correctionBarrier } from '../../../domain/sop/engine';
import { generalActions, stepsToGoBackTo } from '../../../domain/sop/general';
import { assessedUrgency } from '../../../domain/sop/effects';
import type { FieldDef, Values } from '../../../domain/sop/field';
import { findAction, findStep, type ActionDef, type Procedure } from '../../../domain/sop/procedure';
import { ActionForm, type Explanation } from './actionForm';
import type { App } from './app';
import { actionSpec, correctionSpec, type FormSpec, goBackSpec, isUsedUp, openingSpec } from './formSpec';
import { text } from './l10n';

export class FormShelf {
  private readonly forms = new Map<string, ActionForm>();

  constructor(private readonly app: App) {}

  /** @param twin another action that captures the same fields */
  action(definition: ActionDef, twin?: ActionDef, close?: () => void): ActionForm {
    return this.get(
      actionSpec(definition),
      (spec) => {
        const buttons = {
          submit: text(definition.label),
          ...(definition.keeps ? { save: text(generalActions.save.label) } : {}),
          ...(twin ? { twin } : {}),
          ...(close ? { close } : {}),
        };
        return new ActionForm(this.app, spec, buttons, definition.name === 'assess' ? urgency : undefined);
      },
      close ? `${definition.name}, to be closed` : definition.name,
    );
  }

  opening(intake: ActionDef): ActionForm {
    const step = this.app.procedure.stages[0]?.steps[1];
    return this.get(openingSpec(intake), (spec) => {
      const next = step ? `${step.id} ${text(step.name)}` : '';
      const buttons = { submit: l10n.t('Record and go on to {0}', next), save: l10n.t('Record now, complete later') };
      return new ActionForm(this.app, spec, buttons);
    });
  }

  correction(definition: ActionDef, close: () => void): ActionForm {
    return this.get(correctionSpec(definition), (spec) => {
      return new ActionForm(this.app, spec, { submit: text(generalActions.correct.label), close });
    });
  }

  goingBack(step: string, close: () => void): ActionForm {
    return this.get(goBackSpec(step), (spec) => {
      const definition = findStep(this.app.procedure, step);
      const name = definition ? `${step} ${text(definition.name)}` : step;
      return new ActionForm(this.app, spec, { submit: l10n.t('Go back to {0}', name), close });
    });
  }

  refresh(): void {
    for (const form of this.forms.values()) {
      if (form.element.isConnected) form.refresh();
    }
  }

  settled(action: string, target: string): void {
    for (const form of this.forms.values()) {
      if (isUsedUp(form.spec.key, action, target)) form.settled();
    }
  }

  /** @param shelfKey the same draft may be shown by two forms: a part of one step is an other way on from the next */
  private get(spec: FormSpec, make: (spec: FormSpec) => ActionForm, shelfKey = spec.key): ActionForm {
    const known = this.forms.get(shelfKey);
    if (known) {
      known.refresh();
      return known;
    }
    const form = make(spec);
    this.forms.set(shelfKey, form);
    return form;
  }
}

/** Whether a draft's form can be shown as the case stands. */
export function isFormNow(procedure: Procedure, state: CaseState, key: string): boolean {
  const [kind = '', name = ''] = key.split('/');
  if (kind === 'open') return true;
  if (kind === 'goBack') return stepsToGoBackTo(state).includes(name);
  const definition = findAction(procedure, kind === 'correct' || kind === 'excuse' ? name : kind);
  if (kind === 'correct') return correctionBarrier(definition, state) === undefined;
  return definition !== undefined && barrier(definition, state) === undefined;
}

/** The fields of a draft's form, by its key. */
export function draftFields(procedure: Procedure, key: string): readonly FieldDef[] {
  const [kind = '', name = ''] = key.split('/');
  if (kind === 'open') return findAction(procedure, procedure.intake)?.fields ?? [];
  if (kind === 'goBack') return goBackSpec(name).fields;
  if (kind === 'excuse') return generalActions.excuse.fields;
  const definition = findAction(procedure, kind === 'correct' ? name : kind);
  if (!definition) return [];
  return kind === 'correct' ? correctionSpec(definition).fields : definition.fields;
}

/** What the answers of step 1.2 come to, said in place (spec L26, L80). */
const urgency: Explanation = { after: 'overrideReason', say: urgencyMeans };

function urgencyMeans(values: Values): string {
  switch (assessedUrgency(values)) {
    case 'urgent':
      return l10n.t('That is urgent: tell the R&D lead now, then write down here who was told and how.');
    case 'high':
      return l10n.t('That is high: not an emergency, since there is a workaround, but it is watched.');
    case 'normal':
      return l10n.t('That is normal: it takes its turn.');
    case undefined:
      return '';
  }
}
