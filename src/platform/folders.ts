/** Which folders are in use: this workspace's choice, else the setting, else one in the extension's own storage. */
import { isAbsolute, join, resolve } from 'node:path';
import * as vscode from 'vscode';

/** Of this workspace only, so that another window can use another casebook. Absolute path. */
export const CHOSEN_HERE = 'casebook.folder.here';

export function casebookFolder(context: vscode.ExtensionContext): string {
  return chosenHere(context) || machineFolder(context);
}

/** Empty while this workspace follows the setting, as in Restricted Mode it always does. */
export function chosenHere(context: vscode.ExtensionContext): string {
  return vscode.workspace.isTrusted ? context.workspaceState.get<string>(CHOSEN_HERE, '') : '';
}

/** Of every workspace that has chosen none of its own. */
export function machineFolder(context: vscode.ExtensionContext): string {
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

/**
 * An absolute path, or nothing: a relative one would mean another folder in each window. Written as the editor writes
 * paths (no separator at its end, a small drive letter), so that two spellings of one folder count as one.
 */
function setting(key: string): string {
  const value = vscode.workspace.getConfiguration('casebook').get<string>(key, '').trim();
  return isAbsolute(value) ? vscode.Uri.file(resolve(value)).fsPath : '';
}
