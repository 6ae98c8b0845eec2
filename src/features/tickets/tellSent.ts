/** Says what has left the outbox, or stays there until somebody decides: one message for a round of sending. */
import * as vscode from 'vscode';
import { BotError } from '../../domain/notify/bot';
import type { OutboxItem } from '../../domain/tickets/outbox';
import { TrackerError } from '../../domain/tickets/tracker';
import { inARow } from '../../platform/language';
import { jobText } from '../../platform/outboxWords';
import { sentenceOf } from '../../platform/sentences';
import type { Sendings } from './outboxRows';

export function tellSent({ sent, stuck }: Sendings): void {
  const [first] = stuck;
  const went = sentSentence(sent);
  if (first) {
    const held =
      stuck.length === 1
        ? vscode.l10n.t('Not sent: {0}. {1}', jobText(first.item), sentenceOf(first.error))
        : vscode.l10n.t('{0} things in the outbox were not sent and need you.', stuck.length);
    tellStuck(inARow(went, held), first.item, first.error);
    return;
  }
  const [item] = sent;
  if (!item) return;
  const open = vscode.l10n.t('Open Case');
  void vscode.window.showInformationMessage(went, ...(sent.length === 1 ? [open] : [])).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('casebook.case.open', item.caseId);
  });
}

function sentSentence(sent: readonly OutboxItem[]): string {
  const [first] = sent;
  if (!first) return '';
  return sent.length === 1
    ? vscode.l10n.t('Sent from the outbox: {0}.', jobText(first))
    : vscode.l10n.t('{0} things were sent from the outbox.', sent.length);
}

/** The sentence with the one button that helps. */
export function tellStuck(message: string, { connection, caseId }: OutboxItem, error: unknown): void {
  const wantsSignIn = error instanceof TrackerError && error.reason === 'sign-in';
  const wantsAddress = error instanceof BotError && (error.reason === 'address' || error.reason === 'signature');
  const [label, command, ...args] = wantsSignIn
    ? [vscode.l10n.t('Sign In'), 'casebook.tickets.signIn', connection]
    : wantsAddress
      ? [vscode.l10n.t('Manage Connections'), 'casebook.connections.manage']
      : [vscode.l10n.t('Open Case'), 'casebook.case.open', caseId];
  const show = vscode.l10n.t('Show Outbox');
  void vscode.window.showWarningMessage(message, label, show).then((answer) => {
    if (answer === label) void vscode.commands.executeCommand(command, ...args);
    if (answer === show) void vscode.commands.executeCommand('casebook.outbox.show');
  });
}
