/** The times that a snooze offers, and those that are typed. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readTime, snoozeTimes, writeTime } from '../../../src/features/followUps/snoozeTimes';
import { due, shanghai } from './summaries';

const offered = (now: string, dueAt: string) =>
  snoozeTimes(due(dueAt), Date.parse(now), shanghai).map(({ name, until }) => [name, writeTime(until, shanghai)]);

describe('Snoozing', () => {
  it('offers an hour, the afternoon, tomorrow morning, next Monday and a week, each once', () => {
    assert.deepEqual(offered('2026-11-25T10:20:30+08:00', '2026-11-24T10:00:00+08:00'), [
      ['hour', '2026-11-25 11:20'],
      ['afternoon', '2026-11-25 15:00'],
      ['tomorrow', '2026-11-26 09:00'],
      ['monday', '2026-11-30 09:00'],
      ['week', '2026-12-02 09:00'],
    ]);
    // on a Sunday evening tomorrow is Monday
    assert.deepEqual(
      offered('2026-11-29T22:00:00+08:00', '2026-11-24T10:00:00+08:00').map(([name]) => name),
      ['hour', 'tomorrow', 'week'],
    );
    // on a Monday, the next one is in a week
    assert.deepEqual(
      offered('2026-11-30T16:00:00+08:00', '2026-11-24T10:00:00+08:00').map(([name]) => name),
      ['hour', 'tomorrow', 'week'],
    );
  });

  it('offers nothing that lies before the due itself', () => {
    assert.deepEqual(offered('2026-11-25T10:20:00+08:00', '2026-11-26T10:00:00+08:00'), [
      ['monday', '2026-11-30 09:00'],
      ['week', '2026-12-02 09:00'],
    ]);
    assert.deepEqual(offered('2026-11-25T10:20:00+08:00', '2026-12-26T10:00:00+08:00'), []);
  });

  it('reads a typed time as the wall clock shows it', () => {
    const instant = Date.parse('2026-12-01T09:05:00+08:00');
    for (const text of ['2026-12-01 09:05', ' 2026/12/1 9:05 ', '2026-12-01T09:05', '2026.12.1 9：05']) {
      assert.equal(readTime(text, shanghai), instant, text);
    }
    assert.equal(readTime(writeTime(instant, shanghai), shanghai), instant);
    for (const text of ['', 'tomorrow', '2026-02-30 09:00', '2026-13-01 09:00', '2026-12-01', '2026-12-01 24:00']) {
      assert.equal(readTime(text, shanghai), undefined, text);
    }
  });
});
