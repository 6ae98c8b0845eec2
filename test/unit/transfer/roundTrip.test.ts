/** Everything out and back in: the same events, from CSV and from spreadsheets, and nothing that a spreadsheet runs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { breathing } from '../../../src/adapters/machine/breathing';
import { openAttachments } from '../../../src/adapters/store/attachments';
import { openTransferFiles } from '../../../src/adapters/transfer/transferFiles';
import type { CaseEvent } from '../../../src/domain/case/event';
import type { CaseStore } from '../../../src/domain/ports';
import { isEventTable, readEvents } from '../../../src/domain/transfer/exported';
import { exportHeads } from '../../../src/domain/transfer/exported';
import { TransferError, type TransferFiles } from '../../../src/domain/transfer/files';
import { exportCases, withFiles } from '../../../src/domain/transfer/importer';
import { guessMapping } from '../../../src/domain/transfer/mapping';
import { surveyOf } from '../../../src/domain/transfer/survey';
import { aCase, li } from '../../builders';
import { cleanUp, newCasebook, place, storeOver, tempFolder } from '../store/folders';
import { bundleScript } from '../store/writers';
import { untilTheEnd } from './files';

const awkward = [
  '=HYPERLINK("http://example.com")',
  '+1 \'quoted\' "twice"',
  '-1',
  '@SUM(A1)',
  "'=kept as it is",
  'line\r\nline\tend  ',
  '_x0041_ _x005F_ \u0001\u0007\u200b\u2028\ufeff\ufffe',
  '容内 𠮷野家 👩‍👧 é',
  '<b>&amp;</b>]]>',
  'long '.repeat(20_000),
  '\ud800 half a character',
];

describe('exporting all cases and importing them again', () => {
  let thread = '';
  let folder = '';
  let files: TransferFiles;

  before(async () => {
    thread = await bundleScript(join('src', 'adapters', 'transfer', 'sheetThread.ts'));
  });

  beforeEach(async () => {
    folder = await newCasebook();
    files = openTransferFiles(folder, thread);
  });

  after(cleanUp);

  async function returned(path: string): Promise<ReadonlyMap<string, readonly CaseEvent[]>> {
    const sheets = await files.read(path);
    const events = sheets.find(({ table }) => isEventTable(table)) ?? assert.fail('no events');
    const { cases, unreadable } = await readEvents(events.table, breathing());
    assert.deepEqual(unreadable, []);
    const store = await storeOver(await newCasebook());
    const copied = await store.copyMany(cases, untilTheEnd);
    assert.deepEqual(copied, { made: cases.length, merged: 0 });
    return eventsIn(store);
  }

  async function eventsIn(store: CaseStore): Promise<ReadonlyMap<string, readonly CaseEvent[]>> {
    await store.load();
    const all = new Map<string, readonly CaseEvent[]>();
    for (const { id } of store.summaries()) all.set(id, (await store.get(id))?.events ?? []);
    return all;
  }

  for (const ending of ['csv', 'xlsx']) {
    it(`loses nothing by ${ending}: every step of both procedures, and texts that break tables`, async () => {
      for (const item of [aCase().until('archived'), aCase('request').until('closed'), aCase().until('4.2')])
        place(folder, item);
      const awkwardOne = awkward.reduce((item, text) => item.act({ action: 'note', values: { text } }), aCase());
      place(folder, awkwardOne.write({ type: 'fromTheFuture', data: { values: { any: [1, { deep: null }] } } }));
      const store = await storeOver(folder);
      const path = join(tempFolder(), `cases.${ending}`);
      const result = await exportCases(store, await files.write(path, exportHeads('zh-CN')), 'zh-CN', untilTheEnd);
      assert.equal(result.done, 4);
      assert.deepEqual(await returned(path), await eventsIn(store));
    });

    it(`loses nothing by ${ending}, whatever the texts`, async () => {
      const texts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 8 });
      for (const sample of fc.sample(texts, { numRuns: 4, seed: 7 })) {
        const item = sample.reduce(
          (log, text) => log.write({ type: 'note', data: { step: '1.1', round: 1, values: { text } } }),
          aCase(),
        );
        place(folder, item);
      }
      const store = await storeOver(folder);
      const path = join(tempFolder(), `cases.${ending}`);
      await exportCases(store, await files.write(path, exportHeads('en')), 'en', untilTheEnd);
      assert.deepEqual(await returned(path), await eventsIn(store));
    });
  }

  it('keeps a spreadsheet from running what a customer wrote, and gives it back as it was', async () => {
    place(folder, aCase('issue', { intake: { title: '=1+1', customer: '@cmd', contact: '-x' } }));
    const store = await storeOver(folder);
    const path = join(tempFolder(), 'cases.csv');
    const { paths } = await exportCases(store, await files.write(path, exportHeads('en')), 'en', untilTheEnd);
    assert.equal(paths.length, 2);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.startsWith('\uFEFFCase,'));
    assert.match(text, /,'=1\+1,'@cmd,'-x,/);
    const [cases] = await files.read(path);
    assert.deepEqual(cases?.table.rows[0]?.slice(2, 5), ['=1+1', '@cmd', '-x']);
  });

  it('is mapped like any other table where its events were not handed on, in both languages', async () => {
    place(folder, aCase('issue', { intake: { title: 'Crash', customer: 'Acme' } }).until('archived'));
    place(folder, aCase('request'));
    const store = await storeOver(folder);
    for (const language of ['en', 'zh-CN'] as const) {
      const path = join(tempFolder(), 'cases.csv');
      await exportCases(store, await files.write(path, exportHeads(language)), language, untilTheEnd);
      rmSync(path.replace('.csv', '.events.csv'));
      const [{ table } = assert.fail()] = await files.read(path);
      const { columns, values } = guessMapping(await surveyOf(table, breathing()), 'Copy', 'Asia/Shanghai');
      for (const key of ['externalId', 'kind', 'title', 'customer', 'status', 'receivedAt', 'closedAt'] as const) {
        assert.equal(columns[key]?.length, 1, `${key} in ${language}`);
      }
      assert.deepEqual(Object.values(values.kind ?? {}).toSorted(), ['issue', 'request']);
    }
  });

  it('writes real dates and numbers into a spreadsheet', async () => {
    place(folder, aCase('issue', { intake: { receivedAt: '2026-11-01T08:30:00+08:00' } }));
    const store = await storeOver(folder);
    const path = join(tempFolder(), 'cases.xlsx');
    await exportCases(store, await files.write(path, exportHeads('en')), 'en', untilTheEnd);
    const [cases] = await files.read(path);
    const column = cases?.table.headers.indexOf('Received at') ?? -1;
    assert.equal(cases?.table.rows[0]?.[column], '2026-11-01 08:30:00');
  });

  it('leaves no file where it was stopped or could not be written', async () => {
    place(folder, aCase());
    const store = await storeOver(folder);
    for (const ending of ['csv', 'xlsx']) {
      const into = tempFolder();
      const writer = await files.write(join(into, `cases.${ending}`), exportHeads('en'));
      const stopped = { isCancelled: () => true, progress: () => undefined };
      assert.deepEqual((await exportCases(store, writer, 'en', stopped)).paths, []);
      assert.deepEqual(readdirSync(into), []);
    }
    const nowhere = files.write(join(tempFolder(), 'gone', 'cases.csv'), exportHeads('en'));
    await assert.rejects(nowhere, (error: unknown) => error instanceof TransferError && error.reason === 'not-written');
  });

  it('copies the files of cases before the cases, and leaves a file that is here already', async () => {
    const item = aCase();
    place(folder, item);
    const theirs = openAttachments(folder);
    for (const name of ['log.txt', 'shot.png']) await theirs.write(item.id, name, Buffer.from(`their ${name}`), []);
    const store = await storeOver(await newCasebook());
    const own = openAttachments(store.folder);
    await own.write(item.id, 'log.txt', Buffer.from('mine'), []);
    const told = { copied: 0, different: 0 };
    const seen: string[][] = [];
    for await (const { id } of withFiles(await files.readCasebook(folder), own, told)) {
      seen.push((await own.list(id)).map(({ name }) => name).toSorted());
    }
    assert.deepEqual(seen, [['log.txt', 'shot.png']]);
    assert.deepEqual(told, { copied: 1, different: 1 });
    assert.equal(String(await own.read(item.id, 'log.txt')), 'mine');
    assert.equal(String(await own.read(item.id, 'shot.png')), 'their shot.png');
    // stopped and begun again
    for await (const { id } of withFiles(await files.readCasebook(folder), own, told)) assert.equal(id, item.id);
    assert.equal(told.copied, 1);
  });

  it("copies another casebook's folder, and says so where it is none", async () => {
    const item = aCase().until('2.2');
    place(folder, item);
    const store = await storeOver(await newCasebook());
    const { cases, count } = await files.readCasebook(folder);
    assert.equal(count, 1);
    assert.deepEqual(await store.copyMany(cases, untilTheEnd), { made: 1, merged: 0 });
    assert.deepEqual((await store.get(item.id))?.events, item.events);
    await store.append(item.id, li, () => [{ type: 'note', data: { values: { text: 'on it goes' } } }]);
    await assert.rejects(files.readCasebook(tempFolder()), (error: unknown) => {
      return error instanceof TransferError && error.reason === 'not-a-casebook';
    });
  });
});
