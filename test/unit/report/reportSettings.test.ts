/** Working time and the report's settings in casebook.json: read, refused part by part, and as the schema has them. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { defaultSettings, readSettings, startingSettings } from '../../../src/domain/casebook';
import { BusinessTime } from '../../../src/domain/report/calendar';
import { businessCalendar, defaultReportSettings } from '../../../src/domain/report/reportSettings';

const written = {
  zone: 'Asia/Shanghai',
  week: { monday: ['13:30-18:00', '9:00-12:00'], saturday: ['9:00-12:00'] },
  holidays: ['2026-10-01/2026-10-07', '2027-01-01'],
  makeUpDays: ['2026-10-03', { date: '2026-10-10', like: 'saturday' }],
};
const schema = JSON.parse(readFileSync('media/casebook.schema.json', 'utf8')) as {
  properties: { report: { properties: Record<string, { default?: unknown; properties?: object }> } };
};
const isValid = new Ajv({ allErrors: true }).compile(schema);

describe('the calendar in casebook.json', () => {
  it('is kept as it was written, and understood', () => {
    const { settings, problems } = readSettings({ calendar: written });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.calendar, written);
    assert.ok(isValid({ calendar: written }));
    const calendar = businessCalendar(settings.calendar, 'Asia/Shanghai');
    assert.deepEqual(calendar.week[1], [
      [540, 720],
      [810, 1080],
    ]);
    assert.deepEqual(calendar.week[2], []);
    assert.equal(calendar.holidays.length, 8);
    assert.deepEqual(calendar.makeUpDays, [
      { date: '2026-10-03', like: 1 },
      { date: '2026-10-10', like: 6 },
    ]);
    const time = new BusinessTime(calendar);
    const from = Date.parse('2026-10-01T00:00:00+08:00');
    assert.equal(time.between(from, from + 10 * 86_400_000), (7.5 + 3) * 3_600_000);
  });

  it('is the usual one where it has a part of the wrong shape', () => {
    const wrong = [
      5,
      { zone: 'Asia/Nowhere' },
      { zone: 8 },
      { week: { montag: [] } },
      { week: { monday: ['9-18'] } },
      { week: { monday: ['9:00-12:00', '11:00-18:00'] } },
      { holidays: ['2026-13-01'] },
      { holidays: ['2026-09-31'] },
      { holidays: ['2026-10-07/2026-10-01'] },
      { holidays: ['2026-10-01/2026-10-03/2026-10-05'] },
      { makeUpDays: [{ date: '2026-10-10', like: 'someday' }] },
      { makeUpDays: {} },
    ];
    for (const calendar of wrong) {
      assert.deepEqual(readSettings({ calendar }), { settings: defaultSettings, problems: ['calendar'] });
    }
    assert.deepEqual(readSettings({ calendar: { zone: 'Europe/Berlin' } }).settings.calendar, {
      ...defaultSettings.calendar,
      zone: 'Europe/Berlin',
    });
  });
});

describe('the report in casebook.json', () => {
  it('fills in what is left out', () => {
    const { settings, problems } = readSettings({ report: { fiscalYearStartMonth: 4, usage: { lowLogins: 3 } } });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings.report, {
      ...defaultReportSettings,
      fiscalYearStartMonth: 4,
      usage: { ...defaultReportSettings.usage, lowLogins: 3 },
    });
  });

  it('is the usual one where it has a part of the wrong shape', () => {
    const wrong = [
      [],
      { fiscalYearStartMonth: 13 },
      { fiscalYearStartMonth: 1.5 },
      { atOnceChannels: [''] },
      { atOnceChannels: 'phone' },
      { solvingDispositions: [1] },
      { highFrequency: 0 },
      { remind: 'week' },
      { remind: true },
      { usage: 3 },
      { usage: { lowLogins: -1 } },
      { usage: { decliningPercent: 0 } },
      { usage: { decliningPercent: 101 } },
    ];
    for (const report of wrong) {
      assert.deepEqual(readSettings({ report }), { settings: defaultSettings, problems: ['report'] });
    }
  });

  it('has the defaults that the schema names, and a new casebook agrees with the schema', () => {
    const { usage, ...others } = schema.properties.report.properties;
    const defaults = (properties: object) =>
      Object.fromEntries(
        Object.entries(properties as Record<string, { default: unknown }>).map(([key, part]) => [key, part.default]),
      );
    assert.deepEqual({ ...defaults(others), usage: defaults(usage?.properties ?? {}) }, defaultReportSettings);
    for (const language of ['en', 'zh-CN'] as const) {
      const starting: unknown = JSON.parse(JSON.stringify(startingSettings(language)));
      assert.ok(isValid(starting), JSON.stringify(isValid.errors));
      assert.deepEqual(readSettings(starting), { settings: startingSettings(language), problems: [] });
    }
  });
});

describe('a customer that was renamed', () => {
  it('has its former names in casebook.json', () => {
    const customers = [{ name: '华东精密', contacts: [], formerNames: ['华东某厂'] }];
    assert.deepEqual(readSettings({ customers }).settings.customers, customers);
    assert.deepEqual(readSettings({ customers: [{ name: 'A', formerNames: 'B' }] }).problems, ['customers']);
  });
});
