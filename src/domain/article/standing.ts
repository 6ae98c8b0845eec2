/** How an article stands in the team: who uses it, who should look at it again. */
import type { ArticleEntry } from '../ports';
import type { CaseSummary } from '../summary';
import { instantOf } from '../time';
import { wayDown } from './place';

/** Why somebody should read it again: nobody reviewed it, somebody asked for it, its case came back. */
export type ReviewNeed = 'unreviewed' | 'flagged' | 'caseReopened';

export interface Standing {
  readonly entry: ArticleEntry;
  /** Cases that are linked with it. */
  readonly uses: number;
  /** When the latest of them was changed last; empty where there is none. */
  readonly lastUsedAt: string;
  readonly review?: ReviewNeed;
  /** Not used and not changed for a year. */
  readonly isStale: boolean;
}

const YEAR = 365 * 86_400_000;

/**
 * @param folder absolute path of the knowledge base: cases name articles by the way from there
 * @param now milliseconds since the epoch
 */
export function standingsOf(
  entries: readonly ArticleEntry[],
  summaries: readonly CaseSummary[],
  folder: string,
  now: number,
): readonly Standing[] {
  const cases = new Map<string, CaseSummary[]>();
  const returned = new Set<string>();
  for (const summary of summaries) {
    for (const { path, isFlagged } of summary.articles) {
      const known = cases.get(path);
      if (known) known.push(summary);
      else cases.set(path, [summary]);
      if (isFlagged) returned.add(path);
    }
  }
  return entries.map((entry) => {
    const way = wayDown(folder, entry.path) ?? '';
    const users = cases.get(way) ?? [];
    const lastUsedAt = users.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), '');
    const review = reviewNeedOf(entry, returned.has(way), users.length > 0);
    const lastTouched = Math.max(entry.modifiedAt, lastUsedAt === '' ? 0 : instantOf(lastUsedAt));
    return {
      entry,
      uses: users.length,
      lastUsedAt,
      ...(review === undefined ? {} : { review }),
      isStale: entry.state !== 'archived' && lastTouched < now - YEAR,
    };
  });
}

/** A draft that a case names already has been published, and waits for a second pair of eyes. */
function reviewNeedOf(entry: ArticleEntry, hasReturned: boolean, isUsed: boolean): ReviewNeed | undefined {
  if (entry.state === 'archived') return undefined;
  if (entry.flagged !== '') return 'flagged';
  if (hasReturned) return 'caseReopened';
  return entry.state === 'draft' && isUsed ? 'unreviewed' : undefined;
}
