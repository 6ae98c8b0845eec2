/** The output channel "Casebook": what happened, for the person who asks why. Never what a customer wrote. */
import * as vscode from 'vscode';

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Casebook', { log: true });
}
