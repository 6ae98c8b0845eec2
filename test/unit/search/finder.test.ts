/** The finder with its thread: answers joined with the list of cases, changes taken in, ends told. */
import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { openFinder } from '../../../src/adapters/search/finder';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import type { CaseStore, Finder } from '../../../src/domain/ports';
import { li } from '../../builders';
import { World } from './world';

describe('the finder', () => {
  let world: World;
  let store: CaseStore;
  let finder: Finder & { dispose(): void };

  beforeEach(async () => {
    world = new World();
    const { folder } = world;
    const settings = await openSettingsFile({ folder });
    const indexFile = `${world.root}/state/index.jsonl`;
    store = openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
    const thread = resolve('dist/searchThread.js');
    finder = openFinder({ ...world.options, thread, store });
  });
  afterEach(() => {
    finder.dispose();
    store.dispose();
    world.remove();
  });

  /** Resolves when the finder has told of a change after which the condition holds. */
  const until = (condition: () => Promise<boolean>) =>
    new Promise<void>((done, fail) => {
      const look = () =>
        condition().then((holds) => {
          if (!holds) return;
          listening.dispose();
          done();
        }, fail);
      const listening = finder.onDidChange(() => void look());
      void look();
    });

  it('finds cases with their summary and articles with their entry', async () => {
    const path = world.article('数据库/a.md', '---\ntags: [锁]\n---\n# 锁等待超时\n');
    const id = world.case({ title: '保存单据时锁等待超时', customer: 'Acme' });
    await finder.refresh();
    const found = await finder.find({ text: '锁等待' });
    assert.deepEqual(new Set(found.map((item) => item.id)), new Set([path, id]));
    for (const item of found) {
      if (item.is === 'case') assert.deepEqual([item.case.id, item.case.customer], [id, 'Acme']);
      else
        assert.deepEqual([item.article.path, item.article.categories, item.article.tags], [path, ['数据库'], ['锁']]);
    }
    assert.equal(finder.progress(), undefined);
  });

  it('takes in what is recorded and what is written', async () => {
    await finder.refresh();
    const values = { title: '扫码枪无响应' };
    const { id } = await store.create('issue', li, [{ type: 'open', data: { step: '1.1', round: 1, values } }]);
    await until(async () => (await finder.find({ text: '扫码枪' })).some((item) => item.id === id));
    world.article('b.md', '# 打印模板错位\n');
    await until(async () => (await finder.find({ text: '打印模板' })).length === 1);
  });

  it('says that it cannot be asked any more', async () => {
    const asked = finder.find({ text: 'x' });
    finder.dispose();
    await assert.rejects(asked, { name: 'StoreError', reason: 'failed' });
    await assert.rejects(finder.find({ text: 'x' }), { name: 'StoreError', reason: 'failed' });
  });

  it('says when its thread cannot run, and tries again with the next question', async () => {
    const broken = openFinder({
      ...world.options,
      thread: resolve('dist/no-such-thread.js'),
      store,
    });
    for (let times = 0; times < 2; times += 1) {
      await assert.rejects(broken.find({ text: 'x' }), { name: 'StoreError', reason: 'failed' });
    }
    broken.dispose();
  });
});
