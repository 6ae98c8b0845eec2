/** Reports of cases worked on in Casebook beside what SQL makes of their events, from the definitions alone. */
import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSample } from '../../../../sample/maker/folder';
import { type CasebookSettings, readSettings } from '../../../../src/domain/casebook';
import { serviceReport } from '../../../../src/domain/report/makeReport';
import type { ServiceReport } from '../../../../src/domain/report/serviceReport';
import type { CaseLog } from '../../../../src/domain/report/sources';
import { manyLives } from '../lives';
import { makeWorkingHours, openDatabase, type Sql, workingTime } from './database';

const zone = 'Asia/Shanghai';

/** Seconds since the epoch of a value of an event, or of its writing. */
const when = (key: string) => `unixepoch(coalesce(json_extract(data, '$.values.${key}'), at))`;
const value = (key: string) => `json_extract(data, '$.values.${key}')`;

/** What each event type says by the README's tables; nothing of Casebook's own reading of a log is used. */
async function databaseOf(logs: readonly CaseLog[]): Promise<Sql> {
  const sql = await openDatabase();
  makeWorkingHours(sql, [
    [9, 12],
    [13, 18],
  ]);
  sql.run('CREATE TABLE event (id, n, at, type, target, data)');
  const rows = logs.flatMap((log) =>
    log.events.map(({ n, at, type, data }) => [log.id, n, at, type, data.for ?? null, JSON.stringify(data)]),
  );
  sql.insert('event', rows);
  sql.run(`
    CREATE TABLE closing AS SELECT id, n, ${when('closedAt')} AS at,
      coalesce(${value('disposition')}, ${value('conclusion')}) AS disposition FROM event WHERE type = 'close';
    CREATE TABLE opening AS SELECT id, unixepoch(at) AS at, json_extract(data, '$.kind') AS kind,
      json_extract(data, '$.from') AS origin FROM event WHERE type = 'open';
    CREATE TABLE gone AS SELECT id, n, unixepoch(at) AS at FROM event WHERE type IN ('withdraw', 'merge', 'convert');
    CREATE TABLE back AS SELECT id, n, unixepoch(at) AS at, json_extract(data, '$.resumes') AS resumes FROM event WHERE type = 'reopen';
    CREATE TABLE told AS SELECT id, ${when('sentAt')} AS at FROM event
      WHERE type IN ('informCustomer', 'firstReply', 'sync', 'giveWorkaround')
         OR (type = 'logMessage' AND ${value('to')} = 'customer');
    CREATE TABLE verified AS SELECT id, type, ${when('checkedAt')} AS at, ${value('result')} AS result FROM event
      WHERE type IN ('verifyInternal', 'verifyCustomer');
    CREATE TABLE answer AS SELECT id, type, ${when('answeredAt')} AS at FROM event WHERE type IN ('accept', 'reject');
    CREATE TABLE linked AS SELECT id, unixepoch(at) AS at, ${value('path')} AS path,
      coalesce(${value('commit')}, '') AS hash FROM event WHERE type = 'linkArticle';`);
  for (const table of ['event', 'closing', 'gone', 'back', 'told'])
    sql.run(`CREATE INDEX of_${table} ON ${table} (id)`);
  return sql;
}

/** The table of all cases, with their intake as it stood at an instant. */
function makeCases(sql: Sql, end: number): void {
  const intake = `(type IN ('open', 'receive', 'record') OR target IN ('receive', 'record')) AND type <> 'excuse'`;
  const last = (key: string) =>
    `(SELECT ${value(key)} FROM event e WHERE e.id = o.id AND ${intake} AND json_type(data, '$.values.${key}') IS NOT NULL
      AND unixepoch(at) < ${end} ORDER BY n DESC LIMIT 1)`;
  sql.run(`
    DROP TABLE IF EXISTS thing;
    CREATE TABLE thing AS
    SELECT o.*, unixepoch(coalesce(${last('receivedAt')}, '')) AS received, coalesce(${last('customer')}, '') AS customer,
      coalesce(${last('channel')}, '') AS channel, coalesce(${last('problemType')}, '') AS type FROM opening o`);
}

