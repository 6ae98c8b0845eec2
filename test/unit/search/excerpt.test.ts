import assert from 'node:assert/strict';
import { excerptOf } from '../../../src/domain/search/excerpt';

const log = '2026-11-22 10:00:03 ERROR line 7: the path of a line was read; token used before issued, clock skew 300 s';
const terms = new Map([
  ['error', 1],
  ['line', 1.5],
  ['path', 2],
  ['token', 3],
  ['skew', 5],
]);
const marked = (isLong: boolean) => {
  const { excerpt, marks } = excerptOf(log, terms, isLong);
  return marks.map(([start, end]) => excerpt.slice(start, end));
};

describe('an excerpt', () => {
  it('marks every word that was typed', () =>
    assert.deepEqual(marked(false), ['ERROR', 'line', 'path', 'line', 'token', 'skew']));

  it('marks what tells most where a whole report was asked for', () =>
    assert.deepEqual(marked(true), ['token', 'skew']));

  it('begins where a text begins that holds nothing of it', () => {
    assert.deepEqual(excerptOf('Nothing here', terms, true), { excerpt: 'Nothing here', marks: [] });
  });
});
