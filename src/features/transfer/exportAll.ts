/** Casebook: Export All Cases… */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { exportHeads } from '../../domain/transfer/exported';
import { exportCases } from '../../domain/transfer/importer';
import { editorLanguage } from '../../platform/language';
import type { TransferPorts } from './importSession';

/** @param path left out: asked for */
export async function exportAll({ store, transfer, clock }: TransferPorts, path?: string): Promise<void> {
  const wanted = typeof path === 'string' ? path : await askWhere(new Date(clock.now()));
  if (wanted === undefined) return;
  const language = editorLanguage();
  const title = vscode.l10n.t('Exporting all cases');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const result = await vscode.window.withProgress(options, async (progress, stop) => {
    await store.load();
    const total = store.summaries().length;
    const writer = await transfer.write(wanted, exportHeads(language));
    let shown = 0;
    return exportCases(store, writer, language, {
      isCancelled: () => stop.isCancellationRequested,
      progress: (done) => {
        const percent = (done / Math.max(total, 1)) * 100;
        progress.report({ increment: percent - shown, message: vscode.l10n.t('{0} of {1} cases', done, total) });
        shown = percent;
      },
    });
  });
  const [first] = result.paths;
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The export was stopped; no file was written.'));
    return;
  }
  const open = vscode.l10n.t('Show in Folder');
  const left =
    result.unreadable > 0
      ? ` ${vscode.l10n.t('Lines that cannot be read, and are not in it: {0}.', result.unreadable)}`
      : '';
  const sentence =
    result.paths.length > 1
      ? vscode.l10n.t(
          'Cases exported to {1}: {0}. Their events are in a file beside it; keep both to import them again.',
          result.done,
          first,
        )
      : vscode.l10n.t('Cases exported to {1}: {0}.', result.done, first);
  // a notification may stay unread for hours
  void vscode.window.showInformationMessage(sentence + left, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(first));
  });
}

async function askWhere(now: Date): Promise<string | undefined> {
  const name = `cases-${now.toISOString().slice(0, 10)}.xlsx`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export All Cases'),
    defaultUri: vscode.Uri.file(join(folder, name)),
    filters: { [vscode.l10n.t('Spreadsheet')]: ['xlsx'], [vscode.l10n.t('CSV, two files')]: ['csv'] },
  });
  return chosen?.fsPath;
}
