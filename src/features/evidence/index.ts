/** Feature: what is open in the editor becomes evidence of a case: a selection, or whole files. */
import { extname } from 'node:path';
import * as vscode from 'vscode';
import { kindOfFile } from '../../domain/attachments/names';
import type { Casebook } from '../../domain/ports';
import { rowTitleOf } from '../../domain/summary';
import { askSecrets } from '../../platform/askSecrets';
import { textLanguage } from '../../platform/language';
import { nameOf, readEvidence } from '../../platform/readFile';
import { report } from '../../platform/run';
import type { Session } from '../../platform/session';

type Ports = Pick<Casebook, 'evidence' | 'store'>;

/** A file before it is asked which case it belongs to. */
interface Source {
  readonly name: string;
  readonly note: string;
  readonly read: () => Promise<Uint8Array>;
}

export function evidence(session: Session, ports: Ports): vscode.Disposable {
  const { run } = session;
  return vscode.Disposable.from(
    run('casebook.case.addSelection', () => addSelection(session, ports), { writes: true }),
    run('casebook.case.addFile', (uri?: vscode.Uri, uris?: vscode.Uri[]) => addFiles(session, ports, uri, uris), {
      writes: true,
    }),
  );
}

async function addSelection(session: Session, ports: Ports): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selections = editor?.selections.filter((selection) => !selection.isEmpty) ?? [];
  if (!editor || selections.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Select the lines first that are to be added to a case.'));
    return;
  }
  const { document } = editor;
  const ordered = selections.toSorted((a, b) => a.start.compareTo(b.start));
  const lines = ordered.map(linesOf).join(', ');
  const file = nameOf(document.uri);
  const extension = kindOfFile(file) === 'log' ? extname(file) : '.txt';
  const content = new TextEncoder().encode(ordered.map((selection) => document.getText(selection)).join('\n'));
  const name = `${vscode.l10n.t('{0} lines {1}', file, lines)}${extension}`;
  // colleagues read it: where this machine keeps its files is not their business
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  const source = isInWorkspace ? vscode.workspace.asRelativePath(document.uri) : file;
  const note = vscode.l10n.t('Lines {0} of {1}', lines, source);
  await add(session, ports, [{ name, note, read: async () => content }]);
}

/** A selection up to the beginning of a line ends on the line before. */
function linesOf({ start, end }: vscode.Selection): string {
  const last = end.character === 0 ? end.line : end.line + 1;
  return last > start.line + 1 ? `${start.line + 1}-${last}` : String(start.line + 1);
}

async function addFiles(session: Session, ports: Ports, uri?: vscode.Uri, uris?: readonly vscode.Uri[]): Promise<void> {
  const inFront = vscode.window.activeTextEditor?.document.uri;
  const chosen = uris && uris.length > 0 ? uris : [uri ?? inFront].filter((each) => each !== undefined);
  if (chosen.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the file first that is to be added to a case.'));
    return;
  }
  await add(
    session,
    ports,
    chosen.map((each) => ({ name: nameOf(each), note: '', read: () => readEvidence(each, nameOf(each), ports) })),
  );
}

async function add({ log }: Session, ports: Ports, sources: readonly Source[]): Promise<void> {
  const placeholder =
    sources.length === 1
      ? vscode.l10n.t('{0}: to which case?', sources[0]?.name ?? '')
      : vscode.l10n.t('{0} files: to which case?', sources.length);
  const id = await vscode.commands.executeCommand<string | undefined>('casebook.cases.pick', placeholder);
  if (id === undefined) return;
  const added: string[] = [];
  for (const source of sources) {
    try {
      const name = await addOne(ports, id, source);
      if (name !== undefined) added.push(name);
    } catch (error) {
      report(log, 'evidence', error);
    }
  }
  if (added.length > 0) tell(ports, id, added);
}

/** @returns its name in the case; undefined when it was not to be added after all */
async function addOne(ports: Ports, id: string, { name, note, read }: Source): Promise<string | undefined> {
  const content = await read();
  const secrets = await ports.evidence.secretsIn(content, textLanguage());
  const count = secrets.findings.length;
  if (count === 0) return (await ports.evidence.add(id, { name, content, note })).name;
  const choice = await askSecrets(name, secrets.findings);
  if (choice === undefined) return undefined;
  const file = choice === 'mask' ? { content: secrets.masked(), masked: count } : { content, kept: count };
  return (await ports.evidence.add(id, { name, note, ...file })).name;
}

/** Does not wait for the answer: a notification may stay unread for hours. */
function tell({ store }: Ports, id: string, added: readonly string[]): void {
  const title = rowTitleOf(store.summaries().find((summary) => summary.id === id) ?? { id, title: '' });
  const open = vscode.l10n.t('Open Case');
  const message =
    added.length === 1
      ? vscode.l10n.t('{0} was added to “{1}”.', added[0] ?? '', title)
      : vscode.l10n.t('{0} files were added to “{1}”.', added.length, title);
  void vscode.window.showInformationMessage(message, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('casebook.form.show', id);
  });
}
