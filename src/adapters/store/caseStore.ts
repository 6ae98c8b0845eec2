/** The cases of one casebook: a list that is at hand at once and keeps up with the folder, and each case's log. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isCaseId, type RandomBytes } from '../../domain/case/ids';
import type { CaseKind } from '../../domain/case/state';
import type { Timings } from '../../domain/casebook';
import {
  type CaseCopy,
  type CaseStore,
  type Clock,
  type ManyOptions,
  type NewEvent,
  type NewHistory,
  type StoredCase,
  StoreError,
  type StoreProblem,
} from '../../domain/ports';
import { type CaseSummary, summarize } from '../../domain/summary';
import { breathing } from '../machine/breathing';
import { listCases, type Listing, readAll, stampAll, type Stamped } from './caseFiles';
import { CaseLogs, type FileStamp, storedCase, type Written } from './caseLog';
import { type FolderChange, FolderWatch } from './folderWatch';
import { IndexKeeper } from './indexKeeper';
import { readLines } from './jsonLines';
import { type CasePath, caseFileOf, caseIdAt, casePathOf, SETTINGS_FILE } from './layout';
import { NewFiles } from './newFiles';
import type { SettingsSource } from './settingsFile';
import { codeOf, messageOf } from './storeErrors';
import { type IndexEntry, SummaryIndex } from './summaryIndex';

export interface CaseStoreOptions {
  /** Absolute path of the casebook. */
  readonly folder: string;
  /** Absolute path of the summary index, on this machine; made when missing, and safe to delete. */
  readonly indexFile: string;
  /** Version of the extension: another one may summarize in another way. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly settings: SettingsSource;
}

/** A store that knows nothing yet: `load` reads the list. */
export function openCaseStore(options: CaseStoreOptions): CaseStore {
  return new FileCaseStore(options);
}

/** Milliseconds between two notifications while a long list is read. */
const NOTIFY_EVERY = 250;
/** Milliseconds until the first of these: a screenful is read by then. */
const FIRST_ROWS_AFTER = 40;
/** Changes of more cases than this are told as 'all'. */
const MANY = 100;

/** Cases that are made until it is told how many they are. */
const TOLD_EVERY = 50;

/** The whole folder, looked at once. */
interface Seen extends Listing {
  /** In the order of `paths`. */
  readonly stamps: readonly Stamped[];
  /** What the list held before: only that can be gone, since what was made meanwhile was not looked for. */
  readonly known: readonly CasePath[];
}

/** A case file that differs from what the list remembers. */
interface Changed {
  readonly path: CasePath;
  readonly stamp: FileStamp;
  readonly entry: IndexEntry | undefined;
}

class FileCaseStore implements CaseStore {
  readonly folder: string;
  readonly #settings: SettingsSource;
  readonly #version: string;
  readonly #logs: CaseLogs;
  readonly #index: SummaryIndex;
  readonly #keeper: IndexKeeper;
  readonly #watch: FolderWatch;
  readonly #entries = new Map<CasePath, IndexEntry>();
  readonly #listeners = new Set<(ids: readonly string[] | 'all') => void>();
  /** Of the casebook as a whole, or of a file that is no case; known after every full look at the folder. */
  #folderProblems: readonly StoreProblem[] = [];
  readonly #caseProblems = new Map<CasePath, StoreProblem>();
  #summaries: readonly CaseSummary[] | undefined;
  #loading: Promise<void> | undefined;
  /** Looks at the folder follow one another. */
  #looking: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor({ folder, indexFile, version, clock, random, settings }: CaseStoreOptions) {
    this.folder = folder;
    this.#settings = settings;
    this.#version = version;
    this.#logs = new CaseLogs(folder, clock, random);
    this.#index = new SummaryIndex(indexFile);
    const entries = () => [...this.#entries.values()];
    this.#keeper = new IndexKeeper(this.#index, () => this.#heading(), entries);
    this.#watch = new FolderWatch(folder, (change) => void this.#look(() => this.#follow(change)));
  }

  summaries(): readonly CaseSummary[] {
    this.#summaries ??= Array.from(this.#entries.values(), (entry) => entry.summary);
    return this.#summaries;
  }

  problems(): readonly StoreProblem[] {
    const unread = this.#settings.problems();
    const path = join(this.folder, SETTINGS_FILE);
    return [
      ...this.#folderProblems,
      ...(unread.length > 0 ? [{ path, code: 'settings-unreadable' as const, message: unread.join(', ') }] : []),
      ...this.#caseProblems.values(),
    ];
  }

