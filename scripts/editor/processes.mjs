// Starts other programs with an environment that does not depend on who started us, and ends them with their children.
import { spawn, spawnSync } from 'node:child_process';

/** Variables that change what an editor, Node, npm or git does: a run inside another editor must not differ. */
const leaking =
  /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|npm_|INIT_CWD$|GIT_|EDITOR$|PAGER$|TERM_PROGRAM)/i;

/**
 * Our environment without what leaks from a surrounding editor, npm or git.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {Record<string, string>}
 */
export const cleanEnv = (extra = {}) =>
  Object.fromEntries(
    Object.entries({ ...process.env, ...extra }).flatMap(([name, value]) =>
      value === undefined || (leaking.test(name) && !(name in extra)) ? [] : [[name, value]],
    ),
  );

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
// Asked, not killed: a child that has started others in groups of their own must be able to end those
process.on('exit', () => running.forEach(askToEnd));

/**
 * Starts a program in a process group of its own, which ends with us.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const start = (command, args, options = {}) => {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnv(),
    ...options,
    detached: process.platform !== 'win32',
  });
  running.add(child);
  // Its children may outlive it for a moment, so the group is ended once more
  child.once('exit', () => {
    endNow(child);
    running.delete(child);
  });
  return child;
};

/** @param {import('node:child_process').ChildProcess} child */
const askToEnd = (child) => {
  if (process.platform === 'win32') endNow(child);
  else if (child.pid !== undefined) signal(child.pid, 'SIGTERM');
};

/** @param {import('node:child_process').ChildProcess} child */
const endNow = ({ pid }) => {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else signal(pid, 'SIGKILL');
};

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
const signal = (pid, name) => {
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended already
  }
};

/**
 * Asks a program to end, and ends it with all its children when it does not.
 * @param {import('node:child_process').ChildProcess} child
 */
export const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const patience = setTimeout(() => endNow(child), 5_000);
  askToEnd(child);
  await ended;
  clearTimeout(patience);
};

/**
 * Runs a program to its end and returns its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/**
 * Runs a program to its end and returns what it printed, whatever its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>}
 */
export const outputOf = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => (printed += chunk));
    }
    child.once('error', reject);
    child.once('close', () => resolve(printed.trimEnd()));
  });

/**
 * Runs npm, the one that started us if there is one.
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const npm = (args, options = {}) => {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
};
