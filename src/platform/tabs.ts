/** Open tabs of Casebook's own. */
import * as vscode from 'vscode';

/** Closes the case forms; what was typed stays as a draft. */
export async function closeForms(): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('casebook.caseForm'));
  await vscode.window.tabGroups.close(tabs, true);
}
