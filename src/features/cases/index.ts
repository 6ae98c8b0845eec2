/** Feature: the Cases view and the commands on cases. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import type { Session } from '../../platform/session';
import { logError, report } from '../../platform/run';
import { caseCommands, filterMessage } from './commands';
import { type Condition, type Grouping, groupings } from './groups';
import { CasesTree } from './tree';

const ARRANGEMENT = 'casebook.cases.arrangement';

interface Arrangement {
  readonly grouping: Grouping;
  readonly filter: readonly Condition[];
}

export function cases(session: Session, casebook: Pick<Casebook, 'store' | 'desk' | 'clock'>): vscode.Disposable {
  const { context, log, run } = session;
  const tree = new CasesTree(casebook);
  const kept = context.workspaceState.get<Arrangement>(ARRANGEMENT);
  if (kept && groupings.includes(kept.grouping)) {
    tree.grouping = kept.grouping;
    tree.filter = kept.filter;
  }
  const view = vscode.window.createTreeView('casebook.cases', { treeDataProvider: tree, showCollapseAll: true });

  let isDisposed = false;
  const show = () => {
    // the view of the next casebook has the same id: a late answer of this one must not put its badge there
    if (isDisposed) return;
    tree.refresh();
    const attention = tree.attention().length;
    view.badge =
      attention === 0 ? undefined : { value: attention, tooltip: vscode.l10n.t('Urgent or overdue: {0}', attention) };
    view.message = filterMessage(tree, casebook.store.summaries().length) ?? '';
    void vscode.commands.executeCommand('setContext', 'casebook.isFiltered', tree.filter.length > 0);
    // a list that is still being read is not an empty one
    const isEmpty = !tree.isLoading && casebook.store.summaries().length === 0;
    void vscode.commands.executeCommand('setContext', 'casebook.isEmpty', isEmpty);
  };
  const arranged = async () => {
    await context.workspaceState.update(ARRANGEMENT, { grouping: tree.grouping, filter: tree.filter });
    show();
  };
  const load = async () => {
    try {
      await casebook.store.load();
    } catch (error) {
      report(log, 'load', error);
    }
    tree.isLoading = false;
    show();
  };
  // the event also tells of a person who pauses and goes on
  let wasFocused = vscode.window.state.focused;
  // "10 min over" grows while nobody clicks
  const minute = setInterval(show, 60_000);
  void load();

  return vscode.Disposable.from(
    view,
    tree,
    casebook.store.onDidChange(show),
    new vscode.Disposable(() => {
      isDisposed = true;
      clearInterval(minute);
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      const isBack = focused && !wasFocused;
      wasFocused = focused;
      if (isBack) casebook.store.refresh().catch((error: unknown) => logError(log, 'refresh', error));
    }),
    ...caseCommands(run, casebook, { tree, arranged }),
  );
}
