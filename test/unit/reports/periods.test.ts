import assert from 'node:assert/strict';
import { readPeriod } from '../../../src/domain/report/period';
import { inKind, isRunning, periodsSince, recentPeriods } from '../../../src/features/reports/periods';

const options = { zone: 'Asia/Shanghai', fiscalYearStartMonth: 1 };
const now = Date.parse('2026-11-22T18:00:00+08:00');
const idsOf = (periods: readonly { readonly id: string }[]) => periods.map(({ id }) => id);

describe('periods that a report is offered for', () => {
  it('are the running month and quarter and those before them, over the turn of a year', () => {
    assert.deepEqual(idsOf(recentPeriods(now, options)), [
      '2026-11',
      '2026-10',
      '2026-09',
      '2026-Q4',
      '2026-Q3',
      '2026-Q2',
      '2026-Q1',
    ]);
    assert.deepEqual(idsOf(recentPeriods(Date.parse('2026-01-10T00:00:00Z'), options)), [
      '2026-01',
      '2025-12',
      '2025-11',
      '2026-Q1',
      '2025-Q4',
      '2025-Q3',
      '2025-Q2',
    ]);
  });

  it('follow the fiscal year', () => {
    const fiscal = { ...options, fiscalYearStartMonth: 4 };
    assert.deepEqual(idsOf(recentPeriods(now, fiscal)).slice(3), ['2026-Q3', '2026-Q2', '2026-Q1', '2025-Q4']);
  });

  it('go back to the first case, and a year at least', () => {
    assert.equal(periodsSince(now, 'month', now, options).length, 12);
    const all = idsOf(periodsSince(Date.parse('2024-05-31T15:59:59Z'), 'month', now, options));
    assert.deepEqual([all[0], all.at(-1)], ['2026-11', '2024-05']);
    // by the report's zone it was June
    assert.equal(idsOf(periodsSince(Date.parse('2024-05-31T16:00:00Z'), 'month', now, options)).at(-1), '2024-06');
    assert.equal(periodsSince(0, 'quarter', now, options).length, 40);
  });

  it('run until their end in the report’s zone', () => {
    const month = readPeriod('2026-11', options);
    assert.equal(isRunning(month, Date.parse('2026-12-01T00:00:00+08:00') - 1), true);
    assert.equal(isRunning(month, Date.parse('2026-12-01T00:00:00+08:00')), false);
  });

  it('keep the place when months and quarters are switched, and never lie ahead', () => {
    const to = (id: string, kind: 'month' | 'quarter') => inKind(readPeriod(id, options), kind, now, options).id;
    assert.equal(to('2026-08', 'quarter'), '2026-Q3');
    assert.equal(to('2026-Q3', 'month'), '2026-09');
    assert.equal(to('2026-Q4', 'month'), '2026-11');
    assert.equal(to('2026-Q4', 'quarter'), '2026-Q4');
  });
});
