/** What stands in the history of the knowledge base. */
import { strict as assert } from 'node:assert';
import { commitMessage, defaultCommitMessage } from '../../../src/domain/article/commitMessage';
import type { ArticleEntry } from '../../../src/domain/ports';

const entry = (parts: Partial<ArticleEntry>) =>
  ({ title: 'Shared memory', cases: [], categories: [], tags: [], ...parts }) as unknown as ArticleEntry;

describe('the message of a commit', () => {
  it('names the article and its cases', () => {
    const cases = ['ISS-20261122-7K3F', 'ISS-20261122-8M2N'];
    assert.equal(
      commitMessage(defaultCommitMessage, entry({ cases })),
      'kb: Shared memory\n\nCases: ISS-20261122-7K3F, ISS-20261122-8M2N',
    );
  });

  it('leaves out a line that would have nothing to say', () => {
    assert.equal(commitMessage(defaultCommitMessage, entry({})), 'kb: Shared memory');
    assert.equal(
      commitMessage('{category}: {title}\nTags: {tags}', entry({ categories: ['Databases'] })),
      'Databases: Shared memory',
    );
  });

  it('keeps the first line one line, and takes nothing of the title for a place', () => {
    assert.equal(commitMessage('docs: {title}', entry({ title: 'two\nlines {cases}' })), 'docs: two lines {cases}');
  });

  it('is never empty', () => {
    assert.equal(commitMessage(' \n', entry({})), 'Shared memory');
  });
});
