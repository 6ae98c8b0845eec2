/** One notification on the first working day after a period: its report is to be made. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import {
  nextReminder,
  nextWorkingDay,
  type Reminder,
  type ReminderInput,
  remindersAt,
} from '../../domain/report/reminder';
import { instantOf } from '../../domain/time';
import { local } from '../../platform/language';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';

const PUT_OFF = 'casebook.report.putOff';
/** Periods whose putting off is remembered; older ones are over. */
const REMEMBERED = 8;
/** Milliseconds; timers count no further than some weeks, and a sleeping machine's stand still. */
const LONGEST_WAIT = 3_600_000;

export type ReminderPorts = Pick<Casebook, 'store' | 'settings' | 'clock' | 'claims' | 'reports' | 'reportShelf'>;

export function reportReminder({ context, log }: Session, ports: ReminderPorts): vscode.Disposable {
  const { store, settings, clock, claims, reports, reportShelf } = ports;
  // each casebook has its own reports
  const key = `${PUT_OFF}|${store.folder}`;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;

  const putOff = () => context.globalState.get<Readonly<Record<string, string>>>(key, {});
  const given = async (): Promise<ReminderInput> => {
    const received = store.summaries().flatMap(({ receivedAt }) => instantOf(receivedAt) || []);
    return {
      settings: settings.current(),
      zone: reports.options().zone,
      now: clock.now(),
      ...(received.length > 0 && { since: received.reduce((first, time) => Math.min(first, time)) }),
      reports: await reportShelf.reports(),
      putOff: putOff(),
    };
  };
  const update = async () => {
    await store.load();
    const input = await given();
    if (isDisposed) return;
    clearTimeout(timer);
    const wait = Math.min((nextReminder(input) ?? Number.MAX_VALUE) - input.now, LONGEST_WAIT);
    timer = setTimeout(look, wait);
    if (vscode.workspace.getConfiguration('casebook').get<string>('reminders', 'on') !== 'on') return;
    for (const reminder of remindersAt(input)) {
      const { period, day } = reminder;
      if (await claims.claim(`${store.folder}|report|${period.id}|${day}`)) tell(reminder);
    }
  };
  const look = () => {
    update().catch((error: unknown) => logError(log, 'report reminder', error));
  };
  const tell = ({ period }: Reminder) => {
    const open = vscode.l10n.t('Open the Report');
    const later = vscode.l10n.t('Remind Me Next Working Day');
    const message = vscode.l10n.t('{0} is over: its service report can be made now.', local(period.label));
    void vscode.window.showInformationMessage(message, open, later).then(async (answer) => {
      if (answer === open) await vscode.commands.executeCommand('casebook.report.open', period.id);
      const day = nextWorkingDay({ settings: settings.current(), zone: period.zone, now: clock.now() });
      if (answer !== later || day === undefined) return;
      const others = Object.entries(putOff()).filter(([id]) => id !== period.id);
      const latest = [...others, [period.id, day]].slice(-REMEMBERED);
      await context.globalState.update(key, Object.fromEntries(latest));
      look();
    });
  };
  look();

  let wasFocused = vscode.window.state.focused;
  return vscode.Disposable.from(
    new vscode.Disposable(() => {
      isDisposed = true;
      clearTimeout(timer);
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // the night may have passed, and with it a timer of a machine that slept
      if (focused && !wasFocused) look();
      wasFocused = focused;
    }),
  );
}
