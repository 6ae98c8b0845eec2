/** Every event as a sentence, newest first. */
import * as l10n from '@vscode/l10n';
import { compareEvents, type CaseEvent } from '../../../domain/case/event';
import { urgencyWords } from '../../../domain/caseWords';
import { tagsOf } from '../../../domain/sop/common';
import { assessedUrgency } from '../../../domain/sop/effects';
import type { FieldDef, Value, Values } from '../../../domain/sop/field';
import { generalActions, isGeneral } from '../../../domain/sop/general';
import { findAction, findStep, homeOf } from '../../../domain/sop/procedure';
import { instantOf } from '../../../domain/time';
import { personName } from '../../../domain/person';
import type { App } from './app';
import { valueText } from './captured';
import { el } from '../../../platform/view/dom';
import { clock, day, text } from './l10n';

/** Longer than this is read at the step, not in the timeline. */
const LONGEST = 160;

export function timeline(app: App): HTMLElement {
  const days = new Map<string, HTMLElement[]>();
  for (const event of app.page.events.toSorted(compareEvents).toReversed()) {
    const name = day(event.at);
    days.set(name, [...(days.get(name) ?? []), item(app, event)]);
  }
  return el(
    'div',
    { class: 'timeline' },
    ...[...days].map(([name, items]) => el('div', {}, el('h3', { class: 'day' }, name), el('ol', {}, ...items))),
  );
}

function item(app: App, event: CaseEvent): HTMLElement {
  const time = el('time', { class: 'quiet' }, clock(event.at));
  time.dateTime = new Date(instantOf(event.at)).toISOString();
  const detail = detailOf(app, event);
  return el(
    'li',
    { 'data-event': event.type },
    time,
    el('div', {}, sentence(app, event), detail !== '' && el('div', { class: 'quiet excerpt' }, detail)),
  );
}

function sentence(app: App, event: CaseEvent): string {
  const who = personName(event.by);
  const done = isGeneral(event.type) ? generalActions[event.type].done : findAction(app.procedure, event.type)?.done;
  if (done === undefined) return l10n.t('{0}: something that this version does not know', who);
  const target = stepOf(app, event);
  return target === '' ? l10n.t('{0} {1}', who, text(done)) : l10n.t('{0} {1}: {2}', who, text(done), target);
}

/** Of an event about another action's form: the step that it concerns. */
function stepOf(app: App, event: CaseEvent): string {
  const to = event.data.values?.['to'];
  const definition = findAction(app.procedure, event.data.for);
  const id = event.type === 'goBack' && typeof to === 'string' ? to : definition && homeOf(definition);
  const step = id === undefined ? undefined : findStep(app.procedure, id);
  return step && isGeneral(event.type) ? `${step.id} ${text(step.name)}` : '';
}

function detailOf(app: App, event: CaseEvent): string {
  const detail = [resultOf(app, event), wordsOf(event)].filter((part) => part !== '').join(' · ');
  return detail.length > LONGEST ? `${detail.slice(0, LONGEST)}…` : detail;
}

/** What an action came to, where its sentence does not say so. */
function resultOf(app: App, event: CaseEvent): string {
  const values = event.data.values ?? {};
  const field = (key: string, fields: readonly FieldDef[] | undefined) =>
    valueText(
      fields?.find((candidate) => candidate.key === key),
      values[key] as Value | undefined,
    );
  const own = findAction(app.procedure, event.type)?.fields;
  switch (event.type) {
    case 'assign': {
      const to = values['owner'];
      return typeof to === 'string' ? l10n.t('to {0}', personName(to)) : '';
    }
    case 'tag':
      return tagsOf(values as Values).join(', ') || l10n.t('none');
    case 'attach':
    case 'removeAttachment':
      return typeof values['name'] === 'string' ? values['name'] : '';
    case 'assess':
      return text(urgencyWords(assessedUrgency(savedBefore(app, event))));
    case 'changeUrgency':
      return field('newUrgency', own);
    case 'verifyInternal':
    case 'verifyCustomer':
      return field('result', own);
    case 'ticketSeen':
      return ['status', 'assignedTo', 'fixVersion', 'dueDate']
        .map((key) => field(key, own))
        .filter((part) => part !== '')
        .join(', ');
    case 'ticketSent':
      return field('deed', own);
    case 'settle':
      return field('choice', generalActions.settle.fields);
    default:
      return '';
  }
}

/** What the form held when it was sent: what was saved before, and what was sent. */
function savedBefore(app: App, event: CaseEvent): Values {
  const saved = app.page.events
    .filter((each) => each.type === 'save' && each.data.for === event.type && compareEvents(each, event) < 0)
    .toSorted(compareEvents);
  return Object.assign({}, ...[...saved, event].map((each) => each.data.values)) as Values;
}

function wordsOf(event: CaseEvent): string {
  const values = event.data.values ?? {};
  const told = ['reason', 'text', 'content', 'question', 'solution', 'explanation', 'approach', 'title', 'note'].map(
    (key) => values[key],
  );
  const found = [event.data['reason'], ...told].find((part): part is string => typeof part === 'string' && part !== '');
  if (found === undefined || event.type === 'save') return '';
  return found.replace(/\s+/g, ' ').trim();
}
