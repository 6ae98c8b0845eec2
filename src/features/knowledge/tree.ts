/** The Knowledge view: what waits for somebody, then all articles by category and tag. */
import * as vscode from 'vscode';
import { type ReviewNeed, type Standing, standingsOf } from '../../domain/article/standing';
import type { ArticleEntry, Casebook, Unsent } from '../../domain/ports';
import { type Section, sectionsOf } from './sections';

export type Node =
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'article'; readonly entry: ArticleEntry; readonly standing: Standing; readonly within: Section }
  /** Committed here, and not yet at the team's remote. */
  | { readonly kind: 'unsent'; readonly unsent: Unsent }
  | { readonly kind: 'problem'; readonly message: string };

export class KnowledgeTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly ports: Pick<Casebook, 'articles' | 'store' | 'clock' | 'knowledgeFolder'>,
    private readonly waiting: () => Promise<Unsent | undefined>,
    private readonly listed: (standings: readonly Standing[]) => void,
  ) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'section') return childrenOf(node.section);
    if (node) return [];
    try {
      return await this.roots();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ kind: 'problem', message: vscode.l10n.t('The articles cannot be read: {0}', reason) }];
    }
  }

  private async roots(): Promise<Node[]> {
    const { articles, store, clock, knowledgeFolder } = this.ports;
    const entries = await articles.list(knowledgeFolder);
    const standings = standingsOf(entries, store.summaries(), knowledgeFolder, clock.now());
    this.listed(standings);
    // the welcome text stands where there is no article at all
    const unsent = entries.length === 0 ? undefined : await this.waiting();
    const sections = sectionsOf(standings).map((section): Node => ({ kind: 'section', section }));
    return unsent ? [{ kind: 'unsent', unsent }, ...sections] : sections;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'section':
        return sectionItem(node.section);
      case 'article':
        return articleItem(node.standing, node.within);
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

function childrenOf(section: Section): Node[] {
  return [
    ...section.sections.map((inner): Node => ({ kind: 'section', section: inner })),
    ...section.articles.map((standing): Node => ({
      kind: 'article',
      entry: standing.entry,
      standing,
      within: section,
    })),
  ];
}

function sectionItem(section: Section): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const isOpen = section.kind === 'review' || section.kind === 'category';
  const item = new vscode.TreeItem(titleOf(section), isOpen ? Expanded : Collapsed);
  item.id = `${section.kind}/${section.name}`;
  item.description = String(section.kind === 'tags' ? section.sections.length : section.articles.length);
  item.contextValue = 'section';
  const icon = {
    review: 'eye',
    drafts: 'edit',
    recent: 'history',
    category: '',
    tags: 'tag',
    tag: '',
    idle: 'archive',
  }[section.kind];
  if (icon !== '') item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function titleOf({ kind, name }: Section): string {
  switch (kind) {
    case 'review':
      return vscode.l10n.t('Needs review');
    case 'drafts':
      return vscode.l10n.t('Drafts');
    case 'recent':
      return vscode.l10n.t('Recently changed');
    case 'tags':
      return vscode.l10n.t('Tags');
    case 'idle':
      return vscode.l10n.t('Unused for a year');
    case 'category':
    case 'tag':
      return name === '' ? vscode.l10n.t('Without category') : name;
  }
}

function stateWord(state: string): string {
  if (state === 'draft') return vscode.l10n.t('draft');
  if (state === 'archived') return vscode.l10n.t('archived article');
  return '';
}

export function reviewWord(need: ReviewNeed | undefined, { flagged }: ArticleEntry): string {
  switch (need) {
    case 'unreviewed':
      return vscode.l10n.t('nobody has reviewed it yet');
    case 'flagged':
      return vscode.l10n.t('to be reviewed: {0}', flagged);
    case 'caseReopened':
      return vscode.l10n.t('its case was reopened');
    case undefined:
      return '';
  }
}

function usesWord(uses: number): string {
  if (uses === 0) return '';
  return uses === 1 ? vscode.l10n.t('used in 1 case') : vscode.l10n.t('used in {0} cases', uses);
}

function articleItem({ entry, uses, review }: Standing, within: Section): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.title);
  item.id = `${within.kind}/${within.name}/${entry.path}`;
  item.resourceUri = vscode.Uri.file(entry.path);
  item.iconPath = new vscode.ThemeIcon(review ? 'eye' : entry.state === 'draft' ? 'edit' : 'book');
  const state = reviewWord(review, entry) || stateWord(entry.state);
  item.description = [state, usesWord(uses), entry.tags.join(', ')].filter(Boolean).join(' · ');
  item.tooltip = [entry.title, state, usesWord(uses), entry.tags.join(', '), entry.cases.join(', ')]
    .filter(Boolean)
    .join('\n');
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