function compare(report: ServiceReport, sql: Sql): void {
  const { service, concentration } = report;
  const values = { start: Date.parse(report.period.start) / 1000, end: Date.parse(report.asOf) / 1000 };
  makeCases(sql, values.end);
  const all = (question: string) => sql.all(question, values);
  const list = (question: string) => all(question).map((line) => Object.values(line)[0]);
  const one = (question: string) => list(question)[0];
  const inside = (column: string) => `${column} >= $start AND ${column} < $end`;
  const moved = (table: string) => list(`SELECT DISTINCT id FROM ${table} WHERE ${inside('at')} ORDER BY id`);
  const count = (table: string, where = '1') => one(`SELECT count(*) FROM ${table} WHERE ${inside('at')} AND ${where}`);
  const { movement } = service;

  const received = `thing WHERE origin IS NULL AND ${inside('received')}`;
  assert.deepEqual(service.received.cases, list(`SELECT id FROM ${received} ORDER BY id`));
  assert.deepEqual(
    movement.convertedIn.cases,
    list(`SELECT id FROM thing WHERE origin IS NOT NULL AND ${inside('at')} ORDER BY id`),
  );
  assert.deepEqual([service.closures.count, service.closures.cases], [count('closing'), moved('closing')]);
  assert.deepEqual([movement.reopened.count, movement.removed.count], [count('back'), count('gone')]);
  assert.deepEqual(service.closed.cases, moved('closing'));

  // in and out by turns: what came in and has not gone out is there
  const openAt = (time: string) => `(iif(origin IS NULL, received, thing.at) < ${time}) = 1
    AND (SELECT count(*) FROM back WHERE back.id = thing.id AND back.at < ${time})
      - (SELECT count(*) FROM closing WHERE closing.id = thing.id AND closing.at < ${time})
      - (SELECT count(*) FROM gone WHERE gone.id = thing.id AND gone.at < ${time}) = 0`;
  assert.deepEqual(movement.start.cases, list(`SELECT id FROM thing WHERE ${openAt('$start')} ORDER BY id`));
  assert.deepEqual(movement.end.cases, list(`SELECT id FROM thing WHERE ${openAt('$end')} ORDER BY id`));

  // closed at asOf: the last of closing, going and coming back is a closing
  const lastMove = `(SELECT what FROM (SELECT id, n, at, 'closed' AS what FROM closing UNION ALL SELECT id, n, at, 'gone' FROM gone
      UNION ALL SELECT id, n, at, 'back' FROM back) m WHERE m.id = thing.id AND m.at < $end ORDER BY n DESC LIMIT 1)`;
  const lastClosing = (what: string) =>
    `(SELECT ${what} FROM closing WHERE closing.id = thing.id AND closing.at < $end ORDER BY n DESC LIMIT 1)`;
  const rest = `${received} AND coalesce(${lastMove}, '') <> 'gone'`;
  assert.equal(service.resolutionRate.of, one(`SELECT count(*) FROM ${rest}`));
  const solving = `('fixed', 'solvedBySupport', 'released')`;
  assert.deepEqual(
    service.resolutionRate.cases,
    list(
      `SELECT id FROM ${rest} AND ${lastMove} = 'closed' AND ${lastClosing('disposition')} IN ${solving} ORDER BY id`,
    ),
  );
  assert.deepEqual(
    service.reopenRate.cases,
    list(
      `SELECT DISTINCT c.id FROM closing c JOIN back b USING (id) WHERE ${inside('c.at')} AND b.n > c.n AND b.at < $end ORDER BY c.id`,
    ),
  );

  const atOnce = `(lower(channel) LIKE '%phone%' OR lower(channel) LIKE '%on site%' OR channel LIKE '%电话%' OR channel LIKE '%现场%')`;
  const answered = (where: string) =>
    all(`SELECT ${workingTime('received', 'first')} AS business, max(first - received, 0) AS calendar FROM
      (SELECT id, received, channel, (SELECT min(at) FROM told WHERE told.id = thing.id AND told.at < $end) AS first FROM ${received})
      WHERE first IS NOT NULL AND ${where}`);
  for (const [timing, where] of [
    [service.firstResponse.answered, `NOT ${atOnce}`],
    [service.firstResponse.atOnce, atOnce],
  ] as const) {
    sameTimes(
      timing.business,
      answered(where).map((line) => line['business']),
    );
    sameTimes(
      timing.calendar,
      answered(where).map((line) => line['calendar']),
    );
  }
  const resolved = all(`SELECT ${workingTime('received', 'ended')} AS business, ended - received AS calendar FROM
    (SELECT received, ${lastClosing('at')} AS ended FROM thing WHERE ${lastMove} = 'closed') WHERE ${inside('ended')}`);
  sameTimes(
    service.resolution.total.business,
    resolved.map((line) => line['business']),
  );
  sameTimes(
    service.resolution.total.calendar,
    resolved.map((line) => line['calendar']),
  );

  const { test, customer } = service.verification;
  for (const [share, type] of [
    [test, 'verifyInternal'],
    [customer, 'verifyCustomer'],
  ] as const) {
    const failed = count('verified', `type = '${type}' AND result = 'failed'`);
    assert.deepEqual([share.part, share.of], [failed, count('verified', `type = '${type}'`)], type);
  }
  assert.deepEqual(
    [service.planRejection.part, service.planRejection.of],
    [count('answer', `type = 'reject'`), count('answer')],
  );
  const committed = one(`SELECT count(DISTINCT path) FROM linked WHERE ${inside('at')} AND hash <> ''`);
  assert.equal(service.knowledge.committed.count, committed);

  for (const [column, where, rows] of [
    ['customer', '1', concentration.customers],
    ['type', `kind = 'issue'`, concentration.types],
    ['channel', '1', service.byChannel],
  ] as const) {
    const groups = all(
      `SELECT ${column} AS name, count(*) AS cases FROM ${received} AND ${where} GROUP BY name ORDER BY name`,
    );
    const found = rows.filter((row) => row.count > 0).map((row) => ({ name: row.key, cases: row.count }));
    assert.deepEqual(
      found.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      groups,
      column,
    );
  }
}

