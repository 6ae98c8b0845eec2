/** What to do now, in a sentence. */
import * as l10n from '@vscode/l10n';
import { dueNames } from '../../../domain/caseWords';
import { findAction } from '../../../domain/sop/procedure';
import { duesOf, type DueKind, isLate } from '../../../domain/dues';
import type { App } from './app';
import { day, listed, text, when } from './l10n';
import { actionSpec } from './formSpec';
import { missingNow, shortly } from './missingNow';
import { firstToDo, formsOf, isUntoldEmergency } from './progress';

export interface Next {
  readonly sentence: string;
  /** The action whose form does it; empty when there is nothing to do. */
  readonly action: string;
}

export function nextStep(app: App): Next {
  const { page, procedure } = app;
  const { state } = page;
  if (state.status !== 'open') return { sentence: '', action: '' };
  const tell = findAction(procedure, 'notifyLead');
  if (tell && isUntoldEmergency(state) && state.step !== '1.2') {
    return {
      sentence: l10n.t('Tell the R&D lead now: the case is urgent.'),
      action: tell.name,
    };
  }
  const first = firstToDo(formsOf(procedure, state, page.settings.supportMaySolve), state);
  if (!first) return { sentence: '', action: '' };
  const missing = [
    ...missingNow(app, actionSpec(first)).map((item) => shortly(item, first.fields)),
    ...(app.tickets.lacking.get(first.name) ?? []),
  ];
  const isWaiting = page.tickets.waiting.some(({ action }) => action === first.name);
  const sentence = isWaiting
    ? l10n.t('What you decided waits in the outbox.')
    : missing.length === 0
      ? l10n.t('Everything needed is filled in.')
      : missing.length > 4
        ? l10n.t('{0} things are still missing.', missing.length)
        : l10n.t('Still missing: {0}', listed(missing));
  return { sentence, action: first.name };
}

export interface DueLine {
  readonly kind: DueKind;
  readonly text: string;
  readonly overdue: boolean;
}

export function dueLines(app: App, now: number): DueLine[] {
  const { state, settings } = app.page;
  if (state.status !== 'open' || state.closedAt !== undefined) return [];
  return duesOf(state, settings.timings).map((due) => ({
    kind: due.kind,
    text: l10n.t(
      '{0}: {1}',
      text(dueNames[due.kind]),
      due.kind === 'fixPromised' ? day(due.at.slice(0, 10)) : when(due.at),
    ),
    overdue: isLate(due, now),
  }));
}
