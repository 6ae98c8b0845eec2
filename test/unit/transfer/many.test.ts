/** Thousands of cases at once: stopped, killed and run again, and never half a case. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { breathing } from '../../../src/adapters/machine/breathing';
import { openTransferFiles } from '../../../src/adapters/transfer/transferFiles';
import { StoreError } from '../../../src/domain/ports';
import { importCases } from '../../../src/domain/transfer/importer';
import { guessMapping } from '../../../src/domain/transfer/mapping';
import { surveyOf } from '../../../src/domain/transfer/survey';
import { incidents } from '../../bench/incidents';
import { aCase, li } from '../../builders';
import { cleanUp, newCasebook, noteEvent, place, storeOver, tempFolder, until } from '../store/folders';
import { bundleScript, startWriter } from '../store/writers';
import { importInto, into, planOf, tableIn, untilTheEnd } from './files';

const caseFiles = (folder: string) =>
  readdirSync(join(folder, 'cases'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));

describe('importing many cases', () => {
  afterEach(cleanUp);

  it('goes on where it was cancelled', async () => {
    const table = await tableIn(incidents(300));
    const mapping = guessMapping(await surveyOf(table, breathing()), 'Tickets', 'Asia/Shanghai');
    const folder = await newCasebook();
    const store = await storeOver(folder);
    const plan = await planOf(table, mapping, store);
    let asked = 0;
    const soon = { isCancelled: () => (asked += 1) > 100, progress: () => undefined };
    const first = await importCases(plan.cases, 'Tickets', li, into(store), soon);
    assert.deepEqual([first.made, first.isCancelled, first.cases.length], [100, true, 100]);
    assert.equal(caseFiles(folder).length, 100);
    const rest = await importCases(plan.cases, 'Tickets', li, into(store), untilTheEnd);
    assert.deepEqual([rest.made, rest.isCancelled], [200, false]);
    assert.equal(new Set(store.summaries().map(({ imported }) => imported?.id)).size, 300);
  });

  it('leaves no half case when it is killed, and the next run makes the rest', async () => {
    const folder = await newCasebook();
    const file = join(tempFolder(), 'tickets.csv');
    writeFileSync(file, incidents(1_500));
    const script = await bundleScript(join('test', 'unit', 'transfer', 'importing.ts'));
    const child = startWriter(script, [folder, file]);
    await until('it has made some', () => child.lines().some((line) => Number(line.split(' ')[1]) >= 400));
    child.process.kill('SIGKILL');
    await child.ended;
    const killed = caseFiles(folder).length;
    assert.ok(killed >= 400 && killed < 1_500, `${killed} were made before it was killed`);
    for (const name of caseFiles(folder)) {
      const lines = readFileSync(join(folder, 'cases', name), 'utf8').split('\n');
      assert.deepEqual([lines.length, lines.at(-1)], [3, ''], name);
      for (const line of lines.slice(0, 2)) JSON.parse(line);
    }
    const store = await storeOver(folder);
    await store.load();
    assert.deepEqual(store.problems(), []);
    const table = await tableIn(readFileSync(file, 'utf8'));
    const plan = await importInto(
      store,
      table,
      guessMapping(await surveyOf(table, breathing()), 'Tickets', 'Asia/Shanghai'),
    );
    assert.equal(plan.duplicates.length, killed);
    assert.equal(new Set(store.summaries().map(({ imported }) => imported?.id)).size, 1_500);
    assert.equal(caseFiles(folder).length, 1_500);
  });

  it('makes each case once where two windows import the same file at the same moment', async () => {
    const folder = await newCasebook();
    const file = join(tempFolder(), 'tickets.csv');
    writeFileSync(file, incidents(800));
    const script = await bundleScript(join('test', 'unit', 'transfer', 'importing.ts'));
    const windows = [startWriter(script, [folder, file]), startWriter(script, [folder, file])];
    await Promise.all(windows.map(({ ended }) => ended));
    assert.equal(caseFiles(folder).length, 800);
  });

  it('says that another window is importing where it goes on for long', async () => {
    const folder = await newCasebook();
    const file = join(tempFolder(), 'tickets.csv');
    writeFileSync(file, incidents(3));
    const script = await bundleScript(join('test', 'unit', 'transfer', 'importing.ts'));
    await openTransferFiles(folder, '').alone(async () => {
      const other = startWriter(script, [folder, file, '100']);
      await other.ended;
      assert.deepEqual(other.lines(), ['refused running']);
    });
    assert.deepEqual(caseFiles(folder), []);
    const free = startWriter(script, [folder, file, '100']);
    await free.ended;
    assert.equal(caseFiles(folder).length, 3);
  });

  it('says which cases are there as soon as they are, and keeps them in the index', async () => {
    const folder = await newCasebook();
    const indexFile = join(tempFolder(), 'index.jsonl');
    const store = await storeOver(folder, indexFile);
    const table = await tableIn(incidents(20));
    let told = 0;
    store.onDidChange(() => (told = store.summaries().length));
    await importInto(store, table, guessMapping(await surveyOf(table, breathing()), 'Tickets', 'Asia/Shanghai'));
    assert.equal(told, 20);
    store.dispose();
    const again = await storeOver(folder, indexFile);
    await again.load();
    assert.equal(again.summaries().filter(({ imported }) => imported?.source === 'Tickets').length, 20);
  });

  it('copies the cases of another casebook, and adds to one that is here what it lacks', async () => {
    const folder = await newCasebook();
    const mine = aCase().until('2.1');
    const fresh = aCase('request');
    place(folder, mine);
    const store = await storeOver(folder);
    await store.append(mine.id, li, () => [noteEvent('only here')]);
    const further = mine.act({ action: 'note', values: { text: 'only there' } });
    const copies = [further, fresh].map(({ id, events }) => ({ id, events }));
    assert.deepEqual(await store.copyMany(copies, untilTheEnd), { made: 1, merged: 1 });
    assert.deepEqual(await store.copyMany(copies, untilTheEnd), { made: 0, merged: 0 });
    assert.deepEqual((await store.get(fresh.id))?.events, fresh.events);
    const notes = (await store.get(mine.id))?.state.notes.map(({ content }) => content);
    assert.deepEqual(notes?.toSorted(), ['only here', 'only there']);
  });

  it('makes no casebook anew where one has vanished', async () => {
    const store = await storeOver(join(tempFolder(), 'gone'));
    const history = { kind: 'issue' as const, on: '2026-01-02', events: [noteEvent('x')] };
    await assert.rejects(store.createMany(li, [history], untilTheEnd), (error: unknown) => {
      return error instanceof StoreError && error.reason === 'folder-missing';
    });
  });
});