function sameTimes(spread: { n: number; mean?: number }, seconds: readonly unknown[]): void {
  assert.equal(spread.n, seconds.length);
  if (seconds.length === 0) return;
  const mean = seconds.reduce<number>((sum, time) => sum + Number(time), 0) / seconds.length;
  assert.equal(Math.round((spread.mean ?? -1) / 1000), Math.round(mean));
}

describe('a report beside SQL over the events', () => {
  const reportOf = (period: string, logs: readonly CaseLog[], now: number, settings: CasebookSettings) =>
    serviceReport({ period, zone, now, settings }, logs);

  it('says the same of the sample casebook', async () => {
    const now = Date.parse('2026-11-24T11:26:40+08:00');
    const home = await mkdtemp(join(tmpdir(), 'casebook-sql-'));
    const folder = join(home, 'sample');
    const told = await makeSample({ folder, source: join(process.cwd(), 'sample'), now, offsetAt: () => 480 });
    const { settings } = readSettings(JSON.parse(await readFile(join(folder, 'casebook.json'), 'utf8')));
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
    const logs = told.map(({ id, events }) => ({ id, events, quarantined: 0 }));
    const sql = await databaseOf(logs);
    let seen = 0;
    for (const period of ['2026-08', '2026-09', '2026-10', '2026-11', '2026-Q3', '2026-Q4']) {
      const report = reportOf(period, logs, now, settings);
      compare(report, sql);
      seen += report.service.closures.count;
    }
    sql.close();
    assert.ok(seen >= 10, String(seen));
  });

  it('says the same of cases worked on at random', async () => {
    const { logs, settings, periods } = manyLives(120);
    const sql = await databaseOf(logs);
    let seen = 0;
    for (const period of periods) {
      const report = reportOf(period, logs, Date.parse('2028-01-01T00:00:00Z'), settings);
      compare(report, sql);
      seen += report.service.closures.count;
    }
    sql.close();
    assert.ok(seen >= 30, String(seen));
  });
});
