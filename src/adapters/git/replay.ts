/** Puts commits of articles on top of what others sent, without touching the index or the working tree. */
import { relative, sep } from 'node:path';
import { realpath } from 'node:fs/promises';
import { GitError } from '../../domain/ports';
import { CommandFailed } from './gitCommand';
import { toGitError } from './gitFailure';
import type { Place, Run } from './repositoryState';

export interface Replay {
  /** Hash of our newest commit. */
  readonly ours: string;
  /** The remote's branch, fetched. */
  readonly theirs: string;
  /** Absolute path of the folder that holds the articles. */
  readonly folder: string;
}

export interface Git {
  readonly run: Run;
  /** With these variables beside the usual ones. */
  readonly runAs: (
    variables: Readonly<Record<string, string>>,
    folder: string,
    ...args: readonly string[]
  ) => Promise<string>;
}

/**
 * @returns the hash of our newest commit in its new place
 * @throws GitError 'diverged' when there is a merge, or a change of anything but articles, among our commits;
 *   'conflict' when the same article was changed on both sides, its paths in `output`
 */
export async function replay(git: Git, place: Place, { ours, theirs, folder }: Replay): Promise<string> {
  const { top } = place;
  const { run } = git;
  const lines = (printed: string) => printed.split('\n').filter(Boolean);
  const range = ['--cherry-pick', '--right-only', `${theirs}...${ours}`];
  const commits = lines(await run(top, 'rev-list', '--reverse', '--topo-order', ...range));
  for (const commit of commits) {
    if (!(await isOfArticles(run, top, commit, folder))) throw new GitError('diverged', commit);
  }
  const sign = (await run(top, 'config', '--type=bool', '--get', 'commit.gpgSign').catch(() => '')).trim() === 'true';
  let tip = (await run(top, 'rev-parse', '--verify', theirs)).trim();
  for (const commit of commits) tip = await putOn(git, top, commit, tip, sign);
  return tip;
}

/**
 * A merge, or a commit of something else, is its author's business: what becomes of it is decided by them.
 * @param folder absolute path of the folder that holds the articles
 */
export async function isOfArticles(run: Run, top: string, commit: string, folder: string): Promise<boolean> {
  const inside = relative(top, await realpath(folder))
    .split(sep)
    .join('/');
  const parents = (await run(top, 'rev-list', '--parents', '-1', commit)).trim().split(' ').slice(1);
  const printed = await run(top, 'diff-tree', '--no-commit-id', '--name-only', '-r', '-z', '--root', commit);
  const files = printed.split('\0').filter(Boolean);
  const isOurs = (file: string) => inside === '' || file.startsWith(`${inside}/`);
  return parents.length < 2 && files.every(isOurs);
}

async function putOn({ run, runAs }: Git, top: string, commit: string, tip: string, sign: boolean): Promise<string> {
  const tree = await merge(run, top, commit, tip);
  const [name = '', mail = '', date = ''] = (await run(top, 'log', '-1', '--format=%an%n%ae%n%aI', commit)).split('\n');
  const message = (await run(top, 'log', '-1', '--format=%B', commit)).trimEnd();
  const signing = sign ? ['-S'] : [];
  // `commit-tree` hears of the author in the environment alone
  const author = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: mail, GIT_AUTHOR_DATE: date };
  return (await runAs(author, top, 'commit-tree', ...signing, '-p', tip, '-m', message, tree)).trim();
}

/** The tree of both sides together. */
async function merge(run: Run, top: string, commit: string, tip: string): Promise<string> {
  try {
    return (await run(top, 'merge-tree', '--write-tree', '--name-only', '--no-messages', tip, commit)).trim();
  } catch (error) {
    // an older git can't do this: the checkout stays as it is, and the person decides
    if (!(error instanceof CommandFailed) || error.exitCode !== 1) {
      throw new GitError('diverged', toGitError(error).output, { cause: error });
    }
    const [, ...paths] = error.output.split('\n').filter(Boolean);
    throw new GitError('conflict', paths.join('\n'), { cause: error });
  }
}
