/** Everything that was written to the customer and about the case, newest first, and the next thing to write. */
import * as l10n from '@vscode/l10n';
import type { Message } from '../../../domain/case/state';
import { duesOf } from '../../../domain/dues';
import { personName } from '../../../domain/person';
import { purposes, recipients } from '../../../domain/sop/fields';
import { firstResponseAt, nextMessage } from '../../../domain/text/nextMessage';
import { button, setDisabled } from '../../../platform/view/controls';
import type { App } from './app';
import { textElement } from './captured';
import { el, icon } from '../../../platform/view/dom';
import { dotted, text, when } from './l10n';

export function messages(app: App): HTMLElement[] {
  const { state, settings, readOnly } = app.page;
  const newestFirst = state.messages.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const isUnanswered = state.status === 'open' && firstResponseAt(state) === undefined;
  return [
    ...(isUnanswered ? [unanswered(duesOf(state, settings.timings).some(({ kind }) => kind === 'firstResponse'))] : []),
    ...(readOnly === '' ? [writing(app)] : []),
    ...newestFirst.map((message) => entry(app, message)),
  ];
}

/** @param isDue false once support works with the customer on it: then only the log lacks a message */
function unanswered(isDue: boolean): HTMLElement {
  const about = { class: isDue ? 'unanswered' : 'quiet', 'data-state': 'unanswered' };
  if (isDue) return el('p', about, icon('warning'), l10n.t('No first response yet'));
  return el('p', about, l10n.t('No message to the customer is logged yet.'));
}

function writing(app: App): HTMLElement {
  const { purpose } = nextMessage(app.page.state);
  const write = button({
    label: l10n.t('Write to the customer'),
    look: 'secondary',
    icon: 'mail',
    does: 'write',
    pressed: () => app.writeToCustomer(),
  });
  write.dataset['focus'] = 'write';
  setDisabled(write, app.busy);
  // "other" says nothing about what is due
  const about = purpose === 'other' ? '' : purposeWord(purpose);
  return el('p', { class: 'writing' }, write, about !== '' && el('span', { class: 'quiet' }, about));
}

function purposeWord(purpose: string): string {
  const known = purposes.find((option) => option.value === purpose);
  return known ? text(known.label) : purpose;
}

function entry(app: App, message: Message): HTMLElement {
  const to = recipients.find((option) => option.value === message.to);
  const title = dotted([purposeWord(message.purpose), to ? text(to.label) : message.to]);
  const sent = dotted([when(message.at), message.channel, personName(message.sender)]);
  const copy = button({
    label: l10n.t('Copy'),
    look: 'icon',
    icon: 'copy',
    does: 'copy',
    pressed: () => app.copy(message.text),
  });
  return el(
    'details',
    { class: 'message', 'data-fold': message.event, 'data-message': message.purpose },
    el('summary', { 'data-focus': `message-${message.event}` }, title, el('div', { class: 'quiet' }, sent)),
    message.text === ''
      ? el('p', { class: 'quiet' }, l10n.t('The text was not written down.'))
      : el('div', { class: 'messageText' }, textElement(message.text), copy),
  );
}
