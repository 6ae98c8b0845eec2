/** What was reported before and reads alike: open cases to go on with, solved ones and articles to answer with. */
import type { Finder, FindQuery, Found, FoundArticle, FoundCase } from '../ports';
import { queryTermsOf } from '../search/terms';

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
/** Of the best case's score: what shares a word or two with it is no help to somebody on the phone. */
const WORTH = 0.4;
/** An article tells of many cases, none of which it matches word by word. */
const ARTICLE_WORTH = { ofArticles: 0.5, ofAll: 0.05 };
const MOST = 3;
/** A report of more terms than this, as with a log in it, shares some with nearly every other. */
const LONG_REPORT = 20;
/** Of such a report, rare words counting more: what holds less of it is about something else. */
const LEAST_OF_LONG = 0.12;

/** @throws StoreError */
export async function findSimilar(
  finder: Pick<Finder, 'find'>,
  query: Pick<FindQuery, 'text' | 'exclude'>,
): Promise<Similar> {
  const text = query.text.trim().slice(0, LONGEST);
  if (text.length < SHORTEST) return nothingSimilar;
  const least = queryTermsOf(text).length > LONG_REPORT ? LEAST_OF_LONG : 0;
  return grouped(await finder.find({ ...query, text, limit: ASKED, least }));
}

export function grouped(found: readonly Found[]): Similar {
  const cases = found.filter((each) => each.is === 'case');
  const articles = found.filter((each) => each.is === 'article');
  const best = (of: readonly Found[]) => Math.max(0, ...of.map(({ score }) => score));
  const near = cases.filter(({ score }) => score >= WORTH * best(cases));
  const least = Math.max(ARTICLE_WORTH.ofArticles * best(articles), ARTICLE_WORTH.ofAll * best(found));
  return {
    open: near.filter(isGoingOn).slice(0, MOST),
    solved: near.filter(isSolved).slice(0, MOST),
    articles: articles.filter(({ score }) => score >= least).slice(0, MOST),
  };
}

const isGoingOn = ({ case: { status, closedAt } }: FoundCase) => status === 'open' && closedAt === undefined;

const isSolved = ({ case: { status, closedAt } }: FoundCase) =>
  status === 'closed' || status === 'archived' || (status === 'open' && closedAt !== undefined);
