/** Which files of a folder are articles. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../store/storeErrors';
import { isListedFolder, isMarkdown } from '../../domain/article/place';

/**
 * Every markdown file below a folder, sorted. Links are not followed; a subfolder that can't be read is left out.
 * @returns absolute paths; none where the folder does not exist
 */
export async function listMarkdown(folder: string): Promise<string[]> {
  const files: string[] = [];
  const waiting = [folder];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const entry of await readFolder(parent, parent === folder)) {
      const path = join(parent, entry.name);
      if (entry.isDirectory() && isListedFolder(entry.name)) waiting.push(path);
      else if (entry.isFile() && isMarkdown(entry.name)) files.push(path);
    }
  }
  return files.toSorted();
}

async function readFolder(path: string, isTop: boolean): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isTop && codeOf(error) !== 'ENOENT') throw error;
    return [];
  }
}
