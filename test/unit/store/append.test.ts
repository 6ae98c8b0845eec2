/** Nothing that was acknowledged is ever lost, whoever writes at the same time and whoever is killed. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { CaseEvent } from '../../../src/domain/case/event';
import { StoreError, type StoredCase } from '../../../src/domain/ports';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { Locks } from '../../../src/adapters/store/locks';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { aCase, handClock, li } from '../../builders';
import { cleanUp, fileOf, newCasebook, noteEvent, place, storeOver, tempFolder, until } from './folders';
import { bundleWriter, startWriter } from './writers';

const notesOf = (stored: StoredCase | undefined) => new Set(stored?.state.notes.map((note) => note.content));
const reasonOf = (reason: string) => (error: unknown) => error instanceof StoreError && error.reason === reason;

describe('appending to a case', () => {
  afterEach(cleanUp);

  it('stamps events so that they come after everything the case holds', async () => {
    const folder = await newCasebook();
    const item = aCase().until('2.1');
    place(folder, item);
    const store = await storeOver(folder);
    const last = item.events.at(-1);
    const stored = await store.append(item.id, li, () => [noteEvent('first'), noteEvent('second')]);
    const [first, second] = stored.events.slice(-2);
    assert.equal(first?.n, (last?.n ?? 0) + 1);
    assert.deepEqual(first?.after, [last?.id]);
    assert.deepEqual(second?.after, [first?.id]);
    assert.equal(second?.n, (first?.n ?? 0) + 1);
    assert.match(first?.at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    assert.deepEqual(await store.get(item.id), stored);
    assert.ok(readFileSync(fileOf(folder, item.id), 'utf8').startsWith(item.text()));
  });

  it('writes nothing when the decision throws, and nothing when there is nothing to write', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const store = await storeOver(folder);
    const refusal = new RangeError('no');
    const refuse = () => {
      throw refusal;
    };
    await assert.rejects(store.append(item.id, li, refuse), refusal);
    await store.append(item.id, li, () => []);
    assert.equal(readFileSync(fileOf(folder, item.id), 'utf8'), item.text());
  });

  it('keeps 200 of 200 events that two windows write at once', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const windows = [await storeOver(folder), await storeOver(folder)] as const;
    const texts = Array.from({ length: 200 }, (_, index) => `note ${index}`);
    await Promise.all(
      texts.map((text, index) => windows[index % 2 === 0 ? 0 : 1].append(item.id, li, () => [noteEvent(text)])),
    );
    const stored = await windows[0].get(item.id);
    assert.deepEqual(notesOf(stored), new Set(texts));
    assert.equal(stored?.events.length, 201);
    assert.deepEqual(stored?.state.conflicts, []);
  });

  it('keeps every event that two processes write at once', async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const script = await bundleWriter();
    const writers = ['left', 'right'].map((name) => startWriter(script, [folder, name, '60', item.id]));
    await Promise.all(writers.map((writer) => writer.ended));
    const acknowledged = writers.flatMap((writer) => writer.lines());
    assert.equal(acknowledged.length, 120);
    const stored = await (await storeOver(folder)).get(item.id);
    assert.deepEqual(notesOf(stored), new Set(acknowledged.map((line) => line.split(' ')[1])));
  });

  it('loses no acknowledged event and leaves no unreadable case when writers are killed', async function () {
    this.timeout(60_000);
    const folder = await newCasebook();
    const items = Array.from({ length: 24 }, (_, seed) => aCase('issue', { seed: 500 + seed }));
    for (const item of items) place(folder, item);
    const script = await bundleWriter();
    const acknowledged: string[] = [];
    for (const [round, item] of items.entries()) {
      // a killed writer's lock holds up its own case only: each round has a case of its own
      const writer = startWriter(script, [folder, `w${round}`, '100000', item.id]);
      const goal = 1 + ((round * 7) % 23);
      await until('the writer writes', () => writer.lines().length >= goal);
      writer.process.kill('SIGKILL');
      await writer.ended;
      acknowledged.push(...writer.lines());
    }
    const store = await storeOver(folder);
    await store.load();
    assert.equal(store.summaries().length, items.length);
    assert.deepEqual(store.problems(), []);
    const notes = new Set<string>();
    for (const item of items) {
      const stored = await store.get(item.id);
      assert.deepEqual(stored?.quarantined, []);
      for (const note of notesOf(stored)) notes.add(`${item.id} ${note}`);
    }
    assert.deepEqual(
      acknowledged.filter((line) => !notes.has(line)),
      [],
    );
  });

  it("takes over a killed writer's lock, one waiter after the other", async () => {
    const folder = await newCasebook();
    const item = aCase();
    place(folder, item);
    const lock = join(folder, '.casebook', 'locks', `${item.id}.lock`);
    mkdirSync(lock);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    const windows = [await storeOver(folder), await storeOver(folder), await storeOver(folder)];
    await Promise.all(windows.map((store, index) => store.append(item.id, li, () => [noteEvent(`from ${index}`)])));
    assert.equal((await windows[0]?.get(item.id))?.state.notes.length, windows.length);
    assert.deepEqual(readdirSync(dirname(lock)), []);
  });

  it("gives up with 'locked' while a living writer holds the lock", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'A.lock'));
    const locks = new Locks(folder, async () => undefined, 200);
    await assert.rejects(
      locks.run('A', async () => 'never'),
      reasonOf('locked'),
    );
    assert.equal(await locks.run('B', async () => 'another'), 'another');
  });

  it('closes a torn last line, keeps it in quarantine, and goes on after it', async () => {
    const folder = await newCasebook();
    const item = aCase().until('1.2');
    const file = place(folder, item);
    const torn = '{"id":"01HZZ","n":9,"at":"2026-11-';
    appendFileSync(file, torn);
    const store = await storeOver(folder);
    const stored = await store.append(item.id, li, () => [noteEvent('after the tear')]);
    assert.deepEqual(stored.quarantined, [{ line: item.events.length + 1, text: torn, problem: 'not-json' }]);
    assert.ok(readFileSync(file, 'utf8').startsWith(`${item.text()}${torn}\n{`));
    assert.deepEqual(await store.get(item.id), stored);
    assert.equal(stored.state.notes.length, 1);
  });

  it('keeps every byte: byte order mark, CRLF, blank lines, conflict markers, other encodings, newer events', async () => {
    const folder = await newCasebook();
    const item = aCase().until('1.2');
    const file = place(folder, item);
    const newer = {
      id: '01JNEWER',
      n: 40,
      at: '2099-01-01T00:00:00+08:00',
      by: li,
      type: 'teleport',
      data: {},
      extra: { a: 1 },
    };
    const bytes = Buffer.concat([
      Buffer.from('\uFEFF'),
      Buffer.from(item.text().replaceAll('\n', '\r\n')),
      Buffer.from(`\n  \n<<<<<<< HEAD\n${JSON.stringify(newer)}\n{"id":1}\n[]\n`),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a]),
    ]);
    writeFileSync(file, bytes);
    const store = await storeOver(folder);
    await store.append(item.id, li, () => [noteEvent('kept')]);
    assert.ok(readFileSync(file).subarray(0, bytes.length).equals(bytes));
    const stored = await store.get(item.id);
    assert.deepEqual(
      stored?.quarantined.map((line) => line.problem),
      ['not-json', 'not-an-event', 'not-an-event', 'not-json'],
    );
    assert.equal(stored?.events.length, item.events.length + 2);
  });

  it('keeps and shows what comes from a newer Casebook or from the future', async () => {
    const folder = await newCasebook();
    const item = aCase().until('2.1');
    const future = { id: '01JFUTURE', n: Number.MAX_SAFE_INTEGER, at: '2099-12-31T00:00:00+08:00' };
    item.write({ ...future, type: 'hologram', data: { values: { power: 9 } } });
    place(folder, item);
    const store = await storeOver(folder);
    await store.load();
    assert.equal(store.summaries()[0]?.unknown, 1);
    const stored = await store.append(item.id, li, () => [noteEvent('later all the same')]);
    assert.equal(stored.state.unknown[0]?.type, 'hologram');
    assert.deepEqual(stored.quarantined, []);
    assert.deepEqual(stored.events.at(-1)?.after, ['01JFUTURE']);
    assert.equal((await store.get(item.id))?.state.notes.length, 1);
  });

  it('counts a repeated line once and keeps both', async () => {
    const folder = await newCasebook();
    const item = aCase().until('1.2');
    const file = place(folder, item);
    appendFileSync(file, `${JSON.stringify(item.events[0] satisfies CaseEvent | undefined)}\n`);
    const stored = await (await storeOver(folder)).get(item.id);
    assert.equal(stored?.events.length, item.events.length + 1);
    assert.deepEqual(stored?.state, item.state);
  });

  it('names a case that is not there, and a casebook that is not there', async () => {
    const folder = await newCasebook();
    const item = aCase();
    const store = await storeOver(folder);
    assert.equal(await store.get(item.id), undefined);
    assert.equal(await store.get('../../etc/passwd'), undefined);
    await assert.rejects(
      store.append(item.id, li, () => []),
      reasonOf('case-missing'),
    );
    await assert.rejects(
      store.append('../escape', li, () => []),
      reasonOf('outside-casebook'),
    );
    renameSync(folder, `${folder}-away`);
    await assert.rejects(
      store.append(item.id, li, () => []),
      reasonOf('folder-missing'),
    );
    await assert.rejects(store.create('issue', li, [noteEvent('x')]), reasonOf('folder-missing'));
    assert.deepEqual(readdirSync(dirname(folder)), ['casebook-away']);
  });

  it('says read-only where nothing may be written', async () => {
    const folder = await newCasebook();
    const item = aCase();
    const file = place(folder, item);
    const script = await bundleWriter();
    // root may write everywhere, so there the writer is another user
    const user = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(dirname(folder), 0o755);
    const locked = [join(folder, '.casebook', 'locks'), join(folder, '.casebook'), dirname(file), folder];
    for (const path of locked) chmodSync(path, 0o555);
    chmodSync(file, 0o644);
    const writer = startWriter(script, [folder, 'reader', '1', item.id], user);
    await writer.ended;
    for (const path of locked) chmodSync(path, 0o755);
    assert.deepEqual(writer.lines(), ['refused read-only']);
    assert.equal(readFileSync(file, 'utf8'), item.text());
  });

  it('neither reads nor writes through links that lead out of the casebook', async () => {
    const folder = await newCasebook();
    const outside = tempFolder();
    const [linked, inside] = [aCase('issue', { seed: 1 }), aCase('issue', { start: '2025-05-05T09:00:00+08:00' })];
    writeFileSync(join(outside, 'secret.jsonl'), linked.text());
    writeFileSync(join(outside, `${inside.id}.jsonl`), inside.text());
    mkdirSync(join(folder, 'cases', '2026'), { recursive: true });
    symlinkSync(outside, join(folder, 'cases', '2025'));
    const store = await storeOver(folder);
    await store.load();
    assert.equal(store.problems().length, 1);
    symlinkSync(join(outside, 'secret.jsonl'), fileOf(folder, linked.id));
    await until('the second link is seen', () => store.problems().length === 2);
    assert.deepEqual(store.summaries(), []);
    for (const item of [linked, inside]) {
      await assert.rejects(store.get(item.id), reasonOf('outside-casebook'));
      await assert.rejects(
        store.append(item.id, li, () => [noteEvent('x')]),
        reasonOf('outside-casebook'),
      );
    }
    assert.equal(readFileSync(join(outside, 'secret.jsonl'), 'utf8'), linked.text());
  });
});

describe('making a case', () => {
  afterEach(cleanUp);

  it("never takes a name that is taken, and uses the engineer's date", async () => {
    const folder = await newCasebook();
    const taken = [0, 0, 0, 1, 0, 0, 0, 1];
    let asked = 0;
    const store = openCaseStore({
      folder,
      indexFile: join(tempFolder(), 'index.jsonl'),
      version: '1',
      // in Shanghai it is the next day already
      clock: handClock('2026-11-22T23:30:00Z'),
      random: (size) => {
        if (size !== 4) return new Uint8Array(size).fill((asked += 1));
        return Uint8Array.from(taken.length >= 4 ? taken.splice(0, 4) : [0, 0, 0, 2]);
      },
      settings: await openSettingsFile({ folder }),
    });
    const opening = { type: 'open', data: { step: '1.1', round: 1, kind: 'issue', values: { title: 'A' } } };
    const first = await store.create('issue', li, [opening]);
    const second = await store.create('issue', li, [opening, noteEvent('n')]);
    assert.deepEqual([first.id, second.id], ['ISS-20261123-0001', 'ISS-20261123-0002']);
    assert.equal((await store.get(first.id))?.events.length, 1);
    assert.deepEqual(
      second.events.map((event) => event.n),
      [1, 2],
    );
    assert.deepEqual(
      store.summaries().map((summary) => summary.title),
      ['A', 'A'],
    );
    store.dispose();
  });

  it('leaves nothing behind when it fails', async () => {
    const folder = await newCasebook();
    // a file stands where the year's folder would be
    const year = String(new Date().getFullYear());
    writeFileSync(join(folder, 'cases', year), '');
    const store = await storeOver(folder);
    await assert.rejects(store.create('issue', li, [noteEvent('x')]), StoreError);
    assert.deepEqual(readdirSync(join(folder, 'cases')), [year]);
  });
});
