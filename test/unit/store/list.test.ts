/** The list keeps up with the folder, whoever changes it, and starts fast from its index. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CaseStore } from '../../../src/domain/ports';
import { aCase, type CaseInHand, li, zhang } from '../../builders';
import { generateCases } from '../../bench/generate';
import { cleanUp, fileOf, newCasebook, noteEvent, place, storeOver, tempFolder, until } from './folders';
import { bundleWriter, startWriter } from './writers';

const sorted = (store: CaseStore | undefined) => store?.summaries().toSorted((a, b) => (a.id < b.id ? -1 : 1));
const codes = (store: CaseStore) => store.problems().map((problem) => problem.code);

function listen(store: CaseStore): (readonly string[] | 'all')[] {
  const told: (readonly string[] | 'all')[] = [];
  store.onDidChange((ids) => told.push(ids));
  return told;
}

describe('the list of cases', () => {
  afterEach(cleanUp);

  it('shows cases of both kinds at any step, and names what is no case', async () => {
    const folder = await newCasebook();
    place(folder, aCase('issue', { seed: 1 }).until('archived'));
    place(folder, aCase('request', { seed: 2 }).until('closed'));
    place(folder, aCase('issue', { seed: 3, start: '2025-01-31T09:00:00+08:00' }).until('3.2'));
    writeFileSync(join(folder, 'cases', 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'cases', '2026', 'ISS-20250101-AAAA.jsonl'), '{}');
    writeFileSync(join(folder, 'cases', '2026', '.ISS-20260101-AAAA.jsonl.tmp'), '{}');
    writeFileSync(join(folder, 'cases', '2026', 'ISS-20260101-AAAA.jsonl'), '');
    mkdirSync(join(folder, 'cases', '2026', 'ISS-20260101-BBBB.jsonl'));
    const store = await storeOver(folder);
    await store.load();
    assert.deepEqual(
      sorted(store)?.map(({ status, step }) => [status, step]),
      [
        ['open', '3.2'],
        ['archived', '5.2'],
        ['closed', '4.1'],
      ],
    );
    assert.deepEqual(codes(store).toSorted(), ['case-unreadable', 'case-unreadable', 'not-a-case', 'not-a-case']);
  });

  it('notices what another process writes, without being asked', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const store = await storeOver(folder);
    await store.load();
    const told = listen(store);
    const before = store.summaries()[0]?.updatedAt;
    const writer = startWriter(await bundleWriter(), [folder, 'other', '1', item.id]);
    await writer.ended;
    await until('the change is seen', () => store.summaries()[0]?.updatedAt !== before);
    assert.deepEqual(told, [[item.id]]);
  });

  it('notices new cases, new years, removed cases and hand edits', async () => {
    const folder = await newCasebook();
    const store = await storeOver(folder);
    await store.load();
    const [first, second] = [aCase('issue', { seed: 1 }), aCase('request', { start: '2024-03-01T09:00:00+08:00' })];
    const file = place(folder, first);
    await until('a case in a new year', () => store.summaries().length === 1);
    place(folder, second);
    await until('another year', () => store.summaries().length === 2);
    appendFileSync(file, 'not a line of JSON\n');
    await until('a hand edit', () => store.summaries().some((summary) => summary.quarantined === 1));
    unlinkSync(file);
    await until('a removal', () => store.summaries().length === 1);
    rmSync(join(folder, 'cases', '2024'), { recursive: true });
    await until('a removed year', () => store.summaries().length === 0);
    place(folder, second);
    await until('the year again', () => store.summaries().length === 1);
    appendFileSync(fileOf(folder, second.id), 'x\n');
    await until('a change in the year that came back', () => store.summaries()[0]?.quarantined === 1);
  });

  it('tells of an own write once', async () => {
    const folder = await newCasebook();
    const [item, other] = [aCase('issue', { seed: 1 }), aCase('issue', { seed: 2 })];
    place(folder, item);
    const store = await storeOver(folder);
    await store.load();
    const told = listen(store);
    await store.append(item.id, li, () => [noteEvent('mine')]);
    place(folder, other);
    await until('the other case is seen', () => store.summaries().length === 2);
    assert.deepEqual(told, [[item.id], [other.id]]);
  });

  it('sees on refresh what no watch told', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const store = await storeOver(folder);
    await store.refresh();
    assert.equal(store.summaries().length, 1);
    rmSync(fileOf(folder, item.id));
    await store.refresh();
    assert.equal(store.summaries().length, 0);
  });

  it('keeps the list while the folder is gone, and recovers', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const store = await storeOver(folder);
    await store.load();
    renameSync(folder, `${folder}-away`);
    await store.refresh();
    assert.deepEqual(codes(store), ['folder-missing', 'settings-unreadable']);
    assert.equal(store.summaries().length, 1);
    renameSync(`${folder}-away`, folder);
    await store.refresh();
    assert.deepEqual(codes(store), []);
    appendFileSync(fileOf(folder, item.id), 'x\n');
    await until('changes are seen again', () => store.summaries()[0]?.quarantined === 1);
  });

  it('loads without complaint where there is no casebook yet', async () => {
    const store = await storeOver(join(tempFolder(), 'nowhere'));
    await store.load();
    assert.deepEqual(store.summaries(), []);
    assert.ok(codes(store).includes('folder-missing'));
  });

  it('follows the timings in casebook.json', async () => {
    const folder = await newCasebook();
    // assessed as urgent, the lead not yet told: only the clock of the emergency runs
    const item = aCase().until('1.2');
    const values = { coreAffected: true, workaround: false };
    place(folder, item.act({ action: 'save', for: 'assess', values }));
    const store = await storeOver(folder);
    await store.load();
    const before = store.summaries()[0]?.dues[0]?.at ?? '';
    const file = join(folder, 'casebook.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...settings, timings: { leadNotificationMinutes: 45 } }));
    await until('the due moves', () => store.summaries()[0]?.dues[0]?.at !== before);
    const moved = Date.parse(store.summaries()[0]?.dues[0]?.at ?? '') - Date.parse(before);
    assert.equal(moved, 30 * 60_000);
    writeFileSync(file, '{ "customers": [');
    await until('the settings are named', () => codes(store).includes('settings-unreadable'));
  });
});

describe('the summary index', () => {
  afterEach(cleanUp);

  async function indexed(count: number) {
    const folder = await newCasebook();
    const indexFile = join(tempFolder(), 'index.jsonl');
    const { ids } = generateCases(folder, count);
    const cold = await storeOver(folder, indexFile);
    await cold.load();
    cold.dispose();
    assert.ok(existsSync(indexFile));
    return { folder, indexFile, ids, cold: sorted(cold) };
  }

  it('gives a warm start the list of a cold one, at once', async () => {
    const { folder, indexFile, cold } = await indexed(300);
    const warm = await storeOver(folder, indexFile);
    let atFirst = 0;
    warm.onDidChange(() => (atFirst ||= warm.summaries().length));
    await warm.load();
    assert.equal(atFirst, 300);
    assert.deepEqual(sorted(warm), cold);
  });

  it('reads a touched case again, drops a removed one, and takes up a new one', async () => {
    const { folder, indexFile, ids } = await indexed(20);
    const [touched = '', removed = ''] = ids;
    appendFileSync(fileOf(folder, touched), 'x\n');
    utimesSync(fileOf(folder, touched), new Date(), new Date());
    unlinkSync(fileOf(folder, removed));
    place(folder, aCase('issue', { seed: 900 }));
    const warm = await storeOver(folder, indexFile);
    await warm.load();
    assert.equal(warm.summaries().length, 20);
    assert.equal(warm.summaries().find((summary) => summary.id === touched)?.quarantined, 1);
    assert.ok(!warm.summaries().some((summary) => summary.id === removed));
  });

  it('is rebuilt without a word when it is broken, of another version, or gone', async () => {
    const { folder, indexFile, cold } = await indexed(20);
    const [heading = '', ...lines] = readFileSync(indexFile, 'utf8').split('\n');
    const wrong = (lines[0] ?? '').replace(/"title":"[^"]*"/, '"title":"WRONG"');
    for (const text of [
      '',
      'garbage',
      '\0\0\0',
      `{"casebookIndex":0}\n${wrong}`,
      [heading, '{', ...lines].join('\n'),
    ]) {
      writeFileSync(indexFile, text);
      const store = await storeOver(folder, indexFile);
      await store.load();
      assert.deepEqual(sorted(store), cold, JSON.stringify(text.slice(0, 20)));
      assert.deepEqual(store.problems(), []);
    }
  });
});

describe('two clones of a casebook', () => {
  afterEach(cleanUp);

  function git(folder: string, ...args: string[]): void {
    const identity = ['-c', 'user.name=Li Wei', '-c', 'user.email=li.wei@example.com', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
  }

  it('merge by git into the same state, with the lines of both sides', async () => {
    const left = await newCasebook();
    const item: CaseInHand = aCase().until('2.1');
    place(left, item);
    git(left, 'init', '-q', '-b', 'main');
    git(left, 'add', '.');
    git(left, 'commit', '-qm', 'start');
    const right = join(tempFolder(), 'right');
    execFileSync('git', ['clone', '-q', left, right], { stdio: 'pipe' });
    for (const [folder, by] of [
      [left, li],
      [right, zhang],
    ] as const) {
      const store = await storeOver(folder);
      await store.append(item.id, by, () => [noteEvent(`one by ${by}`)]);
      await store.append(item.id, by, () => [noteEvent(`two by ${by}`)]);
      git(folder, 'commit', '-qam', `notes of ${by}`);
    }
    git(right, 'pull', '-q', '--no-rebase', '--no-edit', 'origin', 'main');
    git(left, 'pull', '-q', '--no-rebase', '--no-edit', right, 'main');
    const [ours, theirs] = await Promise.all(
      [left, right].map(async (folder) => (await storeOver(folder)).get(item.id)),
    );
    assert.deepEqual(ours?.state, theirs?.state);
    assert.equal(ours?.state.notes.length, 4);
    assert.deepEqual(ours?.quarantined, []);
    assert.ok(!readFileSync(fileOf(left, item.id), 'utf8').includes('<<<<'));
  });
});
