import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readValue, type FieldDef } from '../../../src/domain/sop/field';
import { instantOf, isCalendarDate, isInstant, toIso } from '../../../src/domain/time';
import { w } from '../../../src/domain/words';

describe('Instants', () => {
  it('are ISO-8601 with an offset', () => {
    for (const text of [
      '2026-11-02T09:00:00+08:00',
      '2026-11-02T09:00Z',
      '2026-11-02T09:00:00.123-03:30',
      '2026-11-02T09:00+0800',
    ]) {
      assert.ok(isInstant(text), text);
    }
    for (const text of [
      '',
      '2026-11-02',
      '2026-11-02T09:00:00',
      '2026-13-02T09:00:00Z',
      '2026-11-02T25:00Z',
      '2026-11-02 09:00Z',
      'Mon',
      '0',
    ]) {
      assert.ok(!isInstant(text), text);
    }
  });

  it('compare across offsets; what is none counts as the beginning of time', () => {
    assert.equal(instantOf('2026-11-02T09:00:00+08:00'), instantOf('2026-11-02T01:00:00Z'));
    for (const raw of [undefined, null, 5, {}, 'soon', '']) assert.equal(instantOf(raw), 0);
  });

  it('are written with the offset of the place', () => {
    const instant = Date.parse('2026-11-02T01:02:03Z');
    assert.equal(toIso(instant, 480), '2026-11-02T09:02:03+08:00');
    assert.equal(toIso(instant, -210), '2026-11-01T21:32:03-03:30');
    assert.equal(toIso(instant, 0), '2026-11-02T01:02:03+00:00');
    for (const offset of [480, -210, 0, 345, 840, -720]) assert.equal(instantOf(toIso(instant, offset)), instant);
  });
});

describe('Calendar dates', () => {
  const date: FieldDef = { key: 'on', type: 'date', label: w('On', '日期') };
  const time: FieldDef = { ...date, type: 'dateTime' };

  it('have the form of a date, and exist', () => {
    assert.ok(isCalendarDate('2026-12-05'));
    for (const text of [
      '2026-12-5',
      '2026-12-05T00:00:00Z',
      '2026-13-05',
      '2026-12-32',
      '2026-09-31',
      '2026-02-29',
      '',
    ])
      assert.ok(!isCalendarDate(text), text);
  });

  it('are all that a field takes, by themselves or with a time', () => {
    assert.equal(readValue(date, '2028-02-29'), '2028-02-29');
    for (const day of ['2026-02-29', '2026-02-30', '2026-04-31']) {
      assert.equal(readValue(date, day), undefined, day);
      assert.equal(readValue(time, `${day}T09:00:00+08:00`), undefined, day);
    }
    assert.equal(readValue(time, '2026-11-02T00:30:00+08:00'), '2026-11-02T00:30:00+08:00');
  });
});
