/** Notifications: at most one digest a day, and the urgent ones; of several windows one tells them. */
import * as vscode from 'vscode';
import { dueWords } from '../../domain/caseWords';
import { actionFor } from '../../domain/dues';
import type { Casebook } from '../../domain/ports';
import { rowTitleOf } from '../../domain/summary';
import { local } from '../../platform/language';
import { type Alarm, alarmsOf, type Digest, digestOf } from './digest';
import type { Item } from './groups';

type Ports = Pick<Casebook, 'claims' | 'clock' | 'store'>;

const setting = () => vscode.workspace.getConfiguration('casebook').get<string>('reminders', 'on');

/** @param isDay the engineer has just sat down here, which is when the day's digest is told */
export async function remind(ports: Ports, items: readonly Item[], isDay: boolean): Promise<void> {
  const wanted = setting();
  if (wanted === 'off') return;
  const { claims, clock, store } = ports;
  const now = clock.now();
  // each casebook has its own reminders
  const isOurs = (key: string) => claims.claim(`${store.folder}|${key}`);
  for (const alarm of alarmsOf(items, now)) if (await isOurs(alarm.key)) tellAlarm(alarm, now);
  const digest = isDay && wanted !== 'urgentOnly' ? digestOf(items, now, clock) : undefined;
  if (digest && (await isOurs(digest.key))) tellDigest(digest);
}

function tellAlarm({ item }: Alarm, now: number): void {
  const message = vscode.l10n.t('Urgent: {0}. {1}', local(dueWords(item.due, now)), rowTitleOf(item.summary));
  const notify = vscode.l10n.t('Notify the Lead');
  void vscode.window.showWarningMessage(message, notify).then((answer) => {
    if (answer !== notify) return;
    const { summary, due } = item;
    void vscode.commands.executeCommand('casebook.case.open', summary.id, actionFor(due.kind, summary));
  });
}

function tellDigest(digest: Digest): void {
  const show = vscode.l10n.t('Show Follow-ups');
  const urgentOnly = vscode.l10n.t('Only Urgent Reminders');
  void vscode.window.showInformationMessage(digestSentence(digest), show, urgentOnly).then(async (answer) => {
    if (answer === show) await vscode.commands.executeCommand('casebook.followUps.focus');
    if (answer === urgentOnly) {
      const settings = vscode.workspace.getConfiguration('casebook');
      await settings.update('reminders', 'urgentOnly', vscode.ConfigurationTarget.Global);
    }
  });
}

function digestSentence({ overdue, today }: Digest): string {
  if (today === 0) return vscode.l10n.t('Follow-ups overdue: {0}.', overdue);
  if (overdue === 0) return vscode.l10n.t('Follow-ups due today: {0}.', today);
  return vscode.l10n.t('Follow-ups overdue: {0}, due today: {1}.', overdue, today);
}
