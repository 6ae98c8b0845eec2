/** Putting tags on cases and taking them off. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { tagsOf } from '../../domain/sop/common';
import { type CaseSummary, tagsInUse } from '../../domain/summary';
import { changedTags, type TagChange } from './bulk';
import { runOnEach } from './bulkRun';

type Ports = Pick<Casebook, 'store' | 'desk'>;

interface TagItem extends vscode.QuickPickItem {
  readonly tag: string;
  /** Ticked, it is taken off those that bear it. */
  readonly takesOff?: true;
}

export async function changeTags(
  log: vscode.LogOutputChannel,
  ports: Ports,
  cases: readonly CaseSummary[],
): Promise<void> {
  const change = await pickTags(cases, [...tagsInUse(ports.store.summaries()).keys()]);
  if (!change) return;
  const concerned = cases.filter(({ tags }) => changedTags(tags, change) !== undefined);
  if (concerned.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The tags are so already; nothing was changed.'));
    return;
  }
  await runOnEach(log, vscode.l10n.t('Tag cases'), concerned, async ({ id }) => {
    const stored = await ports.store.get(id);
    // another copy may have changed them while somebody chose
    const tags = changedTags(stored?.state.tags ?? [], change);
    if (tags !== undefined) await ports.desk.act(id, { action: 'tag', values: { tags } });
  });
}

/**
 * Those that all cases bear are ticked, and taken off by unticking. Those that some bear are put on all by ticking, or
 * taken off in a section of their own. A new one is typed; Enter takes what was typed where nothing else was changed.
 */
function pickTags(cases: readonly CaseSummary[], inUse: readonly string[]): Promise<TagChange | undefined> {
  const counts = tagsInUse(cases);
  const onAll = inUse.filter((tag) => counts.get(tag) === cases.length);
  const onSome = inUse.filter((tag) => !onAll.includes(tag) && counts.has(tag));
  const others = inUse.filter((tag) => !counts.has(tag));
  const share = (tag: string) => vscode.l10n.t('{0} of {1}', counts.get(tag) ?? 0, cases.length);
  const section = (label: string): TagItem => ({ label, kind: vscode.QuickPickItemKind.Separator, tag: '' });
  const items: TagItem[] = [
    ...[...onAll, ...onSome, ...others].map((tag) => ({
      label: tag,
      description: onSome.includes(tag) ? share(tag) : '',
      tag,
    })),
    ...(onSome.length === 0 ? [] : [section(vscode.l10n.t('Take off where it is'))]),
    ...onSome.map((tag): TagItem => ({ label: `$(close) ${tag}`, description: share(tag), tag, takesOff: true })),
  ];
  const pick = vscode.window.createQuickPick<TagItem>();
  const title =
    cases.length === 1 ? vscode.l10n.t('Tags of the case') : vscode.l10n.t('Tags of {0} cases', cases.length);
  pick.placeholder = vscode.l10n.t('Tick tags, or type a new one; several with commas between them');
  pick.canSelectMany = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ tag, takesOff }) => onAll.includes(tag) && !takesOff);
  const chosen = () => {
    const takenOff = pick.selectedItems.filter(({ takesOff }) => takesOff).map(({ tag }) => tag);
    const on = pick.selectedItems.filter(({ takesOff }) => !takesOff).map(({ tag }) => tag);
    const unticked = onAll.filter((tag) => !on.includes(tag));
    const isUnchanged = takenOff.length === 0 && unticked.length === 0 && on.length === onAll.length;
    const typed = isUnchanged ? tagsOf({ tags: pick.value.split(/[,，、;；]/) }) : [];
    return { typed, change: { add: [...on, ...typed], remove: [...unticked, ...takenOff] } };
  };
  const show = () => {
    const { typed } = chosen();
    pick.title = typed.length === 0 ? title : vscode.l10n.t('{0} – Enter puts on: {1}', title, typed.join(', '));
  };
  show();
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidChangeSelection(show);
    pick.onDidAccept(() => {
      resolve(chosen().change);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
