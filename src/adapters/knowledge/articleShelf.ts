/** The knowledge base as a folder of markdown files: lists, reads, adds, watches; never changes a file that is there. */
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type ArticleEntry, type ArticleShelf, StoreError, type StoreFailure } from '../../domain/ports';
import { readEntry } from './articleEntry';
import { codeOf } from '../store/storeErrors';
import { FolderWatch } from './folderWatch';
import { listMarkdown } from './listing';
import { safeName } from './safeName';

/** Files read at the same time: enough to keep a disk busy, few enough for a system's limit of open files. */
const AT_ONCE = 16;

/** Bytes; a file that is larger is no log that somebody reads. */
const LARGEST_TEXT = 50_000_000;

interface Listed {
  /** The folder whose list it is in: it says where a category's folder begins. */
  readonly folder: string;
  /** Bytes. */
  readonly size: number;
  readonly entry: ArticleEntry;
}

export class FileArticleShelf implements ArticleShelf {
  /** What the list last read of each file: after a change only that file is read. */
  private known: ReadonlyMap<string, Listed> = new Map();

  /** @param quiet milliseconds of silence before a watcher's listener hears of a change */
  constructor(private readonly quiet = 200) {}

  /** Sorted by path; what can't be read is left out. A folder that does not exist holds no articles. */
  async list(folder: string): Promise<readonly ArticleEntry[]> {
    const paths = await listMarkdown(folder);
    const listed: (Listed | undefined)[] = [];
    const workers = Array.from({ length: AT_ONCE }, async (_, worker) => {
      for (let index = worker; index < paths.length; index += AT_ONCE) {
        const path = paths[index];
        if (path !== undefined) listed[index] = await this.listIfReadable(folder, path);
      }
    });
    await Promise.all(workers);
    const readable = listed.filter((item) => item !== undefined);
    this.known = new Map(readable.map((item) => [item.entry.path, item]));
    return readable.map(({ entry }) => entry);
  }

  private async listIfReadable(folder: string, path: string): Promise<Listed | undefined> {
    try {
      const { size, mtimeMs } = await stat(path);
      const known = this.known.get(path);
      if (known?.folder === folder && known.size === size && known.entry.modifiedAt === mtimeMs) return known;
      const text = await readFile(path, 'utf8');
      return { folder, size, entry: readEntry(path, basename(relative(folder, dirname(path))), text, mtimeMs) };
    } catch {
      return undefined;
    }
  }

  async entry(path: string): Promise<ArticleEntry> {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return readEntry(path, basename(dirname(path)), text, mtimeMs);
  }

  parse(path: string, text: string): ArticleEntry {
    return readEntry(path, basename(dirname(path)), text, 0);
  }

  read(path: string): Promise<string> {
    return readFile(path, 'utf8');
  }

  /** A zero byte near the beginning tells what is no text, as git does. */
  async textOf(path: string): Promise<string | undefined> {
    try {
      if ((await stat(path)).size > LARGEST_TEXT) return undefined;
      const bytes = await readFile(path);
      return bytes.subarray(0, 8_000).includes(0) ? undefined : bytes.toString('utf8');
    } catch {
      return undefined;
    }
  }

  async existing(paths: readonly string[]): Promise<readonly string[]> {
    const isFile = (path: string) =>
      stat(path).then(
        (found) => found.isFile(),
        () => false,
      );
    const found = await Promise.all(paths.map(isFile));
    return paths.filter((_, index) => found[index]);
  }

  /**
   * Writes beside the file and renames, so that no reader sees half an article.
   * @throws StoreError the file is then as it was, also when its bytes are no longer those of `before`
   */
  async replace(path: string, before: string, after: string): Promise<void> {
    let temporary: string | undefined;
    try {
      const target = await realpath(path);
      if (!(await readFile(target)).equals(Buffer.from(before))) {
        throw new StoreError('failed', path, { cause: new Error('It was changed meanwhile') });
      }
      const { mode } = await stat(target);
      temporary = join(dirname(target), `.${basename(target)}.${process.pid}-${Date.now()}.tmp`);
      await writeFile(temporary, after, { encoding: 'utf8', mode, flag: 'wx', flush: true });
      await rename(temporary, target);
    } catch (error) {
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
      throw toStoreError(error, path);
    }
  }

  /**
   * Writes folder/<category>/<slug>.md, both names made safe; where that exists, <slug>-2.md and so on.
   * @throws StoreError nothing is left behind then
   */
  async writeNew(folder: string, category: string, slug: string, text: string): Promise<string> {
    const home = join(folder, safeName(category, 'uncategorized'));
    const name = safeName(slug, 'article');
    try {
      await mkdir(home, { recursive: true });
      const way = relative(await realpath(folder), await realpath(home));
      if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new StoreError('outside-casebook', home);
      for (let number = 1; ; number += 1) {
        const path = join(home, `${name}${number === 1 ? '' : `-${number}`}.md`);
        if (await writeExclusively(path, text)) return path;
      }
    } catch (error) {
      throw toStoreError(error, home);
    }
  }

  watch(folder: string, listener: () => void): { dispose(): void } {
    return new FolderWatch(folder, listener, this.quiet);
  }
}

/** @returns false when the path is taken */
async function writeExclusively(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (!file) return false;
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

const failures: Readonly<Record<string, StoreFailure>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

function toStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(failures[codeOf(error)] ?? 'failed', path, { cause: error });
}
