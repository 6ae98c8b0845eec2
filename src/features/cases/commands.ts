/** The commands on cases: arrange the list, pick a case, and the ways out that need no form. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { urgencyWords, waitingWords } from '../../domain/caseWords';
import type { CaseSummary } from '../../domain/summary';
import { procedureOf } from '../../domain/sop/engine';
import { urgencies } from '../../domain/sop/fields';
import { personName } from '../../domain/person';
import { local } from '../../platform/language';
import type { Runner } from '../../platform/run';
import { describeCase } from './describe';
import { type Condition, facetOf, type Grouping, groupings } from './groups';
import type { CasesTree, Node } from './tree';

export interface CasesView {
  readonly tree: CasesTree;
  /** Keeps arrangement and filter for the next start and shows them. */
  arranged(): Promise<void>;
}

type Ports = Pick<Casebook, 'store' | 'desk' | 'clock'>;

export function caseCommands(run: Runner, casebook: Ports, view: CasesView): vscode.Disposable[] {
  const { tree } = view;
  const form = (target: string, focus = '') => vscode.commands.executeCommand('casebook.form.show', target, focus);
  /** The row that was clicked, else the case whose form is in front, else one that is picked. */
  const chosen = async (node: Node | undefined, wanted: (summary: CaseSummary) => boolean) =>
    summaryOf(node) ?? (await inFront(casebook, wanted)) ?? (await pickCase(casebook, wanted));

  return [
    run('casebook.issue.record', () => form('issue'), { writes: true }),
    run('casebook.request.record', () => form('request'), { writes: true }),
    run('casebook.case.open', async (node?: Node | string, focus?: string) => {
      const id = typeof node === 'string' ? node : (summaryOf(node) ?? (await pickCase(casebook, anyCase)))?.id;
      if (id !== undefined) await form(id, typeof focus === 'string' ? focus : '');
    }),
    run('casebook.case.advance', async (node?: Node) => {
      const summary = await chosen(node, isOpen);
      if (summary) await form(summary.id, 'exit');
    }),
    run(
      'casebook.case.correct',
      async (node?: Node) => {
        const summary = await chosen(node, isUnclosed);
        if (summary) await form(summary.id, 'correct');
      },
      { writes: true },
    ),
    run(
      'casebook.case.withdraw',
      async (node?: Node) => {
        const summary = await chosen(node, isUnclosed);
        if (summary) await withdraw(casebook, summary);
      },
      { writes: true },
    ),
    run(
      'casebook.case.reopen',
      async (node?: Node) => {
        const summary = await chosen(node, isReopenable);
        if (summary) await form(summary.id, 'reopen');
      },
      { writes: true },
    ),
    run('casebook.case.openLog', async (node?: Node | string) => {
      const id = typeof node === 'string' ? node : (await chosen(node, anyCase))?.id;
      if (id !== undefined)
        await vscode.window.showTextDocument(vscode.Uri.file(casebook.store.pathOf(id)), { preview: true });
    }),
    run('casebook.case.copyId', async (node?: Node) => {
      const summary = await chosen(node, anyCase);
      if (summary) await vscode.env.clipboard.writeText(summary.id);
    }),
    run('casebook.cases.refresh', async () => {
      await casebook.store.refresh();
      tree.refresh();
    }),
    run('casebook.cases.showMore', (node: Node) => {
      if (node.kind === 'more') tree.showMore(node.group);
    }),
    run('casebook.cases.groupBy', async () => {
      const grouping = await pickGrouping(tree.grouping);
      if (grouping === undefined) return;
      tree.grouping = grouping;
      await view.arranged();
    }),
    run('casebook.cases.filter', async () => {
      const filter = await pickFilter(casebook, tree.filter);
      if (filter === undefined) return;
      tree.filter = filter;
      await view.arranged();
    }),
    run('casebook.cases.clearFilter', async () => {
      tree.filter = [];
      await view.arranged();
    }),
  ];
}

const anyCase = () => true;
const isOpen = (summary: CaseSummary) => summary.status === 'open';
const isClosed = (summary: CaseSummary) => summary.closedAt !== undefined;
const isReopenable = (summary: CaseSummary) => isClosed(summary) || summary.status === 'withdrawn';
/** An issue that is closed stays open until step 5.2 is done, but nothing before that changes any more. */
const isUnclosed = (summary: CaseSummary) => isOpen(summary) && !isClosed(summary);

