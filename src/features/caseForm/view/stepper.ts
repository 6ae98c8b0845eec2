/** The whole procedure at a glance: stages, their steps, and where the case stands. */
import * as l10n from '@vscode/l10n';
import { happenedElsewhere } from '../../../domain/sop/imported';
import type { StepDef } from '../../../domain/sop/procedure';
import type { App } from './app';
import { el, icon, spoken } from '../../../platform/view/dom';
import { text } from './l10n';
import { hasRecords } from './rounds';
import { standingOf, type StepStanding } from './progress';

function standingWord(standing: StepStanding): string {
  switch (standing) {
    case 'done':
      return l10n.t('done');
    case 'current':
      return l10n.t('to do now');
    case 'open':
      return l10n.t('not yet');
  }
}

const glyphs = { done: 'check', current: 'play', open: 'circle-small' } as const;

export function stepper(app: App, reviewed: string | undefined): HTMLElement {
  const { procedure, page } = app;
  const stages = procedure.stages.map((stage) => {
    const steps = stage.steps.map((step) => el('li', {}, stepItem(app, step, reviewed)));
    const isHere = page.state.status === 'open' && stage.steps.some((step) => step.id === page.state.step);
    return el(
      'li',
      { class: isHere ? 'stage here' : 'stage' },
      el('div', { class: 'stageName' }, `${stage.id} ${text(stage.name)}`),
      el('ol', {}, ...steps),
    );
  });
  const label = page.state.round > 1 ? l10n.t('Steps, round {0}', page.state.round) : l10n.t('Steps');
  return el('nav', { class: 'stepper', 'aria-label': label }, el('ol', { class: 'stages' }, ...stages));
}

function stepItem(app: App, step: StepDef, reviewed: string | undefined): HTMLElement {
  const { state } = app.page;
  const standing = standingOf(step.id, state);
  if (standing === 'done' && happenedElsewhere(state, step.id)) {
    const word = l10n.t('not recorded here');
    const name = el('span', {}, `${step.id} ${text(step.name)}`);
    return el(
      'span',
      { class: 'step open', 'data-step': step.id, title: word },
      icon('dash'),
      name,
      spoken(` (${word})`),
    );
  }
  const content = [
    icon(glyphs[standing]),
    el('span', {}, `${step.id} ${text(step.name)}`),
    spoken(` (${standingWord(standing)})`),
  ];
  // a step that lies ahead has something to show only after a way back
  if (standing === 'open' && !hasRecords(app.procedure, state, step.id))
    return el('span', { class: 'step open', 'data-step': step.id }, ...content);
  const isShown = reviewed === undefined ? standing === 'current' : step.id === reviewed;
  const item = el(
    'button',
    {
      class: isShown ? `step ${standing} shown` : `step ${standing}`,
      'data-step': step.id,
      'data-focus': `step-${step.id}`,
      'aria-current': standing === 'current' ? 'step' : undefined,
      'aria-pressed': String(isShown),
    },
    ...content,
  );
  item.type = 'button';
  item.addEventListener('click', () =>
    app.review(step.id === state.step && standing === 'current' ? undefined : step.id),
  );
  return item;
}
