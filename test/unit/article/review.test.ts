/** Who may say that an article is right, and what is written into it. */
import { strict as assert } from 'node:assert';
import { removeFrontMatter } from '../../../src/domain/article/frontMatter';
import { asArchived, asFlagged, asReviewed, hasOtherReviewer, mayReview } from '../../../src/domain/article/review';

const [li, wang, chen] = ['Li Wei <li.wei@example.com>', 'Wang Fang <wang@example.com>', 'Chen Hao <chen@example.com>'];
const person = (entry: string, role?: 'SE' | 'RD') => {
  const [, name = '', mail = ''] = /^(.*) <(.*)>$/.exec(entry) ?? [];
  return { name, mail, ...(role === undefined ? {} : { role }) };
};

describe('the review of an article', () => {
  it('is done by somebody else than its author, where there is somebody else', () => {
    const team = [person(li, 'SE'), person(wang), person(chen, 'RD')];
    assert.equal(mayReview(li, [li], team), false);
    assert.equal(mayReview(wang, [li], team), true);
    assert.equal(mayReview(li, [li, wang], team), true, 'everybody has written in it');
    assert.equal(mayReview(li, [li], [person(li), person(chen, 'RD')]), true, 'R&D reviews no articles of support');
    assert.equal(mayReview(li, [li], []), true);
    assert.equal(hasOtherReviewer(team, [li]), true);
    assert.equal(hasOtherReviewer([person(li)], ['li.wei']), false, 'the same person under another spelling');
  });

  const text = '---\ntitle: t\nstate: draft # begun\nflagged: "old: yes"\ntags: [a]\n---\nbody\n';

  it('changes what it is about and nothing else', () => {
    assert.equal(asReviewed(text), '---\ntitle: t\nstate: validated # begun\ntags: [a]\n---\nbody\n');
    assert.equal(
      asFlagged(text, ' not for\n8.4: see docs '),
      '---\ntitle: t\nstate: draft # begun\nflagged: "not for 8.4: see docs"\ntags: [a]\n---\nbody\n',
    );
    assert.equal(asArchived(text), '---\ntitle: t\nstate: archived # begun\ntags: [a]\n---\nbody\n');
  });

  it('takes a key out with the lines that belong to it, also with Windows line ends and at the end', () => {
    assert.equal(
      removeFrontMatter('---\r\na: 1\r\nb:\r\n  - x\r\n  - y\r\nc: 2\r\n---\r\n', 'b'),
      '---\r\na: 1\r\nc: 2\r\n---\r\n',
    );
    assert.equal(removeFrontMatter('---\na: 1\nb: 2\n---\n', 'b'), '---\na: 1\n---\n');
    assert.equal(removeFrontMatter('no front matter', 'b'), 'no front matter');
    assert.equal(removeFrontMatter('---\na: 1\n---\nb: 2\n', 'b'), '---\na: 1\n---\nb: 2\n');
  });
});
