/** An agreed upgrade as a calendar file, where the user wants it. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { appointmentOf } from '../../domain/text/appointment';
import { textLanguage } from '../../platform/language';

export async function saveAppointment({ store, calendar }: Pick<Casebook, 'store' | 'calendar'>, id: string) {
  const stored = await store.get(id);
  const entry = stored && appointmentOf(stored.state, stored.events, textLanguage());
  if (!entry) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No appointment is agreed in this round of {0} yet: that is step 4.2 b.', id),
    );
    return;
  }
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Appointment'),
    defaultUri: vscode.Uri.file(join(homedir(), `${id}.ics`)),
    filters: { [vscode.l10n.t('Calendar file')]: ['ics'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(calendar.published(entry), 'utf8'));
  // a file on another machine is none that this one's calendar can open
  const open = vscode.env.remoteName === undefined ? [vscode.l10n.t('Open')] : [];
  const message = vscode.l10n.t('The appointment is saved as {0}.', target.fsPath);
  void vscode.window.showInformationMessage(message, ...open).then((answer) => {
    if (answer !== undefined) void vscode.env.openExternal(target);
  });
}
