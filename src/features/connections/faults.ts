/** Says once what is wrong in the settings, when they change to it; the list of connections shows it at any time. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import type { ConnectionProblem } from '../../domain/tickets/connections';
import { openSettings } from '../../platform/connectionSettings';
import { connectionSentence } from '../../platform/ticketSentences';

export function watchFaults({ trackers, bots }: Pick<Casebook, 'trackers' | 'bots'>): vscode.Disposable {
  const sentences = () =>
    [...trackers.problems(), ...bots.problems()].map((problem: ConnectionProblem) => connectionSentence(problem));
  let known = sentences();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration('casebook.trackers') && !change.affectsConfiguration('casebook.bots')) return;
    const now = sentences();
    const fresh = now.filter((sentence) => !known.includes(sentence));
    known = now;
    if (fresh.length === 0) return;
    const open = vscode.l10n.t('Open Settings');
    void vscode.window.showWarningMessage(fresh.join(' '), open).then((answer) => {
      if (answer === open) void openSettings();
    });
  });
}
