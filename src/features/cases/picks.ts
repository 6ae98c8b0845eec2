/** Choosing one case out of all, or several of those that are shown. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { ticketName } from '../../domain/tickets/ownTicket';
import { type CaseSummary, rowTitleOf } from '../../domain/summary';
import { describeCase } from './describe';
import type { Around } from './facets';
import { findCases, prepareToFind } from './find';
import { sortCases } from './sorting';

type Wanted = (summary: CaseSummary) => boolean;
type CaseItem = vscode.QuickPickItem & { readonly summary: CaseSummary };

/** More rows than this take the editor longer to show than a person needs to type the next letter. */
const MOST_SHOWN = 100;
/** A pick that takes several keeps all of them. */
const MOST_TO_TICK = 500;

export interface Found {
  readonly summary: CaseSummary;
  /** It is to be shown in the Cases view, not opened. */
  readonly reveal: boolean;
}

export interface FindOptions {
  /** Ids that stand above all others until something is typed. */
  readonly first?: readonly string[];
  readonly placeholder?: string;
  /** What the cases have in common, before their number. */
  readonly about?: string;
}

/** Looks through all cases while somebody types; the editor's own filter is too slow for thousands of them. */
export function findCase(
  { store }: Pick<Casebook, 'store'>,
  around: Around,
  wanted: Wanted,
  {
    first = [],
    placeholder = vscode.l10n.t('Title, customer, ticket or id of the case'),
    about = '',
  }: FindOptions = {},
): Promise<Found | undefined> {
  // asked anew for each letter: the list may still be being read
  const all = () => store.summaries().filter(wanted);
  if (all().length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such case yet.'));
    return Promise.resolve(undefined);
  }
  const pick = vscode.window.createQuickPick<CaseItem>();
  pick.placeholder = placeholder;
  const reveal = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Show in the Cases View') };
  const search = () => {
    const found = all();
    const { cases, total } = findCases(found, pick.value, MOST_SHOWN);
    const likely = pick.value === '' ? first.flatMap((id) => found.find((summary) => summary.id === id) ?? []) : [];
    const shown = [...likely, ...cases.filter((summary) => !likely.includes(summary))];
    pick.items = shown.map((summary) => ({ ...itemOf(summary, around), alwaysShow: true, buttons: [reveal] }));
    const count =
      total > cases.length
        ? vscode.l10n.t('{0} cases, the first {1} are shown', total, cases.length)
        : vscode.l10n.t('Cases: {0}', total);
    pick.title = about === '' ? count : `${about} · ${count}`;
  };
  search();
  const changes = store.onDidChange(search);
  return new Promise((resolve) => {
    const end = (found: Found | undefined) => {
      resolve(found);
      pick.hide();
    };
    pick.onDidChangeValue(search);
    pick.onDidAccept(() => {
      // who types fast presses Enter on what the editor still shows of the letters before: the best of all letters counts
      const item = pick.items.find((shown) => pick.activeItems.includes(shown)) ?? pick.items[0];
      if (item) end({ summary: item.summary, reveal: false });
    });
    pick.onDidTriggerItemButton(({ item }) => end({ summary: item.summary, reveal: true }));
    pick.onDidHide(() => {
      resolve(undefined);
      changes.dispose();
      pick.dispose();
    });
    pick.show();
    // once it is on its way to the screen
    setImmediate(() => prepareToFind(all()));
  });
}

/** @param ticked those that are chosen to begin with */
export async function pickCases(
  cases: readonly CaseSummary[],
  around: Around,
  ticked: ReadonlySet<string>,
  title: string,
): Promise<readonly CaseSummary[] | undefined> {
  if (cases.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such case yet.'));
    return undefined;
  }
  const sorted = sortCases(cases, 'due', around);
  const first = [...sorted.filter(({ id }) => ticked.has(id)), ...sorted.filter(({ id }) => !ticked.has(id))];
  const items = first
    .slice(0, MOST_TO_TICK)
    .map((summary) => ({ ...itemOf(summary, around), picked: ticked.has(summary.id) }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder:
      cases.length > items.length
        ? vscode.l10n.t('The first {0} of {1} cases; a filter of the view narrows them', items.length, cases.length)
        : vscode.l10n.t('Which cases?'),
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ summary }) => summary);
}

function itemOf(summary: CaseSummary, around: Around): CaseItem {
  return {
    label: rowTitleOf(summary),
    description: [summary.id, ticketName(summary.ticketKey)].filter((part) => part !== '').join(' · '),
    detail: describeCase(summary, around),
    summary,
  };
}
