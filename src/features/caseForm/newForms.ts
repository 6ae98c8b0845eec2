/** Which form a new case is recorded in: a fresh one, or one that was begun and not sent. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CaseKind } from '../../domain/case/state';
import { newCaseTarget, type Unfinished, unfinishedIn } from '../../domain/intake/newCase';
import type { Casebook } from '../../domain/ports';
import { shortDate } from '../../platform/language';

type Ports = Pick<Casebook, 'store' | 'drafts'>;

export function freshTarget(kind: CaseKind): string {
  return newCaseTarget(kind, randomUUID().slice(0, 8));
}

/** @throws StoreError */
export async function unfinished({ store, drafts }: Ports): Promise<readonly Unfinished[]> {
  return unfinishedIn(store.folder, await drafts.list());
}

/**
 * What was begun is gone on with; where there are several, or one is on the screen already, the user says which.
 * @param open the forms of new cases in this window
 * @returns undefined when the user wants none of them
 */
export async function newFormFor(
  kind: CaseKind,
  begun: readonly Unfinished[],
  open: readonly string[],
): Promise<string | undefined> {
  const ofKind = begun.filter((each) => each.kind === kind);
  const untouched = open.find((target) => !ofKind.some((each) => each.target === target));
  // another window's form is being typed in there
  const ours = ofKind.filter((each) => !each.isHeldElsewhere || open.includes(each.target));
  const [first] = ours;
  if (first === undefined) return untouched ?? freshTarget(kind);
  if (ours.length === 1 && !open.includes(first.target) && untouched === undefined) return first.target;
  return pick(kind, ours, untouched, open);
}

async function pick(
  kind: CaseKind,
  ours: readonly Unfinished[],
  untouched: string | undefined,
  open: readonly string[],
): Promise<string | undefined> {
  const fresh = {
    label: `$(add) ${kind === 'issue' ? vscode.l10n.t('New issue') : vscode.l10n.t('New request')}`,
    description: '',
    target: untouched ?? freshTarget(kind),
  };
  const begun = ours.map((each) => ({
    label: `$(edit) ${vscode.l10n.t('Unfinished: “{0}”', each.title || vscode.l10n.t('Untitled'))}`,
    description: open.includes(each.target)
      ? vscode.l10n.t('open, typed {0}', shortDate(each.savedAt))
      : vscode.l10n.t('draft of {0}', shortDate(each.savedAt)),
    target: each.target,
  }));
  const placeHolder = vscode.l10n.t('Something is unfinished: begin a new one, or go on with it?');
  return (await vscode.window.showQuickPick([fresh, ...begun], { placeHolder }))?.target;
}
