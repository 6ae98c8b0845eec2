/** Publishing: one commit, the cases that go on are linked with it, and what is new is told from what is not. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CaseState, type CaseStatus, emptyCase } from '../../../src/domain/case/state';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { defaultSettings } from '../../../src/domain/casebook';
import { Library } from '../../../src/domain/library';
import { LeakError } from '../../../src/domain/redaction/articleCheck';
import { type ArticleEntry, type Casebook, GitError, StoreError } from '../../../src/domain/ports';
import type { Act } from '../../../src/domain/sop/engine';
import { textOf, type Values } from '../../../src/domain/sop/field';

const folder = '/book/knowledge';
const path = `${folder}/a.md`;
const ids = ['ISS-20261122-AAAA', 'ISS-20261122-BBBB', 'ISS-20261122-CCCC'];

/** A library over these cases; what is linked is kept, and the second commit finds nothing new. */
function libraryOf(statuses: readonly CaseStatus[], body = 'It fails.', settings = defaultSettings) {
  const cases = new Map<string, CaseState>(
    statuses.map((status, index) => [ids[index] ?? '', { ...emptyCase(ids[index] ?? '', 'issue'), status }]),
  );
  let text = `---\nstate: draft\n---\n${body}\n`;
  let committed = '';
  let saved: string | undefined;
  const entry = (of = text): ArticleEntry => ({
    path,
    title: 'It fails',
    categories: [],
    tags: [],
    state: of.includes('draft') ? 'draft' : 'validated',
    cases: ids,
    product: '',
    waived: [],
    versions: [],
    flagged: '',
    modifiedAt: 0,
  });
  const ports = {
    knowledgeFolder: folder,
    me: async () => 'Li Wei <li.wei@example.com>',
    publishing: () => ({ branch: '', signOff: false, message: 'kb: {title}' }),
    store: {
      folder: '/book',
      get: async (id: string) => {
        const state = cases.get(id);
        return state && { id, state, quarantined: [] };
      },
    },
    desk: {
      act: async (id: string, act: Act) => {
        const state = cases.get(id) ?? assert.fail(id);
        const [at, values] = [{ at: '', by: '' }, act.values as Values];
        const link = { ...at, path: textOf(values, 'path'), title: '', commit: textOf(values, 'commit') };
        cases.set(id, { ...state, articles: [link] });
      },
    },
    settings: { current: () => settings },
    secrets: secretScanner,
    articles: {
      read: async () => text,
      entry: async () => entry(),
      parse: (_path: string, of: string) => entry(of),
      textOf: async () => undefined,
      existing: async () => [],
      replace: async (_path: string, _before: string, after: string) => {
        text = after;
      },
    },
    repository: {
      ensure: async () => {
        text = saved ?? text;
        return '/book';
      },
      authors: async () => ['Li Wei <li.wei@example.com>'],
      commitFile: async () => {
        if (committed === text) throw new GitError('nothing-to-commit', 'c1\n');
        committed = text;
        return 'c1';
      },
    },
  };
  return {
    library: new Library(ports as unknown as Casebook),
    cases,
    text: () => text,
    committed: () => committed,
    /** While it is being published, after it was looked through. */
    saveMeanwhile: (as: string) => {
      saved = as;
    },
  };
}

describe('Publishing an article', () => {
  it('commits it and links the cases that are here and were not given up', async () => {
    for (const status of ['withdrawn', 'merged', 'converted'] as const) {
      const { library, cases } = libraryOf(['open', status]);
      const published = await library.publish(path);
      assert.deepEqual([published.commit, published.isNew, published.cases], ['c1', true, [ids[0]]]);
      assert.deepEqual(cases.get(ids[1] ?? '')?.articles, []);
      await assert.rejects(library.publish(path), GitError);
    }
  });

  it('tells when only a link was added', async () => {
    const { library, cases } = libraryOf(['archived', 'closed']);
    await library.publish(path);
    cases.set(ids[2] ?? '', emptyCase(ids[2] ?? '', 'issue'));
    const again = await library.publish(path);
    assert.deepEqual([again.commit, again.isNew, again.cases], ['c1', false, ids]);
    await assert.rejects(library.publish(path), GitError);
  });

  it('does not commit what was saved while it looked through what was there before', async () => {
    const { library, text, committed, saveMeanwhile } = libraryOf(['open']);
    await library.publish(path);
    const before = text();
    saveMeanwhile(`${before}password=Xy12#ab\n`);
    await assert.rejects(library.publish(path), StoreError);
    assert.equal(committed(), before);
    assert.match(text(), /Xy12/);
  });

  it('refuses what must not leave, without a change or a commit, and without saying it in the message', async () => {
    const settings = { ...defaultSettings, customers: [{ name: 'Acme Ltd', contacts: ['Dana Wu'] }] };
    const body = 'Dana Wu of Acme saw password=Xy12#ab at 10.1.2.3.';
    const { library, text, committed } = libraryOf(['open'], body, settings);
    await assert.rejects(library.publish(path), (error) => {
      assert.ok(error instanceof LeakError);
      assert.deepEqual(
        error.leaks.map(({ kind, value }) => [kind, value]),
        [
          ['contact', 'Dana Wu'],
          ['customer', 'Acme'],
          ['password', 'Xy12#ab'],
          ['ip', '10.1.2.3'],
        ],
      );
      assert.doesNotMatch(error.message, /Acme|Dana|Xy12|10\.1/);
      return true;
    });
    assert.equal(committed(), '');
    assert.match(text(), /state: draft/);
  });

  const team = {
    ...defaultSettings,
    people: [
      { name: 'Li Wei', mail: 'li.wei@example.com' },
      { name: 'Wang Fang', mail: 'wang@example.com' },
    ],
  };

  it('validates it at once where nobody else could review it, and leaves it to a colleague where somebody can', async () => {
    const alone = libraryOf(['open']);
    assert.equal((await alone.library.publish(path)).state, 'validated');
    const inTeam = libraryOf(['open'], 'It fails.', team);
    assert.equal((await inTeam.library.publish(path)).state, 'draft');
    await assert.rejects(inTeam.library.review(path), { name: 'GuardError' });
    assert.match(inTeam.text(), /state: draft/);
    await inTeam.library.flag(path, 'wrong since 8.4');
    assert.match(inTeam.committed(), /flagged: wrong since 8\.4/);
  });
});
