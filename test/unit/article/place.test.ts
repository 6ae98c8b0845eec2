/** Which paths are articles of a knowledge base, on both kinds of file system. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isArticleIn, wayDown } from '../../../src/domain/article/place';

describe('Where articles lie', () => {
  it('a folder beside the casebook with a longer name is not in it', () => {
    assert.equal(wayDown('/team/books', '/team/books-knowledge'), undefined);
    assert.equal(wayDown('/team/books', '/team/books/knowledge'), 'knowledge');
    assert.equal(wayDown('/team/books', '/team/books'), '');
  });

  it('a separator at the end of a folder is no part of the way', () => {
    assert.equal(wayDown('/team/kb/', '/team/kb/db/pool.md'), 'db/pool.md');
    assert.equal(wayDown('/', '/pool.md'), 'pool.md');
  });

  it('Windows writes a drive in either case and a backslash between names', () => {
    assert.equal(wayDown('C:\\kb', 'c:\\kb\\数据库\\Pool.md'), '数据库/Pool.md');
    assert.equal(wayDown('\\\\server\\kb', '\\\\server\\kb\\a.md'), 'a.md');
    assert.equal(wayDown('C:\\kb', 'D:\\kb\\a.md'), undefined);
  });

  it('a backslash in a name of another system stays', () => {
    assert.equal(wayDown('/kb', '/kb/a\\b.md'), 'a\\b.md');
  });

  it('an article is what the list shows: not hidden, not in a package, markdown by either ending', () => {
    for (const path of ['/kb/a.md', '/kb/db/B.MD', '/kb/db/c.markdown']) assert.ok(isArticleIn('/kb', path), path);
    for (const path of ['/kb', '/kb/a.txt', '/kb/.git/a.md', '/kb/node_modules/x/readme.md', '/kb/.a.md', '/x/a.md'])
      assert.ok(!isArticleIn('/kb', path), path);
  });
});
