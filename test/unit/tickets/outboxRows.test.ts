/** What the Outbox view shows first, and what is told of a round of sending. */
import assert from 'node:assert/strict';
import type { OutboxItem } from '../../../src/domain/tickets/outbox';
import { inOutboxOrder, Sendings } from '../../../src/features/tickets/outboxRows';

const item = (id: string, state: OutboxItem['state']): OutboxItem => ({
  id,
  casebook: '/casebook',
  caseId: 'ISS-20261122-7K3F',
  connection: 'Jira',
  job: { is: 'comment', text: '补充' },
  madeAt: '2026-11-22T12:00:00+08:00',
  state,
  attempts: 1,
  nextAt: 0,
  isUncertain: false,
});

describe('The outbox as it is shown', () => {
  it('puts what needs a person on top, the rest in the order of the decisions', () => {
    const items = [item('a', 'waiting'), item('b', 'needsPerson'), item('c', 'trying'), item('d', 'needsPerson')];
    assert.deepEqual(
      inOutboxOrder(items).map(({ id }) => id),
      ['b', 'd', 'a', 'c'],
    );
  });

  it('tells what has gone and what needs a person, not what goes on waiting', () => {
    const round = new Sendings();
    const failure = { is: 'other', said: '' } as const;
    const arrival = { at: '2026-11-22T12:00:00+08:00', key: 'DEV-1', url: '', seen: {} };
    round.add(item('a', 'waiting'), { is: 'sent', arrival });
    round.add(item('b', 'waiting'), { is: 'waiting', failure, nextAt: 0 });
    round.add(item('c', 'trying'), { is: 'busy' });
    round.add(item('d', 'trying'), { is: 'gone' });
    round.add(item('e', 'waiting'), { is: 'needsPerson', failure, error: new Error('no'), isUndone: true });
    assert.deepEqual([round.sent.map(({ id }) => id), round.stuck.map((each) => each.item.id)], [['a'], ['e']]);
  });
});
