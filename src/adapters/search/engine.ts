/** The inverted index: MiniSearch with Casebook's terms and weights. */
import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { SearchText } from '../../domain/search/document';
import { queryTermsOf } from '../../domain/search/terms';
import { termsOf } from '../../domain/search/tokens';

interface Document extends SearchText {
  readonly id: string;
}

export interface EngineHit {
  readonly id: string;
  readonly score: number;
  /** Of the index; those that only resemble what was typed included. */
  readonly terms: readonly string[];
}

const options: Options<Document> = {
  fields: ['title', 'labels', 'errors', 'symptom', 'rest'],
  tokenize: (text) => termsOf(text),
  processTerm: (term) => term,
};

const BOOST = { title: 4, labels: 2, errors: 2, symptom: 2, rest: 1 };

export class SearchEngine {
  private constructor(private readonly index: MiniSearch<Document>) {}

  static empty(): SearchEngine {
    return new SearchEngine(new MiniSearch(options));
  }

  /** @throws when the text is no index */
  static async parse(json: string): Promise<SearchEngine> {
    return new SearchEngine(await MiniSearch.loadJSONAsync<Document>(json, options));
  }

  get size(): number {
    return this.index.documentCount;
  }

  has(id: string): boolean {
    return this.index.has(id);
  }

  put(id: string, text: SearchText): void {
    this.remove(id);
    this.index.add({ id, ...text });
  }

  remove(id: string): void {
    if (this.index.has(id)) this.index.discard(id);
  }

  /** @param weigh 0 leaves a document out, 1 is the usual */
  search(text: string, weigh: (id: string) => number): EngineHit[] {
    const terms = queryTermsOf(text);
    if (terms.length === 0) return [];
    const byTerm = new Map(terms.map((term) => [term.term, term]));
    const found = this.index.search(text, {
      tokenize: () => [...byTerm.keys()],
      prefix: (term) => byTerm.get(term)?.prefix ?? false,
      fuzzy: (term) => byTerm.get(term)?.typos ?? 0,
      boost: BOOST,
      weights: { prefix: 0.4, fuzzy: 0.3 },
      boostDocument: (id: string) => weigh(id),
    });
    return found.map(({ id, score, match, queryTerms }) => ({
      id: String(id),
      score: score * coverage(queryTerms.length, terms.length),
      terms: Object.keys(match),
    }));
  }

  toPlain(): AsPlainObject {
    return this.index.toJSON();
  }
}

/** Holding much of what was asked counts more than holding one rare part of it often. */
const coverage = (matched: number, asked: number) => 0.5 + (0.5 * matched) / asked;
