/** The library: a solved case becomes an article, is published by one commit, and the case remembers it. */
import { draftArticle, type DraftedArticle } from './article/draft';
import { commitMessage } from './article/commitMessage';
import { setFrontMatter } from './article/frontMatter';
import { fileLinks } from './article/links';
import { wayDown } from './article/place';
import { asArchived, asFlagged, asReviewed, hasOtherReviewer, mayReview } from './article/review';
import { isCaseId } from './case/ids';
import { type ArticleEntry, type Casebook, GitError, type StoredCase, StoreError } from './ports';
import { type Leak, LeakError, leaksOf, SeenFiles } from './redaction/articleCheck';
import { namesInCase, namesInSettings, together } from './redaction/names';
import type { Known } from './redaction/personal';
import { GuardError, rule } from './sop/missing';
import { type Language, w } from './words';

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
  readonly state: string;
  /** False where git held the article as it is already, and only cases were linked with it. */
  readonly isNew: boolean;
  /** Cases that now name the article. */
  readonly cases: readonly string[];
}

type Ports = Pick<
  Casebook,
  'store' | 'desk' | 'settings' | 'articles' | 'repository' | 'publishing' | 'secrets' | 'knowledgeFolder' | 'me'
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
   * Commits exactly this file and its pictures, then links it with the cases that its front matter names. A draft
   * counts as validated where the team has nobody else who could review it.
   * @throws GitError the file is then as it was before
   * @throws LeakError while something in it must not be published and is not waived; nothing was done then
   */
  async publish(path: string): Promise<Published> {
    const { settings, me, articles } = this.ports;
    const isAlone = !hasOtherReviewer(settings.current().people, [await me()]);
    const isDraft = (await articles.entry(path)).state === 'draft';
    return this.revise(path, (text) => (isDraft && isAlone ? setFrontMatter(text, 'state', 'validated') : text));
  }

  /**
   * Says that it is right.
   * @throws GuardError to whom wrote it, while the team has somebody else
   */
  async review(path: string): Promise<Published> {
    const { repository, settings, knowledgeFolder, me } = this.ports;
    const authors = await repository.authors(knowledgeFolder, path);
    if (!mayReview(await me(), authors, settings.current().people)) throw new GuardError('review', [ownArticle]);
    return this.revise(path, asReviewed);
  }

  /** Asks for another look at it. */
  flag(path: string, reason: string): Promise<Published> {
    return this.revise(path, (text) => asFlagged(text, reason));
  }

  archive(path: string): Promise<Published> {
    return this.revise(path, asArchived);
  }

  private async revise(path: string, change: (text: string) => string): Promise<Published> {
    const { articles, repository, knowledgeFolder, store } = this.ports;
    const way = wayDown(knowledgeFolder, path);
    if (way === undefined) throw new GitError('outside-repository', path);
    const before = await articles.read(path);
    const after = change(before);
    const leaks = await this.leaks(path, after);
    if (leaks.length > 0) throw new LeakError(path, leaks);
    const entry = articles.parse(path, after);
    // articles that live in the casebook share its repository
    const isInCasebook = wayDown(store.folder, knowledgeFolder) !== undefined;
    await repository.ensure(knowledgeFolder, isInCasebook ? store.folder : undefined);
    if (after !== before) await articles.replace(path, before, after);
    else await this.refuseChanged(path, before);
    const made = await this.commit(path, way, entry, after).catch(async (error: unknown) => {
      if (after !== before) await articles.replace(path, after, before);
      throw error;
    });
    return { path, ...made, title: entry.title, state: entry.state, cases: await this.link(way, entry, made.commit) };
  }

  /** What was saved since it was looked through may say what must not leave. */
  private async refuseChanged(path: string, before: string): Promise<void> {
    if ((await this.ports.articles.read(path)) === before) return;
    throw new StoreError('failed', path, { cause: new Error('It was changed meanwhile') });
  }

  /** A file that is committed as it is counts as published: its cases may still lack the link. */
  private async commit(
    path: string,
    way: string,
    entry: ArticleEntry,
    text: string,
  ): Promise<Pick<Published, 'commit' | 'isNew'>> {
    const { articles, repository, publishing, knowledgeFolder } = this.ports;
    const { branch, signOff, message } = publishing();
    const shown = [...new Set(fileLinks(text, way).map((link) => `${knowledgeFolder}/${link.way}`))];
    const options = { signOff, with: await articles.existing(shown), ...(branch === '' ? {} : { branch }) };
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

const ownArticle = rule(
  'own-article',
  w('An article is reviewed by somebody else than its author', '文章须由作者以外的人评审'),
);

/** A case that was merged or converted goes on elsewhere, one that was withdrawn nowhere. */
function mayBeLinked({ state }: StoredCase): boolean {
  return state.status === 'open' || state.status === 'closed' || state.status === 'archived';
}
