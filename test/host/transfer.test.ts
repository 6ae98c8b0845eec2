import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { intake, useFreshCasebook, useOwnCasebook } from './casebook';

describe('exporting all cases', () => {
  after(useOwnCasebook);

  it('writes a spreadsheet, or two tables of text', async () => {
    const { api } = await useFreshCasebook();
    const { id } = await api.cases.open('issue', intake);
    const into = mkdtempSync(join(tmpdir(), 'casebook-export-'));
    await vscode.commands.executeCommand('casebook.cases.exportAll', join(into, 'all.xlsx'));
    await vscode.commands.executeCommand('casebook.cases.exportAll', join(into, 'all.csv'));
    assert.deepEqual(readdirSync(into).toSorted(), ['all.csv', 'all.events.csv', 'all.xlsx']);
    assert.equal(readFileSync(join(into, 'all.xlsx')).subarray(0, 2).toString(), 'PK');
    assert.ok(readFileSync(join(into, 'all.events.csv'), 'utf8').includes(id));
  });
});
