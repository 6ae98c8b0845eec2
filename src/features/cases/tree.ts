/** The Cases view: groups, cases, and under each case the steps of its procedure as a checklist. */
import * as vscode from 'vscode';
import type { CaseSummary } from '../../domain/summary';
import { isPressing } from '../../domain/summary';
import type { Casebook, StoreProblem } from '../../domain/ports';
import type { CaseState } from '../../domain/case/state';
import { actionsNow, procedureOf } from '../../domain/sop/engine';
import type { Missing } from '../../domain/sop/missing';
import { type StepDef, stepsOf } from '../../domain/sop/procedure';
import { local } from '../../platform/language';
import { caseIcon, caseTooltip, describeCase, describeStep } from './describe';
import { type Condition, type Group, groupCases, type Grouping, matches, sortCases } from './groups';

export type Node =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'case'; readonly summary: CaseSummary }
  | {
      readonly kind: 'step';
      readonly summary: CaseSummary;
      readonly state: CaseState;
      readonly step: StepDef;
      readonly missing: readonly Missing[];
    }
  | { readonly kind: 'more'; readonly group: Group; readonly shown: number }
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: StoreProblem };

/** Rows of a group that are shown at once; the rest follows on request, so that 10,000 closed cases cost nothing. */
const PAGE = 200;

export class CasesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly pages = new Map<string, number>();
  /** Until the list is complete: an empty one says so instead of welcoming. */
  isLoading = true;
  grouping: Grouping = 'stage';
  filter: readonly Condition[] = [];

  constructor(private readonly casebook: Pick<Casebook, 'store' | 'desk' | 'clock'>) {}

  dispose(): void {
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  showMore(group: Group): void {
    this.pages.set(group.key, (this.pages.get(group.key) ?? PAGE) + PAGE);
    this.refresh();
  }

  /** The cases that pass the filter. */
  shown(): readonly CaseSummary[] {
    const now = this.casebook.clock.now();
    return this.casebook.store.summaries().filter((summary) => matches(summary, this.filter, now));
  }

  attention(): readonly CaseSummary[] {
    const now = this.casebook.clock.now();
    return this.casebook.store.summaries().filter((summary) => isPressing(summary, now));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.roots();
    if (node.kind === 'group') return this.casesOf(node.group);
    if (node.kind === 'case') return this.stepsOfCase(node.summary);
    return [];
  }

  private roots(): Node[] {
    const problems = this.casebook.store.problems().map((problem): Node => ({ kind: 'problem', problem }));
    const groups = groupCases(this.shown(), this.grouping);
    const nodes: Node[] = [...problems, ...groups.map((group): Node => ({ kind: 'group', group }))];
    return nodes.length === 0 && this.isLoading ? [{ kind: 'loading' }] : nodes;
  }

  private casesOf(group: Group): Node[] {
    const limit = this.pages.get(group.key) ?? PAGE;
    const sorted = sortCases(group.cases, this.casebook.clock.now());
    const cases = sorted.slice(0, limit).map((summary): Node => ({ kind: 'case', summary }));
    return group.cases.length > limit ? [...cases, { kind: 'more', group, shown: limit }] : cases;
  }

  private async stepsOfCase(summary: CaseSummary): Promise<Node[]> {
    const stored = await this.casebook.store.get(summary.id);
    if (!stored) return [];
    const { state } = stored;
    const missing = this.missingOf(state);
    return stepsOf(procedureOf(state.kind)).map((step) => ({ kind: 'step', summary, state, step, missing }));
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
        return this.caseItem(node.summary);
      case 'step':
        return stepItem(node);
      case 'more':
        return moreItem(node);
      case 'loading':
        return iconItem(vscode.l10n.t('Reading cases …'), 'loading~spin');
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
    const item = new vscode.TreeItem(local(group.label), group.isPast ? Collapsed : Expanded);
    item.id = `${this.grouping}/${group.key}`;
    item.description = String(group.cases.length);
    item.contextValue = 'group';
    item.accessibilityInformation = {
      label: vscode.l10n.t('{0}, cases: {1}', local(group.label), group.cases.length),
    };
    return item;
  }

  private caseItem(summary: CaseSummary): vscode.TreeItem {
    const now = this.casebook.clock.now();
    const title = summary.title === '' ? summary.id : summary.title.replaceAll('\n', ' ');
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = summary.id;
    item.description = describeCase(summary, now);
    item.iconPath = caseIcon(summary, now);
    // an issue at step 5.2 is both: there is a next step, and it can be reopened
    item.contextValue = `case.${summary.kind}.${summary.status}${summary.closedAt === undefined ? '' : '.closed'}`;
    item.accessibilityInformation = { label: [title, item.description].filter(Boolean).join(', ') };
    item.command = {
      command: 'casebook.case.open',
      title: vscode.l10n.t('Open'),
      arguments: [{ kind: 'case', summary }],
    };
    return item;
  }
}

function stepItem({ summary, state, step, missing }: Extract<Node, { kind: 'step' }>): vscode.TreeItem {
  const isCurrent = step.id === state.step && state.status === 'open';
  const isDone =
    step.id < state.step || (step.id === state.step && (state.status === 'archived' || state.status === 'closed'));
  const item = new vscode.TreeItem(`${step.id} ${local(step.name)}`);
  item.id = `${summary.id}/${step.id}`;
  item.description = describeStep(state, step.id, missing);
  item.iconPath = isCurrent
    ? new vscode.ThemeIcon('debug-stackframe', new vscode.ThemeColor('charts.yellow'))
    : new vscode.ThemeIcon(isDone ? 'check' : 'circle-small');
  const place = isCurrent ? vscode.l10n.t('current') : isDone ? vscode.l10n.t('done') : vscode.l10n.t('to do');
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

function moreItem(node: Extract<Node, { kind: 'more' }>): vscode.TreeItem {
  const item = iconItem(vscode.l10n.t('Show more ({0} left)', node.group.cases.length - node.shown), 'ellipsis');
  item.command = { command: 'casebook.cases.showMore', title: vscode.l10n.t('Show more'), arguments: [node] };
  return item;
}

function iconItem(label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function problemItem(problem: StoreProblem): vscode.TreeItem {
  const item = iconItem(problemWord(problem), problem.code === 'not-a-case' ? 'info' : 'error');
  item.id = `problem/${problem.code}/${problem.path}`;
  item.description = vscode.workspace.asRelativePath(problem.path);
  item.tooltip = `${problem.path}\n${problem.message}`;
  item.contextValue = `problem.${problem.code}`;
  item.command =
    problem.code === 'folder-missing' || problem.code === 'folder-unreadable'
      ? { command: 'casebook.cases.refresh', title: vscode.l10n.t('Retry') }
      : { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [vscode.Uri.file(problem.path)] };
  return item;
}

function problemWord({ code }: StoreProblem): string {
  switch (code) {
    case 'folder-missing':
      return vscode.l10n.t('The casebook folder is missing. Click to look again.');
    case 'folder-unreadable':
      return vscode.l10n.t('The casebook folder can not be read. Click to try again.');
    case 'not-a-case':
      return vscode.l10n.t('Not a case; left alone');
    case 'case-unreadable':
      return vscode.l10n.t('This case can not be read; its file is kept');
    case 'settings-unreadable':
      return vscode.l10n.t('casebook.json can not be read; defaults are in use');
  }
}
