/** Months and quarters: their borders in a zone, their neighbours, and what is none. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { periodAt, periodBeside, PeriodError, readPeriod } from '../../../src/domain/report/period';

const shanghai = { zone: 'Asia/Shanghai', fiscalYearStartMonth: 1 };
const berlin = { zone: 'Europe/Berlin', fiscalYearStartMonth: 1 };
const april = { zone: 'Asia/Shanghai', fiscalYearStartMonth: 4 };

describe('a report period', () => {
  it('is a month or a quarter, half-open in its zone', () => {
    const month = readPeriod(' 2026-09 ', shanghai);
    assert.deepEqual(month, {
      id: '2026-09',
      kind: 'month',
      start: '2026-09-01T00:00:00+08:00',
      end: '2026-10-01T00:00:00+08:00',
      zone: 'Asia/Shanghai',
      label: { en: 'September 2026', zh: '2026 年 9 月' },
    });
    const quarter = readPeriod('2026-q4', berlin);
    assert.deepEqual(
      [quarter.id, quarter.start, quarter.end],
      ['2026-Q4', '2026-10-01T00:00:00+02:00', '2027-01-01T00:00:00+01:00'],
    );
    assert.deepEqual(quarter.label, { en: 'Q4 2026', zh: '2026 年第 4 季度' });
  });

  it('is none of years that have no neighbours', () => {
    for (const text of ['0000-01', '0000-Q1', '0999-12', '9999-12', '9999-Q4']) {
      assert.throws(
        () => readPeriod(text, april),
        (error) => error instanceof PeriodError && error.reason === 'form',
        text,
      );
    }
  });

  it('counts quarters from the month in which the fiscal year begins, and says which months they are', () => {
    const quarter = readPeriod('2026-Q4', april);
    assert.deepEqual(
      [quarter.id, quarter.start, quarter.end],
      ['2026-Q4', '2027-01-01T00:00:00+08:00', '2027-04-01T00:00:00+08:00'],
    );
    assert.equal(quarter.label.en, 'Q4 of fiscal year 2026 (January 2027 – March 2027)');
    assert.equal(quarter.label.zh, '2026 财年第 4 季度（2027 年 1 月至 2027 年 3 月）');
    assert.equal(periodAt(Date.parse('2027-03-31T15:59:59Z'), 'quarter', april).id, '2026-Q4');
    assert.equal(periodAt(Date.parse('2027-03-31T16:00:00Z'), 'quarter', april).id, '2027-Q1');
  });

  it('has a next and a previous one that touch it', () => {
    const [year, month, quarter] = [fc.integer({ min: 1971, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.nat(3)];
    fc.assert(
      fc.property(year, month, quarter, month, fc.boolean(), (y, m, q, fiscalYearStartMonth, isMonth) => {
        const options = { zone: 'Europe/Berlin', fiscalYearStartMonth };
        const id = isMonth ? `${y}-${String(m).padStart(2, '0')}` : `${y}-Q${q + 1}`;
        const period = readPeriod(id, options);
        assert.equal(period.id, id);
        const [next, previous] = [periodBeside(period, 1, options), periodBeside(period, -1, options)];
        assert.equal(next.start, period.end);
        assert.equal(previous.end, period.start);
        assert.deepEqual(periodBeside(next, -1, options), period);
        for (const instant of [Date.parse(period.start), Date.parse(period.end) - 1]) {
          assert.equal(periodAt(instant, period.kind, options).id, id);
        }
        assert.equal(periodAt(Date.parse(period.end), period.kind, options).id, next.id);
      }),
    );
  });

  it('says what is wrong with what is none', () => {
    for (const text of ['', '2026', '2026-13', '2026-00', '2026-Q5', '2026-Q0', '26-09', '2026/09', '2026-09-01']) {
      assert.throws(
        () => readPeriod(text, shanghai),
        (error) => error instanceof PeriodError && error.reason === 'form' && error.text === text,
      );
    }
    assert.throws(
      () => readPeriod('2026-09', { zone: 'Asia/Nowhere', fiscalYearStartMonth: 1 }),
      (error) => error instanceof PeriodError && error.reason === 'zone',
    );
  });
});
