/** One action on many cases: through the guards, and told as it was. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { createCasebook } from '../../../src/adapters/store/layout';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { Desk } from '../../../src/domain/desk';
import type { CaseStore } from '../../../src/domain/ports';
import { GuardError } from '../../../src/domain/sop/missing';
import { actOnEach, changedTags } from '../../../src/features/cases/bulk';

describe('One action on many cases', () => {
  let folder: string;
  let store: CaseStore;
  let desk: Desk;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-bulk-'));
    await createCasebook(folder);
    const settings = await openSettingsFile({ folder });
    const indexFile = join(folder, 'index.jsonl');
    store = openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
    await store.load();
    desk = new Desk(store, settings, systemClock, async () => 'Li Wei <li.wei@example.com>');
  });
  afterEach(() => {
    store.dispose();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('refuses each case by its own guards, and does the others', async () => {
    for (const title of ['one', 'two', 'gone', 'theirs']) await desk.open('issue', { title });
    const cases = store.summaries().toSorted((a, b) => (a.title < b.title ? -1 : 1));
    const byTitle = (title: string) => cases.find((summary) => summary.title === title)?.id ?? '';
    await desk.act(byTitle('gone'), { action: 'withdraw', values: { reason: 'by mistake' } });
    await desk.act(byTitle('theirs'), { action: 'assign', values: { owner: 'Zhang Min' } });

    const begun: string[] = [];
    const result = await actOnEach(
      cases,
      ({ id }) => desk.act(id, { action: 'assign', values: { owner: 'zhang.min', note: 'On holiday.' } }),
      () => false,
      ({ title }) => begun.push(title),
    );
    assert.deepEqual(begun, ['gone', 'one', 'theirs', 'two']);
    assert.deepEqual(
      result.done.map(({ title }) => title),
      ['one', 'two'],
    );
    assert.deepEqual(
      result.refused.map(({ summary, error }) => [summary.title, error instanceof GuardError && error.missing]),
      [
        ['gone', ['not-now']],
        ['theirs', ['owner-already']],
      ],
    );
    assert.deepEqual(result.left, []);
    const handed = store.summaries().find(({ id }) => id === byTitle('one'));
    assert.deepEqual([handed?.owner, handed?.handover?.note], ['zhang.min', 'On holiday.']);
  });

  it('stops where it is cancelled, and says what was not begun', async () => {
    for (const title of ['a', 'b', 'c']) await desk.open('request', { title });
    let acts = 0;
    const tag = async (id: string) => {
      acts += 1;
      await desk.act(id, { action: 'tag', values: { tags: ['shm'] } });
    };
    const result = await actOnEach(
      store.summaries(),
      ({ id }) => tag(id),
      () => acts === 1,
    );
    assert.deepEqual([result.done.length, result.refused.length, result.left.length], [1, 0, 2]);
    assert.equal(store.summaries().filter(({ tags }) => tags.includes('shm')).length, 1);
  });
});

describe('Changing tags of many cases', () => {
  it('puts on, takes off, and leaves the others alone', () => {
    assert.deepEqual(changedTags(['a', 'b'], { add: ['c'], remove: ['a'] }), ['b', 'c']);
    assert.equal(changedTags(['a', 'b'], { add: ['A'], remove: ['x'] }), undefined);
    assert.equal(changedTags(['a'], { add: ['a'], remove: ['a'] }), undefined, 'what is put on stays');
    assert.deepEqual(changedTags([], { add: ['a', 'b'], remove: [] }), ['a', 'b']);
    assert.deepEqual(changedTags(['a'], { add: [], remove: ['A'] }), []);
  });
});
