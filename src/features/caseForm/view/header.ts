/** Who, what, how urgent: the case in three lines. */
import * as l10n from '@vscode/l10n';
import type { Urgency } from '../../../domain/case/state';
import { statusWords, urgencyWords, waitingWords } from '../../../domain/caseWords';
import { textOf } from '../../../domain/sop/field';
import { findStep } from '../../../domain/sop/procedure';
import { personName } from '../../../domain/person';
import { link } from '../../../platform/view/controls';
import type { App } from './app';
import { el, icon } from '../../../platform/view/dom';
import { dotted, text, when } from './l10n';
import { dueLines } from './nextStep';
import { isOver } from './progress';

const urgencyIcons: Readonly<Record<Urgency, string>> = { urgent: 'flame', high: 'warning', normal: 'circle-outline' };

export function urgencyBadge(urgency: Urgency): HTMLElement {
  const word = text(urgencyWords(urgency));
  return el('span', { class: `badge ${urgency}`, 'data-urgency': urgency }, icon(urgencyIcons[urgency]), word);
}

export function header(app: App): HTMLElement {
  const { page, procedure } = app;
  const { state } = page;
  if (page.mode === 'new') {
    return el(
      'header',
      { class: 'head' },
      el('h1', {}, state.kind === 'issue' ? l10n.t('Record an issue') : l10n.t('Record a request')),
      el(
        'p',
        { class: 'facts' },
        l10n.t('A title is enough to record it. What else step 1.1 needs can follow during the call.'),
      ),
    );
  }
  const intake = state.values[procedure.intake];
  const received = textOf(intake, 'receivedAt');
  const channel = textOf(intake, 'channel');
  const step = findStep(procedure, state.step);
  const product = [textOf(intake, 'product'), textOf(intake, 'version')].filter((part) => part !== '').join(' ');
  const facts = [
    textOf(intake, 'customer'),
    personName(textOf(intake, 'contact')),
    product,
    received === ''
      ? ''
      : channel === ''
        ? l10n.t('received {0}', when(received))
        : l10n.t('received {0} by {1}', when(received), channel),
    l10n.t('owner {0}', personName(state.owner)),
    state.status === 'open' && step ? text(waitingWords[step.waitingOn(state)]) : '',
  ];
  return el(
    'header',
    { class: 'head' },
    el(
      'div',
      { class: 'titleLine' },
      el('h1', {}, textOf(intake, 'title') || l10n.t('Untitled')),
      el(
        'div',
        { class: 'badges' },
        state.urgency !== undefined && urgencyBadge(state.urgency),
        ...dueLines(app, Date.now()).map((due) =>
          el(
            'span',
            { class: due.overdue ? 'badge due overdue' : 'badge due', 'data-due': due.kind },
            icon(due.overdue ? 'warning' : 'calendar'),
            due.overdue ? l10n.t('{0} (overdue)', due.text) : due.text,
          ),
        ),
        state.status !== 'open' &&
          el(
            'span',
            { class: 'badge', 'data-status': state.status },
            icon(isOver(state) ? 'pass-filled' : 'circle-slash'),
            text(statusWords[state.status]),
          ),
        el('span', { class: 'badge' }, l10n.t('Round {0}', state.round)),
        state.planRevision > 0 && el('span', { class: 'badge' }, l10n.t('Plan r{0}', state.planRevision)),
      ),
    ),
    el(
      'p',
      { class: 'facts' },
      el('span', { class: 'caseId' }, state.id),
      ` · ${text(procedure.name)} · ${dotted(facts)}`,
    ),
    state.tags.length > 0 &&
      el('p', { class: 'facts tags' }, icon('tag'), ...state.tags.map((tag) => el('span', { class: 'tag' }, tag))),
    importedLine(app),
    handoverLine(app),
    endLine(app),
  );
}

function importedLine({ page: { state } }: App): HTMLElement | false {
  const { imported } = state;
  if (!imported) return false;
  // a row that had no number is known by a sign of its own, which says nothing to anybody
  const from = imported.id.startsWith('=') ? imported.source : `${imported.source} ${imported.id}`;
  const fact = l10n.t('imported from {0} by {1} on {2}', from, personName(imported.by), when(imported.at));
  return el(
    'p',
    { class: 'facts', 'data-imported': '' },
    icon('cloud-download'),
    ` ${dotted([fact, imported.status])}`,
  );
}

/** What the colleague who handed it over left to say, until its new owner has done something on it. */
function handoverLine({ page: { state } }: App): HTMLElement | false {
  const { handover } = state;
  if (!handover || state.status !== 'open') return false;
  const from = l10n.t('handed over by {0} on {1}', personName(handover.by), when(handover.at));
  return el('p', { class: 'facts', 'data-handover': '' }, icon('arrow-swap'), ` ${dotted([from, handover.note])}`);
}

/** Why it ended, and the case that goes on instead. */
function endLine(app: App): HTMLElement | false {
  const { state } = app.page;
  const line = el('p', { class: 'facts' });
  const facts = [
    state.closedAt === undefined ? '' : l10n.t('closed on {0}', when(state.closedAt)),
    state.statusReason === '' ? '' : l10n.t('reason: {0}', state.statusReason),
  ];
  if (dotted(facts) !== '') line.append(dotted(facts), ' ');
  for (const other of [state.otherCase, state.convertedFrom]) {
    if (other === '') continue;
    line.append(other === state.otherCase ? l10n.t('Goes on as') : l10n.t('Came from'), ' ');
    line.append(
      link(other, () => app.send({ type: 'openCase', id: other })),
      ' ',
    );
  }
  return line.childNodes.length > 0 && line;
}
