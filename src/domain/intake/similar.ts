/** What was reported before and reads alike: open cases to go on with, solved ones and articles to answer with. */
import type { Finder, FindQuery, Found, FoundArticle, FoundCase } from '../ports';

export interface Similar {
  readonly open: readonly FoundCase[];
  /** Closed or archived. */
  readonly solved: readonly FoundCase[];
  readonly articles: readonly FoundArticle[];
}

export const nothingSimilar: Similar = { open: [], solved: [], articles: [] };

/** A single character is in every other text. */
const SHORTEST = 2;
/** A description may be a whole log; what it is about, it says in its beginning. */
const LONGEST = 2000;
const ASKED = 24;
/** Of the best one's score: what shares a word or two with it is no help to somebody on the phone. */
const WORTH = 0.2;
const MOST = { open: 4, solved: 4, articles: 3 };

/** @throws StoreError */
export async function findSimilar(finder: Finder, query: Pick<FindQuery, 'text' | 'exclude'>): Promise<Similar> {
  const text = query.text.trim().slice(0, LONGEST);
  if (text.length < SHORTEST) return nothingSimilar;
  return grouped(await finder.find({ ...query, text, limit: ASKED }));
}

export function grouped(found: readonly Found[]): Similar {
  const least = WORTH * Math.max(0, ...found.map(({ score }) => score));
  const near = found.filter(({ score }) => score >= least);
  const cases = near.filter((each) => each.is === 'case');
  return {
    open: cases.filter(isGoingOn).slice(0, MOST.open),
    solved: cases.filter(isSolved).slice(0, MOST.solved),
    articles: near.filter((each) => each.is === 'article').slice(0, MOST.articles),
  };
}

export const countOf = ({ open, solved, articles }: Similar): number => open.length + solved.length + articles.length;

const isGoingOn = ({ case: { status, closedAt } }: FoundCase) => status === 'open' && closedAt === undefined;

const isSolved = ({ case: { status, closedAt } }: FoundCase) =>
  status === 'closed' || status === 'archived' || (status === 'open' && closedAt !== undefined);
