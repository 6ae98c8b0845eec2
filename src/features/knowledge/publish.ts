/** Publishing an article: save, commit exactly this file, and for each way that git can refuse a button that helps. */
import * as vscode from 'vscode';
import { unwrittenSections } from '../../domain/article/draft';
import type { Published } from '../../domain/library';
import type { Casebook } from '../../domain/ports';
import { GitError } from '../../domain/ports';
import type { Leak } from '../../domain/redaction/articleCheck';
import { sending as sendingBySetting } from '../../platform/publishing';
import { gitSentence } from '../../platform/sentences';
import type { Sending } from './sending';
import { kindWord } from './words';

export type PublishPorts = Pick<Casebook, 'library' | 'articles' | 'repository' | 'knowledgeFolder' | 'me'>;

export async function publishArticle(
  ports: PublishPorts,
  path: string,
  log: vscode.LogOutputChannel,
  sending: Sending,
): Promise<void> {
  const uri = vscode.Uri.file(path).toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open && !(await isSaved(open))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The article could not be saved, so it was not published. Its text is still in the editor.'),
    );
    return;
  }
  const [first, ...others] = await ports.library.leaks(path, await ports.articles.read(path));
  if (first) {
    await showLeak(path, first, others.length + 1);
    return;
  }
  if (!(await isWritten(ports, path))) return;
  try {
    const published = await vscode.window.withProgress(
      { location: { viewId: 'casebook.knowledge' }, title: vscode.l10n.t('Publishing…') },
      () => ports.library.publish(path),
    );
    await confirm(published, sending);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    log.warn(`publish: ${error.reason}\n${error.output}`);
    await help(ports, path, error, log, sending);
  }
}

/**
 * The editor answers no also where its own saving, after a delay, came between: what counts is whether anything is
 * left unsaved.
 */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  for (let attempt = 0; document.isDirty && attempt < 2; attempt += 1) await document.save();
  return !document.isDirty;
}

/** Says what is in the way and leads to the first of it. */
export async function showLeak(path: string, first: Leak, count: number): Promise<void> {
  const show = vscode.l10n.t('Show the First');
  const what = kindWord(first.kind);
  const message =
    count === 1
      ? vscode.l10n.t('Not published. The article still holds: {0}. Replace it, or waive it with a reason.', what)
      : vscode.l10n.t(
          'Not published. {0} places must not leave the team, first: {1}. Replace them, or waive them with a reason.',
          count,
          what,
        );
  if ((await vscode.window.showWarningMessage(message, show)) !== show) return;
  const document = await vscode.workspace.openTextDocument(path);
  const isInText = first.place !== 'fileName' && first.place !== 'message';
  const at = (offset: number) => document.positionAt(isInText ? offset : 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at(first.start), at(first.end)) });
}

/** A section that still holds its draft's question is published only when the author says so. */
async function isWritten({ articles }: PublishPorts, path: string): Promise<boolean> {
  const sections = unwrittenSections(await articles.read(path));
  if (sections.length === 0) return true;
  const anyway = vscode.l10n.t('Publish Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Not written yet: {0}.', sections.join(', ')),
    { modal: true, detail: vscode.l10n.t('Colleagues will find the article with these questions still in it.') },
    anyway,
  );
  return answer === anyway;
}

async function confirm({ title, commit, cases, isNew, state }: Published, sending: Sending): Promise<void> {
  const hash = commit.slice(0, 8);
  const published = isNew
    ? vscode.l10n.t('Published "{0}" as {1}.', title, hash)
    : vscode.l10n.t('"{0}" has not changed since {1}; it is linked with its cases now.', title, hash);
  const message =
    state === 'draft' ? `${published} ${vscode.l10n.t('It waits for the review of a colleague.')}` : published;
  const [id] = cases;
  const open = vscode.l10n.t('Back to the case');
  const send = vscode.l10n.t('Send to the Team');
  const isOffered = !sending.published() && sendingBySetting() === 'ask' && (await sending.waiting()) !== undefined;
  const buttons = [...(isOffered ? [send] : []), ...(id === undefined ? [] : [open])];
  const answer = await vscode.window.showInformationMessage(message, ...buttons);
  if (answer === send) await sending.send();
  else if (answer === open) await vscode.commands.executeCommand('casebook.case.open', id);
}

/** One sentence and one button for each refusal. */
async function help(
  ports: PublishPorts,
  path: string,
  error: GitError,
  log: vscode.LogOutputChannel,
  sending: Sending,
): Promise<void> {
  const again = { title: vscode.l10n.t('Try Again'), do: () => publishArticle(ports, path, log, sending) };
  const sourceControl = {
    title: vscode.l10n.t('Open Source Control'),
    do: () => vscode.commands.executeCommand('workbench.view.scm'),
  };
  const showLog = { title: vscode.l10n.t('Show Log'), do: () => log.show() };
  const identity = {
    title: vscode.l10n.t('Enter Name and Mail'),
    do: async () => {
      if (await askIdentity(ports)) await publishArticle(ports, path, log, sending);
    },
  };
  const buttons = {
    'git-missing': again,
    'not-a-repository': again,
    'identity-missing': identity,
    'hook-failed': showLog,
    'index-locked': again,
    'merge-in-progress': sourceControl,
    'detached-head': sourceControl,
    'nothing-to-commit': showLog,
    'outside-repository': showLog,
    'read-only': again,
    'wrong-branch': sourceControl,
    'no-remote': showLog,
    offline: again,
    'sign-in': again,
    'push-refused': showLog,
    diverged: sourceControl,
    conflict: sourceControl,
    failed: showLog,
  };
  const button = buttons[error.reason];
  const answer = await vscode.window.showErrorMessage(gitSentence(error.reason, error.output), button.title);
  if (answer === button.title) await button.do();
}

async function askIdentity({ repository, knowledgeFolder, me }: PublishPorts): Promise<boolean> {
  const guess = /^(.*?)\s*(?:<([^>]*)>)?$/.exec(await me());
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Your name, as it stands in commits of the knowledge base'),
    value: guess?.[1] ?? '',
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed') : undefined),
  });
  if (name === undefined) return false;
  const mail = await vscode.window.showInputBox({
    title: vscode.l10n.t('Your mail address, as it stands in commits of the knowledge base'),
    value: guess?.[2] ?? '',
    validateInput: (text) => (/^\S+@\S+$/.test(text) ? undefined : vscode.l10n.t('A mail address is needed')),
  });
  if (mail === undefined) return false;
  await repository.setIdentity(knowledgeFolder, name.trim(), mail.trim());
  return true;
}
