/** Which folders are in use: this workspace's choice, else the setting, else one in the extension's own storage. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

/** Of this workspace only, so that another window can use another casebook. Absolute path. */
export const CHOSEN_HERE = 'casebook.folder.here';

export function casebookFolder(context: vscode.ExtensionContext): string {
  const here = context.workspaceState.get<string>(CHOSEN_HERE, '');
  if (here !== '' && vscode.workspace.isTrusted) return here;
  const configured = setting('folder');
  return configured === '' ? defaultFolder(context) : configured;
}

export function defaultFolder(context: vscode.ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'casebook');
}

export function knowledgeFolder(casebook: string): string {
  const configured = setting('knowledge.folder');
  return configured === '' ? join(casebook, 'knowledge') : configured;
}

/** An absolute path, or nothing: a relative one would mean another folder in each window. */
function setting(key: string): string {
  const value = vscode.workspace.getConfiguration('casebook').get<string>(key, '').trim();
  return isAbsolute(value) ? value : '';
}
