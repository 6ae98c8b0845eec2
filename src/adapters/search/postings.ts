/**
 * Which documents hold a term and how much it says there, as plain numbers: one of 32 bits for each document of a term,
 * the document's number above and the weight in the lowest byte.
 */

/** Highest weight of a term in a document. */
export const FULL = 255;
const WEIGHT_BITS = 8;

export const postingOf = (document: number, weight: number): number =>
  document * 2 ** WEIGHT_BITS + Math.max(1, Math.min(FULL, Math.round(weight)));
export const documentOf = (posting: number): number => posting >>> WEIGHT_BITS;
export const weightOf = (posting: number): number => posting & FULL;

/** The part that lies on disk: terms, and behind each other the postings of each. Never changed. */
export interface Packed {
  readonly terms: readonly string[];
  /** Where the postings of a term begin; one more than there are terms. */
  readonly offsets: Uint32Array;
  readonly postings: Uint32Array;
}

const nothing: Packed = { terms: [], offsets: new Uint32Array(1), postings: new Uint32Array(0) };

/** A packed part and what was added since. */
export class Postings {
  readonly #packed: Packed;
  readonly #places: ReadonlyMap<string, number>;
  readonly #added = new Map<string, number[]>();

  constructor(packed: Packed = nothing) {
    this.#packed = packed;
    this.#places = new Map(packed.terms.map((term, place) => [term, place]));
  }

  add(term: string, posting: number): void {
    const postings = this.#added.get(term);
    if (postings) postings.push(posting);
    else this.#added.set(term, [posting]);
  }

  has(term: string): boolean {
    return this.#places.has(term) || this.#added.has(term);
  }

  *terms(): Generator<string> {
    yield* this.#packed.terms;
    for (const term of this.#added.keys()) if (!this.#places.has(term)) yield term;
  }

  /** In up to two pieces. */
  of(term: string): readonly (readonly number[] | Uint32Array)[] {
    const place = this.#places.get(term);
    const { offsets, postings } = this.#packed;
    const packed = place === undefined ? [] : [postings.subarray(offsets[place], offsets[place + 1])];
    const added = this.#added.get(term);
    return added ? [...packed, added] : packed;
  }

  /** @param renumber old number of a document → new one, or undefined for one that is gone */
  pack(renumber: (document: number) => number | undefined): Packed {
    const terms: string[] = [];
    const offsets: number[] = [0];
    let postings = new Uint32Array(Math.max(1024, this.#packed.postings.length * 2));
    let length = 0;
    for (const term of this.terms()) {
      const begin = length;
      for (const piece of this.of(term)) {
        if (length + piece.length > postings.length) {
          const larger = new Uint32Array((length + piece.length) * 2);
          larger.set(postings.subarray(0, length));
          postings = larger;
        }
        for (const posting of piece) {
          const document = renumber(documentOf(posting));
          if (document === undefined) continue;
          postings[length] = postingOf(document, weightOf(posting));
          length += 1;
        }
      }
      if (length === begin) continue;
      terms.push(term);
      offsets.push(length);
    }
    return { terms, offsets: Uint32Array.from(offsets), postings: postings.slice(0, length) };
  }
}
