/** Reports of an imported audit log beside what SQL makes of the rows of the same file, which never saw an event. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breathing } from '../../../../src/adapters/machine/breathing';
import { openCaseLogs } from '../../../../src/adapters/report/caseLogs';
import { openUsageFiles } from '../../../../src/adapters/report/usageFiles';
import { openSettingsFile } from '../../../../src/adapters/store/settingsFile';
import { reportsOf } from '../../../../src/domain/report/reports';
import type { ServiceReport } from '../../../../src/domain/report/serviceReport';
import type { Reports } from '../../../../src/domain/report/sources';
import { cleanUp, newCasebook, storeOver } from '../../store/folders';
import { hasRealLog, importInto, now, realLog, serviceNow, tableOf } from '../../transfer/files';
import { openDatabase, type Sql } from './database';

const zone = 'America/Sao_Paulo';

interface Imported {
  readonly sql: Sql;
  readonly reports: Reports;
  /** Case id → number in the file. */
  readonly numbers: ReadonlyMap<string, string>;
}

async function take(file: string): Promise<Imported> {
  const table = await tableOf(readFileSync(file));
  const folder = await newCasebook();
  const store = await storeOver(folder);
  const plan = await importInto(store, table, serviceNow());
  assert.deepEqual(plan.rejected, []);
  const reports = reportsOf({
    store,
    settings: await openSettingsFile({ folder }),
    clock: { now: () => now, offsetAt: () => 480 },
    logs: openCaseLogs(folder),
    usage: openUsageFiles(folder),
    machineZone: zone,
    breathing,
  });
  const sql = await openDatabase();
  makeLog(sql, table);
  return { sql, reports, numbers: new Map(store.summaries().map(({ id, imported }) => [id, imported?.id ?? ''])) };
}

/**
 * What happened to each incident: it was opened; between two of its rows, in the order of their times, it ended or came
 * back. It came back only where its count of reopenings went up: some rows lie in the wrong order.
 */
function makeLog(
  sql: Sql,
  { headers, rows }: { headers: readonly string[]; rows: readonly (readonly string[])[] },
): void {
  const columns = [
    'number',
    'incident_state',
    'opened_at',
    'sys_updated_at',
    'contact_type',
    'location',
    'category',
    'reopen_count',
  ];
  const places = columns.map((name) => headers.indexOf(name));
  sql.run('CREATE TABLE raw (line, number, state, opened, updated, channel, customer, type, reopenings)');
  sql.insert(
    'raw',
    rows.map((row, line) => [line, ...places.map((place) => row[place] ?? '')]),
  );
  // "29-02-2016 01:16" in São Paulo, whose summer time ended before the first and began on 16 October
  const instant = (column: string) => {
    const iso = `substr(${column}, 7, 4) || '-' || substr(${column}, 4, 2) || '-' || substr(${column}, 1, 2) || 'T' || substr(${column}, 12, 5)`;
    return `unixepoch(${iso} || ':00' || iif(${iso} >= '2016-10-16', '-02:00', '-03:00'))`;
  };
  sql.run(`
    CREATE TABLE timed AS
    SELECT line, number, state IN ('Resolved', 'Closed') AS ended, ${instant('opened')} AS opened,
           ${instant('updated')} AS updated, channel, customer, type,
           CAST(reopenings AS INTEGER) AS reopenings FROM raw;
    CREATE TABLE log AS
    SELECT * FROM
      (SELECT *, max(ended) OVER earlier AS hadEnded, max(reopenings) OVER earlier AS counted FROM timed
       WINDOW earlier AS (PARTITION BY number ORDER BY updated, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
    WHERE ended OR hadEnded IS NOT 1 OR reopenings > counted;
    CREATE TABLE move AS
    SELECT number, opened AS at, 'in' AS what FROM log GROUP BY number
    UNION ALL
    SELECT number, updated, iif(ended, 'closed', 'reopened') FROM
      (SELECT *, lag(ended, 1, 0) OVER (PARTITION BY number ORDER BY updated, line) AS before FROM log)
    WHERE ended <> before;
    CREATE TABLE incident AS
    SELECT number, min(opened) AS opened,
      (SELECT channel FROM timed l WHERE l.number = timed.number AND channel <> '?' ORDER BY updated DESC, line DESC LIMIT 1) AS channel,
      (SELECT customer FROM timed l WHERE l.number = timed.number AND customer <> '?' ORDER BY updated DESC, line DESC LIMIT 1) AS customer,
      (SELECT type FROM timed l WHERE l.number = timed.number AND type <> '?' ORDER BY updated DESC, line DESC LIMIT 1) AS type
    FROM timed GROUP BY number;`);
}

/** 1 where it is in the backlog at $t. */
const openAt = (time: string) =>
  `(SELECT sum(iif(what = 'closed', -1, 1)) FROM move m WHERE m.number = incident.number AND m.at < ${time})`;

