/** Commits articles with git, one file at a time, and leaves everything else in the repository as it was. */
import { mkdir } from 'node:fs/promises';
import { type ArticleRepository, type CommitOptions, GitError } from '../../domain/ports';
import { codeOf } from '../store/storeErrors';
import { runGit, type GitOptions } from './gitCommand';
import { toCommitError, toGitError } from './gitFailure';
import { locate, pathInside, type Place, refuseUnfinished, type Run, whenUnlocked } from './repositoryState';

export interface SimpleGitOptions extends GitOptions {
  /** Milliseconds to wait for another git to let go of the index. */
  readonly lockPatience: number;
}

/** Hooks may take their time; a pinentry waits for a person. */
const defaults: Omit<SimpleGitOptions, 'environment'> = { timeout: 120_000, lockPatience: 2_000 };

export class SimpleGitArticleRepository implements ArticleRepository {
  private readonly options: SimpleGitOptions;
  /** One commit after the other: two of ours would only wait for each other's lock. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: Partial<SimpleGitOptions> = {}) {
    this.options = { environment: process.env, ...defaults, ...options };
  }

  private readonly run: Run = (folder, ...args) => runGit(folder, args, this.options);

  /**
   * The repository that holds the folder; makes one, and the folder, where there is none.
   * @param root where a new repository begins: the folder itself, or the casebook around it
   * @returns absolute path of its top level, links resolved
   * @throws GitError
   */
  async ensure(folder: string, root: string = folder): Promise<string> {
    try {
      return (await locate(this.run, folder)).top;
    } catch (error) {
      if (!(error instanceof GitError) || error.reason !== 'not-a-repository') throw error;
    }
    try {
      await mkdir(folder, { recursive: true });
      await this.run(root, '-c', 'init.defaultBranch=main', 'init');
    } catch (error) {
      throw isDenied(error) ? new GitError('read-only', root, { cause: error }) : toGitError(error);
    }
    return (await locate(this.run, folder)).top;
  }

  /**
   * Commits exactly these files as they lie on disk, with hooks and signing as the user has set them up.
   * @param path the article; with it go the files that `options.with` names
   * @throws GitError the files, the index and the working tree are then as they were. With 'nothing-to-commit',
   *   `output` is the full hash of the commit that holds the article as it is.
   */
  commitFile(folder: string, path: string, message: string, options: CommitOptions = {}): Promise<string> {
    const turn = this.last.then(() => this.commitInTurn(folder, [path, ...(options.with ?? [])], message, options));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async commitInTurn(
    folder: string,
    paths: readonly string[],
    message: string,
    { branch, signOff = false }: CommitOptions,
  ): Promise<string> {
    if (message.trim() === '') throw new GitError('failed', 'The commit message is empty');
    const place = await locate(this.run, folder);
    const files: string[] = [];
    for (const path of paths) files.push(await pathInside(this.run, place, path));
    const [article = ''] = files;
    try {
      await refuseUnfinished(this.run, place);
      if (branch !== undefined) await this.refuseOtherBranch(place, branch);
      if ((await this.identity(folder)) === undefined) throw new GitError('identity-missing', '');
      const changed = await this.changedOf(place, files);
      if (changed.length === 0) throw new GitError('nothing-to-commit', await this.lastCommit(place, article));
      const flags = signOff ? ['--signoff'] : [];
      const commit = () => this.addAndCommit(place, changed, ['-m', message, ...flags]);
      await whenUnlocked(place, this.options.lockPatience, commit);
      return await this.lastCommit(place, changed[0] ?? article);
    } catch (error) {
      throw toGitError(error);
    }
  }

  private async refuseOtherBranch({ top }: Place, branch: string): Promise<void> {
    const current = (await this.run(top, 'symbolic-ref', '--short', 'HEAD')).trim();
    if (current !== branch) throw new GitError('wrong-branch', current);
  }

  /** A file that the index does not list is added first; `commit --only` reads all others from disk itself. */
  private async addAndCommit(place: Place, files: readonly string[], flags: readonly string[]): Promise<void> {
    const paths = files.map(literal);
    const listed = (await this.run(place.top, 'ls-files', '-z', '--', ...paths)).split('\0');
    const added = files.filter((file) => !listed.includes(file));
    if (added.length > 0) await this.run(place.top, 'add', '--', ...added.map(literal));
    try {
      await this.run(place.top, 'commit', '--only', ...flags, '--', ...paths);
    } catch (error) {
      if (added.length > 0) await this.unlist(place, added);
      const failure = toCommitError(error);
      if (failure.reason !== 'nothing-to-commit') throw failure;
      throw new GitError('nothing-to-commit', await this.lastCommit(place, files[0] ?? ''), { cause: error });
    }
  }

  /** Takes back what `git add` did; why the commit failed matters more than whether this works. */
  private async unlist(place: Place, files: readonly string[]): Promise<void> {
    const remove = () => this.run(place.top, 'update-index', '--force-remove', '--', ...files);
    await whenUnlocked(place, this.options.lockPatience, remove).catch(() => undefined);
  }

  /** Those of the files that the last commit lacks, or has otherwise than they lie on disk. */
  private async changedOf({ top }: Place, files: readonly string[]): Promise<string[]> {
    const changed: string[] = [];
    for (const file of files) {
      const committed = await this.run(top, 'rev-parse', '--verify', '--quiet', `HEAD:${file}`).catch(() => '');
      if (committed === '' || (await this.run(top, 'hash-object', '--', file)) !== committed) changed.push(file);
    }
    return changed;
  }

  private async lastCommit({ top }: Pick<Place, 'top'>, file: string): Promise<string> {
    return (await this.run(top, 'rev-list', '-1', 'HEAD', '--', literal(file))).trim();
  }

  async authors(folder: string, path: string): Promise<readonly string[]> {
    try {
      const place = await locate(this.run, folder);
      const file = await pathInside(this.run, place, path);
      const printed = await this.run(place.top, 'log', '--format=%an <%ae>', '--', literal(file));
      return [...new Set(printed.split('\n').filter(Boolean))];
    } catch (error) {
      const known = toGitError(error);
      // nobody has committed anything: there is no repository, or no commit in it
      if (known.reason === 'not-a-repository' || /does not have any commits/.test(known.output)) return [];
      throw known;
    }
  }

  /**
   * Writes the identity into this repository's own configuration.
   * @throws GitError 'identity-missing' when a part is empty
   */
  async setIdentity(folder: string, name: string, mail: string): Promise<void> {
    const values = { 'user.name': plain(name), 'user.email': plain(mail) };
    if (Object.values(values).includes('')) throw new GitError('identity-missing', '');
    const { top } = await locate(this.run, folder);
    try {
      for (const [key, value] of Object.entries(values)) await this.run(top, 'config', '--local', key, value);
    } catch (error) {
      throw toGitError(error);
    }
  }

  /** Whom commits will name. One that git would only guess from the machine counts as none. */
  async identity(folder: string): Promise<string | undefined> {
    try {
      await this.run(folder, 'var', 'GIT_COMMITTER_IDENT');
      const author = await this.run(folder, 'var', 'GIT_AUTHOR_IDENT');
      return author.trim().replace(/ \d+ [+-]\d{4}$/, '');
    } catch (error) {
      const known = toGitError(error);
      if (known.reason === 'git-missing') throw known;
      return undefined;
    }
  }
}

/** A path specification that means this file, whatever characters its name has. */
const literal = (file: string) => `:(literal)${file}`;

/** Git drops these characters from a name itself. */
const plain = (text: string) => text.replace(/[<>\r\n]/g, '').trim();

const isDenied = (error: unknown) => ['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error));
