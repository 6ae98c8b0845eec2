/** Quick fixes for what must not be published: put a placeholder there, or say why it may stay. */
import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { slugOf } from '../../domain/article/slug';
import { personName } from '../../domain/person';
import type { Casebook } from '../../domain/ports';
import type { Leak } from '../../domain/redaction/articleCheck';
import { replacementOf } from '../../domain/redaction/replacing';
import { fingerprint, withWaiver } from '../../domain/redaction/waivers';
import type { ArticleCheck } from './check';
import { kindWord } from './words';

export const WAIVE = 'casebook.article.waive';

export class LeakFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly check: ArticleCheck,
    private readonly knowledgeFolder: string,
  ) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const seen = new Set<string>();
    const leaks = this.check.at(document, range).filter(({ kind, value, place }) => {
      const key = `${kind} ${place} ${value}`;
      return !seen.has(key) && seen.add(key);
    });
    return leaks.flatMap((leak) => this.fixes(document, leak, context));
  }

  private fixes(
    document: vscode.TextDocument,
    leak: Leak,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const ours = diagnostics.filter(({ source, code }) => source === 'Casebook' && code === leak.kind);
    const fix = (title: string, isPreferred = false) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = ours;
      action.isPreferred = isPreferred;
      return action;
    };
    const letPass = fix(vscode.l10n.t('Waive this {0} with a reason…', kindWord(leak.kind)));
    letPass.command = { command: WAIVE, title: letPass.title, arguments: [document.uri, leak.kind, leak.value] };
    if (leak.place === 'file') {
      const open = fix(vscode.l10n.t('Open {0}', leak.file ?? ''), true);
      const line = Math.max(0, (leak.line ?? 1) - 1);
      const options = { selection: new vscode.Range(line, 0, line, 0) };
      const uri = vscode.Uri.file(join(this.knowledgeFolder, leak.file ?? ''));
      open.command = { command: 'vscode.open', title: open.title, arguments: [uri, options] };
      return [open, letPass];
    }
    if (leak.place === 'fileName') {
      const renamed = renamedPath(document.uri.fsPath, leak);
      if (renamed === undefined) return [letPass];
      const rename = fix(vscode.l10n.t('Rename the file to {0}', basename(renamed)), true);
      rename.edit = new vscode.WorkspaceEdit();
      rename.edit.renameFile(document.uri, vscode.Uri.file(renamed), { overwrite: false });
      return [rename, letPass];
    }
    if (leak.place === 'message') return [letPass];
    const same = this.check
      .of(document)
      .filter((other) => other.value === leak.value && (other.place === 'text' || other.place === 'frontMatter'));
    const one = fix(vscode.l10n.t('Replace with {0}', leak.placeholder), same.length < 2);
    one.edit = editOf(document, [leak]);
    if (same.length < 2) return [one, letPass];
    const all = fix(vscode.l10n.t('Replace all {0} of them with {1}', same.length, leak.placeholder), true);
    all.edit = editOf(document, same);
    return [all, one, letPass];
  }
}

function editOf(document: vscode.TextDocument, leaks: readonly Leak[]): vscode.WorkspaceEdit {
  const text = document.getText();
  const edit = new vscode.WorkspaceEdit();
  for (const leak of leaks) {
    const { start, end, text: placeholder } = replacementOf(text, leak);
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), placeholder);
  }
  return edit;
}

/** The same place under a name without the finding; a folder is the author's to rename. */
function renamedPath(path: string, { value }: Leak): string | undefined {
  const name = basename(path, extname(path));
  const at = name.toLowerCase().indexOf(value.toLowerCase());
  if (at < 0) return undefined;
  const rest = slugOf(`${name.slice(0, at)} ${name.slice(at + value.length)}`, 'article');
  return join(dirname(path), `${rest}${extname(path)}`);
}

/** Asks for the reason and writes it into the front matter; the document is left for its author to save. */
export async function waive(
  { me }: Pick<Casebook, 'me'>,
  uri: vscode.Uri,
  kind: Leak['kind'],
  value: string,
): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Why may this {0} be published?', kindWord(kind)),
    prompt: vscode.l10n.t('The reason is kept in the front matter, with your name.'),
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('A reason is needed');
      return text.toLowerCase().includes(value.toLowerCase())
        ? vscode.l10n.t('Give the reason without repeating what is waived')
        : undefined;
    },
  });
  if (reason === undefined) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  const by = personName(await me());
  const after = withWaiver(before, { kind, hash: fingerprint(value), reason: reason.trim(), by });
  const edit = new vscode.WorkspaceEdit();
  // only what is new, so that cursor and folding stay
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(uri, range, after.slice(start, after.length - end));
  await vscode.workspace.applyEdit(edit);
}
