/** Composition root: makes the adapters, hands them to the features, starts anew when the casebook changes. */
import * as vscode from 'vscode';
import { openCasebook } from './adapters/openCasebook';
import { type CasebookExports, exportsFor } from './api';
import { features } from './features';
import { casebookFolder, knowledgeFolder } from './platform/folders';
import { createLog } from './platform/log';
import { commandRunner, report } from './platform/run';
import { closeForms } from './platform/tabs';
import type { Casebook } from './domain/ports';

export async function activate(context: vscode.ExtensionContext): Promise<CasebookExports> {
  const log = createLog();
  const run = commandRunner(log);
  let casebook: Casebook & vscode.Disposable;
  let running: vscode.Disposable | undefined;

  const start = async () => {
    const folder = casebookFolder(context);
    casebook = await openCasebook({
      folder,
      knowledgeFolder: knowledgeFolder(folder),
      ownFolder: folder.startsWith(context.globalStorageUri.fsPath),
      stateFolder: context.globalStorageUri.fsPath,
      version: String(context.extension.packageJSON.version),
      engineer: vscode.workspace.getConfiguration('casebook').get<string>('engineer', ''),
      isTrusted: vscode.workspace.isTrusted,
      onProblem: (error) => void report(log, 'casebook', error),
    });
    log.info(`casebook: ${folder}`);
    const session = { context, log, run, restart };
    running = vscode.Disposable.from(...features.map((feature) => feature(session, casebook)), casebook);
  };
  const restart = async () => {
    await closeForms();
    running?.dispose();
    await start();
  };

  context.subscriptions.push(log, new vscode.Disposable(() => running?.dispose()));
  await start();
  return exportsFor(() => casebook);
}
