/** The Outbox view: what was decided, has not been sent yet, and why. */
import * as vscode from 'vscode';
import type { OutboxItem } from '../../domain/tickets/outbox';
import { instantOf } from '../../domain/time';
import { shortTime } from '../../platform/language';
import { jobText, reasonText, standingText } from '../../platform/outboxWords';
import { inOutboxOrder } from './outboxRows';

export interface OutboxNode {
  readonly kind: 'outbox';
  readonly item: OutboxItem;
  /** Of its case, in one line. */
  readonly title: string;
  /** Its ticket as people read it; empty where there is none. */
  readonly ticketKey: string;
  readonly lacksSecret: boolean;
}

export class OutboxTree implements vscode.TreeDataProvider<OutboxNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private nodes: readonly OutboxNode[] = [];

  constructor(private readonly now: () => number) {}

  dispose(): void {
    this.changed.dispose();
  }

  show(nodes: readonly OutboxNode[]): void {
    const order = inOutboxOrder(nodes.map(({ item }) => item)).map(({ id }) => id);
    this.nodes = nodes.toSorted((a, b) => order.indexOf(a.item.id) - order.indexOf(b.item.id));
    this.changed.fire(undefined);
  }

  getChildren(node?: OutboxNode): OutboxNode[] {
    return node ? [] : [...this.nodes];
  }

  getTreeItem({ item, title, ticketKey, lacksSecret }: OutboxNode): vscode.TreeItem {
    const now = this.now();
    const what = jobText(item);
    const standing = standingText(item, lacksSecret, now);
    const since = vscode.l10n.t('since {0}', shortTime(instantOf(item.madeAt), now));
    const isHeld = item.state === 'needsPerson';
    // a narrow side bar shows the beginning and nothing else
    const label = isHeld ? [standing, what].join(' · ') : what;
    const row = new vscode.TreeItem(label);
    row.id = item.id;
    row.description = [isHeld ? '' : standing, ticketKey, title, since].filter(Boolean).join(' · ');
    row.iconPath = iconOf(item, lacksSecret);
    row.contextValue = `outbox.${item.state}`;
    row.tooltip = tooltipOf([
      [ticketKey, title].filter(Boolean).join(' · '),
      [standing, since].join(' · '),
      reasonText(item),
    ]);
    row.accessibilityInformation = {
      label: [label, row.description, reasonText(item)].filter(Boolean).join(', '),
    };
    row.command = {
      command: 'casebook.case.open',
      title: vscode.l10n.t('Open'),
      arguments: [item.caseId],
    };
    return row;

    function tooltipOf(lines: readonly string[]): vscode.MarkdownString {
      const tip = new vscode.MarkdownString('**');
      tip.appendText(what).appendMarkdown('**  \n');
      for (const line of lines) if (line !== '') tip.appendText(line).appendMarkdown('  \n');
      return tip;
    }
  }
}

function iconOf({ state }: OutboxItem, lacksSecret: boolean): vscode.ThemeIcon {
  if (state === 'trying') return new vscode.ThemeIcon('sync');
  if (state === 'needsPerson') {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  }
  return new vscode.ThemeIcon(lacksSecret ? 'key' : 'clock');
}
