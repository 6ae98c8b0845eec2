/** How the badge and the Follow-ups view say which cases press: the same words, so that one explains the other. */
import * as vscode from 'vscode';
import type { Attention } from '../domain/summary';

/** "2 urgent, nothing is due" where nothing has a date; empty when no case presses. */
export function attentionWords({ cases, isNothingDue }: Attention): string {
  if (cases === 0) return '';
  return isNothingDue
    ? vscode.l10n.t('{0} urgent, nothing is due', cases)
    : vscode.l10n.t('Urgent or overdue: {0}', cases);
}
