/** Sends committed articles to the team's remote: never by force, and never over what somebody is working on. */
import { type ArticleRemote, GitError, type Pushed, type UnsentCommit, type Unsent } from '../../domain/ports';
import { runGit, type GitOptions } from './gitCommand';
import { toGitError, toPushError } from './gitFailure';
import { locate, type Place, refuseUnfinished, type Run, whenUnlocked } from './repositoryState';
import { type Git, isOfArticles, replay } from './replay';

export interface RemoteOptions extends GitOptions {
  /** Milliseconds to wait for another git to let go of the index. */
  readonly lockPatience: number;
}

const defaults: Omit<RemoteOptions, 'environment'> = { timeout: 60_000, lockPatience: 2_000 };

/** How often somebody else may be faster before we give up for now. */
const ATTEMPTS = 5;

/** Where the branch that is checked out goes to. */
interface Target {
  readonly branch: string;
  readonly remote: string;
  /** The branch's name at the remote. */
  readonly there: string;
  /** The remote's branch as it was last seen, "refs/remotes/origin/main"; it may not exist yet. */
  readonly seen: string;
  /** The branch follows it already. */
  readonly isFollowed: boolean;
}

export class GitArticleRemote implements ArticleRemote {
  private readonly options: RemoteOptions;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: Partial<RemoteOptions> = {}) {
    this.options = { environment: process.env, ...defaults, ...options };
  }

  private readonly run: Run = (folder, ...args) => runGit(folder, args, this.options);
  private readonly runAs: Git['runAs'] = (variables, folder, ...args) => runGit(folder, args, this.options, variables);

  /**
   * What the remote lacks, by what was last seen of it: nothing goes over the network.
   * @returns undefined where there is no repository or no remote
   */
  async unsent(folder: string): Promise<Unsent | undefined> {
    try {
      const place = await locate(this.run, folder);
      const target = await this.targetOf(place);
      return { remote: target.remote, branch: target.there, commits: await this.commitsFor(place, target) };
    } catch (error) {
      const { reason } = toGitError(error);
      if (reason === 'no-remote' || reason === 'not-a-repository' || reason === 'detached-head') return undefined;
      throw error;
    }
  }

  /** True where what waits is not of articles alone: sent, it would go along. */
  async holdsOthers(folder: string): Promise<boolean> {
    const place = await locate(this.run, folder);
    const commits = await this.commitsFor(place, await this.targetOf(place));
    for (const { hash } of commits) if (!(await isOfArticles(this.run, place.top, hash, folder))) return true;
    return false;
  }

  /**
   * Sends the branch. Where others were faster, our commits of articles are put on top of theirs and sent; the
   * checkout follows where nothing that is being worked on stands in the way.
   * @throws GitError nothing was sent: 'no-remote', 'offline', 'sign-in', 'push-refused', 'conflict' (an article was
   *   changed there too: its paths in `output`), 'diverged' (there are commits of other things among ours)
   */
  push(folder: string): Promise<Pushed> {
    const turn = this.last.then(() => this.pushInTurn(folder));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async pushInTurn(folder: string): Promise<Pushed> {
    const place = await locate(this.run, folder);
    const target = await this.targetOf(place);
    await refuseUnfinished(this.run, place);
    const commits = await this.commitsFor(place, target);
    if (commits.length === 0) return { commits, checkedOut: true };
    let tip = await this.resolve(place, 'HEAD');
    const before = tip;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.send(place, target, tip);
        break;
      } catch (error) {
        if (toGitError(error).reason !== 'diverged' || attempt === ATTEMPTS) throw error;
      }
      await this.fetch(place, target);
      tip = await replay({ run: this.run, runAs: this.runAs }, place, { ours: before, theirs: target.seen, folder });
    }
    if (!target.isFollowed) await this.remember(place, target);
    return { commits, checkedOut: tip === before || (await this.follow(place, target, before, tip)) };
  }

  private async targetOf(place: Place): Promise<Target> {
    const branch = (await this.run(place.top, 'symbolic-ref', '--quiet', '--short', 'HEAD').catch(() => '')).trim();
    if (branch === '') throw new GitError('detached-head', '');
    const setting = async (key: string) =>
      (await this.run(place.top, 'config', '--get', `branch.${branch}.${key}`).catch(() => '')).trim();
    const followed = await setting('remote');
    const there = (await setting('merge')).replace(/^refs\/heads\//, '');
    if (followed !== '' && followed !== '.' && there !== '') {
      return { branch, remote: followed, there, seen: `refs/remotes/${followed}/${there}`, isFollowed: true };
    }
    const remotes = (await this.run(place.top, 'remote')).split('\n').filter(Boolean);
    const remote = remotes.includes('origin') ? 'origin' : remotes.length === 1 ? remotes[0] : undefined;
    if (remote === undefined) throw new GitError('no-remote', remotes.join(', '));
    return { branch, remote, there: branch, seen: `refs/remotes/${remote}/${branch}`, isFollowed: false };
  }

  private async resolve({ top }: Place, name: string): Promise<string> {
    return (await this.run(top, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`)).trim();
  }

  /** Newest first; what the remote has under another hash counts as sent. */
  private async commitsFor(place: Place, target: Target): Promise<readonly UnsentCommit[]> {
    const head = await this.resolve(place, 'HEAD').catch(() => '');
    if (head === '') return [];
    const isSeen = (await this.resolve(place, target.seen).catch(() => '')) !== '';
    const range = isSeen ? ['--cherry-pick', '--right-only', `${target.seen}...HEAD`] : ['HEAD', '--not', '--remotes'];
    const printed = await this.run(place.top, 'log', '-z', '--format=%H %s', ...range, '--');
    return printed
      .split('\0')
      .filter(Boolean)
      .map((line) => ({ hash: line.slice(0, line.indexOf(' ')), title: line.slice(line.indexOf(' ') + 1) }));
  }

  private async send(place: Place, target: Target, tip: string): Promise<void> {
    try {
      await this.run(place.top, 'push', '--porcelain', '--', target.remote, `${tip}:refs/heads/${target.there}`);
    } catch (error) {
      throw toPushError(error);
    }
  }

  private async fetch(place: Place, target: Target): Promise<void> {
    try {
      const refspec = `+refs/heads/${target.there}:${target.seen}`;
      await this.run(place.top, 'fetch', '--no-tags', '--quiet', '--', target.remote, refspec);
    } catch (error) {
      throw toPushError(error);
    }
  }

  /** As `git push --set-upstream` does; what was sent is sent also where this fails. */
  private async remember({ top }: Place, { branch, remote, there }: Target): Promise<void> {
    await this.run(top, 'branch', `--set-upstream-to=${remote}/${there}`, branch).catch(() => undefined);
  }

  /**
   * Brings the checkout to what was sent, as `git switch` would: staged and unstaged work stays. Where such work is in
   * the way the branch stays where it is; git knows the commits as the same ones at the next pull.
   */
  private async follow(place: Place, target: Target, before: string, tip: string): Promise<boolean> {
    const bring = () => this.run(place.top, 'read-tree', '-m', '-u', '--exclude-per-directory=.gitignore', before, tip);
    try {
      await whenUnlocked(place, this.options.lockPatience, bring);
      await this.run(
        place.top,
        'update-ref',
        '-m',
        'casebook: send articles',
        `refs/heads/${target.branch}`,
        tip,
        before,
      );
      return true;
    } catch {
      return false;
    }
  }
}
