/** The Follow-ups view: groups by the days of whoever looks, the most urgent first, and in step with the clock. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { distanceWords } from '../../../src/domain/caseWords';
import {
  countsOf,
  dayOf,
  groupItems,
  groupOf,
  itemsOf,
  nextChange,
  onDay,
} from '../../../src/features/followUps/groups';
import { due, item, shanghai } from './summaries';

const groupAt = (now: string, at: string, zone = shanghai) => groupOf(item('a', due(at)), Date.parse(now), zone);

describe('The groups of the Follow-ups view', () => {
  it('follow the local day, over the ends of months and years', () => {
    // a Monday evening in Shanghai, a month's last day
    const now = '2026-11-30T20:00:00+08:00';
    assert.equal(groupAt(now, '2026-11-30T19:59:59+08:00'), 'overdue');
    assert.equal(groupAt(now, '2026-11-30T15:59:59Z'), 'today');
    assert.equal(groupAt(now, '2026-11-30T16:00:00Z'), 'tomorrow');
    assert.equal(groupAt(now, '2026-12-01T23:59:59+08:00'), 'tomorrow');
    assert.equal(groupAt(now, '2026-12-02T00:00:00+08:00'), 'week');
    assert.equal(groupAt(now, '2026-12-06T23:59:59+08:00'), 'week');
    assert.equal(groupAt(now, '2026-12-07T00:00:00+08:00'), 'later');
    assert.equal(groupAt('2026-12-31T23:30:00+08:00', '2027-01-01T00:00:00+08:00'), 'tomorrow');
    // on a Sunday the week is over: what is not tomorrow is later
    assert.equal(groupAt('2026-11-22T12:00:00+08:00', '2026-11-24T12:00:00+08:00'), 'later');
    // the same instants elsewhere
    const newYork = { offsetAt: () => -300 };
    assert.equal(groupAt(now, '2026-11-30T16:00:00Z', newYork), 'today');
  });

  it('a day has 23 or 25 hours where the clock is put forward or back', () => {
    const change = Date.parse('2026-03-29T01:00:00Z');
    const berlin = { offsetAt: (instant: number) => (instant < change ? 60 : 120) };
    const day = dayOf(change, berlin);
    assert.equal(onDay(day, 0, 0, berlin), Date.parse('2026-03-29T00:00:00+01:00'));
    assert.equal(onDay(day, 9, 0, berlin), Date.parse('2026-03-29T09:00:00+02:00'));
    assert.equal(onDay(day + 1, 0, 0, berlin) - onDay(day, 0, 0, berlin), 23 * 3_600_000);
  });

  it('an appointment that began is not overdue, and whoever waits for an answer waits on the customer', () => {
    const now = Date.parse('2026-11-22T12:00:00+08:00');
    const group = (at: string, kind: Parameters<typeof due>[1]) => groupOf(item('a', due(at, kind)), now, shanghai);
    assert.equal(group('2026-11-22T11:00:00+08:00', 'appointment'), 'today');
    assert.equal(group('2026-11-21T11:00:00+08:00', 'appointment'), 'today');
    assert.equal(group('2026-11-24T11:00:00+08:00', 'answer'), 'customer');
    assert.equal(group('2026-11-22T11:00:00+08:00', 'answer'), 'overdue');
  });

  it('come overdue first, and in a group the untold lead, then urgent cases, then the earliest', () => {
    const now = Date.parse('2026-11-22T12:00:00+08:00');
    const groups = groupItems(
      [
        item('later', due('2027-01-01T12:00:00+08:00')),
        item('b', due('2026-11-22T11:00:00+08:00')),
        item('a', due('2026-11-21T11:00:00+08:00')),
        item('urgent', due('2026-11-22T11:30:00+08:00'), { urgency: 'urgent' }),
        item('lead', due('2026-11-22T11:57:00+08:00', 'notifyLead'), { urgency: 'urgent' }),
        item('customer', due('2026-11-23T11:00:00+08:00', 'answer')),
        item('today', due('2026-11-22T18:00:00+08:00')),
      ],
      now,
      shanghai,
    );
    assert.deepEqual(
      groups.map(({ key, items }) => [key, items.map(({ summary }) => summary.id)]),
      [
        ['overdue', ['lead', 'urgent', 'a', 'b']],
        ['today', ['today']],
        ['later', ['later']],
        ['customer', ['customer']],
      ],
    );
    const items = groups.flatMap((group) => group.items);
    assert.deepEqual(countsOf(items, now, shanghai), { overdue: 4, today: 1 });
  });

  it('can show my own cases alone, however my name is written', () => {
    const summaries = ['Li Wei <li.wei@example.com>', 'li.wei', 'Chen Hao <chen.hao@example.com>'].map(
      (owner) => item(owner, due('2026-11-22T11:00:00+08:00'), { owner }).summary,
    );
    assert.equal(itemsOf(summaries).length, 3);
    assert.equal(itemsOf(summaries, 'Wei Li <LI.WEI@example.com>').length, 2);
  });
});

describe('The clock of the Follow-ups view', () => {
  it('wakes when a row moves or reads otherwise, and not before', () => {
    const minutes = fc.integer({ min: -5 * 1440 * 60, max: 5 * 1440 * 60 });
    fc.assert(
      fc.property(minutes, minutes, (seconds, start) => {
        const now = Date.parse('2026-11-25T12:00:00+08:00') + start * 1000;
        const one = item('a', due(new Date(now + seconds * 1000).toISOString()));
        const reads = (at: number) =>
          `${groupOf(one, at, shanghai)} ${distanceWords(one.due, at).en} ${dayOf(at, shanghai)}`;
        const next = nextChange([one], now, shanghai);
        assert.ok(next > now);
        // nothing changes before it
        for (const part of [0.01, 0.3, 0.7, 0.99]) {
          assert.equal(reads(now + Math.floor((next - 1 - now) * part)), reads(now));
        }
        assert.equal(reads(next - 2 > now ? next - 2 : now), reads(now));
        assert.notEqual(reads(next), reads(now));
      }),
      { seed: 20261122, numRuns: 2000 },
    );
    const at = '2026-11-25T13:00:00+08:00';
    const now = Date.parse('2026-11-25T12:59:50+08:00');
    const next = nextChange([item('a', due(at))], now, shanghai);
    assert.equal(groupOf(item('a', due(at)), next, shanghai), 'overdue');
    // nothing due: the next day
    assert.equal(nextChange([], now, shanghai), Date.parse('2026-11-26T00:00:00+08:00'));
  });
});
