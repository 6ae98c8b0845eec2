/** Runs git without a shell, in an environment that can neither ask, open an editor nor point it elsewhere. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { GitError as CommandError, simpleGit } from 'simple-git';

/** Variables that redirect git or make it start programs; simple-git refuses most of them as well. */
const UNSAFE = /^(GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|LANGUAGE|LC_ALL)$/i;

/** What we set ourselves and simple-git has to let through. Hooks inherit it, so it must not change what they do. */
const OURS = { GIT_TERMINAL_PROMPT: '0' };

/** Git ended with an exit code other than 0, or could not be started (a negative code). */
export class CommandFailed extends CommandError {
  constructor(
    readonly exitCode: number,
    /** What git and its hooks printed. */
    readonly output: string,
  ) {
    super(undefined, output);
  }
}

export interface GitOptions {
  /** The environment git gets, before what is unsafe is taken out: PATH, HOME and the like. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds without a word from git or a hook after which it is stopped. */
  readonly timeout: number;
}

/**
 * The environment of every call. Messages are English whatever the machine speaks, so that failures can be told apart.
 */
export function gitEnvironment(source: GitOptions['environment']): Record<string, string> {
  const safe = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !UNSAFE.test(entry[0]),
  );
  return { ...Object.fromEntries(safe), ...OURS, LC_ALL: 'C' };
}

/**
 * @param folder where git runs; where it does not exist yet, its nearest ancestor that does
 * @param variables of this call alone, such as the author of a commit
 * @returns what git printed on its standard output
 * @throws CommandFailed
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  options: GitOptions,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const git = simpleGit({
    baseDir: nearestExisting(folder),
    // a repository's own fsmonitor is a program that git would start; a guessed identity would go into shared history
    config: ['core.fsmonitor=false', 'user.useConfigOnly=true'],
    unsafe: { allowUnsafeFsMonitor: true },
    allowEnvironment: [...Object.keys(OURS), ...Object.keys(variables)],
    timeout: { block: options.timeout },
    // ends the standard input, so that a hook that reads it does not wait for ever
    input: () => '\n',
    // simple-git itself takes a silent failure for success
    errors: (error, { exitCode, stdErr, stdOut }) =>
      exitCode === 0 ? error : new CommandFailed(exitCode, textOf(stdOut, stdErr, error)),
  });
  return git.env({ ...gitEnvironment(options.environment), ...variables }).raw([...args]);
}

function textOf(stdOut: readonly Buffer[], stdErr: readonly Buffer[], error: Buffer | Error | undefined): string {
  const printed = Buffer.concat([...stdOut, ...stdErr]).toString('utf8');
  return printed === '' && error instanceof Error ? error.message : printed;
}

export function nearestExisting(folder: string): string {
  let candidate = folder;
  while (!existsSync(candidate) && dirname(candidate) !== candidate) candidate = dirname(candidate);
  return candidate;
}
