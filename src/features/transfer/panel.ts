/** The import page: a file's columns become fields of cases; tried without writing, then imported. */
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Sheet } from '../../domain/transfer/files';
import { type Mapping, readMapping } from '../../domain/transfer/mapping';
import { leftOut } from '../../domain/transfer/leftOut';
import { rowAt } from '../../domain/transfer/table';
import { editorLanguage, local } from '../../platform/language';
import { type Channel, connect } from '../../platform/rpc';
import { logError } from '../../platform/run';
import { sentenceOf } from '../../platform/sentences';
import type { Session } from '../../platform/session';
import { viewRoots, webviewHtml } from '../../platform/webviewHtml';
import { type FromView, fromViewSchema, type ToView } from './protocol';
import { type ImportSession, openImport, type TransferPorts } from './importSession';

/** Mappings that were used on this machine and not saved, so that a page that was closed begins where it was. */
const RECENT = 'casebook.import.mappings';
const RECENT_KEPT = 5;

export async function showImport(
  session: Session,
  ports: TransferPorts,
  path: string,
  sheets: readonly Sheet[],
): Promise<vscode.Disposable> {
  const recent = session.context.globalState.get<unknown[]>(RECENT, []).flatMap((raw) => readMapping(raw) ?? []);
  const saved = await ports.transfer.mappings();
  const zone = ports.settings.current().calendar.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const file = await openImport(ports, basename(path), sheets, zone, [...recent, ...saved]);
  return new ImportPanel(session, ports, path, file, saved);
}

