/** Choosing which cases the view shows, and keeping such a choice under a name. */
import * as vscode from 'vscode';
import type { CaseSummary } from '../../domain/summary';
import { urgencies } from '../../domain/sop/fields';
import { local } from '../../platform/language';
import {
  type Around,
  type Condition,
  countsOf,
  type Facet,
  facets,
  filterOf,
  isPeriod,
  sameConditions,
} from './facets';
import { asSetting, builtIn, readSavedFilters, type SavedFilter, type SavedFilters } from './savedFilters';
import { conditionWord, facetWord } from './words';

const KEY = 'cases.savedFilters';
const PERIODS = ['P1D', 'P7D', 'P30D', 'P90D'];

interface FilterItem extends vscode.QuickPickItem {
  readonly conditions: readonly Condition[];
  /** Asks for days. */
  readonly asks?: true;
}

const sameCondition = (a: Condition) => (b: Condition) => a.facet === b.facet && a.value === b.value;

export function savedFilters(): readonly SavedFilter[] {
  return readSavedFilters(vscode.workspace.getConfiguration('casebook').get<unknown>(KEY));
}

/** Saved filters first, then every condition with the number of cases that meet it. @returns undefined: as it was */
export async function pickFilter(
  summaries: readonly CaseSummary[],
  around: Around,
  current: readonly Condition[],
): Promise<readonly Condition[] | undefined> {
  const named = namedItems(summaries, around, current);
  const covered = named.filter(({ picked }) => picked).flatMap(({ conditions }) => conditions);
  const rest = current.filter((condition) => !covered.some(sameCondition(condition)));
  const items = [
    { label: vscode.l10n.t('Saved filters'), kind: vscode.QuickPickItemKind.Separator, conditions: [] },
    ...named,
    ...conditionItems(summaries, around, rest, current),
  ];
  const picked = await vscode.window.showQuickPick<FilterItem>(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Show only cases that are…'),
  });
  if (!picked) return undefined;
  const chosen = picked.flatMap(({ conditions }) => conditions);
  if (picked.some(({ asks }) => asks)) {
    const period = await askPeriod();
    if (period === undefined) return undefined;
    chosen.push({ facet: 'received', value: period });
  }
  return chosen.filter((condition, index) => chosen.findIndex(sameCondition(condition)) === index);
}

function namedItems(
  summaries: readonly CaseSummary[],
  around: Around,
  current: readonly Condition[],
): readonly (FilterItem & { readonly picked: boolean })[] {
  const own = savedFilters();
  const given = builtIn
    .map(({ label, conditions }) => ({ name: local(label), conditions }))
    .filter(({ name }) => !own.some((filter) => filter.name === name));
  return [...own, ...given].map(({ name, conditions }) => ({
    label: name,
    description: String(summaries.filter(filterOf(conditions, around)).length),
    conditions,
    picked: current.length > 0 && conditions.every((condition) => current.some(sameCondition(condition))),
  }));
}

function conditionItems(
  summaries: readonly CaseSummary[],
  around: Around,
  ticked: readonly Condition[],
  current: readonly Condition[],
): readonly FilterItem[] {
  // a saved filter of this one condition stands above already
  const isNamed = (condition: Condition) => builtIn.some(({ conditions }) => sameConditions(conditions, [condition]));
  const items: FilterItem[] = [];
  let heading = '';
  for (const facet of facets) {
    const choices = choicesOf(summaries, facet, around, current).filter(({ condition }) => !isNamed(condition));
    const section = facetWord(facet);
    const isAsked = facet === 'received';
    if (choices.length === 0 && !isAsked) continue;
    if (section !== heading) {
      items.push({ label: section, kind: vscode.QuickPickItemKind.Separator, conditions: [] });
      heading = section;
    }
    for (const { condition, count } of choices) {
      items.push({
        label: conditionWord(condition),
        description: String(count),
        conditions: [condition],
        picked: ticked.some(sameCondition(condition)),
      });
    }
    if (isAsked) items.push({ label: vscode.l10n.t('Between two days…'), conditions: [], asks: true });
  }
  return items;
}

