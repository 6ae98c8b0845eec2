/** What must be known before anything else: conflicts, lines that can't be read, a restored draft. */
import * as l10n from '@vscode/l10n';
import { compareEvents } from '../../../domain/case/event';
import type { Conflict } from '../../../domain/case/state';
import { check } from '../../../domain/sop/engine';
import { generalActions } from '../../../domain/sop/general';
import { findAction, isBefore } from '../../../domain/sop/procedure';
import { personName } from '../../../domain/person';
import { instantOf } from '../../../domain/time';
import { button, link, setDisabled } from '../../../platform/view/controls';
import type { ActSender, App } from './app';
import { textElement, valueText } from './captured';
import { el, icon } from '../../../platform/view/dom';
import { listed, text, when } from './l10n';
import { isUntoldEmergency } from './progress';

type Tone = 'info' | 'warning' | 'error';

export function notice(tone: Tone, name: string, ...content: readonly (Node | string)[]): HTMLElement {
  // only what just went wrong interrupts; the rest is drawn again and again
  const role = name === 'failed' ? 'alert' : 'status';
  return el(
    'div',
    { class: `notice ${tone}`, 'data-notice': name, role },
    icon(tone),
    el('div', { class: 'noticeBody' }, ...content),
  );
}

/** What just went wrong, until somebody has read it. */
export function failureNotice(sentence: string, closed: () => void): HTMLElement {
  const close = el(
    'button',
    { class: 'close', 'aria-label': l10n.t('Close'), 'data-do': 'closeFailure' },
    icon('close'),
  );
  close.type = 'button';
  close.addEventListener('click', closed);
  return notice('error', 'failed', el('p', {}, sentence), close);
}

interface DraftWays {
  readonly show: () => void;
  readonly discard: () => void;
}

export function notices(app: App, restoredAt: string, draft: DraftWays): HTMLElement[] {
  const { page } = app;
  const { state } = page;
  const shown: HTMLElement[] = [];
  if (page.readOnly !== '') {
    const manage = link(l10n.t('Manage workspace trust'), () =>
      app.send({ type: 'command', command: 'manageTrust', argument: '' }),
    );
    shown.push(notice('info', 'readOnly', el('p', {}, `${page.readOnly} `, doing('manageTrust', manage))));
  }
  shown.push(...state.conflicts.map((conflict) => conflictNotice(app, conflict)));
  const unread = state.unknown.length + page.quarantined.length;
  if (unread > 0) {
    shown.push(notice('info', 'unread', el('p', {}, `${unreadSentences(app).join(' ')} `, openLog(app))));
  }
  if (restoredAt !== '') {
    shown.push(
      notice(
        'info',
        'restored',
        el(
          'p',
          {},
          l10n.t('Restored what you typed on {0}.', when(restoredAt)),
          ' ',
          doing('showDraft', link(l10n.t('Show it'), draft.show)),
          ' ',
          doing('discard', link(l10n.t('Discard it'), draft.discard)),
        ),
      ),
    );
  }
  return shown;
}

/** No urgent case goes on without the lead having been told (spec L26). */
export function emergencyNotice(app: App): HTMLElement[] {
  const { state } = app.page;
  const tell = findAction(app.procedure, 'notifyLead');
  if (!tell || !isUntoldEmergency(state) || !isBefore('1.2', state.step)) return [];
  const go = button({
    label: text(tell.label),
    look: 'primary',
    does: 'openForm',
    pressed: () => app.openForm(tell.name),
  });
  return [
    notice(
      'error',
      'emergency',
      el('p', {}, l10n.t('This case is urgent and the R&D lead has not been told yet.')),
      go,
    ),
  ];
}

/** What R&D asked, where the case came back to answer it. */
export function questionNotice(app: App): HTMLElement[] {
  const { state, events } = app.page;
  if (state.kind !== 'issue' || state.step !== '2.1') return [];
  const handed = state.visits.findLast((visit) => visit.step === '3.2' && visit.round === state.round);
  const asked = events
    .toSorted(compareEvents)
    .findLast((event) => event.type === 'needInformation' && event.data.round === state.round);
  const question = asked?.data.values?.['question'];
  if (!asked || !handed || typeof question !== 'string' || question.trim() === '') return [];
  if (instantOf(asked.at) < instantOf(handed.entered.at)) return [];
  return [
    notice(
      'warning',
      'question',
      el('p', {}, l10n.t('R&D needs more information ({0}, {1}):', personName(asked.by), when(asked.at))),
      textElement(question),
    ),
  ];
}