class ImportPanel implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly view: Channel<ToView> & vscode.Disposable;
  private queue: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    private readonly session: Session,
    private readonly ports: TransferPorts,
    private readonly path: string,
    private readonly file: ImportSession,
    private saved: readonly Mapping[],
  ) {
    const { extensionUri } = session.context;
    this.panel = vscode.window.createWebviewPanel(
      'casebook.import',
      vscode.l10n.t('Import {0}', file.fileName),
      vscode.ViewColumn.Active,
      // what was chosen but not tried yet must survive a look at another tab
      { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: viewRoots(extensionUri) },
    );
    const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
    this.panel.iconPath = { light: icon('tab-light.svg'), dark: icon('tab-dark.svg') };
    this.view = connect<ToView, typeof fromViewSchema>(this.panel.webview, fromViewSchema, session.log, (message) => {
      // stopping must not wait for what it stops
      if (message.type === 'cancel') this.file.cancel();
      else this.queue = this.queue.then(() => this.receive(message)).catch((error: unknown) => this.failed(error));
    });
    this.panel.onDidDispose(() => {
      this.isClosed = true;
      this.file.cancel();
      this.view.dispose();
    });
    this.panel.webview.html = webviewHtml(this.panel.webview, extensionUri, 'transfer');
  }

  dispose(): void {
    this.panel.dispose();
  }

  private failed(error: unknown): void {
    logError(this.session.log, 'import', error);
    if (this.isClosed) void vscode.window.showErrorMessage(sentenceOf(error));
    else this.view.send({ type: 'failed', message: sentenceOf(error) });
  }

  private async receive(message: Exclude<FromView, { type: 'cancel' }>): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.show();
      case 'change': {
        const mapping = readMapping({ ...message.mapping, zone: 'UTC' });
        if (mapping) this.file.change({ ...mapping, zone: message.mapping.zone });
        return this.look();
      }
      case 'sheet':
        await this.file.choose(message.sheet);
        return this.show();
      case 'load': {
        const mapping = this.saved.find(({ name }) => name === message.name);
        if (mapping) this.file.change(mapping);
        return this.show();
      }
      case 'save': {
        const mapping = { ...this.file.mapping, name: message.name.trim() };
        await this.ports.transfer.saveMapping(mapping);
        this.file.change(mapping);
        this.saved = await this.ports.transfer.mappings();
        this.view.send({ type: 'saved', name: mapping.name, saved: this.saved.map(({ name }) => name) });
        return this.look();
      }
      case 'try':
        await this.remember();
        this.view.send({ type: 'tried', trial: await this.file.try() });
        return;
      case 'import':
        return this.run(message.isLearning);
      case 'showRejected':
        return this.showRejected();
      case 'showCases':
        await vscode.commands.executeCommand('casebook.cases.focus');
        return;
    }
  }

  private look(): void {
    const { mapping } = this.file;
    this.view.send({ type: 'look', mapping, order: this.file.order(), lacks: this.file.lacks() });
  }

  private show(): void {
    const { file } = this;
    this.view.send({
      type: 'show',
      page: {
        fileName: file.fileName,
        sheets: file.sheets.map(({ name }) => name),
        sheet: file.sheet,
        headers: file.table.headers,
        rowCount: file.rowCount,
        headerRow: file.table.headerRow ?? 1,
        preview: file.preview,
        words: file.words(),
        order: file.order(),
        mapping: file.mapping,
        saved: this.saved.map(({ name }) => name),
        lacks: file.lacks(),
        language: editorLanguage(),
        bundle: vscode.l10n.bundle ?? {},
      },
    });
  }

  private async run(isLearning: boolean): Promise<void> {
    const title = vscode.l10n.t('Importing {0}', this.file.fileName);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const outcome = await vscode.window.withProgress(options, async (progress, stop) => {
      const stopping = stop.onCancellationRequested(() => this.file.cancel());
      let shown = 0;
      try {
        return await this.file.run(isLearning, (done, total) => {
          const percent = total === 0 ? 100 : (done / total) * 100;
          if (percent - shown < 1 && done < total) return;
          progress.report({ increment: percent - shown, message: vscode.l10n.t('{0} of {1} cases', done, total) });
          this.view.send({ type: 'progress', done, total });
          shown = percent;
        });
      } finally {
        stopping.dispose();
      }
    });
    if (!this.isClosed) {
      this.view.send({ type: 'done', outcome });
      return;
    }
    // closing the page stopped it
    void vscode.window.showInformationMessage(
      outcome.isCancelled
        ? vscode.l10n.t(
            'The import was stopped. Cases imported until then: {0}; they are whole and stay.',
            outcome.made,
          )
        : vscode.l10n.t('Cases imported: {0}.', outcome.made),
    );
  }

  /** Everything that was not imported, as a table of its own that can be mended and imported. */
  private async showRejected(): Promise<void> {
    const { lastPlan: plan } = this.file;
    if (!plan) return;
    const { table, mapping } = this.file;
    const refused = leftOut(plan, table, mapping);
    const path = join(dirname(this.path), `${basename(this.path).replace(/\.[^.]*$/, '')}.rejected.csv`);
    const headers = [vscode.l10n.t('Row'), vscode.l10n.t('Column'), vscode.l10n.t('Reason')];
    const writer = await this.ports.transfer.write(path, [{ name: '', headers: [...headers, ...table.headers] }]);
    await writer.add(
      0,
      refused.map(({ row, column, reason }) => [row, column, reason ? local(reason) : '', ...rowAt(table, row)]),
    );
    const [written = path] = await writer.finish();
    await vscode.window.showTextDocument(vscode.Uri.file(written), {
      preview: false,
      viewColumn: vscode.ViewColumn.Beside,
    });
  }

  private async remember(): Promise<void> {
    const { globalState } = this.session.context;
    const before = globalState.get<unknown[]>(RECENT, []).flatMap((raw) => readMapping(raw) ?? []);
    const { mapping } = this.file;
    const same = (other: Mapping) => JSON.stringify(other.columns) === JSON.stringify(mapping.columns);
    await globalState.update(RECENT, [mapping, ...before.filter((other) => !same(other))].slice(0, RECENT_KEPT));
  }
}
