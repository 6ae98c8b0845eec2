/** Several rows an incident, as ServiceNow's audit log has them: a distilled one always, the real one where it is at hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { breathing } from '../../../src/adapters/machine/breathing';
import { defaultSettings } from '../../../src/domain/casebook';
import type { CaseStore } from '../../../src/domain/ports';
import { serviceReport } from '../../../src/domain/report/makeReport';
import { firstResponseAt } from '../../../src/domain/text/nextMessage';
import { guessMapping } from '../../../src/domain/transfer/mapping';
import { leftOut } from '../../../src/domain/transfer/leftOut';
import { surveyOf } from '../../../src/domain/transfer/survey';
import { cleanUp, newCasebook, storeOver } from '../store/folders';
import { auditLog, hasRealLog, importInto, now, planOf, realLog, serviceNow, tableOf } from './files';

const isOver = (state: string | undefined) => state === 'Resolved' || state === 'Closed';

describe('importing an audit log', () => {
  afterEach(cleanUp);

  async function reportOf(store: CaseStore, period: string) {
    const logs = await Promise.all(store.summaries().map(({ id }) => store.get(id)));
    const input = { period, zone: 'America/Sao_Paulo', now, settings: defaultSettings };
    const read = logs.flatMap((log) => (log ? [{ id: log.id, events: log.events, quarantined: 0 }] : []));
    return serviceReport(input, read).service;
  }

  it('makes one case of the rows of a number, with every closing and reopening at its own time', async () => {
    const store = await storeOver(await newCasebook());
    const plan = await importInto(store, await auditLog(), serviceNow());
    assert.deepEqual([plan.cases.length, plan.rejected, plan.duplicates, plan.warnings], [3, [], [], []]);
    const byNumber = new Map(store.summaries().map((summary) => [summary.imported?.id, summary]));
    const reopened = byNumber.get('INC9000001');
    const { state, events } = (await store.get(reopened?.id ?? '')) ?? assert.fail();
    assert.deepEqual(
      events.map(({ type }) => type),
      ['open', 'importHistory'],
    );
    assert.match(state.id, /^ISS-20160303-/);
    assert.equal(state.status, 'archived');
    assert.equal(state.round, 2);
    assert.deepEqual(
      state.closures.map(({ at, round, disposition }) => [at, round, disposition]),
      [
        ['2016-03-14T08:13:00-03:00', 1, 'fixed'],
        ['2016-03-17T16:28:00-03:00', 2, 'fixed'],
      ],
    );
    assert.deepEqual(
      state.reactivations.map(({ at, reopened: isReopening }) => [at, isReopening]),
      [['2016-03-17T16:27:00-03:00', true]],
    );
    assert.equal(state.closedAt, '2016-03-17T16:28:00-03:00');
    assert.equal(state.urgency, 'high');
    assert.equal(state.owner, 'Resolver 9');
    assert.equal(state.emergency, undefined);
    assert.equal(firstResponseAt(state), undefined);
    assert.deepEqual(state.conflicts, []);
    assert.deepEqual(state.values['receive'], {
      title: 'Category 5 · Subcategory 17 · Symptom 72',
      customer: 'Location 1',
      contact: 'Caller 11',
      channel: 'Phone',
      receivedAt: '2016-03-03T08:15:00-03:00',
      problemType: 'Category 5',
    });
    assert.equal(reopened?.updatedAt, '2016-03-17T16:28:00-03:00');
  });

  it('leaves what was still open at step 1.1, and reads rows in the order of their times', async () => {
    const store = await storeOver(await newCasebook());
    await importInto(store, await auditLog(), serviceNow());
    const byNumber = new Map(store.summaries().map((summary) => [summary.imported?.id, summary]));
    const open = (await store.get(byNumber.get('INC9000002')?.id ?? ''))?.state;
    assert.deepEqual([open?.status, open?.step, open?.urgency], ['open', '1.1', undefined]);
    assert.equal(open?.imported?.urgency, 'urgent');
    const turned = (await store.get(byNumber.get('INC9000003')?.id ?? ''))?.state;
    assert.deepEqual(
      turned?.closures.map(({ at }) => at),
      ['2016-03-01T09:39:00-03:00'],
    );
  });

  it('knows what it has imported when the file comes again', async () => {
    const folder = await newCasebook();
    const first = await storeOver(folder);
    await importInto(first, await auditLog(), serviceNow());
    const second = await storeOver(folder);
    await second.load();
    const plan = await importInto(second, await auditLog(), serviceNow());
    assert.deepEqual([plan.cases.length, plan.duplicates.length], [0, 3]);
    assert.match(plan.duplicates[0]?.reason.en ?? '', /^Imported before, as ISS-20160303-/);
    assert.equal(second.summaries().length, 3);
  });

  it('guesses the whole mapping but what nobody can know', async () => {
    const guess = guessMapping(await surveyOf(await auditLog(), breathing()), 'ServiceNow', 'America/Sao_Paulo');
    const saved = serviceNow();
    assert.equal(guess.rows, 'change');
    assert.equal(guess.dateOrder, 'dmy');
    for (const field of [
      'externalId',
      'contact',
      'channel',
      'urgency',
      'status',
      'receivedAt',
      'changedAt',
      'owner',
    ] as const) {
      assert.deepEqual(guess.columns[field], saved.columns[field], field);
    }
    assert.equal(guess.columns.product, undefined, 'a column of nothing but "?"');
    assert.equal(guess.columns.disposition, undefined, 'codes that only their source understands');
    for (const [word, meaning] of Object.entries(guess.values.status ?? {})) {
      assert.equal(meaning, saved.values.status?.[word], word);
    }
  });

  if (hasRealLog) {
    it('takes 1,500 real rows as 230 cases, whole', async () => {
      const table = await tableOf(readFileSync(realLog));
      assert.equal(table.rows.length, 1_500);
      const store = await storeOver(await newCasebook());
      const plan = await importInto(store, table, serviceNow());
      assert.deepEqual([plan.rejected, plan.duplicates], [[], []]);
      assert.equal(store.summaries().length, 230);
      // worked out here by another way: an incident is reopened where its reopen count goes up
      const [number, count, state] = ['number', 'reopen_count', 'incident_state'].map((name) =>
        table.headers.indexOf(name),
      );
      const highest = new Map<string, number>();
      const lastState = new Map<string, string>();
      for (const row of table.rows) {
        const id = row[number ?? -1] ?? '';
        highest.set(id, Math.max(highest.get(id) ?? 0, Number(row[count ?? -1])));
        lastState.set(id, row[state ?? -1] ?? '');
      }
      const quarters = [];
      for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4']) quarters.push(await reportOf(store, `2016-${quarter}`));
      const opened = table.headers.indexOf('opened_at');
      const ofQ1 = new Set(
        table.rows.filter((row) => /-0[1-3]-2016/.test(row[opened] ?? '')).map((row) => row[number ?? -1]),
      );
      assert.equal(quarters[0]?.received.count, ofQ1.size);
      const closings = [...highest].map(([id, reopenings]) => reopenings + (isOver(lastState.get(id)) ? 1 : 0));
      assert.equal(
        quarters.reduce((sum, { closures }) => sum + closures.count, 0),
        closings.reduce((sum, one) => sum + one, 0),
      );
      for (const summary of store.summaries()) {
        const id = summary.imported?.id ?? '';
        assert.equal(summary.status, isOver(lastState.get(id)) ? 'archived' : 'open', id);
        assert.equal(summary.round, 1 + (highest.get(id) ?? 0), id);
        assert.equal(summary.conflicts, 0, id);
      }
    });
  }

  it('counts in the service report of the time when things happened, and claims no answer that is not known', async () => {
    const store = await storeOver(await newCasebook());
    await importInto(store, await auditLog(), serviceNow());
    const q1 = await reportOf(store, '2016-Q1');
    assert.deepEqual([q1.received.count, q1.closures.count, q1.closed.count], [3, 3, 2]);
    assert.deepEqual([q1.resolutionRate.part, q1.resolutionRate.of], [2, 3]);
    assert.equal(q1.firstResponse.atOnceUnanswered.count, 0);
    assert.equal((await reportOf(store, '2016-Q2')).received.count, 0);
  });

  it('refuses an incident as a whole, naming the row and the cell', async () => {
    const table = await auditLog();
    const rows = table.rows.map((row, index) => (index === 2 ? row.with(5, '31-02-2016 08:13') : row));
    const plan = await planOf({ ...table, rows }, serviceNow());
    assert.deepEqual(
      plan.rejected.map(({ row, column, reason }) => [row, column, reason.en]),
      [[4, 'sys_updated_at', '"31-02-2016 08:13" is no date (day first)']],
    );
    assert.deepEqual(
      plan.cases.map(({ id }) => id),
      ['INC9000002', 'INC9000003'],
    );
    // what goes into the table to be mended is the whole incident: one row of it would be half a history
    const broken = { ...table, rows };
    const left = leftOut(plan, broken, serviceNow());
    const numbered = rows.flatMap((row, index) => (row[0] === 'INC9000001' ? [index + 2] : []));
    assert.ok(numbered.length > 2);
    assert.deepEqual(
      left.map(({ row }) => row),
      numbered,
    );
    assert.deepEqual(
      left.filter(({ reason }) => reason !== undefined).map(({ row }) => row),
      [4],
    );
    const mended = left.map(({ row }) => table.rows[row - 2] ?? []);
    const again = await planOf({ ...table, rows: mended }, serviceNow());
    const whole = (await planOf(table, serviceNow())).cases.find(({ id }) => id === 'INC9000001');
    assert.deepEqual(again.cases[0]?.history, whole?.history);
  });
});
