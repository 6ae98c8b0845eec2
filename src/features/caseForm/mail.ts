/** A message in the engineer's own mail program: it is sent there, by hand, or not at all. */
import * as vscode from 'vscode';
import { type Mail, mailLink } from '../../domain/text/mail';

export async function openMail(mail: Mail): Promise<void> {
  // nothing is started where the workspace is not trusted
  if (!vscode.workspace.isTrusted) return;
  const { url, isWhole } = mailLink(mail);
  if (vscode.Uri.parse(url).scheme !== 'mailto') return;
  if (!isWhole) await vscode.env.clipboard.writeText(mail.body);
  // as text: a Uri is taken apart and put together anew, and an "&" in the message would then end it
  const isOpen = await vscode.env.openExternal(url as unknown as vscode.Uri);
  if (!isOpen) {
    await vscode.env.clipboard.writeText(mail.body);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('No mail program was opened. The message was copied: paste it where you write to the customer.'),
    );
  } else if (!isWhole) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The message is too long to be handed to a mail program. It was copied: paste it into the mail.'),
    );
  }
}
