/** What was decided for the ticket's own system and has not arrived: why, what happens next, and the two ways out. */
import * as l10n from '@vscode/l10n';
import { button, setDisabled } from '../../../platform/view/controls';
import type { WaitingJob } from '../ticketProtocol';
import type { App } from './app';
import { el } from '../../../platform/view/dom';
import { clock } from './l10n';
import { notice } from './notices';
import type { TicketRun } from './ticketRun';

export interface WaitWays {
  /** Where its attempts are shown. */
  readonly run: TicketRun;
  /** It has arrived. */
  readonly sent: (key: string) => void;
  /** It is no more: what was typed is the form's again. */
  readonly takenOut: () => void;
}

export function waitNotice(app: App, job: WaitingJob, { run, sent, takenOut }: WaitWays): HTMLElement {
  const attempt = async (deed: 'retry' | 'takeOut') => {
    const reply = await run.run({
      deed: { do: deed, item: job.id },
      sentence: deed === 'retry' ? l10n.t('Sending it to {0}…', job.connection) : l10n.t('Taking it out…'),
      connection: job.connection,
      again: () => void attempt('retry'),
      offersAgain: false,
    });
    if (reply?.is === 'sent') sent(reply.key);
    if (reply?.is === 'waiting') run.tell(reply.sentence);
    if (deed === 'takeOut' && reply?.is === 'done') takenOut();
    if (reply?.is === 'busy') run.tell(l10n.t('Another window is sending it.'));
  };
  const make = (label: string, does: string, deed: 'retry' | 'takeOut') => {
    const element = button({ label, look: 'secondary', does, pressed: () => void attempt(deed) });
    element.dataset['focus'] = `${does}-${job.id}`;
    setDisabled(element, app.busy);
    return element;
  };
  return notice(
    job.standing === 'needsPerson' ? 'warning' : 'info',
    'ticketWaits',
    el('p', {}, el('strong', {}, waitsTitle(job))),
    el('p', {}, waitsSentence(job)),
    el(
      'div',
      { class: 'ways' },
      make(l10n.t('Try now'), 'retryTicket', 'retry'),
      make(l10n.t('Do not send'), 'takeOut', 'takeOut'),
    ),
  );
}

function waitsTitle({ is, connection }: WaitingJob): string {
  switch (is) {
    case 'create':
      return l10n.t('The ticket is not in {0} yet', connection);
    case 'assign':
      return l10n.t('Not assigned in {0} yet', connection);
    case 'close':
      return l10n.t('Not closed in {0} yet', connection);
    case 'reactivate':
      return l10n.t('Not re-activated in {0} yet', connection);
    case 'comment':
    case 'attach':
    case 'tell':
      return l10n.t('Not sent to {0} yet', connection);
  }
}

function waitsSentence({ standing, sentence, nextAt, connection }: WaitingJob): string {
  if (standing === 'trying') return l10n.t('It is being sent to {0} at this moment.', connection);
  if (standing === 'needsPerson') return sentence;
  const next = nextAt === '' ? '' : l10n.t('Next attempt at {0}.', clock(nextAt));
  return [sentence, next].filter((part) => part !== '').join(' ');
}
