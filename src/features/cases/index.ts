/** Feature: the Cases view and the commands on cases. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { attentionOf } from '../../domain/summary';
import { attentionWords } from '../../platform/attentionWords';
import type { Session } from '../../platform/session';
import { logError, report } from '../../platform/run';
import { caseCommands } from './commands';
import { type Condition, facets } from './facets';
import { savedFilters } from './filterPick';
import { type Grouping, groupings } from './groups';
import { type Sorting, sortings } from './sorting';
import { CasesTree } from './tree';
import { filterMessage } from './words';

const VIEW = 'casebook.cases';
const ARRANGEMENT = 'casebook.cases.arrangement';

interface Arrangement {
  readonly grouping: Grouping;
  /** Left out by an older Casebook. */
  readonly sorting?: Sorting;
  readonly filter: readonly Condition[];
}

type Ports = Pick<Casebook, 'store' | 'desk' | 'clock' | 'settings' | 'me'>;

export function cases(session: Session, casebook: Ports): vscode.Disposable {
  const { context, log } = session;
  const tree = new CasesTree(casebook);
  restore(tree, context.workspaceState.get<Arrangement>(ARRANGEMENT));
  const view = vscode.window.createTreeView(VIEW, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });

  let isDisposed = false;
  const show = () => {
    // the view of the next casebook has the same id: a late answer of this one must not put its badge there
    if (isDisposed) return;
    tree.refresh();
    const summaries = casebook.store.summaries();
    const attention = attentionOf(summaries, casebook.clock.now());
    view.badge = attention.cases === 0 ? undefined : { value: attention.cases, tooltip: attentionWords(attention) };
    const total = summaries.length;
    const saved = savedFilters();
    const shown = tree.shown().length;
    const filtered = filterMessage(tree.filter, saved, shown, total) ?? '';
    // an empty view shows its welcome, which clears the filter, only while it has no message
    view.message = shown === 0 ? '' : filtered;
    view.description = shown === 0 ? filtered : '';
    const setContext = (key: string, value: boolean) => vscode.commands.executeCommand('setContext', key, value);
    void setContext('casebook.isFiltered', tree.filter.length > 0);
    void setContext(
      'casebook.isMine',
      tree.filter.some(({ facet }) => facet === 'mine'),
    );
    void setContext('casebook.hasSavedFilters', saved.length > 0);
    // a list that is still being read is not an empty one
    void setContext('casebook.isEmpty', !tree.isLoading && total === 0);
  };
  const arranged = async () => {
    const { grouping, sorting, filter } = tree;
    await context.workspaceState.update(ARRANGEMENT, { grouping, sorting, filter });
    show();
  };
  const busy = async (work: Promise<unknown>) => {
    await vscode.window.withProgress({ location: { viewId: VIEW } }, () => work);
  };
  const load = async () => {
    try {
      await busy(casebook.store.load());
    } catch (error) {
      report(log, 'load', error);
    }
    tree.isLoading = false;
    show();
  };
  const recognize = async () => {
    const me = await casebook.me();
    if (me === tree.me) return;
    tree.me = me;
    show();
  };
  const reveal = async (id: string, asked: boolean): Promise<void> => {
    if (!asked && !view.visible) return;
    const row = tree.rowOf(id);
    if (row) await view.reveal(row, { select: true, focus: asked });
    else if (asked) void offerToClear(id);
  };
  const offerToClear = async (id: string) => {
    const clear = vscode.l10n.t('Clear the Filter');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The filter hides this case.'), clear);
    if (answer !== clear) return;
    tree.filter = [];
    await arranged();
    await reveal(id, true);
  };
  // the event also tells of a person who pauses and goes on
  let wasFocused = vscode.window.state.focused;
  const inBackground = (what: string, work: () => Promise<unknown>) => {
    work().catch((error: unknown) => logError(log, what, error));
  };
  // "10 min over" grows while nobody clicks
  const minute = setInterval(show, 60_000);
  inBackground('me', recognize);
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
      if (!isBack) return;
      inBackground('refresh', () => casebook.store.refresh());
      inBackground('me', recognize);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('casebook.engineer')) inBackground('me', recognize);
      if (change.affectsConfiguration('casebook.cases.savedFilters')) show();
    }),
    ...caseCommands(session, casebook, { tree, selection: () => view.selection, arranged, busy, reveal }),
  );
}

/** What an older or a newer Casebook kept may be something that this one does not know. */
function restore(tree: CasesTree, kept: Arrangement | undefined): void {
  if (!kept) return;
  if (groupings.includes(kept.grouping)) tree.grouping = kept.grouping;
  if (kept.sorting && sortings.includes(kept.sorting)) tree.sorting = kept.sorting;
  tree.filter = kept.filter.filter(({ facet }) => facets.includes(facet));
}
