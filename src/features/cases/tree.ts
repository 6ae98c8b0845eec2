/** The Cases view: groups, cases, and under each case the steps of its procedure as a checklist. */
import * as vscode from 'vscode';
import type { CaseSummary } from '../../domain/summary';
import type { Casebook, StoreProblem } from '../../domain/ports';
import { happenedElsewhere } from '../../domain/sop/imported';
import type { CaseState } from '../../domain/case/state';
import { actionsNow, procedureOf } from '../../domain/sop/engine';
import type { Missing } from '../../domain/sop/missing';
import { type StepDef, stepsOf } from '../../domain/sop/procedure';
import { local } from '../../platform/language';
import { caseIcon, caseTooltip, describeCase, describeStep, rowTitle } from './describe';
import { type Around, type Condition, filterOf } from './facets';
import { type Group, groupCases, type Grouping } from './groups';
import { problemItem } from './problems';
import { sortCases, type Sorting } from './sorting';

export type CaseNode = { readonly kind: 'case'; readonly summary: CaseSummary; readonly group: Group };

export type Node =
  | { readonly kind: 'group'; readonly group: Group }
  | CaseNode
  | {
      readonly kind: 'step';
      readonly summary: CaseSummary;
      readonly parent: CaseNode;
      readonly state: CaseState;
      readonly step: StepDef;
      readonly missing: readonly Missing[];
    }
  | { readonly kind: 'more'; readonly group: Group; readonly shown: number }
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: StoreProblem };

/** Rows of a group that are shown at once; the rest follows on request, so that 10,000 closed cases cost nothing. */
const PAGE = 200;

interface Arranged {
  readonly shown: readonly CaseSummary[];
  readonly groups: readonly Group[];
}

