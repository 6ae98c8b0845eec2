/** The Knowledge view: articles by category. */
import * as vscode from 'vscode';
import type { ArticleEntry, Casebook, Unsent } from '../../domain/ports';

export type Node =
  | { readonly kind: 'category'; readonly name: string; readonly entries: readonly ArticleEntry[] }
  | { readonly kind: 'article'; readonly entry: ArticleEntry }
  /** Committed here, and not yet at the team's remote. */
  | { readonly kind: 'unsent'; readonly unsent: Unsent }
  | { readonly kind: 'problem'; readonly message: string };

export class KnowledgeTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly ports: Pick<Casebook, 'articles' | 'knowledgeFolder'>,
    private readonly waiting: () => Promise<Unsent | undefined>,
  ) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'category') return node.entries.map((entry) => ({ kind: 'article', entry }));
    if (node) return [];
    try {
      const categories = categoriesOf(await this.ports.articles.list(this.ports.knowledgeFolder));
      // the welcome text stands where there is no article at all
      const unsent = categories.length === 0 ? undefined : await this.waiting();
      return unsent ? [{ kind: 'unsent', unsent }, ...categories] : categories;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ kind: 'problem', message: vscode.l10n.t('The articles can not be read: {0}', reason) }];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'category': {
        const item = new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
        item.id = `category/${node.name}`;
        item.description = String(node.entries.length);
        return item;
      }
      case 'article':
        return articleItem(node.entry);
      case 'unsent':
        return unsentItem(node.unsent);
      case 'problem': {
        const item = new vscode.TreeItem(node.message);
        item.iconPath = new vscode.ThemeIcon('error');
        item.command = { command: 'casebook.knowledge.refresh', title: vscode.l10n.t('Retry') };
        return item;
      }
    }
  }
}

function categoriesOf(entries: readonly ArticleEntry[]): Node[] {
  const byCategory = new Map<string, ArticleEntry[]>();
  for (const entry of entries) {
    const name = entry.categories[0] ?? vscode.l10n.t('Without category');
    const entriesOf = byCategory.get(name);
    if (entriesOf) entriesOf.push(entry);
    else byCategory.set(name, [entry]);
  }
  return [...byCategory]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, list]) => ({
      kind: 'category',
      name,
      entries: list.toSorted((a, b) => a.title.localeCompare(b.title)),
    }));
}

function stateWord(state: string): string {
  if (state === 'draft') return vscode.l10n.t('draft');
  if (state === 'archived') return vscode.l10n.t('archived article');
  return '';
}

function articleItem(entry: ArticleEntry): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.title);
  item.id = entry.path;
  item.resourceUri = vscode.Uri.file(entry.path);
  item.iconPath = new vscode.ThemeIcon(entry.state === 'draft' ? 'edit' : 'book');
  item.description = [stateWord(entry.state), entry.tags.join(', ')].filter(Boolean).join(' · ');
  item.tooltip = [entry.title, entry.tags.join(', '), entry.cases.join(', ')].filter(Boolean).join('\n');
  item.contextValue = `article.${entry.state || 'none'}`;
  item.accessibilityInformation = { label: [entry.title, item.description].filter(Boolean).join(', ') };
  item.command = { command: 'casebook.article.open', title: vscode.l10n.t('Open'), arguments: [entry.path] };
  return item;
}

function unsentItem({ commits, remote, branch }: Unsent): vscode.TreeItem {
  const item = new vscode.TreeItem(
    commits.length === 1
      ? vscode.l10n.t('1 commit waits to be sent')
      : vscode.l10n.t('{0} commits wait to be sent', commits.length),
  );
  item.description = `${remote}/${branch}`;
  item.iconPath = new vscode.ThemeIcon('cloud-upload');
  item.tooltip = commits.map(({ title }) => title).join('\n');
  item.contextValue = 'unsent';
  item.command = { command: 'casebook.knowledge.push', title: vscode.l10n.t('Send to the Team') };
  return item;
}
