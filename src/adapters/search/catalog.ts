/** The index of one casebook and its knowledge folder: kept in line with the disk, kept on disk, asked. */
import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import type { ArticleEntry } from '../../domain/ports';
import { excerptOf } from '../../domain/search/excerpt';
import type { FindProgress, FindQuery, Mark } from '../../domain/search/find';
import { type EngineHit, SearchEngine } from './engine';
import { admits } from './filter';
import { readSnapshot, writeSnapshot } from './snapshot';
import { articleSource, caseSource, type Kind, type Known, type Source } from './sources';

export interface CatalogOptions {
  /** Absolute path of the casebook. */
  readonly folder: string;
  /** Absolute path of the folder that holds the articles. */
  readonly knowledgeFolder: string;
  /** Absolute path of the index, on this machine; made when missing, and safe to delete. */
  readonly file: string;
  /** Version of the extension: another one may read documents in another way. */
  readonly version: string;
}

/** What a find answers with, before it is joined with the list of cases. */
export interface Hit {
  readonly is: Kind;
  readonly id: string;
  readonly title: string;
  readonly excerpt: string;
  readonly marks: readonly Mark[];
  readonly score: number;
  readonly article?: ArticleEntry;
}

export type Part = 'cases' | 'articles';

/** Milliseconds of work after which a query gets its turn. */
const SLICE = 20;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 300;
/** So many changes, or this part of all, make the file worth writing anew; fewer are read again at the next start. */
const MANY_CHANGES = 100;
const MANY_CHANGES_OF_ALL = 0.02;
const DEFAULT_LIMIT = 20;
/** Milliseconds. */
const PATIENCE = 250;
/** What counts less: an archived article, a withdrawn case. */
const PAST = 0.5;
/** An article is what came of its cases: of two that say the same it comes first. */
const CASE = 0.85;

export class Catalog {
  readonly #options: CatalogOptions;
  readonly #sources: Readonly<Record<Kind, Source>>;
  #engine = new SearchEngine();
  #known = new Map<string, Known>();
  #progress: FindProgress | undefined;
  /** Since the file was written. */
  #changes = 0;
  #recalling: Promise<void> | undefined;
  #firstRefresh: Promise<void> | undefined;
  /** Refreshes follow one another. */
  #working: Promise<void> = Promise.resolve();

  /** @param onChange told of progress and of changes, and when a refresh came to its end */
  constructor(
    options: CatalogOptions,
    private readonly onChange: () => void = () => undefined,
  ) {
    this.#options = options;
    this.#sources = { case: caseSource(options.folder), article: articleSource(options.knowledgeFolder) };
  }

  progress(): FindProgress | undefined {
    return this.#progress;
  }

