/** What the page hands on to the editor: the clipboard, the browser, the mail program, other features. */
import * as vscode from 'vscode';
import { GuardError } from '../../domain/sop/missing';
import { sentenceOf } from '../../platform/sentences';
import { openMail } from './mail';
import type { FromView } from './protocol';
import type { TicketRefusal } from './ticketProtocol';

export type EditorsMessage = Extract<FromView, { type: 'copy' | 'openUrl' | 'mail' | 'openCase' | 'command' }>;

/** @param target the page's: a case id, or what names the draft of a new case */
export async function editorsPart(message: EditorsMessage, target: string): Promise<void> {
  switch (message.type) {
    case 'copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'openUrl':
      return openUrl(message.url);
    case 'mail':
      return openMail(message);
    case 'openCase':
      return vscode.commands.executeCommand('casebook.case.open', message.id);
    case 'command':
      return run(message, target);
  }
}

/** What was sent from a page that is closed by now, and failed. */
export function tellUnseen(caseId: string, reply: TicketRefusal): void {
  const sentence = reply.is === 'failed' ? reply.failure.sentence : sentenceOf(new GuardError('', reply.missing));
  const open = vscode.l10n.t('Open Case');
  void vscode.window.showWarningMessage(sentence, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('casebook.case.open', caseId);
  });
}

async function openUrl(url: string): Promise<void> {
  const uri = vscode.Uri.parse(url, true);
  if (uri.scheme === 'http' || uri.scheme === 'https') await vscode.env.openExternal(uri);
}

async function run({ command, argument }: Extract<FromView, { type: 'command' }>, target: string): Promise<void> {
  const [id, value] = {
    writeArticle: ['casebook.article.write', target],
    openLog: ['casebook.case.openLog', target],
    openArticle: ['casebook.article.open', argument],
    saveAppointment: ['casebook.case.saveAppointment', target],
    manageTrust: ['workbench.trust.manage', undefined],
    refreshTicket: ['casebook.tickets.refresh', target],
    signIn: ['casebook.tickets.signIn', argument],
    showOutbox: ['casebook.outbox.show', undefined],
    connectTickets: ['casebook.connections.connectTracker', undefined],
  }[command] as [string, string | undefined];
  await vscode.commands.executeCommand(id, value);
}
