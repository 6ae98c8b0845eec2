/** How an article stands in the team, and where the Knowledge view shows it. */
import { strict as assert } from 'node:assert';
import { type Standing, standingsOf } from '../../../src/domain/article/standing';
import type { ArticleEntry } from '../../../src/domain/ports';
import { sectionsOf } from '../../../src/features/knowledge/sections';
import { summary } from '../cases/summaries';

const now = Date.parse('2026-11-22T10:00:00Z');
const daysAgo = (days: number) => now - days * 86_400_000;

const entry = (name: string, parts: Partial<ArticleEntry> = {}): ArticleEntry => ({
  path: `/kb/${name}`,
  title: name,
  categories: [],
  tags: [],
  state: 'validated',
  cases: [],
  product: '',
  versions: [],
  waived: [],
  flagged: '',
  modifiedAt: daysAgo(1),
  ...parts,
});

const uses = (path: string, isFlagged = false, updatedAt = '2026-11-20T09:00:00Z') =>
  summary('ISS-20261120-0001', { articles: [{ path, isFlagged }], updatedAt });

const standing = (article: ArticleEntry, ...cases: ReturnType<typeof uses>[]): Standing =>
  standingsOf([article], cases, '/kb', now)[0] ?? assert.fail();

describe('the standing of an article', () => {
  it('counts the cases that are linked with it', () => {
    const found = standing(entry('a.md'), uses('a.md'), uses('b.md'), uses('a.md', false, '2026-11-21T09:00:00Z'));
    assert.deepEqual([found.uses, found.lastUsedAt], [2, '2026-11-21T09:00:00Z']);
  });

  it('needs review when somebody asked for it, its case came back, or nobody reviewed what is in use', () => {
    assert.equal(standing(entry('a.md', { flagged: 'outdated' })).review, 'flagged');
    assert.equal(standing(entry('a.md'), uses('a.md', true)).review, 'caseReopened');
    assert.equal(standing(entry('a.md', { state: 'draft' }), uses('a.md')).review, 'unreviewed');
    assert.equal(standing(entry('a.md', { state: 'draft' })).review, undefined, 'it is being written');
    assert.equal(standing(entry('a.md'), uses('a.md')).review, undefined);
    assert.equal(standing(entry('a.md', { state: 'archived', flagged: 'old' })).review, undefined);
  });

  it('is stale when nobody changed or used it for a year', () => {
    const old = { modifiedAt: daysAgo(400) };
    assert.equal(standing(entry('a.md', old)).isStale, true);
    assert.equal(standing(entry('a.md', old), uses('a.md')).isStale, false);
    assert.equal(standing(entry('a.md', old), uses('a.md', false, '2025-01-01T00:00:00Z')).isStale, true);
    assert.equal(standing(entry('a.md')).isStale, false);
    assert.equal(standing(entry('a.md', { ...old, state: 'archived' })).isStale, false);
  });
});

describe('the sections of the Knowledge view', () => {
  const titles = (standings: readonly Standing[]) =>
    sectionsOf(standings).map(({ kind, name, articles, sections }) => [
      `${kind}${name === '' ? '' : `:${name}`}`,
      ...articles.map((article) => article.entry.title),
      ...sections.map((inner) => `${inner.name}=${inner.articles.length}`),
    ]);
  const standings = (...entries: readonly ArticleEntry[]) => standingsOf(entries, [], '/kb', now);

  it('show what waits for somebody before the categories, and what has no category last', () => {
    const list = standings(
      entry('b', { categories: ['Databases'], tags: ['pg'] }),
      entry('a', { categories: ['Databases'], tags: ['pg', 'docker'] }),
      entry('loose'),
      entry('old', { categories: ['Apps'], modifiedAt: daysAgo(500) }),
      entry('wrong', { categories: ['Apps'], flagged: 'outdated' }),
      entry('begun', { categories: ['Apps'], state: 'draft' }),
      entry('gone', { categories: ['Apps'], state: 'archived', tags: ['x'] }),
    );
    assert.deepEqual(titles(list), [
      ['review', 'wrong'],
      ['drafts', 'begun'],
      ['category:Apps', 'begun', 'gone', 'old', 'wrong'],
      ['category:Databases', 'a', 'b'],
      ['category', 'loose'],
      ['tags', 'docker=1', 'pg=2'],
      ['idle', 'old'],
    ]);
  });

  it('name what is new once there is more than can be seen at a glance', () => {
    const many = Array.from({ length: 12 }, (_, index) => entry(`a${index}`, { modifiedAt: daysAgo(index) }));
    const recent = sectionsOf(standings(...many)).find(({ kind }) => kind === 'recent');
    assert.deepEqual(
      recent?.articles.map((article) => article.entry.title),
      ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9'],
    );
    assert.deepEqual(titles([]), []);
  });
});
