/** Every form that was drawn, so that what is typed, focus and caret survive whatever else changes on the page. */
import * as l10n from '@vscode/l10n';
import { generalActions } from '../../../domain/sop/general';
import type { CaseState } from '../../../domain/case/state';
import { personName } from '../../../domain/person';
import { assessedUrgency } from '../../../domain/sop/effects';
import type { Values } from '../../../domain/sop/field';
import { findStep, type ActionDef } from '../../../domain/sop/procedure';
import { ActionForm, type Explanation, type FormExtras } from './actionForm';
import type { App } from './app';
import { actionSpec, correctionSpec, type FormSpec, goBackSpec, isUsedUp, openingSpec } from './formSpec';
import { text, when } from './l10n';

export class FormShelf {
  private readonly forms = new Map<string, ActionForm>();

  constructor(
    private readonly app: App,
    /** Of the form that takes in a report. */
    private readonly intakeExtras: FormExtras,
  ) {}

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
        const isIntake = definition.name === this.app.procedure.intake;
        return new ActionForm(
          this.app,
          spec,
          buttons,
          definition.name === 'assess' ? urgency(this.app) : undefined,
          isIntake ? this.intakeExtras : undefined,
        );
      },
      close ? `${definition.name}, to be closed` : definition.name,
    );
  }

  opening(intake: ActionDef): ActionForm {
    const step = this.app.procedure.stages[0]?.steps[1];
    return this.get(openingSpec(intake), (spec) => {
      const next = step ? `${step.id} ${text(step.name)}` : '';
      const buttons = { submit: l10n.t('Record and go on to {0}', next), save: l10n.t('Record now, complete later') };
      return new ActionForm(this.app, spec, buttons, undefined, this.intakeExtras);
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

/** What the answers of step 1.2 come to, said in place (spec L26, L80). */
const urgency = (app: App): Explanation => ({
  after: 'overrideReason',
  say: (values) => urgencyMeans(values, app.page.state),
});

function urgencyMeans(values: Values, { emergency }: CaseState): string {
  switch (assessedUrgency(values)) {
    case 'urgent':
      if (emergency?.notified && !emergency.ended) {
        return l10n.t(
          'That is urgent: {0} was told on {1}.',
          personName(emergency.notified.lead),
          when(emergency.notified.at),
        );
      }
      return l10n.t('That is urgent: tell the R&D lead now, then write down here who was told and how.');
    case 'high':
      return l10n.t('That is high: not an emergency, since there is a workaround, but it is watched.');
    case 'normal':
      return l10n.t('That is normal: it takes its turn.');
    case undefined:
      return '';
  }
}
