/** The files that a report is written to. */
import { basename } from 'node:path';
import * as vscode from 'vscode';

/** The files are on the machine that the user sits at. */
const isHere = () => vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;

/** In the program that the system has for it what the editor can't show as it is meant. */
export async function openFile(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  if (isHere() && /\.(html?|xlsx)$/i.test(path)) await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

/** Says what was written, and does not wait for the answer. @param paths absolute, the one to be opened first */
export function tellWritten(message: string, paths: readonly string[]): void {
  const [first] = paths;
  const openIt = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Show in Folder');
  const buttons = first === undefined ? [] : isHere() ? [openIt, reveal] : [openIt];
  void vscode.window.showInformationMessage(message, ...buttons).then(async (answer) => {
    if (first === undefined || answer === undefined) return;
    if (answer === openIt) await openFile(first);
    else await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(first));
  });
}

/** "2026-Q3.md, 2026-Q3.html"; pictures go with the markdown and are not named. */
export function namesOf(paths: readonly string[]): string {
  return paths
    .filter((path) => !path.endsWith('.svg'))
    .map((path) => basename(path))
    .join(', ');
}
