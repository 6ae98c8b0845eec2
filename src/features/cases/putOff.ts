/** Putting off what is due next, of several cases at once, until one time and for one reason. */
import * as vscode from 'vscode';
import { maySnooze } from '../../domain/dues';
import type { Casebook } from '../../domain/ports';
import type { CaseSummary } from '../../domain/summary';
import { instantOf } from '../../domain/time';
import { runOnEach } from './bulkRun';

const nextToPutOff = ({ dues }: CaseSummary) => dues.find(({ kind }) => maySnooze(kind));

export async function putOff(
  log: vscode.LogOutputChannel,
  { desk }: Pick<Casebook, 'desk'>,
  cases: readonly CaseSummary[],
): Promise<void> {
  const dues = cases.map(nextToPutOff).filter((due) => due !== undefined);
  const [first] = dues.toSorted((a, b) => instantOf(a.at) - instantOf(b.at));
  if (!first) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is due that could be put off.'));
    return;
  }
  const title = vscode.l10n.t('Snooze what is due next: {0} cases', cases.length);
  const asked = await vscode.commands.executeCommand<{ until: string; reason: string } | undefined>(
    'casebook.followUps.askSnooze',
    title,
    first,
  );
  if (!asked) return;
  // of a case that has nothing to put off the guard says so
  const values = (summary: CaseSummary) => ({ due: nextToPutOff(summary)?.kind ?? 'followUp', ...asked });
  await runOnEach(log, vscode.l10n.t('Snooze'), cases, (summary) =>
    desk.act(summary.id, { action: 'snooze', values: values(summary) }),
  );
}
