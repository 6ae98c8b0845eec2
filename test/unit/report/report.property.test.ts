/** What holds in the report of whatever cases went through, worked on as randomly as the guards and merges let them. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { CaseEvent } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import { ReportMaker, serviceReport } from '../../../src/domain/report/makeReport';
import type { ServiceReport } from '../../../src/domain/report/serviceReport';
import { summarize } from '../../../src/domain/summary';
import { DAY } from '../domain/play';
import { everyPeriod, lives, period, withOneReceivedAt } from './lives';
import { at, settings } from './world';

const longAfter = at('2028-01-01 00:00');

const input = (id: string, now = longAfter) => ({ period: id, zone: 'Asia/Shanghai', now, settings });

/** Every list of ids in the report, with the way to it. */
function idLists(value: unknown, path = ''): [path: string, ids: readonly string[]][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): [string, readonly string[]][] =>
    (key === 'cases' || key === 'others') && Array.isArray(part) && typeof part[0] === 'string'
      ? [[`${path}.${key}`, part as string[]]]
      : idLists(part, `${path}.${key}`),
  );
}

function assertBalanced({ service: { movement, backlog } }: ServiceReport): void {
  const { start: before, received, convertedIn, reopened, closures, removed, end } = movement;
  const sum = before.count + received.count + convertedIn.count + reopened.count - closures.count - removed.count;
  assert.equal(end.count, sum, JSON.stringify(movement));
  assert.deepEqual([backlog.start.count, backlog.end.count], [before.count, end.count]);
  for (const rows of [backlog.byAge, backlog.byStep, backlog.byWaiting]) {
    assert.equal(
      rows.reduce((total, { count }) => total + count, 0),
      end.count,
    );
  }
}

describe('the report of random histories', () => {
  it('balances: end = start + received + converted in + reopened − closures − removed', () => {
    const seen = { received: 0, reopened: 0, closures: 0, removed: 0 };
    fc.assert(
      fc.property(lives, (logs) => {
        for (const id of everyPeriod) {
          const report = serviceReport(input(id), logs);
          assertBalanced(report);
          const { movement } = report.service;
          for (const key of ['received', 'reopened', 'closures', 'removed'] as const) seen[key] += movement[key].count;
        }
      }),
      { numRuns: 35 },
    );
    for (const [what, count] of Object.entries(seen)) assert.ok(count >= 10, `${what}: ${count}`);
  });

  it('has the same backlog at the end of one period as at the start of the next', () => {
    fc.assert(
      fc.property(lives, (restated) => {
        const logs = restated.map(withOneReceivedAt);
        const { movement: first } = serviceReport(input('2026-Q2'), logs).service;
        const { movement: second } = serviceReport(input('2026-Q3'), logs).service;
        assert.deepEqual(second.start.cases, first.end.cases);
        assert.equal(second.received.change?.previous, first.received.count);
      }),
      { numRuns: 50 },
    );
  });

  it('names behind each figure cases that are in its list, each once and in order', () => {
    fc.assert(
      fc.property(lives, period, (logs, id) => {
        const report = serviceReport(input(id), logs);
        const listed = new Set(report.cases.map((row) => row.id));
        for (const [path, ids] of idLists(report)) {
          assert.deepEqual(ids, [...new Set(ids)].toSorted(), path);
          for (const one of ids) assert.ok(listed.has(one), `${path}: ${one}`);
        }
        const { resolutionRate, reopenRate, verification } = report.service;
        for (const { share = 0 } of [resolutionRate, reopenRate, verification.test, verification.customer]) {
          assert.ok(share >= 0 && share <= 1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the same when what the list knows of untouched cases takes the place of their logs', () => {
    let spared = 0;
    fc.assert(
      fc.property(lives, period, (logs, id) => {
        const maker = new ReportMaker(input(id));
        for (const log of logs) {
          const { events } = log;
          const stored = { id: log.id, events, state: fold(log.id, events), quarantined: [] };
          if (maker.takeSummary(summarize(stored, settings.timings))) spared += 1;
          else maker.take(log);
        }
        const steps = maker.finish();
        let result = steps.next();
        while (!result.done) result = steps.next();
        assert.deepEqual(result.value, serviceReport(input(id), logs));
      }),
      { numRuns: 100 },
    );
    assert.ok(spared > 20, String(spared));
  });

  it('does not change by what is written after its asOf, unless that says that it happened before', () => {
    const end = at('2026-07-01 00:00');
    const isBefore = (event: CaseEvent) => Date.parse(event.at) < end;
    fc.assert(
      fc.property(lives, (logs) => {
        // whoever opens a case within the last hour says that it was received before it
        const clear = logs.filter(({ events }) => Math.abs(Date.parse(events[0]?.at ?? '') - end) > 2 * DAY);
        const known = clear
          .map((log) => ({ ...log, events: log.events.filter(isBefore) }))
          .filter(({ events }) => events.length > 0);
        const then = serviceReport(input('2026-Q2', end), known);
        assert.deepEqual(serviceReport(input('2026-Q2', end), clear), then);
      }),
      { numRuns: 50 },
    );
  });
});
