/** What was decided for the ticket's own system and has not arrived: why, what happens next, and the two ways out. */
import * as l10n from '@vscode/l10n';
import { button, setDisabled } from '../../../platform/view/controls';
import type { TicketFailure, WaitingJob } from '../ticketProtocol';
import type { App } from './app';
import { el } from '../../../platform/view/dom';
import { clock } from './l10n';
import { notice } from './notices';
import type { TicketRun } from './ticketRun';

type Reason = TicketFailure['reason'];

const KEPT: ReadonlySet<Reason> = new Set(['conflict', 'not-understood', 'not-applied', 'no-answer', 'cancelled']);

/** True for what the outbox keeps though it failed at its first attempt: it must not be taken for unsent. */
export const isKeptThough = (reason: Reason): boolean => KEPT.has(reason);

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
    // the notice says why; pressed in vain must be seen, too
    if (reply?.is === 'waiting') run.tell(l10n.t('Tried just now; it goes on waiting.'));
    if (reply?.is === 'failed' && isToldByNotice(reply.failure.reason)) run.clear();
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
      make(l10n.t('Send now'), 'retryTicket', 'retry'),
      make(l10n.t('Take out'), 'takeOut', 'takeOut'),
    ),
  );
}

/** What lies in the outbox says itself why; a sign-in has a button of its own. */
const isToldByNotice = (reason: Reason): boolean => reason !== 'sign-in' && reason !== 'other';

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
