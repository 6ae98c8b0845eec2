/** The Follow-ups view: what is due across all cases, overdue first. */
import * as vscode from 'vscode';
import { actionFor, dueTasks, maySnooze } from '../../domain/dues';
import { describeItem, groupWord, iconOf, tooltipOf } from './describe';
import { local } from '../../platform/language';
import type { Group, GroupKey, Item } from './groups';

export type Node =
  | { readonly kind: 'group'; readonly group: Group }
  /** A row is also a case to the commands on cases: it has its summary. */
  | ({ readonly kind: 'due' } & Item)
  | { readonly kind: 'more'; readonly group: Group; readonly shown: number };

/** Rows of a group that are shown at once; the rest follows on request. */
const PAGE = 200;

export class FollowUpsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly pages = new Map<GroupKey, number>();
  private groups: readonly Group[] = [];
  private now = 0;

  /** @param loaded resolves when the list of cases is complete: an empty list that is being read is not empty */
  constructor(private readonly loaded: Promise<void>) {}

  dispose(): void {
    this.changed.dispose();
  }

  show(groups: readonly Group[], now: number): void {
    this.groups = groups;
    this.now = now;
    this.changed.fire(undefined);
  }

  showMore(key: GroupKey): void {
    this.pages.set(key, (this.pages.get(key) ?? PAGE) + PAGE);
    this.changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      await this.loaded;
      return this.groups.map((group): Node => ({ kind: 'group', group }));
    }
    return node.kind === 'group' ? this.rowsOf(node.group) : [];
  }

  private rowsOf(group: Group): Node[] {
    const limit = this.pages.get(group.key) ?? PAGE;
    const rows = group.items.slice(0, limit).map((item): Node => ({ kind: 'due', ...item }));
    return group.items.length > limit ? [...rows, { kind: 'more', group, shown: limit }] : rows;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.group);
      case 'due':
        return this.dueItem(node);
      case 'more':
        return moreItem(node);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.kind === 'due') item.tooltip = tooltipOf(node, this.now);
    return item;
  }

  private dueItem(item: Item): vscode.TreeItem {
    const { summary, due } = item;
    const label = local(dueTasks[due.kind]);
    const row = new vscode.TreeItem(label);
    row.id = `${summary.id}/${due.kind}`;
    row.description = describeItem(item, this.now);
    row.iconPath = iconOf(item, this.now);
    row.contextValue = `due.${due.kind}${maySnooze(due.kind) ? '.snoozable' : ''}`;
    row.accessibilityInformation = { label: `${label}, ${describeItem(item, this.now, true)}` };
    row.command = {
      command: 'casebook.case.open',
      title: vscode.l10n.t('Open'),
      arguments: [summary.id, actionFor(due.kind, summary)],
    };
    return row;
  }
}

function groupItem({ key, items }: Group): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(groupWord(key), key === 'later' ? Collapsed : Expanded);
  item.id = key;
  item.description = String(items.length);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, follow-ups: {1}', groupWord(key), items.length) };
  return item;
}

function moreItem({ group, shown }: Extract<Node, { kind: 'more' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show more ({0} left)', group.items.length - shown));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = {
    command: 'casebook.followUps.showMore',
    title: vscode.l10n.t('Show more'),
    arguments: [group.key],
  };
  return item;
}
