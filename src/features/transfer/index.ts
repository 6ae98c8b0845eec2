/** Feature: cases and usage figures come in from files and other casebooks, and all cases go out. */
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Session } from '../../platform/session';
import { copyCasebook, copyExport } from './copyCases';
import { exportAll } from './exportAll';
import { showImport } from './panel';
import type { TransferPorts } from './importSession';
import { importUsage } from './usage';

export function transfer(session: Session, ports: TransferPorts): vscode.Disposable {
  const pages = new Set<vscode.Disposable>();

  const importFrom = async (path: string) => {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory()) return copyCasebook(ports, path);
    const reading = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading {0}', path) };
    const sheets = await vscode.window.withProgress(reading, () => ports.transfer.read(path));
    if (await copyExport(ports, path, sheets)) return;
    pages.add(await showImport(session, ports, path, sheets));
  };

  return vscode.Disposable.from(
    session.run(
      'casebook.cases.import',
      async (from?: unknown) => {
        const path = pathOf(from) ?? (await askSource());
        if (path !== undefined) await importFrom(path);
      },
      { writes: true },
    ),
    session.run('casebook.cases.exportAll', (path?: unknown) => exportAll(ports, pathOf(path)), { writes: true }),
    session.run(
      'casebook.usage.import',
      async (from?: unknown) => {
        const path = pathOf(from) ?? (await askTable());
        if (path !== undefined) await importUsage(session, ports, path);
      },
      { writes: true },
    ),
    new vscode.Disposable(() => {
      for (const page of pages) page.dispose();
    }),
  );
}

/** Of a command's argument: a path, or what the explorer hands over. */
function pathOf(from: unknown): string | undefined {
  if (typeof from === 'string') return from;
  return from instanceof vscode.Uri ? from.fsPath : undefined;
}

async function askSource(): Promise<string | undefined> {
  const file = {
    label: vscode.l10n.t('$(table) A file'),
    detail: vscode.l10n.t('CSV or XLSX: an export of a ticket system, a table, or an export of Casebook'),
  };
  const folder = {
    label: vscode.l10n.t('$(notebook) Another casebook'),
    detail: vscode.l10n.t('The folder that holds its casebook.json'),
  };
  const picked = await vscode.window.showQuickPick([file, folder], {
    title: vscode.l10n.t('Import Cases'),
    placeHolder: vscode.l10n.t('Where do the cases come from?'),
  });
  if (!picked) return undefined;
  if (picked === file) return askTable();
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Import'),
    })) ?? [];
  return chosen?.fsPath;
}

async function askTable(): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      openLabel: vscode.l10n.t('Import'),
      filters: { [vscode.l10n.t('Tables')]: ['csv', 'xlsx', 'tsv', 'txt'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  return chosen?.fsPath;
}
