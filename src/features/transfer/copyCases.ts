/** Cases that come from Casebook: an export of it, or the folder of another casebook. Nothing is to be mapped. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CaseCopy } from '../../domain/ports';
import { isEventTable, readEvents } from '../../domain/transfer/exported';
import { type FilesCopied, withFiles } from '../../domain/transfer/importer';
import type { Sheet } from '../../domain/transfer/files';
import type { TransferPorts } from './importSession';

/** @returns false where the file is no export of Casebook's */
export async function copyExport(ports: TransferPorts, path: string, sheets: readonly Sheet[]): Promise<boolean> {
  const events = sheets.find(({ table }) => isEventTable(table));
  if (!events) return false;
  const { cases, unreadable } = await readEvents(events.table, ports.breathing());
  const only = vscode.l10n.t(
    'Only the events are read: what was changed in the table of cases since is not taken over.',
  );
  await copy(ports, basename(path), cases, cases.length, [only, ...unreadableWords(unreadable.length)]);
  return true;
}

export async function copyCasebook(ports: TransferPorts, folder: string): Promise<void> {
  const other = await ports.transfer.readCasebook(folder);
  const files: FilesCopied = { copied: 0, different: 0 };
  const told = () => [
    ...(files.copied > 0 ? [vscode.l10n.t('Files copied: {0}.', files.copied)] : []),
    ...(files.different > 0
      ? [vscode.l10n.t('Files left out since another of that name is here: {0}.', files.different)]
      : []),
  ];
  await copy(ports, basename(folder), withFiles(other, ports.attachments, files), other.count, [], told);
}

function unreadableWords(rows: number): readonly string[] {
  return rows > 0 ? [vscode.l10n.t('Rows that cannot be read, and are left out: {0}.', rows)] : [];
}

async function copy(
  { store, transfer }: TransferPorts,
  name: string,
  cases: Iterable<CaseCopy> | AsyncIterable<CaseCopy>,
  count: number,
  notes: readonly string[],
  told: () => readonly string[] = () => [],
): Promise<void> {
  const yes = vscode.l10n.t('Copy Them');
  const detail = [
    vscode.l10n.t('Cases keep their numbers and their whole history. A case that is here already gets what it lacks.'),
    ...notes,
  ].join('\n\n');
  const question = vscode.l10n.t('{0} holds cases of Casebook ({1}). Copy them into this casebook?', name, count);
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, yes);
  if (answer !== yes) return;
  await store.load();
  const title = vscode.l10n.t('Copying cases from {0}', name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const { made, merged } = await vscode.window.withProgress(options, (progress, stop) => {
    let shown = 0;
    const tell = (done: number) => {
      const percent = (done / Math.max(count, 1)) * 100;
      if (percent - shown < 1) return;
      progress.report({ increment: percent - shown, message: vscode.l10n.t('{0} of {1} cases', done, count) });
      shown = percent;
    };
    return transfer.alone((check) => {
      const isCancelled = () => {
        check();
        return stop.isCancellationRequested;
      };
      return store.copyMany(cases, { isCancelled, progress: tell });
    });
  });
  const done = vscode.l10n.t('Cases copied: {0}. Cases here already that got what they lacked: {1}.', made, merged);
  void vscode.window.showInformationMessage([done, ...told()].join(' '));
}
