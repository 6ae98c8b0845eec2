/**
 * The inverted index: BM25 over several fields. MiniSearch itself keeps every posting in a map of its own, which at
 * 10,000 articles took 560 MB and over a second a query; here a posting is one number.
 */
import type { SearchText } from '../../domain/search/document';
import { queryTermsOf } from '../../domain/search/terms';
import { termsOf } from '../../domain/search/tokens';
import { documentOf, FULL, type Packed, Postings, postingOf, weightOf } from './postings';
import { Vocabulary } from './vocabulary';

export interface EngineHit {
  readonly id: string;
  readonly score: number;
}

export interface EngineAnswer {
  /** Best first. */
  readonly hits: readonly EngineHit[];
  /** Of the index, that count as what was typed, and how much each says. */
  readonly terms: ReadonlyMap<string, number>;
  /** It was asked for with more than somebody types: a report, a log. */
  readonly isLong: boolean;
}

/** The index as it lies on disk. */
export interface PackedIndex extends Packed {
  /** The ids of the documents by their number. */
  readonly ids: readonly string[];
}

type Field = keyof SearchText;

/** How much a match says, and how many terms the field usually has; in a longer one each says less. */
const fields: Readonly<Record<Field, { readonly boost: number; readonly usual: number }>> = {
  title: { boost: 4, usual: 12 },
  labels: { boost: 2, usual: 12 },
  errors: { boost: 2, usual: 40 },
  symptom: { boost: 2, usual: 80 },
  rest: { boost: 1, usual: 400 },
};
/** BM25's usual values: how soon a further occurrence says nothing new, and how much length matters. */
const SATURATION = 1.2;
const LENGTH = 0.7;
/** Terms of a search that was typed by hand: each was meant. */
const TYPED = 8;

export class SearchEngine {
  #ids: string[];
  #numbers: Map<string, number>;
  #postings: Postings;
  #vocabulary: Vocabulary | undefined;

  /** @param packed of a file; left out: an empty index */
  constructor(packed?: PackedIndex) {
    this.#ids = [...(packed?.ids ?? [])];
    this.#numbers = new Map(this.#ids.map((id, number) => [id, number]));
    this.#postings = new Postings(packed);
  }

  get size(): number {
    return this.#numbers.size;
  }

  put(id: string, text: SearchText): void {
    const number = this.#ids.push(id) - 1;
    this.#numbers.set(id, number);
    for (const [term, weight] of weightsOf(text)) {
      if (this.#vocabulary && !this.#postings.has(term)) this.#vocabulary.add(term);
      this.#postings.add(term, postingOf(number, weight));
    }
  }

  /** Its postings stay until the index is packed, and count no more. */
  remove(id: string): void {
    this.#numbers.delete(id);
  }

  /**
   * @param weigh from 0, which leaves a document out, to 1, the usual
   * @param least a document that holds less than this part of what was asked, rare terms counting more, is left out
   */
  search(text: string, limit: number, weigh: (id: string) => number, least = 0): EngineAnswer {
    const asked = queryTermsOf(text);
    const scores = new Float64Array(this.#ids.length);
    const matched = new Uint8Array(this.#ids.length);
    const last = new Uint8Array(this.#ids.length);
    const held = new Float64Array(this.#ids.length);
    let whole = 0;
    const terms = new Map<string, number>();
    this.#vocabulary ??= this.#readVocabulary();
    for (const [index, queryTerm] of asked.entries()) {
      // a term that nobody wrote yet is the rarest: what lacks it is about something else
      const rarity = this.#rarity(this.#countOf(queryTerm.term));
      whole += rarity;
      for (const { term, likeness } of this.#vocabulary.meaningsOf(queryTerm, this.#postings.has(queryTerm.term))) {
        const pieces = this.#postings.of(term);
        const count = this.#countOf(term);
        if (count === 0) continue;
        const tells = likeness * this.#rarity(count);
        const worth = tells / FULL;
        terms.set(term, Math.max(terms.get(term) ?? 0, tells));
        for (const piece of pieces) {
          for (const posting of piece) {
            const document = documentOf(posting);
            scores[document] = (scores[document] ?? 0) + worth * weightOf(posting);
            if (last[document] === index + 1) continue;
            last[document] = index + 1;
            // the meaning that is most alike comes first
            held[document] = (held[document] ?? 0) + likeness * rarity;
            matched[document] = (matched[document] ?? 0) + 1;
          }
        }
      }
    }
    // holding much of what was asked counts more than holding one rare part of it often
    for (const [number, count] of matched.entries()) {
      const isEnough = (held[number] ?? 0) >= least * whole;
      if (count > 0) scores[number] = isEnough ? (scores[number] ?? 0) * (0.5 + (0.5 * count) / asked.length) : 0;
    }
    return { hits: this.#best(scores, limit, weigh), terms, isLong: asked.length > TYPED };
  }

  #best(scores: Float64Array, limit: number, weigh: (id: string) => number): EngineHit[] {
    const numbers: number[] = [];
    for (const [number, score] of scores.entries()) if (score > 0) numbers.push(number);
    numbers.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const best: EngineHit[] = [];
    for (const number of numbers) {
      const most = scores[number] ?? 0;
      // no weight is above 1, so nothing that follows can be better
      if (best.length >= limit && (best.at(-1)?.score ?? 0) >= most) break;
      const id = this.#ids[number] ?? '';
      const score = this.#numbers.get(id) === number ? most * weigh(id) : 0;
      if (score === 0) continue;
      const place = best.findIndex((hit) => hit.score < score);
      best.splice(place === -1 ? best.length : place, 0, { id, score });
      if (best.length > limit) best.pop();
    }
    return best;
  }

  /** Also forgets what was removed. */
  pack(): PackedIndex {
    const ids = [...this.#numbers.keys()];
    const renumbered = new Map(ids.map((id, number) => [this.#numbers.get(id), number]));
    const packed = { ids, ...this.#postings.pack((document) => renumbered.get(document)) };
    this.#ids = [...ids];
    this.#numbers = new Map(ids.map((id, number) => [id, number]));
    this.#postings = new Postings(packed);
    return packed;
  }

  #readVocabulary(): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const term of this.#postings.terms()) vocabulary.add(term);
    return vocabulary;
  }

  #countOf(term: string): number {
    return this.#postings.of(term).reduce((sum, piece) => sum + piece.length, 0);
  }

  #rarity(count: number): number {
    const total = this.#ids.length;
    return Math.log(1 + (total - count + 0.5) / (count + 0.5));
  }
}

/** Term → how much it says in this document, up to `FULL`. */
function weightsOf(text: SearchText): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [field, { boost, usual }] of Object.entries(fields)) {
    const terms = termsOf(text[field as Field]);
    const worth = boost / (1 - LENGTH + (LENGTH * terms.length) / usual);
    for (const term of terms) sums.set(term, (sums.get(term) ?? 0) + worth);
  }
  for (const [term, sum] of sums) sums.set(term, (FULL * sum) / (sum + SATURATION));
  return sums;
}
