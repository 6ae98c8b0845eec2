/** The order of the Cases view: groups in any script before past cases, urgent and due cases first. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../../src/domain/summary';
import { groupCases, sortCases } from '../../../src/features/cases/groups';
import { summary } from './summaries';

const NOW = Date.parse('2026-11-22T12:00:00+08:00');

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
        ['stage-1', ['a']],
        ['stage-4', ['b']],
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
      sortCases(cases, NOW).map(({ id }) => id),
      ['urgent', 'overdue', 'today', 'tomorrow', 'newer', 'older'],
    );
  });

  it('past cases: the latest first', () => {
    const past = ['2026-11-01T09:00:00+08:00', '2026-11-03T09:00:00+08:00', '2026-11-02T09:00:00+08:00'];
    const cases = past.map((updatedAt) => summary(updatedAt, { status: 'closed', updatedAt }));
    assert.deepEqual(
      sortCases(cases, NOW).map(({ updatedAt }) => updatedAt),
      past.toSorted().toReversed(),
    );
  });
});
