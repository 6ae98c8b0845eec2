/** While an article is written: the tags, categories, products and versions that others use, and the sections it lacks. */
import * as vscode from 'vscode';
import { lacksOf } from '../../domain/article/lacks';
import { partFrontMatter, yamlText } from '../../domain/article/frontMatter';
import type { ArticleEntry, Casebook } from '../../domain/ports';

type Ports = Pick<Casebook, 'articles' | 'settings' | 'knowledgeFolder'>;

export class ArticleCompletion implements vscode.CompletionItemProvider {
  constructor(
    private readonly ports: Ports,
    private readonly isArticle: (path: string) => boolean,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[] | undefined> {
    const path = document.uri.fsPath;
    if (!this.isArticle(path)) return undefined;
    const text = document.getText();
    const parted = partFrontMatter(text);
    const offset = document.offsetAt(position);
    const entry = this.ports.articles.parse(path, text);
    if (parted && offset >= parted.start && offset <= parted.start + parted.frontMatter.length) {
      return this.values(document, position, entry);
    }
    return sections(document, position, lacksOf(text, entry));
  }

  private async values(document: vscode.TextDocument, position: vscode.Position, entry: ArticleEntry) {
    const key = keyAt(document, position.line);
    const values = key === undefined ? [] : await this.known(key, entry);
    const range = wordAt(document, position);
    return values.map((value, index) => {
      const item = new vscode.CompletionItem(value, vscode.CompletionItemKind.Value);
      item.range = range;
      // a tag like "C#: x" would be something else in YAML
      item.insertText = yamlText(value);
      // the most used one first
      item.sortText = String(index).padStart(5, '0');
      return item;
    });
  }

  private async known(key: string, entry: ArticleEntry): Promise<readonly string[]> {
    const { products, articleCategories } = this.ports.settings.current();
    if (key === 'state') return ['draft', 'validated', 'archived'];
    if (key === 'product') return products.map(({ name }) => name);
    if (key === 'versions' || key === 'fixed_in') {
      const own = products.find(({ name }) => name === entry.product);
      return own ? own.versions : products.flatMap(({ versions }) => versions);
    }
    if (key !== 'tags' && key !== 'categories') return [];
    const entries = await this.ports.articles.list(this.ports.knowledgeFolder);
    const used = byUse(entries.flatMap((other) => other[key]));
    const all = key === 'categories' ? [...used, ...articleCategories] : used;
    return [...new Set(all)].filter((value) => !entry[key].includes(value));
  }
}

function byUse(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([value]) => value);
}

/** The key that a line of the front matter belongs to: its own, or, for an item of a list, the one above it. */
function keyAt(document: vscode.TextDocument, line: number): string | undefined {
  for (let at = line; at >= 0; at -= 1) {
    const text = document.lineAt(at).text;
    const key = /^([a-z_]+)[ \t]*:/.exec(text)?.[1];
    if (key !== undefined || !/^[ \t]*-/.test(text)) return key;
  }
  return undefined;
}

/** A value of a YAML list may hold spaces: it ends at a comma or bracket. */
function wordAt(document: vscode.TextDocument, position: vscode.Position): vscode.Range {
  const { text } = document.lineAt(position.line);
  const before = /[^,[\]:]*$/.exec(text.slice(0, position.character))?.[0] ?? '';
  const typed = before.replace(/^[\s-]+/, '');
  return new vscode.Range(position.translate(0, -typed.length), position);
}

/** At the beginning of a line of the body. */
function sections(
  document: vscode.TextDocument,
  position: vscode.Position,
  lacks: ReturnType<typeof lacksOf>,
): vscode.CompletionItem[] {
  const before = document.lineAt(position.line).text.slice(0, position.character);
  if (!/^#{0,2} ?$/.test(before)) return [];
  const range = new vscode.Range(position.with({ character: 0 }), position);
  return lacks
    .filter(({ kind }) => kind === 'missing')
    .map(({ section }) => {
      const item = new vscode.CompletionItem(`## ${section}`, vscode.CompletionItemKind.Snippet);
      item.insertText = new vscode.SnippetString(`## ${section}\n\n$0\n`);
      item.range = range;
      item.filterText = `## ${section}`;
      return item;
    });
}
