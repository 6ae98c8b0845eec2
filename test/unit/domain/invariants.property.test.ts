/** Invariants 1-6 and 8 of the procedures' design, over random work on random cases. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CaseEvent } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import type { CaseKind, CaseState } from '../../../src/domain/case/state';
import { actionsNow, excusableCodes, procedureOf } from '../../../src/domain/sop/engine';
import { stepsOf } from '../../../src/domain/sop/procedure';
import { assertInvariants, deepFreeze, Play } from './play';
import { nextAct, turn, wander } from './wander';

const SEED = 20261102;
const RUNS = 120;
const turns = fc.array(turn, { minLength: 20, maxLength: 70, size: 'max' });

/** How many runs reached each step, and what else makes a run worth having. */
function coverageOf(kind: CaseKind) {
  const reached = new Map<string, number>();
  const count = (name: string) => reached.set(name, (reached.get(name) ?? 0) + 1);
  return {
    reached,
    add(state: CaseState) {
      for (const step of new Set(state.visits.map((visit) => visit.step))) count(step);
      if (state.round > 1) count('round 2+');
      if (state.deviations.length > 0) count('deviation');
      if (state.emergency) count('emergency');
      if (state.planRevision > 1) count('plan 2+');
      count(state.status);
    },
    print() {
      const rows = [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, runs]) => `${name}: ${runs}`);
      console.log(`      ${kind}, of ${RUNS} runs reached ${rows.join(', ')}`);
    },
  };
}

describe('Invariants under random work', () => {
  for (const kind of ['issue', 'request'] as const) {
    it(`hold after every act on ${kind}s, and every step is reached`, function () {
      this.timeout(120_000);
      const coverage = coverageOf(kind);
      const logs: { id: string; events: readonly CaseEvent[] }[] = [];
      fc.assert(
        fc.property(turns, (run) => {
          // the state after every event is the fold of a prefix of the log
          const play = wander(new Play(kind), run, ({ state }) => {
            assertInvariants(state);
            assert.deepEqual(state.conflicts, [], 'one engineer alone contradicts nobody');
            assert.deepEqual(state.unknown, []);
          });
          coverage.add(play.state);
          logs.push({ id: play.id, events: play.events });
        }),
        { seed: SEED, numRuns: RUNS },
      );
      coverage.print();
      for (const step of stepsOf(procedureOf(kind))) {
        assert.ok((coverage.reached.get(step.id) ?? 0) > RUNS / 20, `step ${step.id} is reached`);
      }
      assert.ok((coverage.reached.get('round 2+') ?? 0) > 0);
      assert.ok((coverage.reached.get('deviation') ?? 0) > 0);
      // fold is pure: the same from frozen lines, in any order, with repetitions, and once more
      for (const { id, events } of logs) {
        const frozen = deepFreeze(structuredClone(events));
        const state = fold(id, frozen);
        assert.deepEqual(fold(id, frozen), state);
        assert.deepEqual(fold(id, [...frozen.toReversed(), ...frozen.slice(0, 3)]), state);
        assert.deepEqual(JSON.parse(JSON.stringify(state)), state, 'a case is plain JSON');
      }
    });
  }

  it('the guards never throw, and only name as excusable what an excuse is accepted for', function () {
    this.timeout(120_000);
    const excusable = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom<CaseKind>('issue', 'request'), turns, (kind, run) => {
        const play = new Play(kind);
        for (const next of run.slice(0, 40)) {
          wander(play, [next]);
          for (const { definition, missing } of actionsNow(play.state, play.context)) {
            for (const item of missing) assert.ok(!item.hard || !item.excusable, item.code);
            const act = nextAct(play, { ...next, way: 71 });
            const all = [...missing, ...(act.action === definition.name ? play.lacks(act) : [])];
            for (const { code } of all.filter((item) => item.excusable)) {
              assert.ok(excusableCodes(definition).includes(code), `${definition.name}: ${code}`);
              excusable.add(code);
            }
          }
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
    assert.ok(excusable.size > 20, [...excusable].join(' '));
  });
});
