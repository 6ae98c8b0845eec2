/** Cases that were worked on at random, for a year, by one copy or by two that knew nothing of each other. */
import * as fc from 'fast-check';
import { type CasebookSettings, defaultSettings } from '../../../src/domain/casebook';
import type { CaseLog } from '../../../src/domain/report/sources';
import { DAY, Play } from '../domain/play';
import { type Turn, turn, wander } from '../domain/wander';
import { at } from './world';

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
export function withOneReceivedAt(log: CaseLog): CaseLog {
  const events = log.events.map((event) => {
    const { receivedAt: _later, ...values } = event.data.values ?? {};
    return event.type === 'open' ? event : { ...event, data: { ...event.data, values } };
  });
  return { ...log, events };
}

export const lives = fc.array(life, { minLength: 1, maxLength: 6 }).map((all) => all.map(logOf));
const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`);
export const everyPeriod = [...months, '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1'];
export const period = fc.constantFrom(...everyPeriod);

/** The same ones in every run, each of one copy; with the settings that a new casebook has. */
export function manyLives(count: number): {
  logs: readonly CaseLog[];
  settings: CasebookSettings;
  periods: readonly string[];
} {
  const alone = life.map((one) => ({ ...one, apart: [] }));
  const logs = fc.sample(alone, { numRuns: count, seed: 5 }).map(logOf).map(withOneReceivedAt);
  return { logs, settings: defaultSettings, periods: everyPeriod };
}