  load(): Promise<void> {
    this.#loading ??= this.#look(async () => {
      this.#watch.arm();
      await this.#recall();
      await this.#takeIn(await this.#stampAll());
    });
    return this.#loading;
  }

  /** Shows the list as it was last seen. */
  async #recall(): Promise<void> {
    const known = await this.#index.read(this.#heading());
    // a case may have been written while the index was read
    for (const entry of known) if (!this.#entries.has(entry.path)) this.#entries.set(entry.path, entry);
    if (known.length > 0) this.#notify('all');
  }

  refresh(): Promise<void> {
    return this.#look(async () => {
      this.#watch.rearm();
      const isReloaded = await this.#reloadSettings();
      await this.#takeIn(await this.#stampAll(), isReloaded);
    });
  }

  async get(id: string): Promise<StoredCase | undefined> {
    return isCaseId(id) ? this.#logs.read(id) : undefined;
  }

  async append(id: string, by: string, decide: (current: StoredCase) => readonly NewEvent[]): Promise<StoredCase> {
    const { before, written } = await this.#write(() => this.#logs.append(id, by, decide));
    return written ? this.#keep(written) : before;
  }

  async create(kind: CaseKind, by: string, events: readonly NewEvent[]): Promise<StoredCase> {
    return this.#keep(await this.#write(() => this.#logs.create(kind, by, events)));
  }

  async createMany(by: string, histories: Iterable<NewHistory>, options: ManyOptions): Promise<readonly string[]> {
    const files = new NewFiles(this.folder);
    const ids: string[] = [];
    await this.#many(histories, options, async (history) => {
      const written = await this.#logs.createHistory(by, history, files);
      ids.push(written.stored.id);
      return written;
    });
    return ids;
  }

  async copyMany(
    copies: Iterable<CaseCopy> | AsyncIterable<CaseCopy>,
    options: ManyOptions,
  ): Promise<{ made: number; merged: number }> {
    const files = new NewFiles(this.folder);
    let [made, merged] = [0, 0];
    await this.#many(copies, options, async (copy) => {
      const written = await this.#logs.copy(copy, files);
      if (written?.isNew) made += 1;
      else if (written) merged += 1;
      return written;
    });
    return { made, merged };
  }

  /** One after the other, with turns for others; the list hears of all of them at the end. */
  async #many<T>(
    items: Iterable<T> | AsyncIterable<T>,
    options: ManyOptions,
    write: (item: T) => Promise<Written | undefined>,
  ): Promise<void> {
    const { timings } = this.#settings.current();
    const breathe = breathing();
    let done = 0;
    try {
      for await (const item of items) {
        if (options.isCancelled()) break;
        const written = await this.#write(() => write(item));
        if (written) this.#list(written, timings);
        done += 1;
        if (done % TOLD_EVERY === 0) options.progress(done);
        await breathe();
      }
      options.progress(done);
    } finally {
      this.#notify('all');
    }
  }

  /** A folder that is gone may show here first: the list hears of it, and the message names it, not a file in it. */
  async #write<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError) || error.reason !== 'folder-missing') throw error;
      await this.refresh();
      throw existsSync(this.folder) ? error : new StoreError('folder-missing', this.folder, { cause: error });
    }
  }

  pathOf(id: string): string {
    return this.#logs.pathOf(id);
  }

  onDidChange(listener: (ids: readonly string[] | 'all') => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watch.dispose();
    this.#listeners.clear();
    this.#keeper.dispose();
  }

  /** What a summary depends on beside its case. */
  #heading(): string {
    return JSON.stringify([this.#version, this.folder, this.#settings.current().timings]);
  }

  #keep(written: Written): StoredCase {
    this.#list(written, this.#settings.current().timings);
    this.#notify([written.stored.id]);
    return written.stored;
  }

  #list({ stored, stamp }: Written, timings: Timings): void {
    const path = casePathOf(stored.id);
    this.#setEntry({ path, ...stamp, summary: summarize(stored, timings) });
    this.#caseProblems.delete(path);
  }

  #setEntry(entry: IndexEntry): void {
    this.#entries.set(entry.path, entry);
    this.#changed();
  }

  #drop(path: CasePath): boolean {
    this.#caseProblems.delete(path);
    if (!this.#entries.delete(path)) return false;
    this.#changed();
    return true;
  }

  #changed(): void {
    this.#summaries = undefined;
    this.#keeper.changed();
  }

  #notify(ids: readonly string[] | 'all'): void {
    this.#summaries = undefined;
    this.#keeper.writeSoon();
    for (const listener of this.#listeners) {
      try {
        listener(ids);
      } catch (error) {
        // a listener's mistake is its own: what was written is written, and the others are told as well
        setImmediate(() => {
          throw error;
        });
      }
    }
  }

  /** Runs after the looks before it; what goes wrong with the folder is told as a problem. */
  #look(work: () => Promise<void>): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      if (this.#isDisposed) return;
      try {
        await work();
      } catch (error) {
        const isMissing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
        const code = isMissing ? 'folder-missing' : 'folder-unreadable';
        this.#folderProblems = [{ path: this.folder, code, message: messageOf(error) }];
        this.#notify('all');
      }
    });
    return this.#looking;
  }

  async #stampAll(): Promise<Seen> {
    const known = [...this.#entries.keys(), ...this.#caseProblems.keys()];
    const listing = await listCases(this.folder);
    return { ...listing, known, stamps: await stampAll(this.folder, listing.paths) };
  }

  /** Brings the list in line with the whole folder. */
  async #takeIn(seen: Seen, isReloaded = false): Promise<void> {
    const before = JSON.stringify(this.problems());
    this.#folderProblems = seen.problems;
    const there = new Set(seen.paths);
    const gone = seen.known.filter((path) => !there.has(path));
    await this.#update([...seen.paths, ...gone], [...seen.stamps, ...gone.map(() => undefined)]);
    if (isReloaded || JSON.stringify(this.problems()) !== before) this.#notify('all');
  }

  /** Brings the list in line with what a watch reported. */
  async #follow({ settings, cases }: FolderChange): Promise<void> {
    const isReloaded = settings && (await this.#reloadSettings());
    if (isReloaded || cases === 'all') return this.#takeIn(await this.#stampAll(), isReloaded);
    await this.#update([...cases], await stampAll(this.folder, [...cases]));
  }

  /** @returns true when the settings changed; cases whose summary depends on them are then read again */
  async #reloadSettings(): Promise<boolean> {
    const before = this.#heading();
    const isReloaded = await this.#settings.reload();
    if (this.#heading() !== before) {
      // no file has this size: every stamp differs now
      for (const [path, entry] of this.#entries) this.#entries.set(path, { ...entry, size: -1 });
    }
    return isReloaded;
  }

  /** Reads what has another stamp than the list remembers, drops what is gone, and tells who listens. */
  async #update(paths: readonly CasePath[], stamps: readonly Stamped[]): Promise<void> {
    const told: string[] = [];
    const changed: Changed[] = [];
    paths.forEach((path, index) => {
      const stamp = stamps[index];
      const entry = this.#entries.get(path);
      if (stamp === undefined) {
        if (this.#drop(path)) told.push(caseIdAt(path) ?? path);
      } else if (stamp instanceof Error) {
        if (this.#noteUnreadable(path, messageOf(stamp))) told.push(caseIdAt(path) ?? path);
      } else if (entry?.size !== stamp.size || entry.mtimeMs !== stamp.mtimeMs) {
        changed.push({ path, stamp, entry });
      } else if (this.#caseProblems.delete(path)) {
        told.push(caseIdAt(path) ?? path);
      }
    });
    let toldAt = performance.now() - NOTIFY_EVERY + FIRST_ROWS_AFTER;
    await readAll(
      this.folder,
      changed.map(({ path }) => path),
      (index, text) => {
        const item = changed[index];
        // what was written meanwhile is newer than what was read here
        if (this.#isDisposed || !item || this.#entries.get(item.path) !== item.entry) return;
        this.#readCase(item.path, item.stamp, text);
        told.push(caseIdAt(item.path) ?? item.path);
        const now = performance.now();
        if (changed.length > MANY && now - toldAt > NOTIFY_EVERY) {
          toldAt = now;
          this.#notify('all');
        }
      },
    );
    if (told.length > 0 && !this.#isDisposed) this.#notify(told.length > MANY ? 'all' : told);
  }

  #readCase(path: CasePath, stamp: FileStamp, text: string | Error | undefined): void {
    const id = caseIdAt(path);
    if (text === undefined || id === undefined) {
      this.#drop(path);
    } else if (text instanceof Error) {
      this.#noteUnreadable(path, messageOf(text));
    } else if (text.trim() === '') {
      // claimed by a writer that is at work now, or was killed
      this.#drop(path);
      this.#noteUnreadable(path, 'the file is empty');
    } else {
      this.#caseProblems.delete(path);
      const summary = summarize(storedCase(id, readLines(text)), this.#settings.current().timings);
      this.#setEntry({ path, size: stamp.size, mtimeMs: stamp.mtimeMs, summary });
    }
  }

  /** @returns true when that is new */
  #noteUnreadable(path: CasePath, message: string): boolean {
    const isNew = this.#caseProblems.get(path)?.message !== message;
    this.#caseProblems.set(path, { path: caseFileOf(this.folder, path), code: 'case-unreadable', message });
    return isNew;
  }
}