  /** Reads what changed since the last time. @param cases only these */
  refresh(parts: readonly Part[] = ['articles', 'cases'], cases?: readonly string[]): Promise<void> {
    const work = this.#working.then(async () => {
      await this.#recalled();
      let isChanged = false;
      if (parts.includes('articles')) isChanged = await this.#takeIn(this.#sources.article);
      if (parts.includes('cases')) isChanged = (await this.#takeIn(this.#sources.case, cases)) || isChanged;
      if (isChanged) this.onChange();
      await this.#save();
    });
    // one that failed must not take the later ones with it
    this.#working = work.catch(() => undefined);
    this.#firstRefresh ??= this.#working;
    return work;
  }

  /** Answers from what is there; a first reading that takes but a moment is waited for. */
  async find(query: FindQuery): Promise<readonly Hit[]> {
    await this.#recalled();
    await Promise.race([this.#firstRefresh, after(PATIENCE, undefined, { ref: false })]);
    const isAdmitted = admits(query);
    const limit = query.limit ?? DEFAULT_LIMIT;
    const weigh = (id: string) => {
      const known = this.#known.get(id);
      if (!known || !isAdmitted(id, known)) return 0;
      return (known.isPast ? PAST : 1) * (known.is === 'case' ? CASE : 1);
    };
    const {
      hits: found,
      terms,
      isLong,
    } = query.text.trim() === ''
      ? { hits: this.#newest(weigh, limit), terms: new Map<string, number>(), isLong: false }
      : this.#engine.search(query.text, limit, weigh, query.least);
    return found.flatMap(({ id, score }): Hit[] => {
      const known = this.#known.get(id);
      if (!known) return [];
      const { is, title, article } = known;
      const excerpt = excerptOf(this.#reading(is, id), terms, isLong);
      return [{ is, id, title, score, ...excerpt, ...(article ? { article } : {}) }];
    });
  }

  #reading(is: Kind, id: string): string {
    try {
      return this.#sources[is].reading(id);
    } catch {
      // it went away just now
      return '';
    }
  }

  #newest(weigh: (id: string) => number, limit: number): EngineHit[] {
    return [...this.#known]
      .filter(([id]) => weigh(id) > 0)
      .toSorted(([, a], [, b]) => b.changed - a.changed)
      .slice(0, limit)
      .map(([id]) => ({ id, score: 0 }));
  }

  /** @returns true when anything changed */
  async #takeIn(source: Source, only?: readonly string[]): Promise<boolean> {
    // a folder that can't be listed now, as a drive that is away, holds what it held
    const ids = only ?? (await source.list().catch(() => undefined));
    if (!ids) return false;
    const stamps = await source.stamp(ids);
    const gone = this.#dropMissing(source.is, ids, stamps, only !== undefined);
    const changed = ids.flatMap((id, index) => {
      const [stamp, known] = [stamps[index], this.#known.get(id)];
      return stamp && (known?.size !== stamp.size || known.mtimeMs !== stamp.mtimeMs) ? [{ id, stamp }] : [];
    });
    let turn = performance.now();
    let reported = turn;
    for (const [done, { id, stamp }] of changed.entries()) {
      try {
        const { known, text } = source.read(id, stamp);
        this.#drop(id);
        this.#engine.put(id, text);
        this.#known.set(id, known);
      } catch {
        // it vanished, or can't be read: it is not found then
        this.#drop(id);
      }
      this.#changes += 1;
      const now = performance.now();
      if (now - turn < SLICE) continue;
      if (now - reported > REPORT_EVERY) {
        this.#progress = { done, total: changed.length };
        this.onChange();
        reported = now;
      }
      await nextTurn();
      turn = performance.now();
    }
    const wasLong = this.#progress !== undefined;
    this.#progress = undefined;
    return changed.length > 0 || gone > 0 || wasLong;
  }

  #dropMissing(is: Kind, ids: readonly string[], stamps: readonly unknown[], isPartial: boolean): number {
    const here = new Set(ids.filter((_, index) => stamps[index] !== undefined));
    const asked = isPartial ? ids : [...this.#known].filter(([, known]) => known.is === is).map(([id]) => id);
    const gone = asked.filter((id) => !here.has(id) && this.#known.has(id));
    for (const id of gone) this.#drop(id);
    this.#changes += gone.length;
    return gone.length;
  }

  #drop(id: string): void {
    this.#known.delete(id);
    this.#engine.remove(id);
  }

  #recalled(): Promise<void> {
    this.#recalling ??= this.#recall();
    return this.#recalling;
  }

  /** What the index held when it was last written. */
  async #recall(): Promise<void> {
    const snapshot = await readSnapshot(this.#options.file, this.#heading());
    if (!snapshot) return;
    this.#engine = new SearchEngine(snapshot.index);
    this.#known = new Map(snapshot.known);
  }

  async #save(): Promise<void> {
    if (this.#changes === 0) return;
    const many = Math.min(MANY_CHANGES, Math.max(1, this.#known.size * MANY_CHANGES_OF_ALL));
    if (this.#changes < many) return;
    this.#changes = 0;
    try {
      const index = this.#engine.pack();
      const known = index.ids.flatMap((id) => {
        const document = this.#known.get(id);
        return document ? [[id, document] as const] : [];
      });
      await writeSnapshot(this.#options.file, this.#heading(), { known, index });
    } catch {
      // the next start reads the files instead
    }
  }

  #heading(): string {
    const { version, folder, knowledgeFolder } = this.#options;
    return JSON.stringify([version, folder, knowledgeFolder]);
  }
}
