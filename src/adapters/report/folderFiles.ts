/** Writes a report's files into any folder, each whole or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RenderedFile } from '../../domain/report/reportShelf';
import { storeErrorOf } from '../store/storeErrors';

/** @param folder absolute path; made when missing. @returns absolute paths @throws StoreError */
export async function writeInto(folder: string, files: readonly RenderedFile[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { name, content } of files) {
    const path = join(folder, name);
    const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, content, { flag: 'wx', flush: true });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw storeErrorOf(path, error);
    }
    paths.push(path);
  }
  return paths;
}
