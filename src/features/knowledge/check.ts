/** What must not leave, and what an article still lacks, underlined while it is written. */
import * as vscode from 'vscode';
import { type Lack, lacksOf } from '../../domain/article/lacks';
import type { Casebook } from '../../domain/ports';
import type { Leak } from '../../domain/redaction/articleCheck';
import { leakSentence } from './words';

export type CheckPorts = Pick<Casebook, 'library' | 'articles' | 'store'>;

/** Milliseconds without a key before the text is looked at. */
const QUIET = 300;

/** What is known about one version of a document. */
interface Checked {
  readonly version: number;
  readonly leaks: readonly { readonly leak: Leak; readonly range: vscode.Range }[];
}

export class ArticleCheck implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection('casebook');
  private readonly checked = new Map<string, Checked>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly listeners: vscode.Disposable;

  /** @param isArticle whether a path is one of the knowledge base that is in use */
  constructor(
    private readonly ports: CheckPorts,
    private readonly isArticle: (path: string) => boolean,
    private readonly onProblem: (error: unknown) => void,
  ) {
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.soon(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.soon(document, QUIET)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      // a case that the article names may have learnt a name
      ports.store.onDidChange(() => this.again()),
    );
    this.again();
  }

  dispose(): void {
    this.listeners.dispose();
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.shown.dispose();
  }

  /** The findings that touch a range, as far as the document is still the one that was looked at. */
  at(document: vscode.TextDocument, range: vscode.Range): readonly Leak[] {
    const known = this.checked.get(document.uri.toString());
    if (known?.version !== document.version) return [];
    return known.leaks.filter((item) => item.range.intersection(range) !== undefined).map(({ leak }) => leak);
  }

  /** Every finding of the document as it stands. */
  of(document: vscode.TextDocument): readonly Leak[] {
    const known = this.checked.get(document.uri.toString());
    return known?.version === document.version ? known.leaks.map(({ leak }) => leak) : [];
  }

  private again(): void {
    for (const document of vscode.workspace.textDocuments) this.soon(document, QUIET);
  }

  private soon(document: vscode.TextDocument, delay: number): void {
    if (document.uri.scheme !== 'file' || !this.isArticle(document.uri.fsPath)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        this.check(document).catch(this.onProblem);
      }, delay),
    );
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    this.checked.delete(key);
    this.shown.delete(document.uri);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const text = document.getText();
    const found = await this.ports.library.leaks(uri.fsPath, text);
    // what was typed meanwhile is looked at by a check of its own
    if (document.isClosed || document.version !== version) return;
    const range = (start: number, end: number) =>
      new vscode.Range(document.positionAt(start), document.positionAt(end));
    const leaks = found.map((leak) => ({ leak, range: rangeOf(leak, text, range) }));
    this.checked.set(uri.toString(), { version, leaks });
    this.shown.set(uri, [
      ...leaks.map((item) => leakDiagnostic(item.leak, item.range)),
      ...lacksOf(text, this.ports.articles.parse(uri.fsPath, text)).map((lack) =>
        lackDiagnostic(lack, range(lack.start, lack.end)),
      ),
    ]);
  }
}

/** What stands in the file's name or in the commit message is said at the title. */
function rangeOf(leak: Leak, text: string, range: (start: number, end: number) => vscode.Range): vscode.Range {
  if (leak.place !== 'fileName' && leak.place !== 'message') return range(leak.start, leak.end);
  const title = /^title[ \t]*:[^\r\n]*/m.exec(text) ?? /^[^\r\n]*/.exec(text);
  return title ? range(title.index, title.index + title[0].length) : range(0, 0);
}

function leakDiagnostic(leak: Leak, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, leakSentence(leak), vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'Casebook';
  diagnostic.code = leak.kind;
  return diagnostic;
}

function lackDiagnostic({ kind, section }: Lack, range: vscode.Range): vscode.Diagnostic {
  const sentences: Record<Lack['kind'], string> = {
    unwritten: vscode.l10n.t('"{0}" is not written yet: it still holds its question.', section),
    missing: vscode.l10n.t('The section "{0}" is missing.', section),
    tags: vscode.l10n.t('No tags: colleagues find an article by product, part and error code.'),
    versions: vscode.l10n.t('No versions: a reader cannot tell whether the article is about theirs.'),
  };
  const diagnostic = new vscode.Diagnostic(range, sentences[kind], vscode.DiagnosticSeverity.Information);
  diagnostic.source = 'Casebook';
  diagnostic.code = kind;
  return diagnostic;
}
