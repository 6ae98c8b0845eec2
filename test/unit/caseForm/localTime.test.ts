import assert from 'node:assert/strict';
import { fromLocalField, thisMinute, toLocalField } from '../../../src/features/caseForm/view/localTime';
import { instantOf } from '../../../src/domain/time';

const shanghai = () => 480;
/** Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC. */
const berlin = (instant: number) =>
  instant >= Date.UTC(2026, 2, 29, 1) && instant < Date.UTC(2026, 9, 25, 1) ? 120 : 60;

describe('moments in a date-and-time field', () => {
  it('are shown on the clock of this machine, whatever offset they were written with', () => {
    assert.equal(toLocalField('2026-11-22T01:05:30Z', shanghai), '2026-11-22T09:05');
    assert.equal(toLocalField('2026-11-22T09:05:00+08:00', shanghai), '2026-11-22T09:05');
    assert.equal(toLocalField('yesterday', shanghai), '');
  });

  it('are stored with the offset and without seconds', () => {
    assert.equal(fromLocalField('2026-11-22T09:05', shanghai), '2026-11-22T09:05:00+08:00');
    assert.equal(fromLocalField('2026-11-22T09:05:59', shanghai), '2026-11-22T09:05:00+08:00');
  });

  it('carry the offset of that day, not of today', () => {
    assert.equal(fromLocalField('2026-07-01T09:00', berlin), '2026-07-01T09:00:00+02:00');
    assert.equal(fromLocalField('2026-12-01T09:00', berlin), '2026-12-01T09:00:00+01:00');
    assert.equal(fromLocalField('2026-03-29T04:00', berlin), '2026-03-29T04:00:00+02:00');
    assert.equal(fromLocalField('2026-10-25T04:00', berlin), '2026-10-25T04:00:00+01:00');
  });

  it('are nothing while half typed', () => {
    assert.equal(fromLocalField(''), undefined);
    assert.equal(fromLocalField('2026-11-22'), undefined);
  });

  it('come back as they went in', () => {
    for (const field of ['2026-01-01T00:00', '2026-03-29T03:30', '2026-10-25T12:00', '2024-02-29T23:59']) {
      assert.equal(toLocalField(fromLocalField(field, berlin) ?? '', berlin), field);
    }
  });

  it('of this minute are never in the future', () => {
    const now = Date.UTC(2026, 10, 22, 1, 5, 59, 900);
    assert.equal(thisMinute(now, shanghai), '2026-11-22T09:05:00+08:00');
    assert.ok(instantOf(thisMinute(now)) <= now);
  });
});
