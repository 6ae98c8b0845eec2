/** The commands on cases: arrange the list, pick a case, and the ways out that need no form. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { type CaseSummary, rowTitleOf } from '../../domain/summary';
import type { Session } from '../../platform/session';
import type { Condition } from './facets';
import { deleteFilter, pickFilter, renameFilter, saveFilter } from './filterPick';
import { type Grouping, groupings } from './groups';
import { handOver } from './handOver';
import { findCase, type Found, pickCases } from './picks';
import { openProblem } from './problems';
import { putOff } from './putOff';
import { type Sorting, sortings } from './sorting';
import { changeTags } from './tagging';
import type { CasesTree, Node } from './tree';
import { groupingWord, sortingWord } from './words';

export interface CasesView {
  readonly tree: CasesTree;
  /** The rows that are selected. */
  selection(): readonly Node[];
  /** Keeps arrangement and filter for the next start and shows them. */
  arranged(): Promise<void>;
  /** Shows progress in the view until it is done. */
  busy(work: Promise<unknown>): Promise<void>;
  /** Selects a case's row. @param asked somebody wants to see it, whatever hides it */
  reveal(id: string, asked: boolean): Promise<void>;
}

type Ports = Pick<Casebook, 'store' | 'desk' | 'clock' | 'settings' | 'me'>;

export function caseCommands(session: Session, casebook: Ports, view: CasesView): vscode.Disposable[] {
  const { run, log } = session;
  const { tree } = view;
  const form = (target: string, focus = '', fromList = false) =>
    vscode.commands.executeCommand('casebook.form.show', target, focus, fromList);
  /** The row that was clicked, else the case whose form is in front, else one that is picked. */
  const chosen = async (node: Node | undefined, wanted: (summary: CaseSummary) => boolean) =>
    summaryOf(node) ?? (await inFront(casebook, wanted)) ?? (await findCase(casebook, tree.around(), wanted))?.summary;
  /** The rows that were clicked, else those that are selected, else the case in front, else some that are picked. */
  const several = async (
    title: string,
    node: Node | undefined,
    nodes: readonly Node[] | undefined,
    wanted: (summary: CaseSummary) => boolean,
  ): Promise<readonly CaseSummary[]> => {
    const clicked = summariesOf(nodes ?? (node ? [node] : []));
    if (clicked.length > 0) return clicked;
    const selected = summariesOf(view.selection());
    if (selected.length > 1) return selected;
    const front = await inFront(casebook, wanted);
    if (front) return [front];
    const ticked = new Set(selected.map(({ id }) => id));
    return (await pickCases(tree.shown().filter(wanted), tree.around(), ticked, title)) ?? [];
  };
  const openFound = async (found: Found | undefined) => {
    if (found && !found.reveal) await form(found.summary.id);
    if (found) await view.reveal(found.summary.id, found.reveal);
  };
  const filterBy = async (filter: readonly Condition[]) => {
    tree.filter = filter;
    await view.arranged();
  };

  return [
    run('casebook.issue.record', () => form('issue'), { writes: true }),
    run('casebook.request.record', () => form('request'), { writes: true }),
    run('casebook.case.open', async (node?: Node | string, focus?: string) => {
      const id = typeof node === 'string' ? node : summaryOf(node)?.id;
      if (id !== undefined) {
        // a row: selecting the next one with Shift and an arrow key must not end in the form
        await form(id, typeof focus === 'string' ? focus : '', typeof node !== 'string');
        return;
      }
      await openFound(await findCase(casebook, tree.around(), anyCase));
    }),
    run('casebook.cases.openOneOf', async (ids: readonly string[], about: string) => {
      const wanted = new Set(ids);
      await openFound(await findCase(casebook, tree.around(), ({ id }) => wanted.has(id), { about }));
    }),
    run('casebook.cases.pick', async (placeholder: string) => {
      const first = await vscode.commands.executeCommand<string[]>('casebook.form.openCases');
      return (await findCase(casebook, tree.around(), anyCase, { first, placeholder }))?.summary.id;
    }),
    run('casebook.case.reveal', async () => {
      const summary = (await inFront(casebook, anyCase)) ?? (await findCase(casebook, tree.around(), anyCase))?.summary;
      if (summary) await view.reveal(summary.id, true);
    }),
    run('casebook.case.advance', async (node?: Node) => {
      const summary = await chosen(node, isOpen);
      if (summary) await form(summary.id, 'exit');
    }),
    run(
      'casebook.case.assign',
      async (node?: Node, nodes?: readonly Node[]) => {
        const cases = await several(vscode.l10n.t('Hand Over Cases'), node, nodes, isOpen);
        if (cases.length > 0) await handOver(log, casebook, cases);
      },
      { writes: true },
    ),
    run(
      'casebook.case.tag',
      async (node?: Node, nodes?: readonly Node[]) => {
        const cases = await several(vscode.l10n.t('Tag Cases'), node, nodes, anyCase);
        if (cases.length > 0) await changeTags(log, casebook, cases);
      },
      { writes: true },
    ),
    run(
      'casebook.case.snooze',
      async (node?: Node, nodes?: readonly Node[]) => {
        const cases = await several(vscode.l10n.t('Snooze Cases'), node, nodes, isUnclosed);
        if (cases.length > 0) await putOff(log, casebook, cases);
      },
      { writes: true },
    ),
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
    run('casebook.case.copyId', async (node?: Node, nodes?: readonly Node[]) => {
      const cases = await several(vscode.l10n.t('Copy Case Ids'), node, nodes, anyCase);
      if (cases.length > 0) await vscode.env.clipboard.writeText(cases.map(({ id }) => id).join('\n'));
    }),
    run('casebook.cases.refresh', async () => {
      await view.busy(casebook.store.refresh());
      tree.refresh();
    }),
    run('casebook.cases.openProblem', (path: string) => openProblem(path)),
    run('casebook.cases.showMore', (node: Node) => {
      if (node.kind === 'more') tree.showMore(node.group);
    }),
    run('casebook.cases.groupBy', async () => {
      const grouping = await pickGrouping(tree.grouping);
      if (grouping === undefined) return;
      tree.grouping = grouping;
      await view.arranged();
    }),
    run('casebook.cases.sortBy', async () => {
      const sorting = await pickSorting(tree.sorting);
      if (sorting === undefined) return;
      tree.sorting = sorting;
      await view.arranged();
    }),
    run('casebook.cases.filter', async () => {
      const filter = await pickFilter(casebook.store.summaries(), tree.around(), tree.filter);
      if (filter !== undefined) await filterBy(filter);
    }),
    run('casebook.cases.clearFilter', () => filterBy([])),
    run('casebook.cases.mine', () => filterBy([...tree.filter.filter(({ facet }) => facet !== 'mine'), mine])),
    run('casebook.cases.everyones', () => filterBy(tree.filter.filter(({ facet }) => facet !== 'mine'))),
    run('casebook.cases.saveFilter', async () => {
      if (tree.filter.length === 0)
        void vscode.window.showInformationMessage(vscode.l10n.t('Filter the cases first, then save the filter.'));
      else await saveFilter(tree.filter);
    }),
    run('casebook.cases.renameFilter', renameFilter),
    run('casebook.cases.deleteFilter', deleteFilter),
  ];
}

