/** Feature: the lead's group hears of an urgent case by itself, where that is set; and a message to a group from a list. */
import * as vscode from 'vscode';
import { GroupTeller, type TellerPorts } from '../../domain/notify/groupTeller';
import { rowTitleOf } from '../../domain/summary';
import { errorOf } from '../../domain/tickets/outbox';
import { textLanguage } from '../../platform/language';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Session } from '../../platform/session';

export function bots(session: Session, casebook: TellerPorts): vscode.Disposable {
  const { log, run } = session;
  const { store } = casebook;
  const teller = new GroupTeller(casebook);
  const isAutomatic = () =>
    vscode.workspace.isTrusted &&
    vscode.workspace.getConfiguration('casebook').get<string>('tellLead') === 'automatically';

  const offer = () => {
    void vscode.commands.executeCommand('setContext', 'casebook.hasBots', casebook.bots.connections().length > 0);
  };
  offer();

  const tellOne = async (id: string) => {
    try {
      const told = await teller.tellLeadItself(id, textLanguage());
      const title = titleOf(id);
      // the case shows it too: nothing that must be read
      if (told.is === 'sent') vscode.window.setStatusBarMessage(wasTold(title), 10_000);
      else if (told.is === 'noLead') notTold(id, title, noLead());
      else if (told.is === 'waiting') notTold(id, title, sentenceOf(errorOf(told.failure)));
    } catch (error) {
      logError(log, 'tell the lead', error);
      notTold(id, titleOf(id), sentenceOf(error));
    }
  };
  const titleOf = (id: string) => {
    const summary = store.summaries().find((each) => each.id === id);
    return summary ? rowTitleOf(summary) : id;
  };

  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('casebook.bots')) offer();
    }),
    // 'all': somebody else's changes came in as a whole, and whatever is urgent among them was told there
    store.onDidChange((ids) => {
      if (ids === 'all' || !isAutomatic()) return;
      for (const id of ids) void tellOne(id);
    }),
    run(
      'casebook.case.tellGroup',
      async (node?: { readonly summary?: { readonly id: string } }) => {
        const clicked = node?.summary?.id;
        const front = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
        const id =
          clicked ??
          (store.summaries().some((each) => each.id === front) ? front : undefined) ??
          (await vscode.commands.executeCommand<string | undefined>(
            'casebook.cases.pick',
            vscode.l10n.t('A message about which case?'),
          ));
        if (id !== undefined) await vscode.commands.executeCommand('casebook.case.open', id, 'tellGroup');
      },
      { writes: true },
    ),
  );
}

const wasTold = (title: string) => vscode.l10n.t("The R&D lead's group was told: {0}", title);
const noLead = () =>
  vscode.l10n.t(
    'Nobody is named as the R&D lead of a group with a bot. Name the lead in the setting casebook.bots, and tell them yourself now.',
  );

/** Not waited for: it may stay unread for hours, and the case says that it is due. */
function notTold(id: string, title: string, why: string): void {
  const open = vscode.l10n.t('Open Case');
  const message = vscode.l10n.t('The R&D lead has not been told of the urgent case {0}. {1}', title, why);
  void vscode.window.showWarningMessage(message, open).then(async (answer) => {
    if (answer === open) await vscode.commands.executeCommand('casebook.case.open', id);
  });
}
