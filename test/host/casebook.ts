// What host tests need of Casebook: its API, a casebook of their own, and conditions to wait for.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CasebookApi, CasebookExports } from '../../src/api';

export async function api(): Promise<CasebookApi> {
  const extension = vscode.extensions.getExtension<CasebookExports>('casebook.casebook');
  if (!extension) throw new Error('the extension is not known to the editor');
  return (await extension.activate()).getAPI(1);
}

/** Resolves when the condition holds; the runner's own time limit ends a wait that never does. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** Points Casebook to an empty folder, as a user does in the settings. */
export async function useFreshCasebook(): Promise<{ api: CasebookApi; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-host-'));
  await vscode.workspace.getConfiguration('casebook').update('folder', folder, vscode.ConfigurationTarget.Global);
  const casebook = await api();
  await until(async () => casebook.folder === folder);
  return { api: casebook, folder };
}

export async function useOwnCasebook(): Promise<void> {
  await vscode.workspace.getConfiguration('casebook').update('folder', undefined, vscode.ConfigurationTarget.Global);
}

export const intake = {
  title: 'Monthly report fails with an error about shared memory',
  description: 'ERROR: could not resize shared memory segment "/PostgreSQL.1213217486": No space left on device',
  occurrence: 'moment',
  occurredAt: '2026-11-20T09:00:00+08:00',
  impact: 'No monthly report for all 40 users of the plant',
  customer: 'Acme Logistics',
  contact: 'Dana Wu',
  channel: 'Phone',
  product: 'ERP',
  version: '3.2.1',
  receivedAt: '2026-11-20T09:05:00+08:00',
  problemType: 'Deployment',
};
