/** What an import writes folds like everything else, whatever somebody makes of it by hand or by merging. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CaseEvent } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import { actionsNow } from '../../../src/domain/sop/engine';
import { happenedElsewhere, IMPORT_HISTORY } from '../../../src/domain/sop/imported';
import { defaultSettings, defaultTimings } from '../../../src/domain/casebook';
import { duesOf } from '../../../src/domain/dues';
import { serviceReport } from '../../../src/domain/report/makeReport';
import { instantOf } from '../../../src/domain/time';

const by = 'Li Wei <li.wei@example.com>';
const context = { now: '2026-11-22T09:00:00+08:00', timings: defaultTimings, supportMaySolve: true };

function imported(
  kind: 'issue' | 'request',
  history: Readonly<Record<string, unknown>>,
  more: readonly CaseEvent[] = [],
) {
  const event = (n: number, type: string, data: CaseEvent['data']): CaseEvent => {
    return { id: `E${n}`, n, at: context.now, by, type, data };
  };
  const values = { title: 'x', receivedAt: '2026-01-01T09:00:00+08:00' };
  const opening = event(1, 'open', { kind, values, imported: { source: 'Tickets', id: '7' } });
  const id = kind === 'issue' ? 'ISS-20260101-0001' : 'REQ-20260101-0001';
  return fold(id, [opening, event(2, IMPORT_HISTORY, { values: history }), ...more]);
}

const instant = fc.integer({ min: 0, max: 300 }).map((day) => new Date(Date.UTC(2026, 0, 2 + day)).toISOString());
const oneOf = (...words: readonly string[]) => fc.option(fc.constantFrom(...words), { nil: undefined });
const history = fc.record({
  urgency: oneOf('urgent', 'high', 'normal', 'nonsense'),
  respondedAt: fc.option(instant, { nil: undefined }),
  closedAt: fc.array(fc.oneof(instant, fc.constant('no time')), { maxLength: 5 }),
  reopenedAt: fc.array(instant, { maxLength: 5 }),
  withdrawnAt: fc.option(instant, { nil: undefined }),
  disposition: oneOf('fixed', 'released', 'junk'),
  owner: fc.option(fc.string(), { nil: undefined }),
  tags: fc.option(fc.array(fc.string()), { nil: undefined }),
});
const kind = fc.constantFrom('issue' as const, 'request' as const);

describe('an imported history', () => {
  it('closes and reopens by turns, and each reopening begins a round', () => {
    fc.assert(
      fc.property(kind, history, (sort, values) => {
        const state = imported(sort, values);
        const reopenings = state.reactivations.length;
        assert.equal(state.round, 1 + reopenings);
        assert.equal(state.rounds.length, reopenings);
        assert.equal(state.closures.length, reopenings + (state.closedAt === undefined ? 0 : 1));
        const course = state.closures.flatMap(({ at }, index) => [at, state.reactivations[index]?.at ?? []].flat());
        const times = course.map(instantOf);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        const isClosed = state.status === 'archived' || state.status === 'closed';
        assert.equal(isClosed, state.closedAt !== undefined);
        assert.equal(state.conflicts.length, 0);
        // an urgent case that is open past 1.1 tells its lead: the emergency runs
        if (state.urgency === 'urgent' && state.status === 'open') assert.ok(state.emergency);
      }),
    );
  });

  it('goes on as any other case: a closed one is reopened, an open one begins at step 1.1', () => {
    const closed = imported('issue', { closedAt: ['2026-02-01T09:00:00Z'], disposition: 'fixed', urgency: 'urgent' });
    assert.equal(closed.emergency, undefined);
    assert.ok(happenedElsewhere(closed, '4.2') && !happenedElsewhere(closed, '1.1'));
    const names = actionsNow(closed, context).map(({ definition }) => definition.name);
    assert.ok(names.includes('reopen') && !names.includes(IMPORT_HISTORY));
    const reopening: CaseEvent = {
      id: 'E3',
      n: 3,
      at: context.now,
      by,
      type: 'reopen',
      data: { round: 1, values: { reason: 'it came back' } },
    };
    const again = imported('issue', { closedAt: ['2026-02-01T09:00:00Z'], urgency: 'urgent' }, [reopening]);
    assert.deepEqual([again.status, again.step, again.round], ['open', '2.1', 2]);
    assert.equal(again.emergency?.at, context.now, 'nobody here has told the lead yet');
    assert.equal(imported('issue', { urgency: 'urgent' }).step, '1.1');
  });

  it('owes nobody what may have been done elsewhere, and counts no emergency of before in a report', () => {
    for (const sort of ['issue', 'request'] as const) {
      assert.deepEqual(duesOf(imported(sort, {}), defaultTimings), []);
    }
    const values = { title: 'x', receivedAt: '2026-01-01T09:00:00+08:00' };
    const reopened = {
      urgency: 'urgent',
      closedAt: ['2026-01-05T09:00:00+08:00'],
      reopenedAt: ['2026-01-08T09:00:00+08:00'],
    };
    const event = (n: number, type: string, data: CaseEvent['data']) => ({
      id: `E${n}`,
      n,
      at: context.now,
      by,
      type,
      data,
    });
    const events = [
      event(1, 'open', { kind: 'issue', values, imported: { source: 'Tickets', id: '7' } }),
      event(2, IMPORT_HISTORY, { values: reopened }),
    ];
    const input = { zone: 'Asia/Shanghai', now: instantOf('2026-12-01T00:00:00Z'), settings: defaultSettings };
    const { urgent, received, movement } = serviceReport({ ...input, period: '2026-01' }, [
      { id: 'ISS-20260101-0001', events, quarantined: 0 },
    ]).service;
    assert.deepEqual([urgent.cases.count, urgent.untold.count, urgent.toldInTime.of], [0, 0, 0]);
    assert.deepEqual([received.count, movement.reopened.count, movement.end.count], [1, 1, 1]);
  });

  it('is taken over once, and only into a case that was imported', () => {
    const twice: CaseEvent = { id: 'E3', n: 3, at: context.now, by, type: IMPORT_HISTORY, data: { values: {} } };
    assert.equal(imported('request', { closedAt: ['2026-02-01T09:00:00Z'] }, [twice]).conflicts.length, 1);
    const plain: CaseEvent = { id: 'E1', n: 1, at: context.now, by, type: 'open', data: { kind: 'issue', values: {} } };
    assert.equal(fold('ISS-20260101-0001', [plain, twice]).conflicts.length, 1);
  });
});
