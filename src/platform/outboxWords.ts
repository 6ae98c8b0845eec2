/** What waits in the outbox, in words: for its view, the case's page and notifications. */
import * as vscode from 'vscode';
import { errorOf, type OutboxItem } from '../domain/tickets/outbox';
import { inARow, shortTime } from './language';
import { sentenceOf } from './sentences';

/** "Create the ticket in ZenTao" */
export function jobText({ job, connection }: Pick<OutboxItem, 'job' | 'connection'>): string {
  switch (job.is) {
    case 'create':
      return vscode.l10n.t('Create the ticket in {0}', connection);
    case 'comment':
      return vscode.l10n.t('Comment on the ticket in {0}', connection);
    case 'attach':
      return vscode.l10n.t('Attach files to the ticket in {0}', connection);
    case 'assign':
      return vscode.l10n.t('Assign the ticket to {0} in {1}', job.name, connection);
    case 'close':
      return vscode.l10n.t('Close the ticket in {0}', connection);
    case 'reactivate':
      return vscode.l10n.t('Re-activate the ticket in {0}', connection);
    case 'tell':
      return vscode.l10n.t('Tell the group {0}', connection);
  }
}

/** Whether it goes on by itself, and when. @param lacksSecret nothing is sent there before @param now milliseconds since the epoch */
export function standingText({ state, nextAt, job }: OutboxItem, lacksSecret: boolean, now: number): string {
  if (state === 'needsPerson') return vscode.l10n.t('needs you');
  if (state === 'trying') return vscode.l10n.t('being sent now');
  if (lacksSecret && job.is === 'tell') return vscode.l10n.t("waits for the bot's address");
  if (lacksSecret) return vscode.l10n.t('waits for a sign-in');
  return nextAt <= now
    ? vscode.l10n.t('is sent in its turn')
    : vscode.l10n.t('tries again {0}', shortTime(nextAt, now));
}

/** When it is tried again, for whoever wanted it now. @param now milliseconds since the epoch, like `nextAt` */
export function nextText(nextAt: number, now: number): string {
  return vscode.l10n.t('Next attempt at {0}.', shortTime(nextAt, now));
}

/** Why it waits; empty where it was not tried yet. */
export function reasonText({ failure, done }: OutboxItem): string {
  const reason = failure === undefined ? '' : sentenceOf(errorOf(failure));
  if (done === undefined) return reason;
  return inARow(vscode.l10n.t('It has arrived; only the case does not say so yet.'), reason);
}
