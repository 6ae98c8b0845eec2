/** How customers' use is judged: by explicit thresholds, from data only, and no data is never silence. */
import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openUsageFiles } from '../../../src/adapters/report/usageFiles';
import type { UsageStanding } from '../../../src/domain/report/serviceReport';
import type { UsageEntry } from '../../../src/domain/report/sources';
import { readUsagePeriod } from '../../../src/domain/report/usageRow';
import { at, issueAt, report, settings } from './world';

const entry = (customer: string, from: string, until: string, more: Partial<UsageEntry> = {}): UsageEntry => ({
  customer,
  from,
  until,
  source: 'licence server',
  legalBasis: 'contract',
  ...more,
});
const september = (customer: string, more: Partial<UsageEntry>) => entry(customer, '2026-09-01', '2026-09-30', more);
const august = (customer: string, more: Partial<UsageEntry>) => entry(customer, '2026-08-01', '2026-08-31', more);

const usageOf = (entries: readonly UsageEntry[], period = '2026-09', now = at('2027-01-01 00:00')) =>
  report(period, [issueAt('2026-09-02 10:00')], { usage: { entries, problems: [] }, now }).usage;

function standings(entries: readonly UsageEntry[]): Record<string, UsageStanding> {
  return Object.fromEntries(usageOf(entries).customers.map(({ customer, standing }) => [customer, standing]));
}

describe('the use of a customer', () => {
  it('is active, low, declining, silent or unknown', () => {
    const found = standings([
      september('Active', { logins: 10 }),
      september('Low', { logins: 9 }),
      august('Half', { logins: 31 }),
      september('Half', { logins: 15 }),
      august('More than half', { logins: 31 }),
      september('More than half', { logins: 16 }),
      august('Low before', { logins: 8 }),
      september('Low before', { logins: 2 }),
      august('Fewer core uses', { logins: 31, coreUses: 310 }),
      september('Fewer core uses', { logins: 30, coreUses: 100 }),
      september('Silent', { logins: 0, coreUses: 0 }),
      september('Core uses only', { coreUses: 9 }),
      august('Before only', { logins: 100 }),
    ]);
    assert.deepEqual(found, {
      Active: 'active',
      'More than half': 'active',
      'Fewer core uses': 'declining',
      Half: 'declining',
      'Core uses only': 'low',
      Low: 'low',
      'Low before': 'low',
      Silent: 'silent',
      Acme: 'noData',
      'Before only': 'noData',
    });
  });

  it('is compared by the day, and of a longer span by its days in the period', () => {
    const [row] = usageOf([
      entry('A', '2026-09-16', '2026-09-30', { logins: 30 }),
      entry('A', '2026-07-01', '2026-08-31', { logins: 124 }),
    ]).customers;
    assert.deepEqual([row?.standing, row?.logins, row?.previousLogins], ['active', 30, 62]);
  });

  it('of a month that still runs speaks of what has passed of it', () => {
    const now = at('2026-09-10 12:00');
    const [row] = usageOf([september('A', { logins: 5 })], '2026-09', now).customers;
    // five in ten days are fifteen in thirty
    assert.deepEqual([row?.standing, row?.logins], ['active', 5]);
    const [past] = usageOf([entry('A', '2026-07-01', '2026-09-30', { logins: 72 })], '2026-09', now).customers;
    assert.equal(past?.logins, 10);
  });

  it('counts once what was imported twice, and names where it comes from', () => {
    const usage = usageOf([
      september('A', { logins: 50 }),
      september('A', { logins: 60 }),
      september('A', { logins: 7, source: 'portal', legalBasis: 'consent' }),
      august('A', { source: 'old', logins: 1 }),
    ]);
    assert.equal(usage.customers[0]?.logins, 67);
    assert.deepEqual(usage.sources, [
      { source: 'licence server', legalBasis: 'contract' },
      { source: 'portal', legalBasis: 'consent' },
    ]);
    assert.deepEqual(usage.counts, { active: 1, declining: 0, low: 0, silent: 0, noData: 1 });
  });

  it('counts no day of a source twice where its spans overlap: the longer one says what lies between the shorter', () => {
    const quarter = entry('A', '2026-07-01', '2026-09-30', { logins: 300, coreUses: 92 });
    const months = [
      entry('A', '2026-07-01', '2026-07-31', { logins: 100 }),
      entry('A', '2026-08-01', '2026-08-31', { logins: 120 }),
    ];
    const shown = (entries: readonly UsageEntry[], period: string) => {
      const [row] = usageOf(entries, period).customers;
      return [row?.logins, row?.previousLogins, row?.coreUses];
    };
    for (const entries of [
      [quarter, ...months],
      [...months, quarter],
    ]) {
      assert.deepEqual(shown(entries, '2026-Q3'), [300, undefined, 92]);
      assert.deepEqual(shown(entries, '2026-08'), [120, 100, 31]);
      assert.deepEqual(shown(entries, '2026-09'), [80, 120, 30]);
    }
    // what another source says is other use
    const elsewhere = entry('A', '2026-09-01', '2026-09-30', { logins: 7, source: 'portal' });
    assert.deepEqual(shown([quarter, ...months, elsewhere], '2026-Q3'), [307, undefined, 92]);
  });

  it('goes by the shorter spans where a longer one contradicts them, and lets spans that cross share their days', () => {
    const logins = (entries: readonly UsageEntry[], period = '2026-09') =>
      usageOf(entries, period).customers[0]?.logins;
    const quarter = entry('A', '2026-07-01', '2026-09-30', { logins: 90 });
    const july = entry('A', '2026-07-01', '2026-07-31', { logins: 100 });
    assert.equal(logins([quarter, july], '2026-Q3'), 100);
    // nobody knows of September then: that is no silence
    assert.equal(logins([quarter, july]), undefined);
    // the week has its own days, the month the other twenty-three
    const month = september('A', { logins: 60 });
    const week = entry('A', '2026-09-24', '2026-09-30', { logins: 14 });
    assert.equal(logins([month, week]), 60);
    const crossing = entry('A', '2026-09-28', '2026-10-04', { logins: 70 });
    assert.equal(logins([month, crossing]), 60);
  });

  it('is what it is, to the last login, where a threshold meets a sum of parts', () => {
    const day = entry('A', '2026-09-28', '2026-09-28', { logins: 2 });
    const [row] = usageOf([september('A', { logins: 10 }), day]).customers;
    assert.deepEqual([row?.standing, row?.logins], ['active', 10]);
  });

  it('goes by the team’s thresholds and under the customer’s present name', () => {
    const usage = { lowLogins: 100, lowCoreUses: 10, decliningPercent: 90 };
    const customers = [{ name: 'New', formerNames: ['Old'] }];
    const made = report('2026-09', [], {
      settings: { ...settings, customers, report: { ...settings.report, usage } },
      usage: { entries: [august('Old', { logins: 310 }), september('New', { logins: 60 })], problems: [] },
    });
    assert.deepEqual(
      made.usage.customers.map(({ customer, standing, previousLogins }) => [customer, standing, previousLogins]),
      [['New', 'low', 310]],
    );
    assert.deepEqual(
      made.drafts.plan.map(({ key }) => key),
      [],
    );
  });

  it('leads to a visit where it ceased or fell', () => {
    const entries = [
      september('Silent', { logins: 0 }),
      august('Half', { logins: 310 }),
      september('Half', { logins: 60 }),
    ];
    const { plan } = report('2026-09', [], { usage: { entries, problems: [] } }).drafts;
    assert.deepEqual(
      plan.map(({ key, text }) => [key, text.zh]),
      [
        ['visit:Half', '回访 Half：较上期下降 80%。'],
        ['visit:Silent', '回访 Silent：30 天内无使用。'],
      ],
    );
  });
});

