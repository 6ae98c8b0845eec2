/** A message to a group whose only news is that its bot works. */
import * as vscode from 'vscode';
import { BotError } from '../../domain/notify/bot';
import type { Casebook } from '../../domain/ports';
import { say, w } from '../../domain/words';
import { textLanguage } from '../../platform/language';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { tellingSentence } from './words';

const TEXT = w(
  'Test message from Casebook: this group will hear of urgent cases, plans and follow-ups here.',
  '案例簿测试消息：紧急案例、计划和跟进情况将通过本机器人通知到群。',
);

export async function tellTest(session: Session, { bots }: Pick<Casebook, 'bots'>, group: string): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Telling {0} …', group),
    cancellable: true,
  };
  try {
    await vscode.window.withProgress(options, async (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      await (await bots.open(group)).send(say(TEXT, textLanguage()), controller.signal);
    });
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} was told.', group));
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    logError(session.log, 'test message', error);
    void vscode.window.showErrorMessage(`${group}: ${tellingSentence(error)}`);
  }
}