const mine: Condition = { facet: 'mine', value: 'me' };
const anyCase = () => true;
const isOpen = (summary: CaseSummary) => summary.status === 'open';
const isClosed = (summary: CaseSummary) => summary.closedAt !== undefined;
const isReopenable = (summary: CaseSummary) => isClosed(summary) || summary.status === 'withdrawn';
/** An issue that is closed stays open until step 5.2 is done, but nothing before that changes any more. */
const isUnclosed = (summary: CaseSummary) => isOpen(summary) && !isClosed(summary);

/** Of a row of this view or of another one that shows cases. */
function summaryOf(node: Node | { readonly summary: CaseSummary } | undefined): CaseSummary | undefined {
  return node !== undefined && 'summary' in node ? node.summary : undefined;
}

function summariesOf(nodes: readonly Node[]): readonly CaseSummary[] {
  const summaries = nodes.map(summaryOf).filter((summary) => summary !== undefined);
  return [...new Map(summaries.map((summary) => [summary.id, summary])).values()];
}

async function inFront({ store }: Ports, wanted: (summary: CaseSummary) => boolean): Promise<CaseSummary | undefined> {
  const id = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
  return store.summaries().find((summary) => summary.id === id && wanted(summary));
}

async function withdraw({ desk }: Ports, summary: CaseSummary): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Withdraw {0}', rowTitleOf(summary)),
    prompt: vscode.l10n.t('Why? The case ends here and stays readable; it can be reopened.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is needed') : undefined),
  });
  if (reason === undefined) return;
  await desk.act(summary.id, { action: 'withdraw', values: { reason } });
}

async function pickGrouping(current: Grouping): Promise<Grouping | undefined> {
  return pickOne(groupings, current, groupingWord, vscode.l10n.t('Group cases by'));
}

async function pickSorting(current: Sorting): Promise<Sorting | undefined> {
  return pickOne(sortings, current, sortingWord, vscode.l10n.t('Sort cases by'));
}

async function pickOne<Choice extends string>(
  choices: readonly Choice[],
  current: Choice,
  word: (choice: Choice) => string,
  placeHolder: string,
): Promise<Choice | undefined> {
  const items = choices.map((choice) => ({
    label: word(choice),
    description: choice === current ? vscode.l10n.t('current') : '',
    choice,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.choice;
}
