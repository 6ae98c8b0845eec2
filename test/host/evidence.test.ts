import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CasebookApi } from '../../src/api';
import { intake, until, useFreshCasebook, useOwnCasebook } from './casebook';

describe('evidence from the editor', () => {
  let casebook: CasebookApi;
  let folder: string;
  let id: string;
  const log = join(mkdtempSync(join(tmpdir(), 'casebook-log-')), 'catalina.out');

  beforeEach(async () => {
    ({ api: casebook, folder } = await useFreshCasebook());
    ({ id } = await casebook.cases.open('issue', intake));
    writeFileSync(log, 'one\ntwo\nthree\nfour\n');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(useOwnCasebook);

  const attachments = async () => (await casebook.cases.get(id))?.state.attachments ?? [];
  const contentOf = (name: string) => readFileSync(join(folder, 'attachments', id, name), 'utf8');

  /** Runs a command that asks for the case, and takes the first one that is offered. */
  async function inFirstCase(command: string, ...args: unknown[]): Promise<void> {
    let isDone = false;
    const running = Promise.resolve(vscode.commands.executeCommand(command, ...args)).finally(() => {
      isDone = true;
    });
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isDone;
    });
    await running;
  }

  it('is a selection, under the name of its file and lines', async () => {
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(log));
    editor.selection = new vscode.Selection(1, 0, 3, 0);
    await inFirstCase('casebook.case.addSelection');
    const [attachment] = await attachments();
    assert.equal(attachment?.name, 'catalina.out lines 2-3.out');
    assert.match(attachment.note, /^Lines 2-3 of .*catalina\.out$/);
    assert.equal(contentOf(attachment.name), 'two\nthree\n');
  });

  it('is the file in front, as the editor shows it', async () => {
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(log));
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), 'zero\n'));
    await inFirstCase('casebook.case.addFile');
    assert.deepEqual(
      (await attachments()).map(({ name }) => name),
      ['catalina.out'],
    );
    assert.equal(contentOf('catalina.out'), 'zero\none\ntwo\nthree\nfour\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is several files of the explorer', async () => {
    const other = `${log}.1`;
    writeFileSync(other, 'older');
    const uris = [vscode.Uri.file(log), vscode.Uri.file(other)];
    await inFirstCase('casebook.case.addFile', uris[0], uris);
    assert.deepEqual(
      (await attachments()).map(({ name, size }) => `${name} ${size}`),
      ['catalina.out 19', 'catalina.out.1 5'],
    );
  });
});
