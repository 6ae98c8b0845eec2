/** Keeps the store inside its folder: a link that leads out of it is neither read nor written through. */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { StoreError } from '../../domain/ports';
import { codeOf } from './storeErrors';

/**
 * The real path of a file or folder below `folder`; of one that does not exist yet, below its real parent.
 * @throws StoreError 'outside-casebook' where a link leads out, or nowhere
 */
export async function realPathInside(folder: string, path: string): Promise<string> {
  const root = await realpath(folder);
  const real = await resolve(path);
  if (real !== root && !real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) {
    throw new StoreError('outside-casebook', path);
  }
  return real;
}

async function resolve(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    if (await isLink(path)) throw new StoreError('outside-casebook', path, { cause: error });
    const parent = dirname(path);
    return join(await realpath(parent), path.slice(parent.length));
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