function compare(report: ServiceReport, { sql, numbers }: Imported): void {
  const { period, service, concentration } = report;
  const values = { start: Date.parse(period.start) / 1000, end: Date.parse(period.end) / 1000 };
  const number = (ids: readonly string[]) =>
    ids.map((id) => numbers.get(id)).toSorted((a = '', b = '') => (a < b ? -1 : 1));
  const list = (question: string) => sql.all(question, values).map((line) => Object.values(line)[0]);
  const moved = (what: string) =>
    list(`SELECT DISTINCT number FROM move WHERE what = '${what}' AND at >= $start AND at < $end ORDER BY number`);
  const count = (what: string) =>
    sql.one(`SELECT count(*) FROM move WHERE what = '${what}' AND at >= $start AND at < $end`, values);
  const { movement } = service;

  assert.deepEqual(number(service.received.cases), moved('in'));
  assert.deepEqual(number(service.closures.cases), moved('closed'));
  assert.deepEqual(number(movement.reopened.cases), moved('reopened'));
  assert.deepEqual(
    [service.received.count, service.closures.count, movement.reopened.count],
    [count('in'), count('closed'), count('reopened')],
  );
  const backlog = (time: string) => list(`SELECT number FROM incident WHERE ${openAt(time)} = 1 ORDER BY number`);
  assert.deepEqual(number(movement.start.cases), backlog('$start'));
  assert.deepEqual(number(movement.end.cases), backlog('$end'));

  const solved = sql.one(
    `SELECT count(*) FROM incident WHERE opened >= $start AND opened < $end AND ${openAt('$end')} = 0`,
    values,
  );
  assert.deepEqual([service.resolutionRate.part, service.resolutionRate.of], [solved, count('in')]);
  const cameBack = sql.one(
    `SELECT count(DISTINCT c.number) FROM move c JOIN move r USING (number)
     WHERE c.what = 'closed' AND c.at >= $start AND c.at < $end AND r.what = 'reopened' AND r.at >= c.at AND r.at < $end
       AND (r.at > c.at OR r.rowid > c.rowid)`,
    values,
  );
  assert.deepEqual([service.reopenRate.part, service.reopenRate.of], [cameBack, moved('closed').length]);

  const times = sql.all(
    `SELECT (SELECT max(at) FROM move m WHERE m.number = incident.number AND what = 'closed' AND at < $end) - opened AS took
     FROM incident WHERE ${openAt('$end')} = 0
       AND (SELECT max(at) FROM move m WHERE m.number = incident.number AND what = 'closed' AND at < $end) >= $start
     ORDER BY took`,
    values,
  );
  const { calendar } = service.resolution.total;
  assert.equal(calendar.n, times.length);
  const took = times.map(({ took: seconds }) => Number(seconds) * 1000);
  if (took.length > 0) {
    assert.equal(Math.round(calendar.mean ?? -1), Math.round(took.reduce((a, b) => a + b) / took.length));
    assert.equal(calendar.median, took[Math.ceil(took.length / 2) - 1]);
    assert.equal(calendar.p90, took.length < 5 ? undefined : took[Math.ceil((took.length * 9) / 10) - 1]);
  }

  const ages = sql.all(
    `SELECT age, count(*) AS cases FROM (SELECT CASE WHEN ($end - opened) / 86400 <= 7 THEN '0-7' WHEN ($end - opened) / 86400 <= 30 THEN '8-30'
       WHEN ($end - opened) / 86400 <= 90 THEN '31-90' ELSE '>90' END AS age FROM incident WHERE ${openAt('$end')} = 1) GROUP BY age`,
    values,
  );
  for (const { key, count: cases } of service.backlog.byAge) {
    assert.equal(cases, ages.find(({ age }) => age === key)?.['cases'] ?? 0, key);
  }

  for (const [column, rows] of [
    ['customer', concentration.customers],
    ['type', concentration.types],
    ['channel', service.byChannel],
  ] as const) {
    const groups = sql.all(
      `SELECT coalesce(${column}, '') AS name, count(*) AS cases FROM incident WHERE opened >= $start AND opened < $end
       GROUP BY name ORDER BY cases DESC, name`,
      values,
    );
    assert.deepEqual(
      rows.filter(({ count: cases }) => cases > 0).map((row) => ({ name: row.key, cases: row.count })),
      column === 'customer' ? byUrgency(groups, concentration) : groups,
      column,
    );
  }
}

/** Among as many cases the urgent ones go first: the file's priorities are not in this database. */
function byUrgency(groups: readonly object[], { customers }: ServiceReport['concentration']) {
  const place = (group: object) => customers.findIndex(({ key }) => key === (group as { name: string }).name);
  return groups.toSorted((a, b) => place(a) - place(b));
}

const periods = [
  '2016-02',
  '2016-03',
  '2016-04',
  '2016-05',
  '2016-06',
  '2016-10',
  '2016-Q1',
  '2016-Q2',
  '2016-Q3',
  '2016-Q4',
];

describe('a report of an imported audit log beside SQL over its rows', () => {
  afterEach(cleanUp);

  const files = [
    ['a distilled one', join('test', 'fixtures', 'report', 'audit-log.csv'), 20],
    ...(hasRealLog ? [['1,500 real rows', realLog, 200] as const] : []),
  ] as const;
  for (const [name, file, atLeast] of files) {
    it(`says the same of ${name}`, async () => {
      const imported = await take(file);
      let seen = 0;
      for (const period of periods) {
        const report = await imported.reports.generate(period);
        compare(report, imported);
        if (report.period.kind === 'month') seen += report.service.closures.count;
      }
      imported.sql.close();
      assert.ok(seen >= atLeast / 2, `${seen} closures compared`);
    });
  }
});
