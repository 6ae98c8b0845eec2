/** What only one window may do: the first that makes the claim's file has it. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claims } from '../../domain/ports';
import { codeOf } from '../store/storeErrors';

/** Milliseconds after which a claim is forgotten: nothing is claimed again after so long. */
const KEPT = 60 * 86_400_000;

/** @param folder absolute path, on this machine; made when missing */
export function openClaims(folder: string): Claims {
  return {
    claim: async (key) => {
      await mkdir(folder, { recursive: true });
      const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
      try {
        // exclusive: of two windows at the same moment the system lets one make it
        await (await open(join(folder, name), 'wx')).close();
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      }
      await forgetOld(folder);
      return true;
    },
  };
}

async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // another window may be clearing up too
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > KEPT) await rm(path, { force: true });
  }
}
