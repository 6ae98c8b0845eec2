/** The four parts of step 4.2 at a glance, also once the case has gone on (spec L32). */
import * as l10n from '@vscode/l10n';
import type { Stamp } from '../../../domain/case/state';
import { personName } from '../../../domain/person';
import { textOf } from '../../../domain/sop/field';
import { findAction, isBefore } from '../../../domain/sop/procedure';
import { button } from '../../../platform/view/controls';
import type { App } from './app';
import { el, icon, spoken } from '../../../platform/view/dom';
import { dotted, text, when } from './l10n';

interface Part {
  readonly action: string;
  readonly done: Stamp | undefined;
  readonly facts: string;
}

export function verification(app: App): HTMLElement[] {
  const { state } = app.page;
  if (state.kind !== 'issue' || isBefore(state.step, '4.2')) return [];
  const { internal, appointment, upgrade, customer } = state.verification;
  const between = appointment
    ? [textOf(appointment.values, 'start'), textOf(appointment.values, 'end')].map(when).join(' – ')
    : '';
  const versions = [textOf(upgrade?.values, 'fromVersion'), textOf(upgrade?.values, 'toVersion')];
  const parts: readonly Part[] = [
    { action: 'verifyInternal', done: internal, facts: '' },
    { action: 'appoint', done: appointment, facts: between },
    { action: 'upgrade', done: upgrade, facts: upgrade ? versions.join(' → ') : '' },
    { action: 'verifyCustomer', done: customer, facts: '' },
  ];
  return [el('ul', {}, ...parts.map((part) => line(app, part)))];
}

function line(app: App, { action, done, facts }: Part): HTMLElement {
  const definition = findAction(app.procedure, action);
  const who = done ? dotted([facts, when(done.at), personName(done.by)]) : '';
  return el(
    'li',
    { class: 'part', 'data-part': action, 'data-standing': done ? 'done' : 'open' },
    icon(done ? 'pass-filled' : 'circle-large-outline'),
    el(
      'div',
      {},
      definition ? text(definition.label) : action,
      spoken(` (${done ? l10n.t('done') : l10n.t('open')})`),
      who !== '' && el('div', { class: 'quiet' }, who),
      action === 'appoint' && done !== undefined && app.page.readOnly === '' && saveAppointment(app),
    ),
  );
}

function saveAppointment(app: App): HTMLElement {
  return button({
    label: l10n.t('Save as calendar file'),
    look: 'secondary',
    icon: 'calendar',
    does: 'saveAppointment',
    pressed: () => app.send({ type: 'command', command: 'saveAppointment', argument: '' }),
  });
}
