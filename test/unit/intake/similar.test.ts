/** What reads alike, and where what was typed goes when it turns out to be known. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filledBy } from '../../../src/domain/intake/intakeForm';
import { findSimilar, grouped, nothingSimilar } from '../../../src/domain/intake/similar';
import type { ArticleEntry, Finder, FindQuery, Found } from '../../../src/domain/ports';
import { withText } from '../../../src/features/caseForm/sharedDraft';
import type { CaseSummary } from '../../../src/domain/summary';
import { summary } from '../cases/summaries';

const aCase = (id: string, score: number, given: Partial<CaseSummary> = {}): Found => ({
  is: 'case',
  id,
  title: id,
  excerpt: '',
  marks: [],
  score,
  case: summary(id, given),
});
const article: ArticleEntry = {
  path: '/k/a.md',
  title: 'a',
  categories: [],
  tags: [],
  state: 'validated',
  cases: [],
  product: '',
  versions: [],
  flagged: '',
  waived: [],
  modifiedAt: 0,
};
const anArticle = (score: number): Found => ({
  is: 'article',
  id: '/k/a.md',
  title: 'a',
  excerpt: '',
  marks: [],
  score,
  article,
});

describe('What reads alike', () => {
  it('is parted into what goes on, what is solved, and articles; the best first, the rest left out', () => {
    const found = [
      aCase('open', 10),
      aCase('closed', 9, { closedAt: '2026-11-01T09:00:00+08:00' }),
      anArticle(8),
      aCase('archived', 7, { status: 'archived' }),
      aCase('withdrawn', 7, { status: 'withdrawn' }),
      aCase('merged', 7, { status: 'merged' }),
      aCase('a word in common', 1),
    ];
    const similar = grouped(found);
    assert.deepEqual(
      similar.open.map(({ id }) => id),
      ['open'],
    );
    assert.deepEqual(
      similar.solved.map(({ id }) => id),
      ['closed', 'archived'],
    );
    assert.equal(similar.articles.length, 1);
    assert.deepEqual(grouped([]), nothingSimilar);
    assert.equal(grouped([aCase('the same', 100), anArticle(6)]).articles.length, 1);
    assert.equal(grouped([aCase('the same', 100), anArticle(2)]).articles.length, 0);
  });

  it('is asked for once there is something to ask, and not with a whole log', async () => {
    const asked: FindQuery[] = [];
    const finder: Pick<Finder, 'find'> = {
      find: async (query) => {
        asked.push(query);
        return [];
      },
    };
    for (const text of ['', ' x ', '乱码', 'x'.repeat(9000)]) await findSimilar(finder, { text, exclude: 'ISS-1' });
    assert.deepEqual(
      asked.map(({ text, exclude }) => [text.length, exclude]),
      [
        [2, 'ISS-1'],
        [2000, 'ISS-1'],
      ],
    );
  });
});

describe('What was typed for a case that is there already', () => {
  it('goes behind what its note holds, once', () => {
    const once = withText({ note: { text: 'before' }, receive: { title: 'x' } }, 'note', 'text', 'typed');
    assert.deepEqual(once, { note: { text: 'before\n\ntyped' }, receive: { title: 'x' } });
    assert.equal(withText(once, 'note', 'text', 'typed'), once);
    assert.deepEqual(withText({}, 'note', 'text', 'typed'), { note: { text: 'typed' } });
    assert.deepEqual(withText({}, 'note', 'text', ' '), {});
  });
});

describe('What a pasted text fills in', () => {
  it('two times are a range, and a request has neither', () => {
    const times = [
      { key: 'occurredAt', value: '2026-11-22T09:00:00+08:00', from: '9:00' },
      { key: 'occurredUntil', value: '2026-11-22T10:00:00+08:00', from: '10:00' },
    ] as const;
    assert.equal(filledBy(times, 'issue')['occurrence'], 'range');
    assert.equal(filledBy(times.slice(0, 1), 'issue')['occurrence'], 'moment');
    assert.deepEqual(filledBy([{ key: 'description', value: 'd', from: 'd' }], 'request'), { content: 'd' });
    const both = filledBy(
      [
        { key: 'title', value: 't', from: 't' },
        { key: 'error', value: 'e', from: 'e' },
      ],
      'issue',
    );
    assert.deepEqual(both, { title: 't' });
  });
});
