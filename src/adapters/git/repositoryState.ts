/** Where a repository lies, and what must not be disturbed in it. */
import { existsSync } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GitError } from '../../domain/ports';
import { isLocked, toGitError } from './gitFailure';

/** Runs git in a folder; rejects with CommandFailed. */
export type Run = (folder: string, ...args: readonly string[]) => Promise<string>;

export interface Place {
  /** Absolute path of the working tree, links resolved. */
  readonly top: string;
  /** Absolute path of the git directory (of a linked worktree: its own). */
  readonly gitDirectory: string;
}

/** @throws GitError 'not-a-repository', 'git-missing', 'failed' */
export async function locate(run: Run, folder: string): Promise<Place> {
  try {
    const printed = await run(folder, 'rev-parse', '--show-toplevel', '--absolute-git-dir');
    const [top = '', gitDirectory = ''] = printed.split('\n');
    return { top: await realpath(top), gitDirectory: resolve(gitDirectory) };
  } catch (error) {
    throw toGitError(error);
  }
}

/**
 * The file's path inside the repository, links resolved, with forward slashes.
 * @throws GitError 'outside-repository' also for a link that leads out and for a repository inside this one
 */
export async function pathInside(run: Run, { top, gitDirectory }: Place, path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) throw new GitError('failed', `There is no file ${path}`);
  const real = await realpath(path).catch(() => undefined);
  // a link that leads nowhere could lead anywhere tomorrow
  if (real === undefined || !isBelow(top, real) || isBelow(gitDirectory, real)) {
    throw new GitError('outside-repository', path);
  }
  if (!(await stat(real)).isFile()) throw new GitError('failed', `${path} is not a file`);
  const home = await locate(run, dirname(real)).catch(() => undefined);
  if (home?.top !== top) throw new GitError('outside-repository', path);
  return relative(top, real).split(sep).join('/');
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const operations = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'];

/**
 * Refuses while the user is in the middle of something: a commit of ours would become part of it.
 * @throws GitError 'merge-in-progress' (merge, rebase, cherry-pick, revert, unmerged files), 'detached-head'
 */
export async function refuseUnfinished(run: Run, { top, gitDirectory }: Place): Promise<void> {
  const operation = operations.find((name) => existsSync(join(gitDirectory, name)));
  if (operation !== undefined) throw new GitError('merge-in-progress', operation);
  const unmerged = await run(top, 'ls-files', '--unmerged');
  if (unmerged !== '') throw new GitError('merge-in-progress', unmerged);
  try {
    await run(top, 'symbolic-ref', '--quiet', 'HEAD');
  } catch (error) {
    throw new GitError('detached-head', '', { cause: error });
  }
}

/**
 * Does something that needs the index. Where another git holds it, waits a while for that one to end.
 * @param patience milliseconds
 * @throws GitError 'index-locked', naming the lock and its age in `output`
 */
export async function whenUnlocked<T>(place: Place, patience: number, work: () => Promise<T>): Promise<T> {
  const lock = join(place.gitDirectory, 'index.lock');
  const deadline = Date.now() + patience;
  for (;;) {
    const held = await lstat(lock).catch(() => undefined);
    if (!held) {
      try {
        return await work();
      } catch (error) {
        if (!isLocked(error) || Date.now() >= deadline) throw error;
      }
    } else if (Date.now() >= deadline) {
      throw new GitError('index-locked', `${lock} (since ${held.mtime.toISOString()})`);
    }
    await pause(40);
  }
}
