/** The kinds of figures that a report is made of. Each names the cases behind it, in ascending order of their ids. */
import type { Words } from '../words';

export type CaseIds = readonly string[];

/** Against the period before. */
export interface Change {
  readonly previous: number;
  /** Now less previous, in the figure's own unit; of a share as a fraction: 0.05 is five percentage points. */
  readonly difference: number;
  /** Difference ÷ previous: 0.12 is 12 % more. Left out where the period before had none: there is no percentage. */
  readonly ratio?: number;
  /** There was none before and there is one now. */
  readonly isNew: boolean;
}

/** How many; of events (closures, verifications) it may be more than there are cases behind it. */
export interface Count {
  readonly count: number;
  readonly cases: CaseIds;
  readonly change?: Change;
}

/** So many of so many. */
export interface Share {
  readonly part: number;
  readonly of: number;
  /** Part ÷ of, from 0 to 1; left out where `of` is 0. */
  readonly share?: number;
  /** Behind `part`. */
  readonly cases: CaseIds;
  /** Behind `of`, without those that are behind `part` alone. */
  readonly others: CaseIds;
  readonly change?: Change;
}

/** Times of single cases, in milliseconds. An average is one over cases, never of averages. */
export interface Spread {
  readonly n: number;
  /** These are left out where n is 0. */
  readonly mean?: number;
  /** Nearest rank. */
  readonly median?: number;
  /** Nearest rank; left out where there are too few. */
  readonly p90?: number;
  /** Fewer than five: "样本不足 / too few" stands in place of the 90th percentile. */
  readonly isTooFew: boolean;
  readonly cases: CaseIds;
  /** Of the mean. */
  readonly change?: Change;
}

/** The same times by the team's working time, which is the headline, and by the clock on the wall. */
export interface Timing {
  readonly business: Spread;
  readonly calendar: Spread;
}

/** One bar of a distribution. */
export interface Bucket {
  readonly label: Words;
  /** Milliseconds, inclusive. */
  readonly from: number;
  /** Exclusive; left out of the last one. */
  readonly until?: number;
  readonly count: number;
  readonly cases: CaseIds;
}

/** One line of a ranking or a break-down. */
export interface Row {
  /** What it counts, as it stands in the cases; empty for what was not filled in. */
  readonly key: string;
  /** `key` as a reader should see it, "Not filled in / 未填" for the empty one. */
  readonly label: Words;
  readonly count: number;
  /** Of all that the table counts, from 0 to 1; left out where it counts none. */
  readonly share?: number;
  readonly cases: CaseIds;
  readonly change?: Change;
}