function unreadSentences(app: App): string[] {
  const { state, quarantined } = app.page;
  const sentences: string[] = [];
  if (state.unknown.length > 0) {
    sentences.push(
      l10n.t('Entries of a newer Casebook: {0}. They are kept, but not shown here.', state.unknown.length),
    );
  }
  if (quarantined.length > 0) {
    sentences.push(
      l10n.t(
        'Lines of this case that could not be read: {0}. They are kept as they are; everything else is shown.',
        listed(quarantined.map((line) => String(line.line))),
      ),
    );
  }
  return sentences;
}

function doing(what: string, element: HTMLElement): HTMLElement {
  element.dataset['do'] = what;
  return element;
}

function openLog(app: App): HTMLElement {
  const element = link(l10n.t('Open the log'), () => app.send({ type: 'command', command: 'openLog', argument: '' }));
  element.dataset['do'] = 'openLog';
  return element;
}

function conflictNotice(app: App, conflict: Conflict): HTMLElement {
  const error = el('p', { class: 'error', role: 'alert' });
  const sender: ActSender = {
    refused: (missing) => error.replaceChildren(listed(missing.map((item) => text(item.text)))),
  };
  const settlement = (choice: string) => ({
    action: 'settle',
    for: '',
    values: { event: conflict.event, choice },
  });
  const buttons = generalActions.settle.fields[1].options.map((option) => {
    const element = button({
      label: option.value === 'take' ? l10n.t('Take what {0} wrote', personName(conflict.by)) : text(option.label),
      look: option.value === 'keep' ? 'primary' : 'secondary',
      does: option.value,
      pressed: () => app.act(settlement(option.value), sender),
    });
    const against = check(app.page.state, settlement(option.value), app.context());
    setDisabled(element, app.busy || app.page.readOnly !== '' || against.length > 0);
    return { element, against };
  });
  const against = buttons.flatMap((entry) => entry.against).map((item) => text(item.text));
  return notice(
    'warning',
    'conflict',
    el('p', {}, conflictSentence(app, conflict)),
    ...valueComparison(app, conflict),
    el(
      'div',
      { class: 'buttons' },
      ...buttons.map((entry) => entry.element),
      against.length > 0 && el('span', { class: 'quiet' }, l10n.t('It cannot be taken over: {0}', listed(against))),
    ),
    error,
  );
}

function conflictSentence(app: App, conflict: Conflict): string {
  const definition = findAction(app.procedure, conflict.action);
  const done = definition ? text(definition.done) : conflict.action;
  const who = personName(conflict.by);
  const at = when(conflict.at);
  switch (conflict.kind) {
    case 'value':
      return l10n.t('{0} filled in the same fields differently on {1}, at the same time as somebody else.', who, at);
    case 'place':
      return l10n.t('{0} {1} on {2}, but the case had already moved on; it was not taken.', who, done, at);
    case 'guard':
      return l10n.t(
        '{0} {1} on {2}, but something was missing by then ({3}); it was not taken.',
        who,
        done,
        at,
        listed(conflict.missing.map((item) => text(item.text))),
      );
    case 'duplicate':
      return l10n.t('The log holds two different entries with the same id, written by {0} on {1}.', who, at);
  }
}

/** Characters that a cell of the comparison shows without scrolling. */
const LONG = 300;

function valueComparison(app: App, conflict: Conflict): HTMLElement[] {
  const definition = findAction(app.procedure, conflict.action);
  if (conflict.fields.length === 0) return [];
  const shown = app.page.state.values[conflict.action];
  const differing = conflict.fields.filter(
    (key) => JSON.stringify(shown?.[key]) !== JSON.stringify(conflict.values[key]),
  );
  const same = conflict.fields.length - differing.length;
  const rows = differing.map((key) => {
    const field = definition?.fields.find((candidate) => candidate.key === key);
    // a long text scrolls in its cell, by keyboard too
    const cell = (value: string) =>
      el('td', {}, value.length < LONG ? value || '–' : el('div', { class: 'comparedText', tabindex: '0' }, value));
    return el(
      'tr',
      {},
      el('th', { 'data-scope': 'row' }, field ? text(field.label) : key),
      cell(valueText(field, shown?.[key])),
      cell(valueText(field, conflict.values[key])),
    );
  });
  const head = el(
    'tr',
    {},
    el('td', {}),
    el('th', {}, l10n.t('The case shows')),
    el('th', {}, l10n.t('{0} wrote', personName(conflict.by))),
  );
  const table = el('table', { class: 'comparison' }, el('thead', {}, head), el('tbody', {}, ...rows));
  const equal = same === 1 ? l10n.t('One field is the same') : l10n.t('{0} fields are the same', same);
  return [...(differing.length > 0 ? [table] : []), ...(same > 0 ? [el('p', { class: 'quiet' }, equal)] : [])];
}