export class CasesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly pages = new Map<string, number>();
  /** Until something changes: the editor asks for the roots more often than that. */
  private arranged: Arranged | undefined;
  /** Until the list is complete: an empty one says so instead of welcoming. */
  isLoading = true;
  grouping: Grouping = 'stage';
  sorting: Sorting = 'due';
  filter: readonly Condition[] = [];
  /** The engineer at this machine; empty until it is known. */
  me = '';

  constructor(private readonly casebook: Pick<Casebook, 'store' | 'desk' | 'clock'>) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.arranged = undefined;
    this.changed.fire(undefined);
  }

  showMore(group: Group): void {
    this.pages.set(group.key, (this.pages.get(group.key) ?? PAGE) + PAGE);
    this.refresh();
  }

  around(): Around {
    return { now: this.casebook.clock.now(), me: this.me };
  }

  /** The cases that pass the filter. */
  shown(): readonly CaseSummary[] {
    return this.arrange().shown;
  }

  private arrange(): Arranged {
    if (this.arranged === undefined) {
      const shown = this.casebook.store.summaries().filter(filterOf(this.filter, this.around()));
      this.arranged = { shown, groups: groupCases(shown, this.grouping) };
    }
    return this.arranged;
  }

  /** The case's row; where its group is longer than what is shown of it, more of it is shown. Undefined: filtered out. */
  rowOf(id: string): CaseNode | undefined {
    for (const group of this.arrange().groups) {
      const summary = group.cases.find((each) => each.id === id);
      if (!summary) continue;
      const index = sortCases(group.cases, this.sorting, this.around()).indexOf(summary);
      if (index >= (this.pages.get(group.key) ?? PAGE)) {
        this.pages.set(group.key, Math.ceil((index + 1) / PAGE) * PAGE);
        this.changed.fire(undefined);
      }
      return { kind: 'case', summary, group };
    }
    return undefined;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.roots();
    if (node.kind === 'group') return this.casesOf(node.group);
    if (node.kind === 'case') return this.stepsOfCase(node);
    return [];
  }

  getParent(node: Node): Node | undefined {
    if (node.kind === 'step') return node.parent;
    return node.kind === 'case' && !this.isFlat(node.group) ? { kind: 'group', group: node.group } : undefined;
  }

  /** Without groups the open cases are the roots. */
  private isFlat(group: Group): boolean {
    return this.grouping === 'none' && !group.isPast;
  }

  private roots(): Node[] {
    const problems = this.casebook.store.problems().map((problem): Node => ({ kind: 'problem', problem }));
    const rows = this.arrange().groups.flatMap((group): Node[] =>
      this.isFlat(group) ? this.casesOf(group) : [{ kind: 'group', group }],
    );
    const nodes = [...problems, ...rows];
    return nodes.length === 0 && this.isLoading ? [{ kind: 'loading' }] : nodes;
  }

  private casesOf(group: Group): Node[] {
    const limit = this.pages.get(group.key) ?? PAGE;
    const sorted = sortCases(group.cases, this.sorting, this.around(), limit);
    const cases = sorted.map((summary): Node => ({ kind: 'case', summary, group }));
    return group.cases.length > limit ? [...cases, { kind: 'more', group, shown: limit }] : cases;
  }

  private async stepsOfCase(parent: CaseNode): Promise<Node[]> {
    const { summary } = parent;
    const stored = await this.casebook.store.get(summary.id);
    if (!stored) return [];
    const { state } = stored;
    const missing = this.missingOf(state);
    return stepsOf(procedureOf(state.kind)).map((step) => ({ kind: 'step', summary, parent, state, step, missing }));
  }

  /** What keeps the case from leaving its step by the regular way. */
  missingOf(state: CaseState): readonly Missing[] {
    const possible = actionsNow(state, this.casebook.desk.context());
    const exit = possible.find(({ definition }) => definition.role === 'exit');
    return (exit ?? possible.find(({ definition }) => definition.role === 'part'))?.missing ?? [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return this.groupItem(node.group);
      case 'case':
        return this.caseItem(node);
      case 'step':
        return this.stepItem(node);
      case 'more':
        return this.moreItem(node);
      case 'loading':
        return iconItem(vscode.l10n.t('Reading cases…'), 'loading~spin');
      case 'problem':
        return problemItem(node.problem);
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if (node.kind !== 'case') return item;
    const stored = await this.casebook.store.get(node.summary.id);
    const missing = stored && stored.state.status === 'open' ? this.missingOf(stored.state) : [];
    item.tooltip = caseTooltip(node.summary, stored?.state, missing, this.casebook.clock.now());
    return item;
  }

  private groupItem(group: Group): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    // a filter that leaves past cases alone asks for them
    const isFolded = group.isPast && this.arrange().groups.length > 1;
    const item = new vscode.TreeItem(local(group.label), isFolded ? Collapsed : Expanded);
    item.id = `${this.grouping}/${group.key}`;
    item.description = String(group.cases.length);
    item.contextValue = 'group';
    item.accessibilityInformation = {
      label: vscode.l10n.t('{0}, cases: {1}', local(group.label), group.cases.length),
    };
    return item;
  }

  /** A case may stand under several tags, but a row's id may stand only once in a tree. */
  private rowId({ summary, group }: CaseNode): string {
    return this.grouping === 'tag' ? `${group.key}/${summary.id}` : summary.id;
  }

  private caseItem(node: CaseNode): vscode.TreeItem {
    const { summary } = node;
    const title = rowTitle(summary, this.casebook.clock.now());
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = this.rowId(node);
    item.description = describeCase(summary, this.around(), true);
    item.iconPath = caseIcon(summary, this.casebook.clock.now());
    // an issue at step 5.2 is both: there is a next step, and it can be reopened
    item.contextValue = `case.${summary.kind}.${summary.status}${summary.closedAt === undefined ? '' : '.closed'}`;
    item.accessibilityInformation = { label: [title, item.description].filter(Boolean).join(', ') };
    item.command = {
      command: 'casebook.case.open',
      title: vscode.l10n.t('Open'),
      arguments: [node],
    };
    return item;
  }

  private stepItem({ summary, parent, state, step, missing }: Extract<Node, { kind: 'step' }>): vscode.TreeItem {
    const isCurrent = step.id === state.step && state.status === 'open';
    const isDone =
      step.id < state.step || (step.id === state.step && (state.status === 'archived' || state.status === 'closed'));
    const isElsewhere = isDone && happenedElsewhere(state, step.id);
    const item = new vscode.TreeItem(`${step.id} ${local(step.name)}`);
    item.id = `${this.rowId(parent)}/${step.id}`;
    item.description = isElsewhere ? vscode.l10n.t('not recorded here') : describeStep(state, step.id, missing);
    item.iconPath = isCurrent
      ? new vscode.ThemeIcon('debug-stackframe', new vscode.ThemeColor('charts.yellow'))
      : new vscode.ThemeIcon(isDone ? (isElsewhere ? 'dash' : 'check') : 'circle-small');
    const place = isCurrent
      ? vscode.l10n.t('current')
      : isElsewhere
        ? vscode.l10n.t('not recorded here')
        : isDone
          ? vscode.l10n.t('done')
          : vscode.l10n.t('to do');
    item.accessibilityInformation = {
      label: [`${step.id} ${local(step.name)}`, place, item.description].filter(Boolean).join(', '),
    };
    item.tooltip = [local(step.hint), item.description].filter(Boolean).join('\n');
    item.contextValue = `step.${isCurrent ? 'current' : isDone ? 'done' : 'open'}`;
    item.command = {
      command: 'casebook.case.open',
      title: vscode.l10n.t('Open'),
      arguments: [{ kind: 'case', summary }, isCurrent ? '' : `step:${step.id}`],
    };
    return item;
  }

  private moreItem(node: Extract<Node, { kind: 'more' }>): vscode.TreeItem {
    const item = iconItem(vscode.l10n.t('Show more ({0} left)', node.group.cases.length - node.shown), 'ellipsis');
    item.id = `${this.grouping}/${node.group.key}/more`;
    item.command = { command: 'casebook.cases.showMore', title: vscode.l10n.t('Show more'), arguments: [node] };
    return item;
  }
}

function iconItem(label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
