/** Working time, checked by hand: lunch breaks, holidays, 调休, and days of 23 and 25 hours. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import {
  type BusinessCalendar,
  BusinessTime,
  dateOfDay,
  dayOfDate,
  type Interval,
  readInterval,
  ZoneTime,
} from '../../../src/domain/report/calendar';

const HOUR = 3_600_000;
const hours = (...texts: readonly string[]) => texts.map((text) => readInterval(text) ?? assert.fail(text));
const weekdays = (...texts: readonly string[]): readonly (readonly Interval[])[] =>
  [0, 1, 2, 3, 4, 5, 6].map((day) => (day === 0 || day === 6 ? [] : hours(...texts)));

const calendar = (week: BusinessCalendar['week'], given: Partial<BusinessCalendar> = {}) =>
  new BusinessTime({ zone: 'Asia/Shanghai', week, holidays: [], makeUpDays: [], ...given });

const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe('working time', () => {
  it('goes on after the weekend: Friday 16:30 and an hour with 9-17 is Monday 09:30', () => {
    const time = calendar(weekdays('9:00-17:00'));
    assert.equal(time.after(at('2026-11-20T16:30'), HOUR), at('2026-11-23T09:30'));
    assert.equal(time.between(at('2026-11-20T16:30'), at('2026-11-23T09:30')), HOUR);
  });

  it('goes on the next morning: 16:00 and four hours with 8-18 is 10:00', () => {
    const time = calendar(weekdays('8:00-18:00'));
    assert.equal(time.after(at('2026-11-17T16:00'), 4 * HOUR), at('2026-11-18T10:00'));
  });

  it('leaves out the lunch break', () => {
    const time = calendar(weekdays('9:00-12:00', '13:30-18:00'));
    assert.equal(time.between(at('2026-11-17T11:00'), at('2026-11-17T14:00')), 1.5 * HOUR);
    assert.equal(time.between(at('2026-11-17T12:10'), at('2026-11-17T13:20')), 0);
    assert.equal(time.between(at('2026-11-17T00:00'), at('2026-11-18T00:00')), 7.5 * HOUR);
  });

  it('knows holidays, and make-up days that go before everything else', () => {
    const time = calendar(weekdays('9:00-18:00'), {
      holidays: ['2026-10-01', '2026-10-02', '2026-10-05'],
      // a Saturday worked like a Friday; and a holiday that is worked after all
      makeUpDays: [
        { date: '2026-10-10', like: 5 },
        { date: '2026-10-05', like: 1 },
      ],
    });
    assert.equal(time.between(at('2026-10-01T00:00'), at('2026-10-03T00:00')), 0);
    assert.equal(time.between(at('2026-10-10T00:00'), at('2026-10-11T00:00')), 9 * HOUR);
    assert.equal(time.between(at('2026-10-05T00:00'), at('2026-10-06T00:00')), 9 * HOUR);
    assert.equal(time.isWorkingDay(dayOfDate('2026-10-10')), true);
    assert.equal(time.isWorkingDay(dayOfDate('2026-10-11')), false);
  });

  it('counts days of 23 and 25 hours as they are', () => {
    const all = [0, 1, 2, 3, 4, 5, 6].map(() => hours('0:00-24:00'));
    const berlin = calendar(all, { zone: 'Europe/Berlin' });
    const day = (date: string) => {
      const first = berlin.time.instantOf(dayOfDate(date), 0);
      return berlin.between(first, berlin.time.instantOf(dayOfDate(date) + 1, 0)) / HOUR;
    };
    assert.deepEqual([day('2026-03-29'), day('2026-10-25'), day('2026-11-22')], [23, 25, 24]);
  });

  it('takes a time that is skipped for the end of the gap, and the first of a time that comes twice', () => {
    const berlin = new ZoneTime('Europe/Berlin');
    assert.equal(berlin.instantOf(dayOfDate('2026-03-29'), 150), Date.parse('2026-03-29T01:00:00Z'));
    assert.equal(berlin.instantOf(dayOfDate('2026-10-25'), 150), Date.parse('2026-10-25T00:30:00Z'));
    assert.equal(berlin.dateOf(Date.parse('2026-11-21T23:30:00Z')), '2026-11-22');
    assert.throws(() => new ZoneTime('Middle/Earth'), RangeError);
  });

  it('is nothing where it ends before it begins, or where nobody works', () => {
    const time = calendar(weekdays('9:00-17:00'));
    assert.equal(time.between(at('2026-11-18T10:00'), at('2026-11-17T10:00')), 0);
    assert.equal(time.between(Number.NaN, 1), 0);
    const never = calendar([[], [], [], [], [], [], []]);
    assert.equal(never.after(at('2026-11-17T10:00'), 1), undefined);
  });

  it('adds up: two spans side by side are one, and what `after` finds is that far away', () => {
    const time = calendar(weekdays('9:00-12:00', '13:00-18:00'), {
      zone: 'America/New_York',
      holidays: ['2026-07-03'],
      makeUpDays: [{ date: '2026-07-04', like: 1 }],
    });
    const instant = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-31') });
    fc.assert(
      fc.property(instant, instant, instant, (one, two, three) => {
        const [a = 0, b = 0, c = 0] = [one, two, three].toSorted((x, y) => x - y);
        assert.equal(time.between(a, b) + time.between(b, c), time.between(a, c));
        assert.ok(time.between(a, c) <= c - a);
        const worked = time.between(a, b);
        const reached = time.after(a, worked) ?? assert.fail();
        assert.equal(time.between(a, reached), worked);
        if (worked > 0) assert.ok(reached <= b);
      }),
    );
  });

  it('reads intervals as people write them', () => {
    assert.deepEqual(readInterval('09:00-12:30'), [540, 750]);
    assert.deepEqual(readInterval('9:00 – 24:00'), [540, 1440]);
    for (const wrong of ['12:00-09:00', '09:00', '25:00-26:00', '9-17', '24:00-24:30', '']) {
      assert.equal(readInterval(wrong), undefined, wrong);
    }
    assert.equal(dateOfDay(dayOfDate('2026-02-28') + 1), '2026-03-01');
  });
});
