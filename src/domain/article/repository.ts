/** The git repository that holds the articles, and the team's remote, as the rest of Casebook sees them. */

export type GitFailure =
  | 'git-missing'
  | 'not-a-repository'
  | 'identity-missing'
  | 'hook-failed'
  | 'index-locked'
  | 'merge-in-progress'
  | 'detached-head'
  | 'nothing-to-commit'
  | 'outside-repository'
  | 'read-only'
  /** The setting names another branch than the one that is checked out. */
  | 'wrong-branch'
  | 'no-remote'
  | 'offline'
  | 'sign-in'
  /** The remote said no: a hook, a protected branch. */
  | 'push-refused'
  /** The remote has commits that we lack, and ours can't simply be put on top of them. */
  | 'diverged'
  /** The same article was changed at the remote. */
  | 'conflict'
  | 'failed';

/** Git refused; the file stays as it is on disk. */
export class GitError extends Error {
  override readonly name = 'GitError';
  constructor(
    readonly reason: GitFailure,
    /** What git or a hook printed. */
    readonly output: string,
    options?: { cause: unknown },
  ) {
    super(`${reason}: ${output.trim()}`, options);
  }
}

export interface CommitOptions {
  /** Absolute paths of further files of the same commit: pictures that the article shows. */
  readonly with?: readonly string[];
  /** The branch that articles belong on; left out: the one that is checked out. */
  readonly branch?: string;
  /** Adds a Signed-off-by line. */
  readonly signOff?: boolean;
}

/** How the team wants its articles committed. */
export interface Publishing {
  /** Empty: the branch that is checked out. */
  readonly branch: string;
  readonly signOff: boolean;
  /** Template of the message, see commitMessage. */
  readonly message: string;
}

export interface ArticleRepository {
  /**
   * The repository that holds the knowledge folder; makes one where there is none.
   * @param root where a new repository begins; left out: at the folder itself
   * @returns absolute path of its top level
   */
  ensure(folder: string, root?: string): Promise<string>;
  /** Commits exactly this file and those that go with it; other staged changes stay staged. @returns the full hash */
  commitFile(folder: string, path: string, message: string, options?: CommitOptions): Promise<string>;
  /** Who has committed this file, "name <mail>", each once; nobody for one that was never committed. */
  authors(folder: string, path: string): Promise<readonly string[]>;
  setIdentity(folder: string, name: string, mail: string): Promise<void>;
  /** The user's git identity, "name <mail>", or undefined. */
  identity(folder: string): Promise<string | undefined>;
}

export interface UnsentCommit {
  /** Full hash. */
  readonly hash: string;
  /** First line of its message. */
  readonly title: string;
}

/** What the team's remote lacks; newest first. */
export interface Unsent {
  readonly remote: string;
  readonly branch: string;
  readonly commits: readonly UnsentCommit[];
}

export interface Pushed {
  readonly commits: readonly UnsentCommit[];
  /** False where work in the checkout stands in the way of what others sent: git brings both together at the next pull. */
  readonly checkedOut: boolean;
}

export interface ArticleRemote {
  /** What the remote lacks as far as is known here; undefined where there is no remote. */
  unsent(folder: string): Promise<Unsent | undefined>;
  /** Commits of other things, or merges, wait there too. @throws GitError */
  holdsOthers(folder: string): Promise<boolean>;
  /** Sends it, putting our commits of articles on top of others' where need be; never by force. @throws GitError */
  push(folder: string): Promise<Pushed>;
}
