/** One action on several cases with progress, and an honest word about what came of it. */
import * as vscode from 'vscode';
import { type CaseSummary, rowTitleOf } from '../../domain/summary';
import { sentenceOf } from '../../platform/sentences';
import { actOnEach, type BulkResult } from './bulk';

/** @throws what was refused, where it is one case: that says more than a count of one */
export async function runOnEach(
  log: vscode.LogOutputChannel,
  title: string,
  cases: readonly CaseSummary[],
  act: (summary: CaseSummary) => Promise<unknown>,
): Promise<void> {
  const [only] = cases;
  if (only && cases.length === 1) {
    await act(only);
    return;
  }
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      actOnEach(
        cases,
        act,
        () => token.isCancellationRequested,
        (summary, index) =>
          progress.report({
            increment: index === 0 ? 0 : 100 / cases.length,
            message: vscode.l10n.t('{0} of {1}: {2}', index + 1, cases.length, rowTitleOf(summary)),
          }),
      ),
  );
  for (const { summary, error } of result.refused) log.warn(`${title}: ${summary.id}: ${sentenceOf(error)}`);
  void tell(title, result);
}

async function tell(title: string, result: BulkResult): Promise<void> {
  const { done, refused, left } = result;
  const counts = [
    vscode.l10n.t('{0} done', done.length),
    refused.length === 0 ? '' : vscode.l10n.t('{0} refused', refused.length),
    left.length === 0 ? '' : vscode.l10n.t('{0} not begun, since you cancelled', left.length),
  ];
  const sentence = vscode.l10n.t('{0}: {1}.', title, counts.filter((count) => count !== '').join(', '));
  if (refused.length === 0) {
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  const show = vscode.l10n.t('Show Why');
  if ((await vscode.window.showWarningMessage(sentence, show)) !== show) return;
  const items = refused.map(({ summary, error }) => ({
    label: rowTitleOf(summary),
    description: summary.id,
    detail: sentenceOf(error),
    summary,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('What was refused, and why; Enter opens the case'),
  });
  if (picked) await vscode.commands.executeCommand('casebook.case.open', picked.summary.id);
}
