/** Saying something of an article: it is right, somebody should look at it again, it is of no use any more. */
import * as vscode from 'vscode';
import type { Published } from '../../domain/library';
import type { Casebook } from '../../domain/ports';
import { LeakError } from '../../domain/redaction/articleCheck';
import { showLeak } from './publish';
import type { Sending } from './sending';

interface Ports extends Pick<Casebook, 'library'> {
  readonly sending: Sending;
}

export async function reviewArticle({ library, sending }: Ports, path: string): Promise<void> {
  const done = await revised(path, sending, () => library.review(path));
  if (done) void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" is validated now.', done.title));
}

export async function flagArticle({ library, sending }: Ports, path: string): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Flag for review'),
    prompt: vscode.l10n.t('What is wrong or out of date? Colleagues read it in the article.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is needed') : undefined),
  });
  if (reason === undefined) return;
  const done = await revised(path, sending, () => library.flag(path, reason));
  if (done) void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" is flagged for review.', done.title));
}

export async function archiveArticle({ library, sending }: Ports, path: string): Promise<void> {
  const archive = vscode.l10n.t('Archive');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Archive this article?'),
    { modal: true, detail: vscode.l10n.t('It stays in the knowledge base and in git, but is found last.') },
    archive,
  );
  if (answer !== archive) return;
  const done = await revised(path, sending, () => library.archive(path));
  if (done) void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" is archived.', done.title));
}

/** On the file as it is saved: what its author has not saved yet is nobody else's to publish. */
async function revised(path: string, sending: Sending, work: () => Promise<Published>): Promise<Published | undefined> {
  const uri = vscode.Uri.file(path).toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open?.isDirty) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The article has changes that are not saved. Save or undo them, then try again.'),
    );
    return undefined;
  }
  try {
    const done = await work();
    sending.published();
    return done;
  } catch (error) {
    const [first] = error instanceof LeakError ? error.leaks : [];
    if (!first) throw error;
    await showLeak(path, first, (error as LeakError).leaks.length);
    return undefined;
  }
}
