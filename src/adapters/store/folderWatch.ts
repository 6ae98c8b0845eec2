/** Tells which of a casebook's files may have changed: by another window, by git, or by hand. */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { type CasePath, CASES_FOLDER, caseIdAt, isHidden, isYear, SETTINGS_FILE } from './layout';

/** What may have changed; the receiver compares stamps. */
export interface FolderChange {
  readonly settings: boolean;
  /** 'all': years or other than case files came or went, or the system did not say which file it was. */
  readonly cases: ReadonlySet<CasePath> | 'all';
}

/** Milliseconds of quiet after which a change is told: git and editors touch many files, and each more than once. */
const QUIET = 150;
/** Milliseconds after which it is told though there is no quiet. */
const LONGEST_WAIT = 1_000;

export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  #settings = false;
  #cases: Set<CasePath> | 'all' = new Set();
  #timer: NodeJS.Timeout | undefined;
  #since = 0;

  constructor(
    private readonly folder: string,
    private readonly tell: (change: FolderChange) => void,
  ) {}

  /**
   * Watches the folder, `cases`, and every year there is now. A folder that can't be watched (it is not there, or
   * the system has no watches left) is left to the next refresh.
   */
  arm(): void {
    const cases = join(this.folder, CASES_FOLDER);
    this.#watch(this.folder, (name) => {
      if (name === null || name === SETTINGS_FILE) this.#settings = true;
      if (name === null || name === CASES_FOLDER) this.#armAgain();
      return name === null || name === SETTINGS_FILE || name === CASES_FOLDER;
    });
    this.#watch(cases, (name) => {
      if (name !== null && isHidden(name)) return false;
      this.#armAgain();
      return true;
    });
    const years = foldersIn(cases).filter(isYear);
    for (const year of years) this.#watch(join(cases, year), (name) => this.#noteFile(year, name));
    const wanted = new Set([this.folder, cases, ...years.map((year) => join(cases, year))]);
    for (const path of this.#watchers.keys()) if (!wanted.has(path)) this.#forget(path);
  }

  /** Lets go of watches on folders that were since replaced by others of the same name, and watches those. */
  rearm(): void {
    for (const path of this.#watchers.keys()) this.#forget(path);
    this.arm();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const path of this.#watchers.keys()) this.#forget(path);
  }

  #noteFile(year: string, name: string | null): boolean {
    if (name !== null && isHidden(name)) return false;
    const path = `${year}/${name}`;
    if (this.#cases === 'all') return true;
    if (name === null || caseIdAt(path) === undefined) this.#cases = 'all';
    else this.#cases.add(path);
    return true;
  }

  #armAgain(): void {
    this.#cases = 'all';
    // the year that came or went may be another folder than before under the same name
    for (const path of this.#watchers.keys()) if (path !== this.folder) this.#forget(path);
    this.arm();
  }

  #watch(path: string, note: (name: string | null) => boolean): void {
    if (this.#watchers.has(path)) return;
    try {
      const watcher = watch(path, { persistent: false }, (_event, name) => {
        if (this.#watchers.get(path) === watcher && note(name)) this.#tellSoon();
      });
      watcher.on('error', () => this.#forget(path));
      this.#watchers.set(path, watcher);
    } catch {
      // left to the next refresh
    }
  }

  #forget(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
  }

  #tellSoon(): void {
    const now = performance.now();
    if (this.#timer === undefined) this.#since = now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(QUIET, this.#since + LONGEST_WAIT - now));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const change = { settings: this.#settings, cases: this.#cases };
      this.#settings = false;
      this.#cases = new Set();
      this.tell(change);
    }, wait);
    this.#timer.unref();
  }
}

/** Real folders only: one that is linked in may lead out of the casebook, and is left to the next refresh. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}
