// Where downloads and data that outlive a run are kept: outside the checkout, one folder per lock file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The cache folder; CASEBOOK_CACHE names another one. */
export const cacheRoot = () =>
  process.env.CASEBOOK_CACHE ??
  join(
    process.env.XDG_CACHE_HOME ??
      (process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined) ??
      join(homedir(), '.cache'),
    'casebook-editor',
  );

/**
 * A folder for what `lockFile` pins: another lock file, another folder.
 * @param {string} name
 * @param {string} lockFile
 */
export const cacheFor = (name, lockFile) =>
  join(cacheRoot(), `${name}-${createHash('sha256').update(readFileSync(lockFile)).digest('hex').slice(0, 16)}`);

/**
 * Fills `target` once. The work is done in a folder beside it and renamed, so that nobody ever sees half of it; of two
 * processes that do it at the same moment the slower one throws its copy away.
 * @param {string} target
 * @param {(folder: string) => Promise<void>} fill
 */
export const once = async (target, fill) => {
  if (existsSync(target)) return;
  removeLeftovers(target);
  const draft = `${target}.${process.pid}.tmp`;
  mkdirSync(draft, { recursive: true });
  try {
    await fill(draft);
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** @param {string} target */
const removeLeftovers = (target) => {
  const parent = dirname(target);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(`${basename(target)}.`) && /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
};

/** @param {number} pid */
const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
