/** The order of the Cases view: groups in any script before past cases, urgent and due cases first. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../../src/domain/summary';
import { groupCases } from '../../../src/features/cases/groups';
import { type Sorting, sortCases, sortings } from '../../../src/features/cases/sorting';
import { summary } from './summaries';

const NOW = Date.parse('2026-11-22T12:00:00+08:00');

const around = { now: NOW, me: 'Li Wei <li.wei@example.com>' };
const due = (at: string): Partial<CaseSummary> => ({ dues: [{ kind: 'followUp', at }] });

describe('The arrangement of the Cases view', () => {
  it('customers come first, Chinese ones too; then cases without one, then what is over', () => {
    const groups = groupCases(
      [
        summary('a', { status: 'archived', customer: '华东银行' }),
        summary('b'),
        summary('c', { customer: '华东银行' }),
      ],
      'customer',
    );
    assert.deepEqual(
      groups.map(({ label, isPast }) => [label.zh, isPast]),
      [
        ['华东银行', false],
        ['（未填）', false],
        ['已关闭与归档', true],
      ],
    );
  });

  it('version 1.10 follows 1.9', () => {
    const versions = ['1.10', '1.9'].map((version) => summary(version, { product: 'MES', version }));
    assert.deepEqual(
      groupCases(versions, 'version').map(({ label }) => label.en),
      ['MES 1.9', 'MES 1.10'],
    );
  });

  it('stages come in their order, requests after them, and each case once', () => {
    const groups = groupCases(
      [summary('r', { kind: 'request' }), summary('b', { step: '4.2' }), summary('a', { step: '1.2' })],
      'stage',
    );
    assert.deepEqual(
      groups.map(({ key, cases }) => [key, cases.map(({ id }) => id)]),
      [
        ['stage-issue-1', ['a']],
        ['stage-issue-4', ['b']],
        ['requests', ['r']],
      ],
    );
  });

  it('in a group: urgent, overdue, due soonest, newest', () => {
    const cases = [
      summary('older'),
      summary('newer', { receivedAt: '2026-11-21T09:00:00+08:00' }),
      summary('tomorrow', due('2026-11-23T12:00:00+08:00')),
      summary('today', due('2026-11-22T18:00:00+08:00')),
      summary('overdue', due('2026-11-22T11:00:00+08:00')),
      summary('urgent', { urgency: 'urgent' }),
    ];
    assert.deepEqual(
      sortCases(cases, 'due', around).map(({ id }) => id),
      ['urgent', 'overdue', 'today', 'tomorrow', 'newer', 'older'],
    );
  });

  it('past cases: the latest first', () => {
    const past = ['2026-11-01T09:00:00+08:00', '2026-11-03T09:00:00+08:00', '2026-11-02T09:00:00+08:00'];
    const cases = past.map((updatedAt) => summary(updatedAt, { status: 'closed', updatedAt }));
    assert.deepEqual(
      sortCases(cases, 'due', around).map(({ updatedAt }) => updatedAt),
      past.toSorted().toReversed(),
    );
  });

  it('what was handed to me stands first until I have done something on it', () => {
    const handover = { at: '2026-11-22T09:00:00+08:00', by: 'Zhang Min', note: '' };
    const cases = [
      summary('urgent', { urgency: 'urgent' }),
      summary('to a colleague', { owner: 'Wu Lan', handover }),
      summary('to me', { owner: 'li.wei', handover }),
    ];
    assert.deepEqual(
      sortCases(cases, 'due', around).map(({ id }) => id),
      ['to me', 'urgent', 'to a colleague'],
    );
  });

  it('is sorted by what was asked for', () => {
    const cases = [
      summary('a', { customer: '华东银行', urgency: 'normal', receivedAt: '2026-11-20T09:00:00+08:00' }),
      summary('b', { urgency: 'urgent', updatedAt: '2026-11-22T09:00:00+08:00' }),
      summary('c', { customer: 'Acme', receivedAt: '2026-11-21T09:00:00+08:00' }),
    ];
    const orders: Readonly<Partial<Record<Sorting, readonly string[]>>> = {
      changed: ['b', 'a', 'c'],
      received: ['c', 'a', 'b'],
      urgency: ['b', 'a', 'c'],
      customer: ['c', 'a', 'b'],
    };
    for (const [sorting, ids] of Object.entries(orders)) {
      assert.deepEqual(
        sortCases(cases, sorting as Sorting, around).map(({ id }) => id),
        ids,
        sorting,
      );
    }
  });

  it('gives the first ones of many as sorting all of them would', () => {
    const minute = fc.integer({ min: 0, max: 40 });
    const row = fc.record({ minute, status: fc.constantFrom('open' as const, 'closed' as const) });
    const rows = fc.array(row, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(rows, fc.constantFrom(...sortings), fc.integer({ min: 1, max: 20 }), (made, sorting, limit) => {
        const cases = made.map(({ minute: at, status }, index) => {
          const time = new Date(NOW - at * 60_000).toISOString();
          return summary(String(index), { status, updatedAt: time, receivedAt: time });
        });
        const all = sortCases(cases, sorting, around);
        assert.deepEqual(sortCases(cases, sorting, around, limit), all.slice(0, limit));
      }),
    );
  });

  it('a person has one group, however the name is written; what belongs to nobody comes after', () => {
    const owners = ['li.wei', '', 'Li Wei <li.wei@example.com>', 'Zhang Min'];
    const groups = groupCases(
      owners.map((owner, index) => summary(String(index), { owner })),
      'owner',
    );
    assert.deepEqual(
      groups.map(({ label, cases }) => [label.en, cases.map(({ id }) => id)]),
      [
        ['Li Wei', ['0', '2']],
        ['Zhang Min', ['3']],
        ["Nobody's", ['1']],
      ],
    );
  });

  it('a case stands under each of its tags; past ones stay together', () => {
    const groups = groupCases(
      [
        summary('a', { tags: ['shm', 'month end'] }),
        summary('b', { tags: ['shm'] }),
        summary('c'),
        summary('d', { tags: ['shm'], status: 'archived' }),
      ],
      'tag',
    );
    assert.deepEqual(
      groups.map(({ label, cases }) => [label.en, cases.map(({ id }) => id)]),
      [
        ['month end', ['a']],
        ['shm', ['a', 'b']],
        ['Without a tag', ['c']],
        ['Closed & archived', ['d']],
      ],
    );
  });

  it('without groups there are the open cases and the past ones', () => {
    const groups = groupCases([summary('a'), summary('b', { status: 'closed' })], 'none');
    assert.deepEqual(
      groups.map(({ cases, isPast }) => [cases.length, isPast]),
      [
        [1, false],
        [1, true],
      ],
    );
  });
});