describe('a span of usage data', () => {
  it('is a day, a month, a quarter, or two days', () => {
    const spans: [string, string, string][] = [
      ['2026-09-07', '2026-09-07', '2026-09-07'],
      ['2028-02', '2028-02-01', '2028-02-29'],
      ['2026-12', '2026-12-01', '2026-12-31'],
      ['2026-q4', '2026-10-01', '2026-12-31'],
      ['2026-09-01 / 2026-09-15', '2026-09-01', '2026-09-15'],
    ];
    for (const [text, from, until] of spans) assert.deepEqual(readUsagePeriod(text), { from, until }, text);
    for (const text of ['', '2026', '2026-13', '2026-Q5', '2026-09-31', '2026-09-15/2026-09-01', 'a/b', '1/2/3']) {
      assert.equal(readUsagePeriod(text), undefined, text);
    }
  });
});

describe('usage files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebook-usage-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are read line by line; what can’t be read is named, and the rest counts', async () => {
    await mkdir(join(folder, 'usage'));
    const header = '\uFEFFcustomer,period,logins,coreUses,source,legalBasis';
    const lines = [
      header,
      '"Acme, Inc.",2026-09,120,,portal,contract',
      ',2026-09,1,,portal,contract',
      'Beta,September,1,,portal,contract',
      'Beta,2026-09,many,,portal,contract',
      'Beta,2026-09,,,portal,contract',
      '',
      'Beta,2026-09,,3.5,portal,contract',
    ];
    await writeFile(join(folder, 'usage', 'b.csv'), lines.join('\r\n'));
    await writeFile(join(folder, 'usage', 'c.csv'), 'name;logins\nAcme;3\n');
    await writeFile(join(folder, 'usage', '.hidden.csv'), 'junk');
    await writeFile(join(folder, 'usage', 'notes.txt'), 'junk');
    const { entries, problems } = await openUsageFiles(folder).read();
    assert.deepEqual(entries, [
      {
        customer: 'Acme, Inc.',
        from: '2026-09-01',
        until: '2026-09-30',
        logins: 120,
        source: 'portal',
        legalBasis: 'contract',
      },
      {
        customer: 'Beta',
        from: '2026-09-01',
        until: '2026-09-30',
        coreUses: 3.5,
        source: 'portal',
        legalBasis: 'contract',
      },
    ]);
    assert.deepEqual(
      problems.map(({ file, line }) => `${file}:${line}`),
      ['b.csv:3', 'b.csv:4', 'b.csv:5', 'b.csv:6', 'c.csv:1'],
    );
  });

  it('may be missing altogether', async () => {
    assert.deepEqual(await openUsageFiles(folder).read(), { entries: [], problems: [] });
  });
});
