/** Watches a folder of markdown, subfolders included, without watching what is never listed. */
import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { isListedFolder, isMarkdown } from '../../domain/article/place';

/** More folders than this are not watched: the system's watches are not ours alone. */
const MOST = 1_000;

/**
 * One plain watch a folder: the recursive one of Node also walks into .git and node_modules.
 * A folder that does not exist yet is noticed when it appears.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;
  /** A folder may have come or gone since the watches were brought in line. */
  private isOutOfLine = false;

  constructor(
    private readonly folder: string,
    private readonly listener: () => void,
    /** Milliseconds of silence before the listener hears of it. */
    private readonly quiet: number,
  ) {
    this.follow();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  /** Brings the watches in line with the folders that there are now. */
  private follow(): void {
    const wanted = new Set(existsSync(this.folder) ? foldersBelow(this.folder) : [nearestAbove(this.folder)]);
    for (const [path, watcher] of this.watchers) {
      if (wanted.has(path)) continue;
      watcher.close();
      this.watchers.delete(path);
    }
    for (const path of wanted) if (!this.watchers.has(path)) this.open(path);
  }

  private open(path: string): void {
    try {
      const watcher = watch(path, { persistent: false }, (_event, name) => this.notice(path, name));
      watcher.on('error', () => this.drop(path, watcher));
      this.watchers.set(path, watcher);
    } catch {
      // it went away meanwhile, or the system has no watches left: the next change elsewhere tries again
    }
  }

  private drop(path: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.watchers.get(path) === watcher) this.watchers.delete(path);
    this.soon(true);
  }

  private notice(path: string, name: string | null): void {
    const isAbove = !(path === this.folder || path.startsWith(join(this.folder, '/')));
    if (name !== null && !(isAbove ? this.leadsHere(path, name) : concerns(name))) return;
    // an article that is saved makes no folder: looking at all of them each time would take the editor's turn
    this.soon(isAbove || name === null || !isMarkdown(name));
  }

  private leadsHere(path: string, name: string): boolean {
    let step = this.folder;
    while (dirname(step) !== path && dirname(step) !== step) step = dirname(step);
    return basename(step) === name;
  }

  private soon(isOutOfLine: boolean): void {
    if (this.isDisposed) return;
    this.isOutOfLine ||= isOutOfLine;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.isOutOfLine) this.follow();
      this.isOutOfLine = false;
      this.listener();
    }, this.quiet);
  }
}

/** An article, or a name that may be a folder's. */
function concerns(name: string): boolean {
  return isMarkdown(name) || (extname(name) === '' && isListedFolder(name));
}

function foldersBelow(folder: string): string[] {
  const found = [folder];
  for (let index = 0; index < found.length && found.length < MOST; index += 1) {
    const parent = found[index] ?? folder;
    for (const entry of readFolder(parent)) {
      if (entry.isDirectory() && isListedFolder(entry.name)) found.push(join(parent, entry.name));
    }
  }
  return found.slice(0, MOST);
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

function nearestAbove(folder: string): string {
  let path = folder;
  while (!existsSync(path) && dirname(path) !== path) path = dirname(path);
  return path;
}
