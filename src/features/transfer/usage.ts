/** Casebook: Import Usage Figures… Figures that were lawfully collected elsewhere; Casebook collects nothing itself. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { ZoneTime } from '../../domain/report/calendar';
import { DateReader, orderOf } from '../../domain/transfer/dates';
import type { Table } from '../../domain/transfer/table';
import { guessUsage, planUsage, usageLabels, type UsageMapping } from '../../domain/transfer/usage';
import { local } from '../../platform/language';
import type { TransferPorts } from './importSession';

type Column = keyof typeof usageLabels;

/** Lists that long are for a file. */
const SHOWN = 8;

export async function importUsage({ transfer }: TransferPorts, path: string): Promise<void> {
  const [sheet] = await transfer.read(path);
  if (!sheet) return;
  const { table } = sheet;
  const mapping = await askMapping(table);
  if (!mapping) return;
  const dates = await datesOf(table, mapping.period);
  if (!dates) return;
  const { rows, rejected } = planUsage(table, mapping, dates);
  const reasons = rejected
    .slice(0, SHOWN)
    .map(({ row, column, reason }) =>
      column === ''
        ? vscode.l10n.t('Row {0}: {1}', row, local(reason))
        : vscode.l10n.t('Row {0}, {1}: {2}', row, column, local(reason)),
    );
  const more = rejected.length > SHOWN ? [vscode.l10n.t('… and {0} more', rejected.length - SHOWN)] : [];
  const detail = [...reasons, ...more].join('\n');
  if (rows.length === 0) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t('No row of {0} can be taken; nothing was written.', basename(path)),
      { modal: true, detail },
    );
    return;
  }
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
}

async function askMapping(table: Table): Promise<UsageMapping | undefined> {
  let mapping = guessUsage(table);
  for (const column of Object.keys(usageLabels) as Column[]) {
    const isOptional = column === 'logins' || column === 'coreUses';
    const chosen = await askColumn(table, column, mapping[column], isOptional);
    if (chosen === undefined) return undefined;
    mapping = { ...mapping, [column]: chosen };
  }
  if (mapping.logins === '' && mapping.coreUses === '') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('A column for logins or for uses of core features is needed; nothing was imported.'),
    );
    return undefined;
  }
  const source = await ask(
    vscode.l10n.t('Where do the figures come from?'),
    vscode.l10n.t('e.g. login statistics of the management console, exported on 1 October'),
  );
  if (source === undefined) return undefined;
  const legalBasis = await ask(
    vscode.l10n.t('On what legal basis may they be used?'),
    vscode.l10n.t('e.g. clause 7 of the service contract, or the consent of the customer'),
  );
  return legalBasis === undefined ? undefined : { ...mapping, source, legalBasis };
}

async function askColumn(
  table: Table,
  column: Column,
  guess: string,
  isOptional: boolean,
): Promise<string | undefined> {
  const example = (header: string) => table.rows[0]?.[table.headers.indexOf(header)] ?? '';
  const items = table.headers.map((label) => ({ label, description: example(label), header: label }));
  const none = { label: vscode.l10n.t('$(dash) No such column'), description: '', header: '' };
  const all = [...items.filter(({ header }) => header === guess), ...items.filter(({ header }) => header !== guess)];
  const picked = await vscode.window.showQuickPick(
    isOptional ? (guess === '' ? [none, ...all] : [...all, none]) : all,
    {
      title: vscode.l10n.t('Import Usage Figures'),
      placeHolder: vscode.l10n.t('Which column says: {0}?', local(usageLabels[column])),
      ignoreFocusOut: true,
    },
  );
  return picked?.header;
}

function ask(prompt: string, placeHolder: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Import Usage Figures'),
    prompt,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('The report names it: it cannot be left out.') : ''),
  });
}

async function datesOf(table: Table, period: string): Promise<DateReader | undefined> {
  const column = table.headers.indexOf(period);
  const order = orderOf(table.rows.map((row) => row[column] ?? ''));
  const zone = new ZoneTime('UTC');
  if (order === 'dmy' || order === 'mdy') return new DateReader(order, zone);
  if (order === 'none') return new DateReader('dmy', zone);
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Day first: 31/12/2026'), order: 'dmy' as const },
      { label: vscode.l10n.t('Month first: 12/31/2026'), order: 'mdy' as const },
    ],
    { placeHolder: vscode.l10n.t('The dates can be read both ways. Which comes first?'), ignoreFocusOut: true },
  );
  return picked && new DateReader(picked.order, zone);
}
