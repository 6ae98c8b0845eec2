/** What holds in the report of whatever cases went through, worked on as randomly as the guards and merges let them. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { CaseEvent } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import { ReportMaker, serviceReport } from '../../../src/domain/report/makeReport';
import type { ServiceReport } from '../../../src/domain/report/serviceReport';
import type { CaseLog } from '../../../src/domain/report/sources';
import { summarize } from '../../../src/domain/summary';
import { DAY, Play } from '../domain/play';
import { type Turn, turn, wander } from '../domain/wander';
import { at, settings } from './world';

/** A case of its own length and pace, begun anywhere in the year before. */
interface Life {
  readonly kind: 'issue' | 'request';
  readonly begins: number;
  readonly pace: number;
  readonly turns: readonly Turn[];
  /** What another copy did meanwhile, from the same beginning. */
  readonly apart: readonly Turn[];
}

/** Mostly on along the straight way, so that cases are closed; now and then out of it, or back. */
const step = fc.oneof(
  { weight: 12, arbitrary: turn.map((next): Turn => ({ ...next, way: next.way % 45 })) },
  { weight: 4, arbitrary: turn },
  { weight: 1, arbitrary: turn.map((next): Turn => ({ ...next, focus: ['reopen', 'reopen', 'withdraw', 'merge'] })) },
);

const life: fc.Arbitrary<Life> = fc.record({
  kind: fc.constantFrom('issue', 'issue', 'request'),
  begins: fc.nat(300),
  pace: fc.nat(8),
  turns: fc.array(step, { minLength: 5, maxLength: 45 }),
  apart: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(step, { maxLength: 8 }) },
  ),
});

const start = at('2026-01-05 09:00');

function liveOn(play: Play, turns: readonly Turn[], pace: number): Play {
  for (const next of turns) wander(play, [next]).wait(pace * DAY);
  return play;
}

function logOf({ kind, begins, pace, turns, apart }: Life, index: number): CaseLog {
  const play = new Play(kind);
  play.now = start + begins * DAY;
  const half = Math.floor(turns.length / 2);
  liveOn(play, turns.slice(0, half), pace);
  const copy = play.copy('Zhang Min <zhang.min@example.com>');
  liveOn(play, turns.slice(half), pace);
  liveOn(copy, apart, pace);
  const ours = new Set(play.events.map(({ id }) => id));
  const events = [...play.events, ...copy.events.filter(({ id }) => !ours.has(id))];
  return {
    id: `${kind === 'issue' ? 'ISS' : 'REQ'}-20260105-${String(index).padStart(4, '0')}`,
    events,
    quarantined: 0,
  };
}

/** The case was received when its opening says so: nobody thinks otherwise later. */
function withOneReceivedAt(log: CaseLog): CaseLog {
  const events = log.events.map((event) => {
    const { receivedAt: _later, ...values } = event.data.values ?? {};
    return event.type === 'open' ? event : { ...event, data: { ...event.data, values } };
  });
  return { ...log, events };
}

const lives = fc.array(life, { minLength: 1, maxLength: 6 }).map((all) => all.map(logOf));
const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
const everyPeriod = [...months, '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1'];
const period = fc.constantFrom(...everyPeriod);
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
