/** Above everything else: messages to groups that have not arrived, and whether somebody knows better. */
import * as l10n from '@vscode/l10n';
import { button, setDisabled } from '../../../platform/view/controls';
import type { PageTelling } from '../groupProtocol';
import type { App } from './app';
import { textElement } from './captured';
import { el } from '../../../platform/view/dom';
import { clock } from './l10n';
import { notice } from './notices';
import { isUntoldEmergency } from './progress';

export function groupNotices(app: App): HTMLElement[] {
  const notices = app.groups.unsent.map((telling) => groupNotice(app, telling));
  app.groups.shown(notices);
  return notices;
}

function groupNotice(app: App, telling: PageTelling): HTMLElement {
  const { id, text, standing, sentence, nextAt } = telling;
  const isUrgent = telling.isAboutLead && isUntoldEmergency(app.page.state);
  const lines = [
    headline(telling),
    isUrgent ? urgentLine(standing) : '',
    sentence,
    nextAt === '' ? '' : l10n.t('Next attempt at {0}.', clock(nextAt)),
  ].filter((line) => line !== '');
  const doing = (label: string, look: 'primary' | 'secondary', deed: 'retry' | 'wasTold' | 'takeOut') => {
    const element = button({ label, look, does: deed, pressed: () => app.groups.do({ do: deed, item: id }) });
    element.dataset['focus'] = `${deed}-${id}`;
    setDisabled(element, app.busy || app.page.readOnly !== '');
    return element;
  };
  const ways =
    standing === 'asks'
      ? [doing(l10n.t('It was said'), 'primary', 'wasTold'), doing(l10n.t('Send it again'), 'secondary', 'retry')]
      : [doing(l10n.t('Send now'), 'secondary', 'retry')];
  const message = el(
    'details',
    { 'data-fold': `telling-${id}` },
    el('summary', { 'data-focus': `telling-${id}` }, l10n.t('The message')),
    textElement(text),
  );
  return notice(
    isUrgent ? 'error' : 'warning',
    `telling-${standing}`,
    el('p', {}, el('strong', {}, lines[0]), ' ', lines.slice(1).join(' ')),
    message,
    el('div', { class: 'buttons' }, ...ways, doing(l10n.t('Take out'), 'secondary', 'takeOut')),
  );
}

function headline({ group, standing }: PageTelling): string {
  switch (standing) {
    case 'waiting':
      return l10n.t('The message to {0} waits in the outbox.', group);
    case 'trying':
      return l10n.t('The message to {0} is being sent.', group);
    case 'asks':
      return l10n.t('Was the message said in {0}?', group);
    case 'refused':
      return l10n.t('The message to {0} was not sent.', group);
  }
}

function urgentLine(standing: PageTelling['standing']): string {
  return standing === 'asks'
    ? l10n.t('Until somebody has looked, the R&D lead counts as not told: where you cannot look, call them now.')
    : l10n.t('The R&D lead has not been told yet: call them now, and log it here.');
}
