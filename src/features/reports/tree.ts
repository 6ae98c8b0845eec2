/** The Reports view: months and quarters, how far their reports are, and the files that were written of them. */
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { shortDate } from '../../platform/language';
import { type PeriodRow, rowsOf } from './rows';
import { periodLabel } from './words';

export type Node =
  | ({ readonly kind: 'period' } & PeriodRow)
  /** Absolute path. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'problem'; readonly message: string };

export class ReportsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  /** @param loaded resolves when the list of cases is complete: one that is being read is not empty */
  constructor(
    private readonly ports: Pick<Casebook, 'store' | 'reports' | 'reportShelf' | 'clock'>,
    private readonly loaded: Promise<void>,
  ) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const { store, reports, reportShelf, clock } = this.ports;
    if (node?.kind === 'period') {
      return (node.kept?.files ?? []).map((name): Node => ({ kind: 'file', path: join(reportShelf.folder, name) }));
    }
    if (node) return [];
    try {
      await this.loaded;
      const rows = rowsOf(await reportShelf.reports(), store.summaries().length > 0, clock.now(), reports.options());
      return rows.map((row): Node => ({ kind: 'period', ...row }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ kind: 'problem', message: vscode.l10n.t('The reports cannot be listed: {0}', reason) }];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'period':
        return periodItem(node);
      case 'file':
        return fileItem(node.path);
      case 'problem': {
        const item = new vscode.TreeItem(node.message);
        item.iconPath = new vscode.ThemeIcon('error');
        return item;
      }
    }
  }
}

/** How far the report of a period is, in a word; empty where there is nothing to say. */
export function standingWords({ isRunning, kept }: Omit<PeriodRow, 'period'>): string {
  const words = [
    isRunning ? vscode.l10n.t('running, provisional') : '',
    kept?.isFrozen ? vscode.l10n.t('frozen') : '',
    kept?.isWritten && !kept.isFrozen
      ? vscode.l10n.t('written {0}', shortDate(new Date(kept.modifiedAt).toISOString()))
      : '',
  ];
  return words.filter((word) => word !== '').join(' · ');
}

function periodItem(row: PeriodRow): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const label = periodLabel(row.period);
  const standing = standingWords(row);
  const item = new vscode.TreeItem(label, (row.kept?.files.length ?? 0) > 0 ? Collapsed : None);
  item.id = row.period.id;
  item.description = standing;
  item.tooltip = standing === '' ? label : `${label}\n${standing}`;
  item.iconPath = new vscode.ThemeIcon(iconOf(row));
  const time = row.isRunning ? 'running' : 'past';
  item.contextValue = ['period', time, row.kept?.isFrozen ? 'frozen' : row.kept?.isWritten ? 'written' : 'open'].join(
    '.',
  );
  item.accessibilityInformation = { label: standing === '' ? label : `${label}, ${standing}` };
  item.command = { command: 'casebook.report.open', title: vscode.l10n.t('Open'), arguments: [row.period.id] };
  return item;
}

function iconOf({ isRunning, kept }: PeriodRow): string {
  if (kept?.isFrozen) return 'lock';
  if (isRunning) return 'history';
  return kept?.isWritten ? 'check' : 'graph';
}

function fileItem(path: string): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.Uri.file(path));
  item.label = basename(path);
  item.contextValue = 'reportFile';
  item.command = { command: 'casebook.report.openFile', title: vscode.l10n.t('Open'), arguments: [path] };
  return item;
}