interface Choice {
  readonly condition: Condition;
  readonly count: number;
}

/** The values that occur, and those that are asked for though none of the cases has them any more. */
function choicesOf(
  summaries: readonly CaseSummary[],
  facet: Facet,
  around: Around,
  current: readonly Condition[],
): readonly Choice[] {
  const asked = current.filter((condition) => condition.facet === facet).map(({ value }) => value);
  if (facet === 'received') {
    return [...new Set([...PERIODS, ...asked])].map((value) => {
      const condition = { facet, value };
      return { condition, count: summaries.filter(filterOf([condition], around)).length };
    });
  }
  const counts = new Map(countsOf(summaries, facet, around));
  const values = [...counts.keys(), ...asked.filter((value) => !counts.has(value))];
  const ordered =
    facet === 'urgency'
      ? urgencies.map(({ value }) => value).filter((value) => values.includes(value))
      : facet === 'stage'
        ? values.toSorted()
        : values;
  return ordered.map((value) => ({ condition: { facet, value }, count: counts.get(value) ?? 0 }));
}

async function askPeriod(): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Received between two days'),
    prompt: vscode.l10n.t('From/to, both included; one of them may be left out: 2026-11-01/2026-11-30'),
    validateInput: (typed) =>
      isPeriod(typed.trim()) ? undefined : vscode.l10n.t('Two days such as 2026-11-01/2026-11-30'),
  });
  return text?.trim();
}

export async function saveFilter(conditions: readonly Condition[]): Promise<void> {
  const name = await askName(vscode.l10n.t('Save the Filter'), '');
  if (name === undefined) return;
  await change((filters) => ({ ...filters, [name]: asSetting(conditions) }));
}

export async function renameFilter(): Promise<void> {
  const filter = await pickSaved(vscode.l10n.t('Which filter is to be renamed?'));
  const name = filter && (await askName(vscode.l10n.t('Rename “{0}”', filter.name), filter.name));
  if (name === undefined || name === filter?.name) return;
  await change((filters) =>
    Object.fromEntries(Object.entries(filters).map(([key, entry]) => [key === filter?.name ? name : key, entry])),
  );
}

export async function deleteFilter(): Promise<void> {
  const filter = await pickSaved(vscode.l10n.t('Which filter is to be deleted?'));
  if (filter)
    await change((filters) => Object.fromEntries(Object.entries(filters).filter(([name]) => name !== filter.name)));
}

async function pickSaved(placeHolder: string): Promise<SavedFilter | undefined> {
  const items = savedFilters().map((filter) => ({
    label: filter.name,
    description: filter.conditions.map(conditionWord).join(', '),
    filter,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no saved filter yet.'));
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.filter;
}

async function askName(title: string, value: string): Promise<string | undefined> {
  const taken = savedFilters().map(({ name }) => name);
  const name = await vscode.window.showInputBox({
    title,
    value,
    prompt: vscode.l10n.t('Name of the filter'),
    validateInput: (typed) => {
      if (typed.trim() === '') return vscode.l10n.t('A name is needed');
      const isTaken = taken.includes(typed.trim()) && typed.trim() !== value;
      return isTaken ? vscode.l10n.t('There is a filter of this name already') : undefined;
    },
  });
  return name?.trim();
}

/** Written where the filters stand: in the workspace's settings, which a team may share, else in the user's own. */
async function change(edit: (filters: SavedFilters) => SavedFilters): Promise<void> {
  const settings = vscode.workspace.getConfiguration('casebook');
  const found = settings.inspect<SavedFilters>(KEY);
  const isShared = found?.workspaceValue !== undefined;
  const filters = (isShared ? found.workspaceValue : found?.globalValue) ?? {};
  const target = isShared ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const edited = edit(filters);
  await settings.update(KEY, Object.keys(edited).length === 0 ? undefined : edited, target);
}
