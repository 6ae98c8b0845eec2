/** Feature: which casebook is in use; a workspace folder that holds one offers itself. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { CHOSEN_HERE, casebookFolder as folderInUse, chosenHere, machineFolder } from '../../platform/folders';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';

const DECLINED = 'casebook.folder.declined';

export function casebookFolder(session: Session, { store }: Pick<Casebook, 'store'>): vscode.Disposable {
  const { context, log, run, restart } = session;

  const use: Use = async (folder) => {
    await context.workspaceState.update(CHOSEN_HERE, folder);
    await restart();
  };
  const restartQuietly = () => {
    restart().catch((error: unknown) => logError(log, 'restart', error));
  };
  offer(session, store.folder, use).catch((error: unknown) => logError(log, 'offer', error));

  return vscode.Disposable.from(
    run('casebook.folder.choose', () => choose(context, store.folder, use), { writes: true }),
    run('casebook.settings.edit', () =>
      vscode.window.showTextDocument(vscode.Uri.file(join(store.folder, 'casebook.json')), { preview: false }),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // open forms are not closed for a setting that this workspace does not follow
      const isMoved = change.affectsConfiguration('casebook.folder') && chosenHere(context) === '';
      if (isMoved || change.affectsConfiguration('casebook.knowledge')) restartQuietly();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restartQuietly),
  );
}

/** @param folder undefined: whatever this machine uses, now and after the setting has changed */
type Use = (folder: string | undefined) => Promise<void>;

/** Asks once a workspace; "No" is remembered, and the command is always there. */
async function offer({ context }: Session, inUse: string, use: Use): Promise<void> {
  if (!vscode.workspace.isTrusted || context.workspaceState.get(DECLINED, false)) return;
  const found = (await casebooksHere()).find((folder) => folder !== inUse);
  if (found === undefined || folderInUse(context) === found) return;
  const yes = vscode.l10n.t('Use It');
  const no = vscode.l10n.t('No');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('This workspace holds a casebook: {0}. Use it in this workspace?', found),
    yes,
    no,
  );
  if (answer === yes) await use(found);
  if (answer === no) await context.workspaceState.update(DECLINED, true);
}

async function casebooksHere(): Promise<string[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const found = await Promise.all(
    folders.map(async (folder) => {
      try {
        await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, 'casebook.json'));
        return folder.uri.fsPath;
      } catch {
        return undefined; // no casebook there: the usual case
      }
    }),
  );
  return found.filter((folder) => folder !== undefined);
}

async function choose(context: vscode.ExtensionContext, inUse: string, use: Use): Promise<void> {
  const here = await casebooksHere();
  const item = (label: string, folder: string) => ({
    label,
    description: folder === inUse ? vscode.l10n.t('in use') : '',
    detail: folder,
    folder,
  });
  const other = { label: vscode.l10n.t('$(folder-opened) Another folder…'), description: '', detail: '', folder: '' };
  const ofMachine = item(vscode.l10n.t('$(home) The casebook of this machine'), machineFolder(context));
  const picked = await vscode.window.showQuickPick(
    [
      ...here.map((folder) => item(vscode.l10n.t('$(notebook) The casebook of this workspace'), folder)),
      ofMachine,
      other,
    ],
    { placeHolder: vscode.l10n.t('Which casebook is to be used in this workspace?') },
  );
  if (!picked) return;
  if (picked !== other) {
    await use(picked === ofMachine ? undefined : picked.folder);
    return;
  }
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Use as Casebook'),
    })) ?? [];
  if (folder) await use(folder.fsPath);
}
