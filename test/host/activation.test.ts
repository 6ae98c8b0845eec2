import { ok } from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('finds Casebook and activates it', async () => {
    const extension = vscode.extensions.getExtension('casebook.casebook');
    ok(extension, 'the extension is not known to the editor');
    await extension.activate();
    ok(extension.isActive);
  });
});
