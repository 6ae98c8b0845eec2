/** The reminder of a report: on the first working day after its period, when work begins, once. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { defaultSettings, readSettings } from '../../../src/domain/casebook';
import { BusinessTime, dayOfDate } from '../../../src/domain/report/calendar';
import { nextReminder, nextWorkingDay, type ReminderInput, remindersAt } from '../../../src/domain/report/reminder';
import { businessCalendar } from '../../../src/domain/report/reportSettings';
import { periodAt, periodBeside } from '../../../src/domain/report/period';
import type { StoredReport } from '../../../src/domain/report/reportShelf';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const settingsOf = (calendar: object, report: object) => {
  const { settings, problems } = readSettings({ calendar, report });
  assert.deepEqual(problems, []);
  return settings;
};
const at = (time: string, offset = '+08:00') => Date.parse(`${time}:00${offset}`);
const input = (now: number, given: Partial<ReminderInput> = {}): ReminderInput => ({
  settings: settingsOf({}, { remind: 'both' }),
  zone: 'Asia/Shanghai',
  since: at('2026-01-05T09:00'),
  reports: [],
  putOff: {},
  ...given,
  now,
});
const due = (now: number, given: Partial<ReminderInput> = {}) =>
  remindersAt(input(now, given)).map(({ period, day }) => `${period.id} on ${day}`);
const stored = (given: Partial<StoredReport>): StoredReport => ({
  name: '2026-Q3',
  period: '2026-Q3',
  files: [],
  isFrozen: false,
  modifiedAt: at('2026-10-08T10:00'),
  ...given,
});

describe('the reminder of a report', () => {
  it('comes when work begins on the first working day, also after a weekend', () => {
    // 2026-10-31 is a Saturday
    assert.deepEqual(due(at('2026-11-01T12:00')), []);
    assert.deepEqual(due(at('2026-11-02T08:59')), []);
    assert.deepEqual(due(at('2026-11-02T09:00')), ['2026-10 on 2026-11-02']);
    assert.equal(nextReminder(input(at('2026-10-20T09:00'))), at('2026-11-02T09:00'));
  });

  it('waits for the end of the holidays, and comes on a make-up day 调休', () => {
    const holidays = ['2026-10-01/2026-10-07'];
    const settings = settingsOf({ holidays }, { remind: 'quarter' });
    assert.deepEqual(due(at('2026-10-07T12:00'), { settings }), []);
    assert.deepEqual(due(at('2026-10-08T09:00'), { settings }), ['2026-Q3 on 2026-10-08']);
    const worked = settingsOf({ holidays, makeUpDays: ['2026-10-04'] }, { remind: 'quarter' });
    assert.deepEqual(due(at('2026-10-04T09:00'), { settings: worked }), ['2026-Q3 on 2026-10-04']);
  });

  it('comes at the next start where the editor was closed on that day, until the report is late anyway', () => {
    assert.deepEqual(due(at('2026-11-08T22:00')), ['2026-10 on 2026-11-02']);
    assert.deepEqual(due(at('2026-11-15T23:59')), ['2026-10 on 2026-11-02']);
    assert.deepEqual(due(at('2026-11-16T00:00')), []);
  });

  it('is for what the team reports on: by default the quarter, counted from the fiscal year', () => {
    const remind = (kind: string) => ({ settings: settingsOf({}, { remind: kind }) });
    const now = at('2026-10-01T09:00');
    assert.deepEqual(due(now), ['2026-Q3 on 2026-10-01', '2026-09 on 2026-10-01']);
    assert.deepEqual(due(now, remind('month')), ['2026-09 on 2026-10-01']);
    assert.deepEqual(due(now, remind('off')), []);
    assert.equal(nextReminder(input(now, remind('off'))), undefined);
    assert.deepEqual(due(now, { settings: defaultSettings }), ['2026-Q3 on 2026-10-01']);
    const fiscal = settingsOf({}, { fiscalYearStartMonth: 2 });
    assert.deepEqual(due(now, { settings: fiscal }), []);
    assert.deepEqual(due(at('2026-11-02T09:00'), { settings: fiscal }), ['2026-Q3 on 2026-11-02']);
  });

  it('does not come where there is nothing to report on, or the report is made', () => {
    const now = at('2026-10-08T09:00');
    const settings = settingsOf({}, { remind: 'quarter' });
    const whenThere = (...reports: readonly StoredReport[]) => due(now, { settings, reports });
    assert.deepEqual(remindersAt({ settings, zone: 'Asia/Shanghai', now, reports: [], putOff: {} }), []);
    assert.deepEqual(due(now, { settings, since: at('2026-10-01T00:00') }), []);
    assert.deepEqual(whenThere(stored({ files: ['2026-Q3.html'] })), []);
    assert.deepEqual(whenThere(stored({ isFrozen: true })), []);
    // texts only, one product only, another period, and what was written while the period was still running
    for (const other of [
      stored({}),
      stored({ name: '2026-Q3.ERP', files: ['2026-Q3.ERP.html'] }),
      stored({ name: '2026-09', period: '2026-09', files: ['2026-09.html'] }),
      stored({ files: ['2026-Q3.html'], modifiedAt: at('2026-09-30T18:00') }),
    ]) {
      assert.deepEqual(whenThere(other), ['2026-Q3 on 2026-10-01']);
    }
  });

  it('can be put off to the next working day', () => {
    const friday = at('2026-10-09T15:00');
    const settings = settingsOf({ holidays: ['2026-10-12'] }, { remind: 'month' });
    const day = nextWorkingDay({ settings, zone: 'Asia/Shanghai', now: friday });
    assert.equal(day, '2026-10-13');
    const putOff = { '2026-09': day };
    assert.deepEqual(due(friday, { settings, putOff }), []);
    assert.equal(nextReminder(input(friday, { settings, putOff })), at('2026-10-13T09:00'));
    assert.deepEqual(due(at('2026-10-13T09:00'), { settings, putOff }), ['2026-09 on 2026-10-13']);
  });

  it('keeps to the wall clock where clocks are changed on the very day', () => {
    // Sunday 2026-11-01 has 25 hours in New York; Sunday is worked there
    const settings = settingsOf({ week: { sunday: ['01:30-05:00'] } }, { remind: 'month' });
    const given = { settings, zone: 'America/New_York', since: 0 };
    assert.deepEqual(due(at('2026-11-01T01:29', '-04:00'), given), []);
    assert.deepEqual(due(at('2026-11-01T01:30', '-04:00'), given), ['2026-10 on 2026-11-01']);
    // in Beirut midnight of 2026-03-29 does not come: the quarter's last days are shorter by an hour
    const beirut = { settings: settingsOf({}, { remind: 'quarter' }), zone: 'Asia/Beirut', since: 0 };
    assert.deepEqual(due(at('2026-04-01T09:00', '+03:00'), beirut), ['2026-Q1 on 2026-04-01']);
  });

  it('never comes where nobody works', () => {
    const settings = settingsOf({ week: {} }, { remind: 'both' });
    assert.deepEqual(due(at('2026-11-02T09:00'), { settings }), []);
    assert.equal(nextReminder(input(at('2026-11-02T09:00'), { settings })), undefined);
    assert.equal(nextWorkingDay({ settings, zone: 'Asia/Shanghai', now: at('2026-11-02T09:00') }), undefined);
  });

  const date = fc.integer({ min: dayOfDate('2025-12-01'), max: dayOfDate('2027-01-20') });
  const dateText = date.map((day) => new Date(day * DAY).toISOString().slice(0, 10));
  const world = fc.record({
    zone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Pacific/Chatham', 'UTC'),
    remind: fc.constantFrom('month', 'quarter', 'both'),
    fiscalYearStartMonth: fc.integer({ min: 1, max: 12 }),
    free: fc.uniqueArray(dateText, { maxLength: 40 }),
    makeUpDays: fc.uniqueArray(dateText, { maxLength: 20 }),
  });
  const kindsOf = { month: ['month'], quarter: ['quarter'], both: ['month', 'quarter'] } as const;

  it('comes exactly once a period to a window that follows its timer, always as a working day begins', () => {
    fc.assert(
      fc.property(world, ({ zone, remind, fiscalYearStartMonth, free: holidays, makeUpDays }) => {
        const settings = settingsOf({ holidays, makeUpDays }, { remind, fiscalYearStartMonth });
        const business = new BusinessTime(businessCalendar(settings.calendar, zone));
        const [start, end] = [Date.UTC(2026, 0, 20), Date.UTC(2027, 0, 20)];
        const told = new Map<string, number>();
        const given = { settings, zone, since: 0 };
        for (let now = start; now < end; now = nextReminder(input(now, given)) ?? end) {
          for (const { period, day } of remindersAt(input(now, given))) {
            const key = `${period.id}|${day}`;
            if (told.has(key)) continue;
            told.set(key, now);
            if (now === start) continue;
            assert.ok(business.isWorkingDay(business.time.dayAt(now)));
            assert.equal(business.time.dateOf(now), day);
            // not one minute of work lies between the period's end and the reminder
            assert.equal(business.between(Date.parse(period.end), now), 0);
            assert.ok(now >= Date.parse(period.end));
          }
        }
        const ids = [...told.keys()].map((key) => key.split('|')[0]);
        assert.equal(new Set(ids).size, ids.length);
        const options = { zone, fiscalYearStartMonth };
        for (const kind of kindsOf[remind]) {
          for (
            let period = periodAt(start, kind, options);
            Date.parse(period.end) < end - 20 * DAY;
            period = periodBeside(period, 1, options)
          ) {
            assert.ok(ids.includes(period.id), period.id);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same however seldom a window looks, and never has two days', () => {
    fc.assert(
      fc.property(
        world,
        fc.array(fc.integer({ min: 1, max: 9 * 24 }), { minLength: 40, maxLength: 80 }),
        (given, gaps) => {
          const { zone, remind, fiscalYearStartMonth, free: holidays, makeUpDays } = given;
          const settings = settingsOf({ holidays, makeUpDays }, { remind, fiscalYearStartMonth });
          const days = new Map<string, string>();
          let now = Date.UTC(2026, 0, 20);
          for (const gap of gaps) {
            now += gap * HOUR;
            for (const { period, day } of remindersAt(input(now, { settings, zone, since: 0 }))) {
              assert.equal(days.get(period.id) ?? day, day);
              days.set(period.id, day);
              assert.ok(now >= Date.parse(period.end));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
