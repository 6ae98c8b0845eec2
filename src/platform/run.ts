/** Registers a command: logs it, cancels quietly, and turns a failure into one localized message. */
import * as vscode from 'vscode';
import { GuardError } from '../domain/sop/missing';
import { sentenceOf } from './sentences';

export interface CommandOptions {
  /** Changes files or runs git: not in a workspace that the user does not trust. */
  readonly writes?: boolean;
}

/** The arguments are whatever the menu, the palette or another command hands over. */
export type Runner = (
  id: string,
  handler: (...args: never[]) => unknown,
  options?: CommandOptions,
) => vscode.Disposable;

export function commandRunner(log: vscode.LogOutputChannel): Runner {
  return (id, handler, options = {}) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      if (options.writes && !vscode.workspace.isTrusted) {
        await askForTrust();
        return undefined;
      }
      log.info(id);
      try {
        return await handler(...args);
      } catch (error) {
        report(log, id, error);
        return undefined;
      }
    });
}

/** Says what went wrong and does not wait for the answer: a notification may stay unread for hours. */
export function report(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  if (error instanceof vscode.CancellationError) return;
  logError(log, what, error);
  const message = sentenceOf(error);
  if (error instanceof GuardError) {
    void vscode.window.showWarningMessage(message);
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(message, showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}

/** For what nobody asked for and nobody can help: the stack, without a notification. */
export function logError(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

async function askForTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('In Restricted Mode Casebook only reads. Trust this workspace to record and change cases.'),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
