/** Finding what a colleague wrote before: cases and articles by what they say, the same way for every view and the API. */
import type { CaseKind } from '../case/state';
import type { ArticleEntry } from '../ports';
import type { CaseSummary } from '../summary';

export interface FindQuery {
  /** As it was typed or pasted, in any language. Empty: whatever the rest admits, newest first. */
  readonly text: string;
  readonly only?: 'case' | 'article';
  /** Of cases; articles have no kind and are not found then. */
  readonly kind?: CaseKind;
  /** The product's name or how it begins; capitals do not count, as in the three below. */
  readonly product?: string;
  /** "8.3" also finds 8.3.1. */
  readonly version?: string;
  readonly tag?: string;
  readonly customer?: string;
  /** Case id or absolute article path to leave out. */
  readonly exclude?: string;
  /** From 0 to 1: what holds less than this part of the text, rare words counting more, is left out. */
  readonly least?: number;
  /** At most this many; 20 where it is left out. */
  readonly limit?: number;
}

interface FoundText {
  /** Case id, or the article's absolute path. */
  readonly id: string;
  readonly title: string;
  /** One line of text around the best match; where nothing of the text matched, its beginning. */
  readonly excerpt: string;
  /** Ranges [start, end) of the matches in the excerpt, in UTF-16 units, in order. */
  readonly marks: readonly Mark[];
  /** Higher is better; only to be compared with others of the same answer. */
  readonly score: number;
}

export type Mark = readonly [start: number, end: number];

export interface FoundCase extends FoundText {
  readonly is: 'case';
  readonly case: CaseSummary;
}

export interface FoundArticle extends FoundText {
  readonly is: 'article';
  readonly article: ArticleEntry;
}

/** Best first. */
export type Found = FoundCase | FoundArticle;

export interface Finder {
  /**
   * Answers from what is indexed by now; the first call begins to index.
   * @throws StoreError 'failed' when the index can't be asked
   */
  find(query: FindQuery): Promise<readonly Found[]>;
  /** Brings the index in line with the disk; resolves when everything can be found. */
  refresh(): Promise<void>;
  /** How far indexing is; undefined while nothing is left to index. */
  progress(): FindProgress | undefined;
  /** Told while an index is made, at most a few times a second, and whenever something changed in it. */
  onDidChange(listener: () => void): { dispose(): void };
}

export interface FindProgress {
  readonly done: number;
  readonly total: number;
}