function summaryOf(node: Node | undefined): CaseSummary | undefined {
  return node !== undefined && (node.kind === 'case' || node.kind === 'step') ? node.summary : undefined;
}

async function inFront({ store }: Ports, wanted: (summary: CaseSummary) => boolean): Promise<CaseSummary | undefined> {
  const id = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
  return store.summaries().find((summary) => summary.id === id && wanted(summary));
}

async function pickCase(casebook: Ports, wanted: (summary: CaseSummary) => boolean): Promise<CaseSummary | undefined> {
  const now = casebook.clock.now();
  const items = casebook.store
    .summaries()
    .filter(wanted)
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    .map((summary) => ({
      label: summary.title || summary.id,
      description: summary.id,
      detail: describeCase(summary, now),
      summary,
    }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no such case yet.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Title, customer or id of the case'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.summary;
}

async function withdraw({ desk }: Ports, summary: CaseSummary): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Withdraw {0}', summary.title || summary.id),
    prompt: vscode.l10n.t('Why? The case ends here and stays readable; it can be reopened.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is needed') : undefined),
  });
  if (reason === undefined) return;
  await desk.act(summary.id, { action: 'withdraw', values: { reason } });
}

function groupingWord(grouping: Grouping): string {
  switch (grouping) {
    case 'stage':
      return vscode.l10n.t('Stage of the procedure');
    case 'urgency':
      return vscode.l10n.t('Urgency');
    case 'customer':
      return vscode.l10n.t('Customer');
    case 'owner':
      return vscode.l10n.t('Owner');
    case 'version':
      return vscode.l10n.t('Product and version');
    case 'kind':
      return vscode.l10n.t('Issue or request');
  }
}

async function pickGrouping(current: Grouping): Promise<Grouping | undefined> {
  const items = groupings.map((grouping) => ({
    label: groupingWord(grouping),
    description: grouping === current ? vscode.l10n.t('current') : '',
    grouping,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Group cases by') });
  return picked?.grouping;
}

async function pickFilter(casebook: Ports, current: readonly Condition[]): Promise<readonly Condition[] | undefined> {
  const items = filterItems(casebook).map((item) => ({
    ...item,
    picked: current.some(
      (condition) => condition.facet === item.condition?.facet && condition.value === item.condition.value,
    ),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Show only cases that are …'),
  });
  return picked?.map((item) => item.condition).filter((condition) => condition !== undefined);
}

type FilterItem = vscode.QuickPickItem & { readonly condition?: Condition };

function filterItems({ store, clock }: Ports): FilterItem[] {
  const summaries = store.summaries();
  const now = clock.now();
  const section = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const values = (facet: Condition['facet']): FilterItem[] => {
    const counts = new Map<string, number>();
    for (const summary of summaries) {
      const value = facetOf(summary, facet, now);
      if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([value, count]) => {
        const condition = { facet, value };
        return { label: conditionWord(condition), description: String(count), condition };
      });
  };
  const byUrgency = values('urgency');
  return [
    section(vscode.l10n.t('Attention')),
    ...values('due'),
    ...urgencies.flatMap(({ value }) => byUrgency.filter((item) => item.condition?.value === value)),
    section(vscode.l10n.t('Waiting')),
    ...values('waitingOn'),
    section(vscode.l10n.t('Kind')),
    ...values('kind'),
    section(vscode.l10n.t('Owner')),
    ...values('owner'),
    section(vscode.l10n.t('Customer')),
    ...values('customer'),
    section(vscode.l10n.t('Product and version')),
    ...values('version'),
  ];
}

function conditionWord({ facet, value }: Condition): string {
  switch (facet) {
    case 'due':
      return vscode.l10n.t('Overdue');
    case 'urgency':
      return local(urgencyWords(value));
    case 'waitingOn':
      return value === 'us' || value === 'customer' || value === 'rd' || value === 'manager'
        ? local(waitingWords[value])
        : value;
    case 'kind':
      return local(procedureOf(value === 'issue' ? 'issue' : 'request').name);
    case 'owner':
      return personName(value);
    case 'customer':
    case 'version':
      return value;
  }
}

/** What the view says above the list while a filter is on. */
export function filterMessage(tree: CasesTree, total: number): string | undefined {
  if (tree.filter.length === 0) return undefined;
  const words = tree.filter.map(conditionWord);
  return vscode.l10n.t('Filter: {0} ({1} of {2} cases)', words.join(', '), tree.shown().length, total);
}
