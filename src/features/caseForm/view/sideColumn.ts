/** Beside the form: what to do next, the ticket, what was said and agreed, and the whole story. */
import * as l10n from '@vscode/l10n';
import type { Plan } from '../../../domain/case/state';
import { lackOf } from '../../../domain/sop/engine';
import { dispositions } from '../../../domain/sop/fields';
import { findAction } from '../../../domain/sop/procedure';
import { personName } from '../../../domain/person';
import { button, setDisabled } from '../../../platform/view/controls';
import type { App } from './app';
import { articleList } from './articles';
import { textElement } from './captured';
import { el } from '../../../platform/view/dom';
import { day, dotted, text, when } from './l10n';
import { messages } from './messages';
import { attemptDetails, attemptTitle } from './logs';
import { nextStep } from './nextStep';
import { ticketSection } from './ticketSection';
import { timeline } from './timeline';
import { verification } from './verification';

/** Everything but what changes while somebody types. */
export function sideColumn(app: App): HTMLElement[] {
  return [
    section('ticket', l10n.t('Ticket'), ticketSection(app)),
    plans(app),
    section('messages', l10n.t('Messages'), messages(app)),
    section('verification', l10n.t('Verification'), verification(app)),
    attempts(app),
    articles(app),
    deviations(app),
    section('timeline', l10n.t('Timeline'), [timeline(app)]),
  ].filter((part): part is HTMLElement => part !== undefined);
}

function section(name: string, title: string, content: readonly Node[]): HTMLElement | undefined {
  if (content.length === 0) return undefined;
  return el('section', { class: 'side', 'data-side': name }, el('h2', {}, title), ...content);
}

export function nextSection(app: App): HTMLElement | undefined {
  const { sentence, action } = nextStep(app);
  const go = button({
    label: l10n.t('Go to the form'),
    look: 'secondary',
    does: 'next',
    pressed: () => app.openForm(action),
  });
  setDisabled(go, app.busy);
  return section('next', l10n.t('Next'), [
    ...(sentence === '' ? [] : [el('p', {}, sentence)]),
    ...(action === '' || app.page.readOnly !== '' ? [] : [go]),
  ]);
}

function plans(app: App): HTMLElement | undefined {
  const items = app.page.state.plans
    .toReversed()
    .map((plan) =>
      el(
        'li',
        {},
        el('strong', {}, l10n.t('r{0}', plan.revision)),
        ` ${dotted([planWhat(plan), when(plan.at)])}`,
        plan.approach !== '' && textElement(plan.approach),
        el('div', { class: 'quiet' }, planAnswer(plan)),
      ),
    );
  return section('plans', l10n.t('Plans'), items.length === 0 ? [] : [el('ul', {}, ...items)]);
}

function planWhat(plan: Plan): string {
  if (plan.kind === 'fix') return dotted([plan.version, plan.date === '' ? '' : day(plan.date)]);
  const disposition = dispositions.find((option) => option.value === plan.disposition);
  return disposition ? text(disposition.label) : plan.disposition;
}

function planAnswer(plan: Plan): string {
  if (!plan.answer) return l10n.t('not answered yet');
  if (plan.answer.accepted) return l10n.t('accepted by the customer on {0}', when(plan.answer.at));
  return l10n.t('rejected by the customer on {0}: {1}', when(plan.answer.at), plan.answer.reason);
}

function attempts(app: App): HTMLElement | undefined {
  const items = app.page.state.attempts.toReversed().map((attempt) => {
    const details = attemptDetails(attempt);
    return el(
      'details',
      { class: 'message', 'data-fold': attempt.at },
      el('summary', {}, attemptTitle(attempt)),
      details,
    );
  });
  return section('attempts', l10n.t('Attempts to reproduce'), items);
}

function articles(app: App): HTMLElement | undefined {
  const list = articleList(app);
  return section('articles', l10n.t('Articles'), list ? [list] : []);
}

function deviations(app: App): HTMLElement | undefined {
  const { state } = app.page;
  const items = state.deviations.map((entry) => {
    const definition = findAction(app.procedure, entry.action);
    const field = definition?.fields.find((candidate) => entry.code === `required:${candidate.key}`);
    const rule = definition && lackOf(definition, state, {}, app.context()).find((item) => item.code === entry.code);
    const what = field ? text(field.label) : rule ? text(rule.text) : entry.code;
    return el(
      'li',
      {},
      el('strong', {}, what),
      textElement(entry.reason),
      el('div', { class: 'quiet' }, dotted([personName(entry.by), when(entry.at)])),
    );
  });
  return section('deviations', l10n.t('Excused'), items.length === 0 ? [] : [el('ul', {}, ...items)]);
}
