/** Long texts are looked at in slices, so that nobody waits behind one of five megabytes. */
import type { Spot } from './finding';

/** UTF-16 units: a few milliseconds of work. */
const SLICE = 32_000;
/** Longer than any secret: what the end of a slice cuts is whole at the beginning of the next. */
const OVERLAP = 8_000;

export interface Slice {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly start: number;
}

/** Slices that overlap, cut where a line begins if there is one near. */
export function* slicesOf(text: string, size = SLICE, overlap = OVERLAP): Generator<Slice> {
  let start = 0;
  while (start + size < text.length) {
    yield { text: text.slice(start, start + size), start };
    const next = start + size - overlap;
    const line = text.indexOf('\n', next) + 1;
    start = line > 0 && line < start + size - overlap / 2 ? line : next;
  }
  yield { text: text.slice(start), start };
}

/** The spots of a slice as spots of the whole. */
export function moved(spots: readonly Spot[], by: number): Spot[] {
  return spots.map(({ kind, start, end }) => ({ kind, start: start + by, end: end + by }));
}
