/** How an article stands, beside its name wherever the editor shows the file. */
import * as vscode from 'vscode';
import type { Standing } from '../../domain/article/standing';
import { reviewWord } from './tree';

export class ArticleDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.changed.event;
  private standings = new Map<string, Standing>();

  show(standings: readonly Standing[]): void {
    this.standings = new Map(standings.map((standing) => [keyOf(vscode.Uri.file(standing.entry.path)), standing]));
    this.changed.fire(undefined);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const standing = uri.scheme === 'file' ? this.standings.get(keyOf(uri)) : undefined;
    if (!standing) return undefined;
    const { entry, review } = standing;
    if (review !== undefined) {
      const color = new vscode.ThemeColor('list.warningForeground');
      return new vscode.FileDecoration('?', reviewWord(review, entry), color);
    }
    if (entry.state === 'draft') return new vscode.FileDecoration('D', vscode.l10n.t('draft'));
    if (entry.state !== 'archived') return undefined;
    const faded = new vscode.ThemeColor('disabledForeground');
    return new vscode.FileDecoration('A', vscode.l10n.t('archived article'), faded);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const keyOf = (uri: vscode.Uri) => uri.toString();
