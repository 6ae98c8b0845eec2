/** Feature: the Follow-ups view, its status bar item and reminders, and the appointment's calendar file. */
import * as vscode from 'vscode';
import { actionFor, type Due } from '../../domain/dues';
import type { Casebook } from '../../domain/ports';
import { attentionOf, rowTitleOf } from '../../domain/summary';
import { attentionWords } from '../../platform/attentionWords';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { saveAppointment } from './appointment';
import { nextAlarm } from './digest';
import { type Counts, countsOf, groupItems, type GroupKey, type Item, itemsOf, nextChange } from './groups';
import { remind } from './reminders';
import { askSnooze, pickItem, snooze } from './snooze';
import { FollowUpsTree, type Node } from './tree';

const ONLY_MINE = 'casebook.followUps.onlyMine';

type Ports = Pick<Casebook, 'store' | 'desk' | 'clock' | 'me' | 'calendar' | 'claims'>;

export function followUps(session: Session, casebook: Ports): vscode.Disposable {
  const { context, log, run } = session;
  const { store, clock, me } = casebook;
  const loaded = store.load().catch((error: unknown) => logError(log, 'follow-ups', error));
  const tree = new FollowUpsTree(loaded);
  const view = vscode.window.createTreeView('casebook.followUps', { treeDataProvider: tree, showCollapseAll: true });
  const status = statusItem();
  let items: readonly Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;

  const isMine = () => context.globalState.get<boolean>(ONLY_MINE, false);
  const update = async (isDay = false) => {
    const onlyMine = isMine();
    const wanted = itemsOf(store.summaries(), onlyMine ? await me() : undefined);
    // the view of the next casebook has the same id: a late answer of this one must not show there
    if (isDisposed) return;
    items = wanted;
    const now = clock.now();
    const counts = countsOf(items, now, clock);
    tree.show(groupItems(items, now, clock), now);
    const words = [countWords(counts), onlyMine ? vscode.l10n.t('only mine') : ''];
    view.description = words.filter((word) => word !== '').join(' · ');
    // a message stands in place of the welcome, which says that nothing is due below a badge that counts urgent cases
    const attention = attentionOf(store.summaries(), now);
    view.message = attention.isNothingDue && !onlyMine ? attentionWords(attention) : '';
    showStatus(status, counts);
    void vscode.commands.executeCommand('setContext', 'casebook.followUps.onlyMine', onlyMine);
    // one timer, for the moment at which something reads otherwise
    clearTimeout(timer);
    const next = Math.min(nextChange(items, now, clock), nextAlarm(items, now) ?? Number.MAX_VALUE);
    timer = setTimeout(() => refresh(), next - now);
    await remind(casebook, items, isDay);
  };
  const refresh = (isDay = false) => {
    update(isDay).catch((error: unknown) => logError(log, 'follow-ups', error));
  };
  const setMine = async (onlyMine: boolean) => {
    await context.globalState.update(ONLY_MINE, onlyMine);
    await update();
  };
  const itemFor = async (node: Node | undefined): Promise<Item | undefined> => {
    if (node?.kind === 'due') return node;
    const open = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
    const ofCase = items.filter(({ summary }) => summary.id === open);
    return pickItem(ofCase.length > 0 ? ofCase : items, clock.now());
  };
  void loaded.then(() => refresh(true));

  // the event also tells of a person who pauses and goes on
  let wasFocused = vscode.window.state.focused;
  return vscode.Disposable.from(
    view,
    tree,
    status,
    store.onDidChange(() => refresh()),
    new vscode.Disposable(() => {
      isDisposed = true;
      clearTimeout(timer);
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // a machine that slept may have slept over midnight, and over its timers
      if (focused && !wasFocused) refresh(true);
      wasFocused = focused;
    }),
    run('casebook.followUps.onlyMine', () => setMine(true)),
    run('casebook.followUps.everyone', () => setMine(false)),
    run('casebook.followUps.showMore', (key: GroupKey) => tree.showMore(key)),
    run('casebook.followUps.do', async (node?: Node) => {
      if (node?.kind !== 'due') return;
      const { summary, due } = node;
      await vscode.commands.executeCommand('casebook.case.open', summary.id, actionFor(due.kind, summary));
    }),
    run(
      'casebook.followUps.snooze',
      async (node?: Node) => {
        const item = await itemFor(node);
        if (item) await snooze(casebook, item);
      },
      { writes: true },
    ),
    run('casebook.followUps.askSnooze', (title: string, due: Due) => askSnooze(title, due, clock)),
    run(
      'casebook.case.saveAppointment',
      async (target?: string | Node) => {
        const id = typeof target === 'string' ? target : await caseWithAppointment(target, items);
        if (id !== undefined) await saveAppointment(casebook, id);
      },
      { writes: true },
    ),
  );
}

/** The row's case, else the one whose form is in front, else one that is picked. */
async function caseWithAppointment(node: Node | undefined, items: readonly Item[]): Promise<string | undefined> {
  if (node?.kind === 'due') return node.summary.id;
  const open = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
  if (open !== undefined) return open;
  const agreed = items.filter(({ due }) => due.kind === 'appointment');
  if (agreed.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No upgrade is agreed with a customer now.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    agreed.map(({ summary }) => ({ label: rowTitleOf(summary), description: summary.id })),
    { placeHolder: vscode.l10n.t('The appointment of which case?') },
  );
  return picked?.description;
}

function statusItem(): vscode.StatusBarItem {
  const status = vscode.window.createStatusBarItem('casebook.followUps', vscode.StatusBarAlignment.Left, 10);
  status.name = vscode.l10n.t('Casebook Follow-ups');
  status.command = 'casebook.followUps.focus';
  return status;
}

/** "2 overdue · 3 today"; empty when nothing is. */
function countWords({ overdue, today }: Counts): string {
  const words = [
    overdue > 0 ? vscode.l10n.t('{0} overdue', overdue) : '',
    today > 0 ? vscode.l10n.t('{0} today', today) : '',
  ];
  return words.filter((word) => word !== '').join(' · ');
}

function showStatus(status: vscode.StatusBarItem, counts: Counts): void {
  const words = countWords(counts);
  if (words === '') {
    status.hide();
    return;
  }
  status.text = `$(${counts.overdue > 0 ? 'warning' : 'bell'}) ${words}`;
  status.tooltip = vscode.l10n.t('Follow-ups in Casebook: {0}. Click to show them.', words);
  status.accessibilityInformation = { label: vscode.l10n.t('Casebook follow-ups: {0}', words) };
  status.show();
}
