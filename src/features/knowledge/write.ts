/** Writing the article of a case: a markdown document in the editor, drafted from what the case captured. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { textLanguage } from '../../platform/language';

export type WritePorts = Pick<Casebook, 'store' | 'library' | 'articles' | 'settings' | 'knowledgeFolder'>;

export async function writeArticle(ports: WritePorts, caseId: string): Promise<void> {
  const begun = await ports.library.articleOf(caseId);
  if (begun) {
    await vscode.window.showTextDocument(vscode.Uri.file(begun.path), { preview: false });
    const another = vscode.l10n.t('Write Another');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('"{0}" names this case already; it is open now.', begun.title),
      another,
    );
    if (answer === another) await writeNew(ports, caseId);
    return;
  }
  await writeNew(ports, caseId);
}

async function writeNew(ports: WritePorts, caseId: string): Promise<void> {
  const category = await pickCategory(ports);
  if (category === undefined) return;
  const draft = await ports.library.draft(caseId, textLanguage(), category);
  if (!draft) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The case {0} is not in this casebook any more.', caseId));
    return;
  }
  const path = await ports.library.place(draft);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
}

async function pickCategory({ articles, settings, knowledgeFolder }: WritePorts): Promise<string | undefined> {
  const used = (await articles.list(knowledgeFolder)).flatMap((entry) => entry.categories.slice(0, 1));
  const names = [...new Set([...used, ...settings.current().articleCategories])];
  const other = { label: vscode.l10n.t('$(add) New category…') };
  const picked = await vscode.window.showQuickPick([...names.map((label) => ({ label })), other], {
    placeHolder: vscode.l10n.t('Category of the article'),
  });
  if (picked !== other) return picked?.label;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the new category'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed') : undefined),
  });
  return name?.trim();
}
