/** Feature: the Knowledge view; writing, publishing and opening articles. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { isArticleIn } from '../../domain/article/place';
import type { Casebook } from '../../domain/ports';
import type { CaseSummary } from '../../domain/summary';
import type { FindingKind } from '../../domain/redaction/finding';
import { logError, report } from '../../platform/run';
import type { Session } from '../../platform/session';
import { ArticleCheck } from './check';
import { ArticleCompletion } from './completion';
import { ArticleDecorations } from './decorations';
import { LeakFixes, WAIVE, waive } from './fixes';
import { publishArticle, type PublishPorts } from './publish';
import { archiveArticle, flagArticle, reviewArticle } from './reviewing';
import { searchKnowledge, type SearchPorts } from './search';
import { Sending } from './sending';
import { KnowledgeTree, type Node } from './tree';
import { writeArticle, type WritePorts } from './write';

export function knowledge(
  session: Session,
  ports: PublishPorts & WritePorts & SearchPorts & Pick<Casebook, 'articles' | 'clock' | 'remote' | 'store'>,
): vscode.Disposable {
  const { log, run } = session;
  const sending = new Sending(ports, log);
  const decorations = new ArticleDecorations();
  const tree = new KnowledgeTree(
    ports,
    () => sending.waiting(),
    (standings) => decorations.show(standings),
  );
  const view = vscode.window.createTreeView('casebook.knowledge', { treeDataProvider: tree, showCollapseAll: true });

  const isArticle = (path: string) => isArticleIn(ports.knowledgeFolder, path);
  const mark = (editor: vscode.TextEditor | undefined) => {
    const path = editor?.document.uri.scheme === 'file' ? editor.document.uri.fsPath : '';
    void vscode.commands.executeCommand('setContext', 'casebook.isArticle', path !== '' && isArticle(path));
  };
  mark(vscode.window.activeTextEditor);

  const check = new ArticleCheck(ports, isArticle, (error) => logError(log, 'check', error));
  const fixes = new LeakFixes(check, ports.knowledgeFolder);

  /** A command on the article that was clicked, else on the one that is being written. */
  const onArticle = (command: string, work: (path: string) => Promise<void>) =>
    run(
      command,
      async (target?: vscode.Uri | Node) => {
        const path =
          target instanceof vscode.Uri
            ? target.fsPath
            : target?.kind === 'article'
              ? target.entry.path
              : vscode.window.activeTextEditor?.document.uri.fsPath;
        if (path === undefined || !isArticle(path)) {
          void vscode.window.showInformationMessage(vscode.l10n.t('Open an article of the knowledge base first.'));
          return;
        }
        await work(path);
        tree.refresh();
      },
      { writes: true },
    );

  let known = linksOf(ports.store.summaries());
  // only once somebody looks: to be watched, every folder of the knowledge base has to be found
  let watching: { dispose(): void } | undefined;
  const watch = () => {
    if (view.visible) watching ??= ports.articles.watch(ports.knowledgeFolder, () => tree.refresh());
  };
  watch();
  if (vscode.workspace.isTrusted) void sending.byItself();

  return vscode.Disposable.from(
    view,
    tree,
    decorations,
    vscode.window.registerFileDecorationProvider(decorations),
    // how often an article is used, and whether its case came back, is told by the cases
    ports.store.onDidChange(() => {
      const links = linksOf(ports.store.summaries());
      if (links !== known) tree.refresh();
      known = links;
    }),
    sending,
    sending.onDidChange(() => tree.refresh()),
    view.onDidChangeVisibility(watch),
    new vscode.Disposable(() => watching?.dispose()),
    vscode.window.onDidChangeActiveTextEditor(mark),
    check,
    vscode.languages.registerCodeActionsProvider({ scheme: 'file', language: 'markdown' }, fixes, {
      providedCodeActionKinds: LeakFixes.kinds,
    }),
    vscode.languages.registerCompletionItemProvider(
      { scheme: 'file', language: 'markdown' },
      new ArticleCompletion(ports, isArticle),
      '[',
      ',',
      ' ',
      '#',
    ),
    run(WAIVE, (uri: vscode.Uri, kind: FindingKind, value: string) => waive(ports, uri, kind, value), { writes: true }),
    run('casebook.knowledge.push', () => sending.send(), { writes: true }),
    run('casebook.knowledge.refresh', () => tree.refresh()),
    run('casebook.knowledge.search', () => searchKnowledge(ports, (error) => report(log, 'search', error))),
    run(
      'casebook.article.write',
      async (target?: string | { summary?: { id: string } }) => {
        const id = typeof target === 'string' ? target : target?.summary?.id;
        if (id !== undefined) await writeArticle(ports, id);
      },
      { writes: true },
    ),
    run('casebook.article.open', async (target?: string | Node) => {
      const path = typeof target === 'string' ? target : target?.kind === 'article' ? target.entry.path : undefined;
      if (path === undefined) return;
      const absolute = isAbsolute(path) ? path : join(ports.knowledgeFolder, path);
      if (!isArticle(absolute)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('{0} is not in the knowledge base that is in use.', path),
        );
        return;
      }
      await vscode.window.showTextDocument(vscode.Uri.file(absolute), { preview: true });
    }),
    onArticle('casebook.article.publish', (path) => publishArticle(ports, path, log, sending)),
    onArticle('casebook.article.review', (path) => reviewArticle({ library: ports.library, sending }, path)),
    onArticle('casebook.article.flag', (path) => flagArticle({ library: ports.library, sending }, path)),
    onArticle('casebook.article.archive', (path) => archiveArticle({ library: ports.library, sending }, path)),
  );
}

/** Which case is linked with which article: most changes of cases change none of it. */
function linksOf(summaries: readonly CaseSummary[]): string {
  return JSON.stringify(summaries.flatMap(({ id, articles }) => (articles.length === 0 ? [] : [[id, articles]])));
}
