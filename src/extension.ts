/** Composition root: makes the adapters, hands them to the features, starts anew when the casebook changes. */
import * as vscode from 'vscode';
import { openCasebook } from './adapters/openCasebook';
import { type CasebookExports, exportsFor } from './api';
import { features } from './features';
import { casebookFolder, defaultFolder, knowledgeFolder } from './platform/folders';
import { editorLanguage } from './platform/language';
import { createLog } from './platform/log';
import { commandRunner, report } from './platform/run';
import { publishing } from './platform/publishing';
import { editorSecrets } from './platform/secrets';
import { closeForms } from './platform/tabs';
import type { Casebook } from './domain/ports';

const setting = (name: string): unknown => vscode.workspace.getConfiguration('casebook').get(name);

export async function activate(context: vscode.ExtensionContext): Promise<CasebookExports> {
  const log = createLog();
  const run = commandRunner(log);
  let casebook: Casebook & vscode.Disposable;
  let running: vscode.Disposable | undefined;

  const open = () => {
    const folder = casebookFolder(context);
    log.info(`casebook: ${folder}`);
    return openCasebook({
      folder,
      knowledgeFolder: knowledgeFolder(folder),
      ownFolder: folder === defaultFolder(context),
      stateFolder: context.globalStorageUri.fsPath,
      searchThread: context.asAbsolutePath('dist/searchThread.js'),
      sheetThread: context.asAbsolutePath('dist/sheetThread.js'),
      reportThread: context.asAbsolutePath('dist/reportThread.js'),
      language: editorLanguage(),
      version: String(context.extension.packageJSON.version),
      secretStorage: editorSecrets(context.secrets),
      connections: { trackers: () => setting('trackers'), bots: () => setting('bots') },
      engineer: () => vscode.workspace.getConfiguration('casebook').get<string>('engineer', ''),
      publishing,
      isTrusted: vscode.workspace.isTrusted,
      onProblem: (error) => report(log, 'casebook', error),
    });
  };
  const start = (next: typeof casebook) => {
    running?.dispose();
    casebook = next;
    const session = { context, log, run, restart };
    running = vscode.Disposable.from(...features.map((feature) => feature(session, next)), next);
  };
  // one after the other, and the old casebook stays in use until the new one is open
  let last: Promise<unknown> = Promise.resolve();
  const restart = () => {
    const restarting = last.then(async () => {
      const next = await open();
      await closeForms();
      start(next);
    });
    // one that failed must not take the later ones with it
    last = restarting.catch(() => undefined);
    return restarting;
  };

  context.subscriptions.push(log, new vscode.Disposable(() => running?.dispose()));
  start(await open());
  return exportsFor(() => casebook);
}
