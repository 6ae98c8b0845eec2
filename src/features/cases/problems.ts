/** What in the casebook can't be shown as a case: its row, and what a click on it does. */
import * as vscode from 'vscode';
import type { StoreProblem } from '../../domain/ports';

export function problemItem(problem: StoreProblem): vscode.TreeItem {
  const item = new vscode.TreeItem(problemWord(problem));
  item.iconPath = new vscode.ThemeIcon(problem.code === 'not-a-case' ? 'info' : 'error');
  item.id = `problem/${problem.code}/${problem.path}`;
  item.description = vscode.workspace.asRelativePath(problem.path);
  // the system's own words help whoever mends it; why a name is none of a case's is said already
  const detail = problem.code === 'not-a-case' ? '' : problem.message;
  item.tooltip = [problem.path, problemHelp(problem), detail].filter((line) => line !== '').join('\n');
  item.contextValue = `problem.${problem.code}`;
  item.command =
    problem.code === 'folder-missing' || problem.code === 'folder-unreadable'
      ? { command: 'casebook.cases.refresh', title: vscode.l10n.t('Retry') }
      : { command: 'casebook.cases.openProblem', title: vscode.l10n.t('Open'), arguments: [problem.path] };
  return item;
}

function problemWord({ code }: StoreProblem): string {
  switch (code) {
    case 'folder-missing':
      return vscode.l10n.t('The casebook folder is missing. Click to look again.');
    case 'folder-unreadable':
      return vscode.l10n.t('The casebook folder cannot be read. Click to try again.');
    case 'not-a-case':
      return vscode.l10n.t('Not a case; left alone');
    case 'case-unreadable':
      return vscode.l10n.t('This case cannot be read; its file is kept');
    case 'settings-unreadable':
      return vscode.l10n.t('casebook.json cannot be read; defaults are in use');
  }
}

function problemHelp({ code }: StoreProblem): string {
  switch (code) {
    case 'folder-missing':
      return vscode.l10n.t('Bring the folder back, or choose another casebook.');
    case 'folder-unreadable':
      return vscode.l10n.t('Ask for the right to read it, or choose another casebook.');
    case 'not-a-case':
      return vscode.l10n.t(
        'Cases lie in a folder of their year and are named by their id. Casebook neither reads nor changes anything else there.',
      );
    case 'case-unreadable':
      return vscode.l10n.t('Click to look at the file. Nothing in it was changed.');
    case 'settings-unreadable':
      return vscode.l10n.t('Click to mend the file. Nothing in it was changed.');
  }
}

/** A folder can't be shown in an editor: it is shown where folders are. */
export async function openProblem(path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  const { type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) === 0) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  const show = vscode.workspace.getWorkspaceFolder(uri) === undefined ? 'revealFileInOS' : 'revealInExplorer';
  // an editor in a browser has no file manager
  const isKnown = (await vscode.commands.getCommands(true)).includes(show);
  if (isKnown) await vscode.commands.executeCommand(show, uri);
  else void vscode.window.showInformationMessage(vscode.l10n.t('This folder holds no case: {0}', path));
}
