/** The terms of an index that a query's term may mean: itself, what it begins, what it is a misspelling of. */
import SearchableMap from 'minisearch/SearchableMap';
import type { QueryTerm } from '../../domain/search/terms';

export interface Meaning {
  readonly term: string;
  /** 1 for the term itself, less the less they are alike. */
  readonly likeness: number;
}

const PREFIX = 0.4;
const TYPO = 0.3;
/** A term with more meanings than this means too little. */
const MOST = 60;
/** So many terms of one beginning are looked at: "c" begins thousands. */
const LOOKED_AT = 400;
/** A word from this length on also stands for what is made of it: connection, connections. */
const INFLECTED = 5;
/** What people misspell; longer ones are names of classes. */
const WORD = /^[a-z]{4,24}$/;
const ASCII = /^\p{ASCII}/u;

export class Vocabulary {
  /** In a radix tree, which finds what is nearly equal. */
  readonly #words = new SearchableMap<true>();
  readonly #terms: string[] = [];
  /** Of characters: nobody misspells them. */
  readonly #pairs: string[] = [];
  #isSorted = true;

  /** @param term one that was not added before */
  add(term: string): void {
    if (!ASCII.test(term)) this.#pairs.push(term);
    else this.#terms.push(term);
    if (WORD.test(term)) this.#words.set(term, true);
    this.#isSorted = false;
  }

  /** @param isKnown the term itself is in the index, so it is no misspelling */
  meaningsOf({ term, kind, prefix, open, typos }: QueryTerm, isKnown: boolean): Meaning[] {
    const itself = { term, likeness: 1 };
    if (kind === 'pair') return prefix ? [itself, ...this.#pairsWith(term)] : [itself];
    const likenesses = new Map<string, number>();
    if (typos > 0 && !isKnown) {
      for (const [found, [, distance]] of this.#words.fuzzyGet(term, typos)) {
        likenesses.set(found, (TYPO * term.length) / (term.length + distance));
      }
    }
    // a short word that is known means itself
    if (prefix && (!isKnown || open || term.length >= INFLECTED)) {
      for (const found of this.#beginningWith(term)) {
        // the longer the rest, the less likely it was meant
        likenesses.set(found, (PREFIX * term.length) / (term.length + 0.3 * (found.length - term.length)));
      }
    }
    likenesses.delete(term);
    return [itself, ...closest(likenesses)];
  }

  #beginningWith(prefix: string): string[] {
    const terms = this.#terms;
    if (!this.#isSorted) terms.sort();
    this.#isSorted = true;
    let [low, high] = [0, terms.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((terms[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return terms.slice(low, low + LOOKED_AT).filter((term) => term.startsWith(prefix));
  }

  #pairsWith(character: string): Meaning[] {
    return this.#pairs.filter((pair) => pair.includes(character)).map((term) => ({ term, likeness: PREFIX }));
  }
}

function closest(likenesses: ReadonlyMap<string, number>): Meaning[] {
  return Array.from(likenesses, ([term, likeness]) => ({ term, likeness }))
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, MOST);
}
