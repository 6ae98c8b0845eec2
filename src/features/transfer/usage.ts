/** Casebook: Import Usage Figures… Figures that were lawfully collected elsewhere; Casebook collects nothing itself. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { ZoneTime } from '../../domain/report/calendar';
import { DateReader } from '../../domain/transfer/dates';
import { planUsage, unknownCustomers } from '../../domain/transfer/usage';
import { local } from '../../platform/language';
import type { Session } from '../../platform/session';
import type { TransferPorts } from './importSession';
import { type Origin, UsageQuestions } from './usageQuestions';

/** Lists that long are for a file. */
const SHOWN = 8;

/** Where the last figures came from: next month's mostly come from there again. */
const ORIGIN = 'casebook.import.usage';

export async function importUsage(session: Session, ports: TransferPorts, path: string): Promise<void> {
  const { transfer, store, settings } = ports;
  const sheets = await transfer.read(path);
  const { globalState } = session.context;
  const said = await new UsageQuestions(sheets, globalState.get<Partial<Origin>>(ORIGIN, {})).run();
  if (!said) return;
  const { table, mapping, order } = said;
  const { rows, rejected, crossing, isMonthly } = planUsage(table, mapping, new DateReader(order, new ZoneTime('UTC')));
  const refused = listed(
    rejected.map(({ row, column, reason }) =>
      column === ''
        ? vscode.l10n.t('Row {0}: {1}', row, local(reason))
        : vscode.l10n.t('Row {0}, {1}: {2}', row, column, local(reason)),
    ),
  );
  if (rows.length === 0) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('No row of {0} can be taken; nothing was written.', basename(path)),
      { modal: true, detail: refused },
    );
    return;
  }
  await store.load();
  const strangers = unknownCustomers(rows, settings.current(), store.summaries());
  const detail = [
    [vscode.l10n.t('Source: {0}', mapping.source), vscode.l10n.t('Legal basis: {0}', mapping.legalBasis)],
    isMonthly && [vscode.l10n.t('Every date is the first of a month; the figures are taken for whole months.')],
    strangers.length > 0 && [
      vscode.l10n.t('Customers that no case and no list of the team names; check the spelling:'),
      listed(strangers.map((name) => `• ${name}`)),
    ],
    crossing > 0 && [
      vscode.l10n.t(
        'Rows whose days other rows of the same customer share: {0}. The shorter span counts for its days, the longer one for the rest; nothing counts twice.',
        crossing,
      ),
    ],
    refused !== '' && [vscode.l10n.t('Refused:'), refused],
  ]
    .flatMap((part) => (part === false ? [] : [part.join('\n')]))
    .join('\n\n');
  const yes = vscode.l10n.t('Import');
  const question = vscode.l10n.t('Rows to import: {0}. Rows refused: {1}.', rows.length, rejected.length);
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return;
  const name = basename(path).replace(/\.[^.]*$/, '');
  const written = await transfer.writeUsage(name, rows);
  const open = vscode.l10n.t('Open the File');
  const told = vscode.l10n.t(
    'The usage figures are in the casebook (rows: {0}); the service report counts them.',
    rows.length,
  );
  void vscode.window.showInformationMessage(told, open).then((answer) => {
    if (answer === open) void vscode.window.showTextDocument(vscode.Uri.file(written));
  });
  await globalState.update(ORIGIN, { source: mapping.source, legalBasis: mapping.legalBasis } satisfies Origin);
}

function listed(lines: readonly string[]): string {
  const more = lines.length > SHOWN ? [vscode.l10n.t('… and {0} more', lines.length - SHOWN)] : [];
  return [...lines.slice(0, SHOWN), ...more].join('\n');
}
