/** Search: a box that lists articles and cases while one types. */
import * as vscode from 'vscode';
import { wayDown } from '../../domain/article/place';
import { isCaseId } from '../../domain/case/ids';
import type { Casebook, Found, FoundArticle } from '../../domain/ports';
import { rowTitleOf } from '../../domain/summary';
import { typedQuery } from '../../domain/search/typedQuery';

export type SearchPorts = Pick<Casebook, 'finder' | 'desk' | 'knowledgeFolder'>;

interface Item extends vscode.QuickPickItem {
  readonly found?: Found;
}

/** A longer selection is no search text. */
const LONGEST_SELECTION = 300;

/** @param fail told of what goes wrong while the box is open */
export async function searchKnowledge(ports: SearchPorts, fail: (error: unknown) => void): Promise<void> {
  const { finder } = ports;
  const target = await caseInFront();
  const beside = { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') };
  const linking = {
    iconPath: new vscode.ThemeIcon('link'),
    tooltip: vscode.l10n.t('Link with {0}', target ?? ''),
  };
  const buttons = target === undefined ? [beside] : [linking, beside];
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = vscode.l10n.t('Symptom, error text or words; product:, version:, tag: or customer: narrow it');
  pick.value = selectedText();

  // only the answer to what is typed now is shown
  let asked = 0;
  const update = async () => {
    asked += 1;
    const mine = asked;
    pick.busy = true;
    try {
      const query = typedQuery(pick.value);
      const found = await finder.find(query);
      if (mine === asked) pick.items = itemsOf(found, query.text.trim() === '', buttons);
    } catch (error) {
      if (mine === asked) fail(error);
    }
    if (mine !== asked) return;
    const progress = finder.progress();
    pick.busy = progress !== undefined;
    pick.title = progress
      ? vscode.l10n.t('Search Knowledge and Cases (reading {0} of {1}…)', progress.done, progress.total)
      : vscode.l10n.t('Search Knowledge and Cases');
  };
  const act = (work: () => Promise<unknown>) => {
    pick.hide();
    work().catch(fail);
  };
  const listening = vscode.Disposable.from(
    pick,
    finder.onDidChange(() => void update()),
    pick.onDidChangeValue(() => void update()),
    pick.onDidAccept(() => {
      const found = pick.selectedItems[0]?.found;
      if (found) act(() => open(found));
    }),
    pick.onDidTriggerItemButton(({ button, item: { found } }) => {
      if (found?.is !== 'article') return;
      act(() => (button === linking && target !== undefined ? link(ports, target, found) : openBeside(found)));
    }),
  );
  await new Promise<void>((done) => {
    pick.onDidHide(() => done());
    pick.show();
    void update();
  });
  asked += 1;
  listening.dispose();
}

function itemsOf(found: readonly Found[], isUnasked: boolean, buttons: readonly vscode.QuickInputButton[]): Item[] {
  if (found.length === 0) {
    const detail = vscode.l10n.t('Fewer words find more; a filter may be one too many.');
    return [{ label: vscode.l10n.t('Nothing was found'), detail, alwaysShow: true }];
  }
  const heading: Item[] = isUnasked
    ? [{ label: vscode.l10n.t('Recently changed'), kind: vscode.QuickPickItemKind.Separator }]
    : [];
  return [...heading, ...found.map((item) => itemOf(item, buttons))];
}

/** The box must not filter what the index has found: it knows nothing of typing errors. */
function itemOf(found: Found, buttons: readonly vscode.QuickInputButton[]): Item {
  const shared = { found, alwaysShow: true, detail: found.excerpt };
  if (found.is === 'article') {
    const { title, categories, tags } = found.article;
    const description = [categories[0] ?? '', tags.join(', ')].filter(Boolean).join(' · ');
    return { ...shared, label: `$(book) ${title}`, description, buttons };
  }
  const { id, customer, product, version } = found.case;
  const description = [id, customer, `${product} ${version}`.trim()].filter(Boolean).join(' · ');
  return {
    ...shared,
    label: `$(${found.case.kind === 'issue' ? 'bug' : 'lightbulb'}) ${rowTitleOf(found.case)}`,
    description,
  };
}

async function open(found: Found): Promise<void> {
  const command = found.is === 'article' ? 'casebook.article.open' : 'casebook.case.open';
  await vscode.commands.executeCommand(command, found.id);
}

async function openBeside({ id }: FoundArticle): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(id), { viewColumn: vscode.ViewColumn.Beside });
}

async function link({ desk, knowledgeFolder }: SearchPorts, target: string, article: FoundArticle): Promise<void> {
  const path = wayDown(knowledgeFolder, article.id) ?? article.id;
  await desk.act(target, { action: 'linkArticle', values: { path, title: article.title } });
  void vscode.window.showInformationMessage(vscode.l10n.t('"{0}" is linked with {1}.', article.title, target));
}

/** The case whose form is in front, where cases may be changed. */
async function caseInFront(): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const id = await vscode.commands.executeCommand<string | undefined>('casebook.form.activeCase');
  return id !== undefined && isCaseId(id) ? id : undefined;
}

/** What is selected in a log is what one would type. */
function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection).trim() ?? '';
  return text.length <= LONGEST_SELECTION ? text.replace(/\s+/g, ' ') : '';
}
