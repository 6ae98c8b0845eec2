/** What every feature gets beside its ports: the editor's context, the log, and the way to register commands. */
import type * as vscode from 'vscode';
import type { Runner } from './run';

export interface Session {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly run: Runner;
  /** Starts anew with the casebook that is now chosen; open forms are closed, their drafts kept. */
  readonly restart: () => Promise<void>;
}
