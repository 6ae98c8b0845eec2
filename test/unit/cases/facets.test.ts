/** What the Cases view is narrowed by, and filters with a name. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../../src/domain/summary';
import { type Condition, countsOf, type Facet, filterOf, sameConditions } from '../../../src/features/cases/facets';
import { asSetting, builtIn, readSavedFilters } from '../../../src/features/cases/savedFilters';
import { summary } from './summaries';

const around = { now: Date.parse('2026-11-22T12:00:00+08:00'), me: 'Li Wei <li.wei@example.com>' };
const pass = (cases: readonly CaseSummary[], ...conditions: readonly (readonly [Facet, string])[]) =>
  cases
    .filter(
      filterOf(
        conditions.map(([facet, value]) => ({ facet, value })),
        around,
      ),
    )
    .map(({ id }) => id);

describe('Filters of the Cases view', () => {
  const cases = [
    summary('a', { owner: 'li.wei', tags: ['shm', 'month end'], urgency: 'urgent', channel: 'Phone' }),
    summary('b', { owner: 'Zhang Min', tags: ['shm'], problemType: 'Defect', step: '3.2', waitingOn: 'rd' }),
    summary('c', { status: 'closed', kind: 'request', conflicts: 1, owner: 'Li Wei <li.wei@example.com>' }),
    summary('d', {
      kind: 'request',
      step: '2.1',
      quarantined: 2,
      dues: [{ kind: 'followUp', at: '2026-11-21T09:00Z' }],
    }),
  ];

  const expected: readonly (readonly [readonly (readonly [Facet, string])[], string])[] = [
    [[], 'a b c d'],
    [[['mine', 'me']], 'a c'],
    [[['owner', 'Li Wei']], 'a c'],
    [[['owner', '']], 'd'],
    [
      [
        ['owner', ''],
        ['owner', 'zhang.min'],
      ],
      'b d',
    ],
    [[['tag', 'shm']], 'a b'],
    [
      [
        ['tag', 'month end'],
        ['problemType', 'Defect'],
      ],
      '',
    ],
    [
      [
        ['tag', 'month end'],
        ['tag', 'shm'],
        ['problemType', 'Defect'],
      ],
      'b',
    ],
    [
      [
        ['status', 'open'],
        ['mine', 'me'],
      ],
      'a',
    ],
    [[['stage', 'issue-2']], 'a'],
    [
      [
        ['stage', 'issue-3'],
        ['stage', 'request-2'],
      ],
      'b d',
    ],
    [[['channel', 'Phone']], 'a'],
    [[['trouble', 'conflict']], 'c'],
    [
      [
        ['trouble', 'unreadable'],
        ['trouble', 'conflict'],
      ],
      'c d',
    ],
    [[['due', 'overdue']], 'd'],
    [[['urgency', 'urgent']], 'a'],
    [[['waitingOn', 'rd']], 'b'],
    [[['kind', 'request']], 'c d'],
    [[['tag', 'no such tag']], ''],
  ];
  for (const [conditions, ids] of expected) {
    it(`${conditions.map((condition) => condition.join(' ')).join(', ') || 'none'}: ${ids || 'no case'}`, () => {
      assert.equal(pass(cases, ...conditions).join(' '), ids);
    });
  }

  it('know when a case was received: in the last days, or between two days that both count', () => {
    const received = [
      summary('today', { receivedAt: '2026-11-22T09:00:00+08:00' }),
      summary('week', { receivedAt: '2026-11-16T09:00:00+08:00' }),
      summary('month', { receivedAt: '2026-10-31T23:30:00+08:00' }),
      summary('never', { receivedAt: '' }),
    ];
    assert.deepEqual(pass(received, ['received', 'P1D']), ['today']);
    assert.deepEqual(pass(received, ['received', 'P7D']), ['today', 'week']);
    assert.deepEqual(pass(received, ['received', '2026-10-31/2026-11-16']), ['week', 'month']);
    assert.deepEqual(pass(received, ['received', '2026-11-01/']), ['today', 'week']);
    assert.deepEqual(pass(received, ['received', 'P1D'], ['received', '2026-10-01/2026-10-31']), ['today', 'month']);
    assert.deepEqual(pass(received, ['received', 'yesterday']), []);
  });

  it('count each person once, however the name is written', () => {
    assert.deepEqual(countsOf(cases, 'owner', around), [
      ['Li Wei <li.wei@example.com>', 2],
      ['', 1],
      ['Zhang Min', 1],
    ]);
    assert.deepEqual(countsOf(cases, 'tag', around), [
      ['shm', 2],
      ['month end', 1],
    ]);
    assert.deepEqual(countsOf(cases, 'mine', around), [['me', 2]]);
  });

  it('come with four that everybody has', () => {
    assert.deepEqual(
      builtIn.map(({ label, conditions }) => [
        label.en,
        cases.filter(filterOf(conditions, around)).map(({ id }) => id),
      ]),
      [
        ['My open cases', ['a']],
        ['Overdue', ['d']],
        ['Urgent open cases', ['a']],
        ['Waiting on the customer', []],
      ],
    );
  });

  it('are kept under a name and read again, whatever else a hand wrote beside them', () => {
    const conditions: readonly Condition[] = [
      { facet: 'tag', value: 'month end' },
      { facet: 'tag', value: 'shm' },
      { facet: 'received', value: '2026-11-01/2026-11-30' },
    ];
    const raw: unknown = {
      'Month end': asSetting(conditions),
      nothing: {},
      junk: 3,
      half: { tag: ['x', 4, null], received: ['tomorrow'], colour: ['red'], owner: 'Li Wei' },
      ' ': { tag: ['x'] },
    };
    const [monthEnd, half, ...rest] = readSavedFilters(raw);
    assert.ok(monthEnd && sameConditions(monthEnd.conditions, conditions));
    assert.deepEqual(half, { name: 'half', conditions: [{ facet: 'tag', value: 'x' }] });
    assert.deepEqual(rest, []);
    for (const junk of [undefined, null, [], 'x', 3]) assert.deepEqual(readSavedFilters(junk), []);
  });
});
