/** The library: a solved case becomes an article, is published by one commit, and the case remembers it. */
import { draftArticle, type DraftedArticle } from './article/draft';
import { commitMessage } from './article/commitMessage';
import { setFrontMatter } from './article/frontMatter';
import { wayDown } from './article/place';
import { isCaseId } from './case/ids';
import { type ArticleEntry, type Casebook, GitError, type StoredCase } from './ports';
import { type Leak, LeakError, leaksOf, SeenFiles } from './redaction/articleCheck';
import { namesInCase, namesInSettings, together } from './redaction/names';
import type { Known } from './redaction/personal';
import type { Language } from './words';

export interface ArticleDraft extends DraftedArticle {
  readonly caseId: string;
  readonly category: string;
  /** What must be changed, or waived with a reason, before it may be published. */
  readonly findings: readonly Leak[];
}

export interface Published {
  /** Absolute path. */
  readonly path: string;
  /** Full hash. */
  readonly commit: string;
  readonly title: string;
  /** False where git held the article as it is already, and only cases were linked with it. */
  readonly isNew: boolean;
  /** Cases that now name the article. */
  readonly cases: readonly string[];
}

type Ports = Pick<
  Casebook,
  'store' | 'desk' | 'settings' | 'articles' | 'repository' | 'publishing' | 'secrets' | 'knowledgeFolder'
>;

export class Library {
  private readonly seenFiles = new SeenFiles();

  constructor(private readonly ports: Ports) {}

  /** The article that a case would become; nothing is written. Undefined: no such case. */
  async draft(caseId: string, language: Language, category: string): Promise<ArticleDraft | undefined> {
    const stored = await this.ports.store.get(caseId);
    if (!stored) return undefined;
    const today = this.ports.desk.nowIso().slice(0, 10);
    const names = namesInSettings(this.ports.settings.current());
    const drafted = draftArticle(stored.state, language, category, today, names);
    const findings = await this.leaks(`${this.ports.knowledgeFolder}/${category}/${drafted.slug}.md`, drafted.text);
    return { ...drafted, caseId, category, findings };
  }

  /**
   * What keeps an article from being published: names of customers and people, numbers, addresses, secrets.
   * @param path absolute; there need be no such file yet
   * @param text what it says, or will say
   */
  async leaks(path: string, text: string): Promise<readonly Leak[]> {
    const { articles, knowledgeFolder, publishing, secrets } = this.ports;
    const entry = articles.parse(path, text);
    const known = await this.known(entry);
    return leaksOf(
      {
        text,
        waived: entry.waived,
        way: wayDown(knowledgeFolder, path) ?? path,
        message: commitMessage(publishing().message, entry),
        textOf: (way) => articles.textOf(`${knowledgeFolder}/${way}`),
      },
      { known, secrets },
      this.seenFiles,
    );
  }

  /** Names from the settings and from the cases that the article names. */
  private async known(entry: ArticleEntry): Promise<Known> {
    const { settings, store } = this.ports;
    const current = settings.current();
    const cases = await Promise.all(entry.cases.map((id) => store.get(id)));
    const names = cases.flatMap((stored) => (stored ? [namesInCase(stored.state)] : []));
    const versions = current.products.flatMap((product) => product.versions);
    return { names: together(...names, namesInSettings(current)), versions: new Set(versions) };
  }

  /** Writes a draft as a new file and publishes it. @throws LeakError before anything is written */
  async publishDraft(draft: ArticleDraft): Promise<Published> {
    const findings = await this.leaks(`${this.ports.knowledgeFolder}/${draft.category}/${draft.slug}.md`, draft.text);
    if (findings.length > 0) throw new LeakError('', findings);
    return this.publish(await this.place(draft));
  }

  /** Writes a draft as a new file. @returns its absolute path */
  async place(draft: ArticleDraft): Promise<string> {
    return this.ports.articles.writeNew(this.ports.knowledgeFolder, draft.category, draft.slug, draft.text);
  }

  /** The article that was started for a case, published or not. */
  async articleOf(caseId: string): Promise<ArticleEntry | undefined> {
    const entries = await this.ports.articles.list(this.ports.knowledgeFolder);
    return entries.find((entry) => entry.cases.includes(caseId));
  }

  /**
   * Commits exactly this file, then links it with the cases that its front matter names.
   * @throws GitError the file is then as it was before
   * @throws LeakError while something in it must not be published and is not waived; nothing was done then
   */
  async publish(path: string): Promise<Published> {
    const { articles, repository, knowledgeFolder, store } = this.ports;
    const way = wayDown(knowledgeFolder, path);
    if (way === undefined) throw new GitError('outside-repository', path);
    const before = await articles.read(path);
    const leaks = await this.leaks(path, before);
    if (leaks.length > 0) throw new LeakError(path, leaks);
    const entry = await articles.entry(path);
    // articles that live in the casebook share its repository
    const isInCasebook = wayDown(store.folder, knowledgeFolder) !== undefined;
    await repository.ensure(knowledgeFolder, isInCasebook ? store.folder : undefined);
    const validated = entry.state === 'draft' ? setFrontMatter(before, 'state', 'validated') : before;
    if (validated !== before) await articles.replace(path, before, validated);
    const made = await this.commit(path, way, entry).catch(async (error: unknown) => {
      if (validated !== before) await articles.replace(path, validated, before);
      throw error;
    });
    return { path, ...made, title: entry.title, cases: await this.link(way, entry, made.commit) };
  }

  /** A file that is committed as it is counts as published: its cases may still lack the link. */
  private async commit(path: string, way: string, entry: ArticleEntry): Promise<Pick<Published, 'commit' | 'isNew'>> {
    const { repository, publishing, knowledgeFolder } = this.ports;
    const { branch, signOff, message } = publishing();
    const options = { signOff, ...(branch === '' ? {} : { branch }) };
    try {
      const commit = await repository.commitFile(knowledgeFolder, path, commitMessage(message, entry), options);
      return { commit, isNew: true };
    } catch (error) {
      if (!(error instanceof GitError) || error.reason !== 'nothing-to-commit') throw error;
      const commit = error.output.trim();
      if (await this.isLinked(way, entry, commit)) throw error;
      return { commit, isNew: false };
    }
  }

  /** True when every case that the article names, as far as it is here and goes on, names this commit of it. */
  private async isLinked(way: string, entry: ArticleEntry, commit: string): Promise<boolean> {
    for (const id of entry.cases.filter(isCaseId)) {
      const stored = await this.ports.store.get(id);
      if (
        stored &&
        mayBeLinked(stored) &&
        !stored.state.articles.some((article) => article.path === way && article.commit === commit)
      ) {
        return false;
      }
    }
    return true;
  }

  private async link(path: string, entry: ArticleEntry, commit: string): Promise<string[]> {
    const { store, desk } = this.ports;
    const linked: string[] = [];
    for (const id of entry.cases.filter(isCaseId)) {
      const stored = await store.get(id);
      if (!stored || !mayBeLinked(stored)) continue;
      await desk.act(id, { action: 'linkArticle', values: { path, title: entry.title, commit } });
      linked.push(id);
    }
    return linked;
  }
}

/** A case that was merged or converted goes on elsewhere, one that was withdrawn nowhere. */
function mayBeLinked({ state }: StoredCase): boolean {
  return state.status === 'open' || state.status === 'closed' || state.status === 'archived';
}
