/** Turns what git printed into the reason that the domain knows. */
import { GitError, type GitFailure } from '../../domain/ports';
import { CommandFailed } from './gitCommand';

const isMissingProgram = (error: CommandFailed) => error.exitCode < 0 && /\bENOENT\b/.test(error.output);

/** In the order in which they are tried; git speaks English here (see gitEnvironment). */
const readings: readonly { readonly pattern: RegExp; readonly reason: GitFailure }[] = [
  { pattern: /\.lock': File exists/, reason: 'index-locked' },
  { pattern: /not a git repository|must be run in a work tree/i, reason: 'not-a-repository' },
  { pattern: /tell me who you are|empty ident name|no (name|email) was given/i, reason: 'identity-missing' },
  { pattern: /aborted by hook/i, reason: 'hook-failed' },
  { pattern: /permission denied|read-only file system|insufficient permission/i, reason: 'read-only' },
];

export function toGitError(error: unknown): GitError {
  if (error instanceof GitError) return error;
  if (!(error instanceof CommandFailed)) {
    return new GitError('failed', error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (isMissingProgram(error)) return new GitError('git-missing', error.output, { cause: error });
  const reading = readings.find(({ pattern }) => pattern.test(error.output));
  return new GitError(reading?.reason ?? 'failed', error.output, { cause: error });
}

/** Another git holds the index or the branch at this moment. */
export function isLocked(error: unknown): boolean {
  return toGitError(error).reason === 'index-locked';
}

/**
 * A failed `git commit` of one file. Git itself dies with 128; with 1 it was a hook, there was nothing to commit,
 * or the file went missing from the index meanwhile.
 */
export function toCommitError(error: unknown): GitError {
  if (!(error instanceof CommandFailed) || error.exitCode !== 1) return toGitError(error);
  if (/^(nothing to commit|nothing added to commit|no changes added to commit)/m.test(error.output)) {
    return new GitError('nothing-to-commit', error.output, { cause: error });
  }
  const reason = /^error: pathspec /m.test(error.output) ? 'failed' : 'hook-failed';
  return new GitError(reason, error.output, { cause: error });
}

/** In the order in which they are tried, on what `git push` and `git fetch` print. */
const remoteReadings: typeof readings = [
  { pattern: /\[rejected\].*\((fetch first|non-fast-forward|stale info)\)/, reason: 'diverged' },
  // two pushes at once: the other one was faster
  { pattern: /\[remote rejected\].*(cannot lock ref|failed to update ref|incorrect old value)/, reason: 'diverged' },
  { pattern: /\[remote rejected\]|pre-receive hook declined|protected branch/, reason: 'push-refused' },
  {
    pattern:
      /Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|returned error: 40[13]|Host key verification failed/,
    reason: 'sign-in',
  },
  {
    pattern:
      /Could not resolve host|unable to access|Failed to connect|Connection (refused|timed out|reset)|Could not read from remote|does not appear to be a git repository|repository .* not found|No such device|early EOF/i,
    reason: 'offline',
  },
  { pattern: /aborted by hook|pre-push|failed to push some refs/i, reason: 'hook-failed' },
];

/** Why something could not be sent or fetched. */
export function toPushError(error: unknown): GitError {
  if (!(error instanceof CommandFailed) || isMissingProgram(error)) return toGitError(error);
  const reading = remoteReadings.find(({ pattern }) => pattern.test(error.output));
  return reading ? new GitError(reading.reason, error.output, { cause: error }) : toGitError(error);
}
