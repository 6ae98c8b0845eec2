/** Invariant 7: copies that were edited apart fold to the same case, lawfully, and nothing that was written is lost. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { type CaseEvent, compareEvents } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import type { CaseKind, CaseState } from '../../../src/domain/case/state';
import { tagsAfter } from '../../../src/domain/sop/common';
import { takenBy } from '../../../src/domain/sop/engine';
import type { Values } from '../../../src/domain/sop/field';
import { assertInvariants, Play } from './play';
import { type Turn, turn, wander } from './wander';

const SEED = 20261103;

function unite(copies: readonly Play[]): Play {
  const [first] = copies;
  assert.ok(first);
  const merged = first.copy('Wu Lan <wu.lan@example.com>');
  const seen = new Set(first.events.map((event) => event.id));
  const others = copies
    .slice(1)
    .flatMap((copy) => copy.events)
    .filter((event) => !seen.has(event.id) && seen.add(event.id));
  merged.now = Math.max(...copies.map((copy) => copy.now));
  return merged.take(others);
}

/** Says nothing that the case does not say already, so that leaving it out changes nothing. */
function saysNothing(event: CaseEvent, before: CaseState): boolean {
  const values = event.data.values ?? {};
  switch (event.type) {
    case 'save':
      return Object.entries(values).every(([key, value]) =>
        isDeepStrictEqual(before.values[event.data.for ?? '']?.[key] ?? null, value),
      );
    case 'assign':
      return values['owner'] === before.owner;
    case 'tag':
      return isDeepStrictEqual(tagsAfter(before.tags, values as Values, event.data['tags']), before.tags);
    case 'changeUrgency':
      return ['keep', before.values['assess']?.['override']].includes(String(values['newUrgency']));
    case 'settle':
      // the other copy settled it just so
      return !before.conflicts.some((conflict) => conflict.event === values['event']);
    default:
      return false;
  }
}

/**
 * Every event, at its place in the order, changes the folded case: it is applied, or a conflict, or unknown. And what
 * is a conflict stays one until it is settled. Independent of how fold keeps its books.
 */
function assertNothingLost(id: string, events: readonly CaseEvent[]): void {
  const ordered = events.toSorted(compareEvents);
  let before = fold(id, []);
  for (const [index, event] of ordered.entries()) {
    const after = fold(id, ordered.slice(0, index + 1));
    const { lastEvent: _old, ...was } = before;
    const { lastEvent, ...is } = after;
    assert.equal(lastEvent?.type, event.type);
    if (!saysNothing(event, before)) assert.notDeepEqual(is, was, `${event.type} ${event.data.for ?? ''} is lost`);
    if (event.type !== 'settle') {
      const open = new Set(after.conflicts.map((conflict) => conflict.event));
      for (const conflict of before.conflicts)
        assert.ok(open.has(conflict.event), `${conflict.action} stays in conflict`);
    }
    before = after;
  }
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const keyed = items.map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) % 9973 }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

interface Story {
  readonly kind: CaseKind;
  readonly common: readonly Turn[];
  readonly branches: readonly (readonly Turn[])[];
  readonly after: readonly Turn[];
  readonly order: number;
}

/** Mostly straight on, so that the copies part at every step of the procedures. */
const steady = turn.map((next) => ({ ...next, way: next.way < 70 ? 0 : next.way }));
const story: fc.Arbitrary<Story> = fc.record({
  kind: fc.constantFrom<CaseKind>('issue', 'issue', 'request'),
  common: fc.array(steady, { maxLength: 24, size: 'max' }),
  branches: fc.array(fc.array(turn, { minLength: 1, maxLength: 9, size: 'max' }), { minLength: 2, maxLength: 3 }),
  after: fc.array(turn, { maxLength: 10, size: 'max' }),
  order: fc.nat(9972),
});

describe('Copies that were edited apart', () => {
  it('fold to the same lawful case on every side, lose nothing, and go on', function () {
    this.timeout(120_000);
    const counts = new Map<string, number>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    fc.assert(
      fc.property(story, ({ kind, common, branches, after, order }) => {
        const base = wander(new Play(kind), common);
        const copies = branches.map((turns, index) => wander(base.copy(`Engineer ${index}`), turns));
        const merged = unite(copies);
        // git's union keeps the lines of both sides, in either order, and may keep some twice
        const lines = shuffled([...merged.events, ...merged.events.filter((_, index) => index % 3 === 0)], order);
        for (const union of [lines, lines.toReversed(), unite(copies.toReversed()).events]) {
          assert.deepEqual(fold(merged.id, union), merged.state);
        }
        assertInvariants(merged.state);
        assertNothingLost(merged.id, merged.events);
        for (const { kind: sort } of merged.state.conflicts) count(`${sort} conflict`);
        count(merged.state.conflicts.length === 0 ? 'without conflict' : 'in conflict');

        // a person settles each: the other side where that is lawful, else what the case shows
        for (const conflict of merged.state.conflicts) {
          const taken = takenBy(merged.state, conflict);
          const take = { action: 'settle', values: { event: conflict.event, choice: 'take' } };
          const isTaken = taken.definition !== undefined && taken.broken.length === 0 && order % 2 === 0;
          if (!taken.definition) assert.ok(merged.lacks(take).length > 0);
          const before = merged.state.conflicts.length;
          const choice = isTaken ? 'take' : 'keep';
          assert.ok(merged.tries({ action: 'settle', values: { event: conflict.event, choice } }));
          assert.equal(merged.state.conflicts.length, before - 1);
          assertInvariants(merged.state);
          count(choice);
        }
        // work goes on; whoever saw everything contradicts nothing
        wander(merged, after, ({ state }) => {
          assertInvariants(state);
          assert.deepEqual(state.conflicts, []);
        });
      }),
      { seed: SEED, numRuns: 160 },
    );
    console.log(`      160 merges: ${[...counts].map(([name, times]) => `${times} × ${name}`).join(', ')}`);
    for (const name of ['value conflict', 'place conflict', 'keep', 'take', 'without conflict']) {
      assert.ok((counts.get(name) ?? 0) > 0, name);
    }
  });

  it('stay lawful when both settle, go on apart and meet again', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(
        story,
        fc.array(turn, { maxLength: 6, size: 'max' }),
        ({ kind, common, branches, after, order }, later) => {
          const base = wander(new Play(kind), common);
          const merged = unite(branches.map((turns, index) => wander(base.copy(`Engineer ${index}`), turns)));
          // way 95 settles something where there is something to settle
          const settling = (turns: readonly Turn[]) =>
            turns.map((next, index) => (index % 2 === 0 ? { ...next, way: 95 } : next));
          const one = wander(merged.copy('Engineer 1'), settling(after));
          const two = wander(merged.copy('Engineer 2'), settling(later));
          const again = unite([one, two]);
          assert.deepEqual(fold(again.id, shuffled(unite([two, one]).events, order)), again.state);
          assertInvariants(again.state);
          assertNothingLost(again.id, again.events);
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe('Copies that attach and remove files apart', () => {
  it('fold to one list of files, whose names are safe and given once', function () {
    this.timeout(120_000);
    const focus = ['attach', 'attach', 'removeAttachment', 'note'];
    const focused = fc.array(
      turn.map((next) => ({ ...next, focus })),
      { minLength: 2, maxLength: 8, size: 'max' },
    );
    let removed = 0;
    fc.assert(
      fc.property(fc.array(focused, { minLength: 2, maxLength: 3 }), fc.nat(), (branches, order) => {
        const base = wander(new Play('issue').until('2.1'), []);
        const merged = unite(branches.map((turns, index) => wander(base.copy(`Engineer ${index}`), turns)));
        assertInvariants(merged.state);
        assertNothingLost(merged.id, merged.events);
        assert.deepEqual(fold(merged.id, shuffled(merged.events, order)), merged.state);
        assert.deepEqual(merged.state.conflicts, []);
        removed += merged.state.attachments.filter((attachment) => attachment.removed).length;
      }),
      { seed: SEED, numRuns: 60 },
    );
    assert.ok(removed > 10, `${removed} were removed`);
  });
});

describe('Copies that disagree about urgency', () => {
  it('never fold to an urgent case whose lead nobody told', function () {
    this.timeout(120_000);
    const focus = [
      'changeUrgency',
      'changeUrgency',
      'assess',
      'endEmergency',
      'giveWorkaround',
      'verifyInternal',
      'reopen',
    ];
    const focused = fc.array(
      turn.map((next) => ({ ...next, focus })),
      { minLength: 2, maxLength: 8, size: 'max' },
    );
    let guarded = 0;
    let urgent = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('1.2', '2.1', '3.1', '4.2', '5.2'),
        fc.array(focused, { minLength: 2, maxLength: 3 }),
        (step, branches) => {
          const base = new Play('issue').until(step);
          const merged = unite(branches.map((turns, index) => wander(base.copy(`Engineer ${index}`), turns)));
          assertInvariants(merged.state);
          assertNothingLost(merged.id, merged.events);
          guarded += merged.state.conflicts.filter((conflict) => conflict.kind === 'guard').length;
          urgent += merged.state.urgency === 'urgent' ? 1 : 0;
        },
      ),
      { seed: SEED, numRuns: 120 },
    );
    console.log(
      `      of 120 merges ${urgent} are urgent; ${guarded} events were kept from making one urgent unlawfully`,
    );
    assert.ok(guarded > 0 && urgent > 0);
  });
});

describe('Logs that no Casebook wrote', () => {
  const types = [
    'open',
    'save',
    'correct',
    'excuse',
    'goBack',
    'settle',
    'assess',
    'plan',
    'accept',
    'verifyCustomer',
    'close',
    'reopen',
    'check',
    'sync',
    'constructor',
    '__proto__',
    'telepathy',
  ];
  const junk = fc.jsonValue({ maxDepth: 3 });
  const name = fc.constantFrom(...types);
  const garbage = fc.record({
    id: fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'c')),
    n: fc.oneof(fc.integer(), fc.double()),
    at: fc.oneof(fc.string(), fc.constant('2026-11-02T09:00:00+08:00')),
    by: fc.string(),
    type: name,
    data: fc.oneof(
      junk,
      fc.record(
        {
          step: fc.oneof(fc.constantFrom('1.1', '4.2', '5.1'), junk),
          round: fc.oneof(fc.constant(1), junk),
          plan: junk,
          checks: junk,
          for: fc.oneof(name, junk),
          kind: fc.oneof(fc.constantFrom('issue', 'request'), junk),
          reason: junk,
          values: fc.oneof(
            junk,
            fc.dictionary(
              fc.constantFrom(
                'title',
                'outcome',
                'result',
                'environment',
                'codes',
                'to',
                'event',
                'choice',
                'status',
                'leadLead',
                'questions',
                '__proto__',
              ),
              junk,
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    after: fc.oneof(fc.constant(undefined), junk, fc.array(fc.constantFrom('a', 'b', 'c', 'x'))),
  });

  it('never make the fold throw, and leave the case lawful', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(
        fc.array(garbage, { maxLength: 12 }),
        fc.array(steady, { maxLength: 20, size: 'max' }),
        fc.constantFrom<CaseKind>('issue', 'request'),
        (lines, common, kind) => {
          const play = wander(new Play(kind), common);
          const wild = lines as unknown as CaseEvent[];
          assertInvariants(fold(play.id, wild));
          const mixed = fold(play.id, [...play.events, ...wild]);
          assertInvariants(mixed);
          assert.deepEqual(fold(play.id, [...play.events, ...wild]), mixed);
        },
      ),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('are kept where a newer Casebook wrote them', () => {
    const play = new Play('issue').until('2.1');
    const known = play.state;
    play.write('telepathy', { step: '2.1', round: 1, values: { thought: 'x' } });
    play.write('save', { step: '2.1', round: 1, for: 'telepathy', values: { thought: 'x' } });
    assert.deepEqual(play.state.unknown, play.events.slice(-2));
    assert.deepEqual({ ...play.state, unknown: [], lastEvent: known.lastEvent }, known);
  });
});

describe('Contradictions, one by one', () => {
  const parted = (step: string, kind: CaseKind = 'issue') => {
    const base = new Play(kind).until(step);
    return { one: base.copy('Li Wei'), two: base.copy('Zhang Min') };
  };

  it('two plans of the same number: an answer to one is no answer to the other', () => {
    const { one, two } = parted('3.2');
    one.usual('followUp').usual('plan', { fixVersion: '5.3.0' });
    two.wait(60_000).usual('followUp').usual('plan', { fixVersion: '5.9.9', fixDate: '2027-06-30' });
    two.usual('informCustomer').usual('accept').isAt('4.2');
    const merged = unite([one, two]).isAt('4.1').holds();
    assert.equal(merged.state.plans.at(-1)?.version, '5.3.0');
    assert.equal(merged.state.plans.at(-1)?.answer, undefined);
    assert.deepEqual(
      merged.state.conflicts.map(({ action, kind }) => [action, kind]),
      [
        ['plan', 'place'],
        ['informCustomer', 'place'],
        ['accept', 'place'],
      ],
    );
  });

  it('two statuses of the same number: a message about one tells nothing of the other', () => {
    const { one, two } = parted('3.1', 'request');
    one.usual('check', { status: 'released', version: '6.0' });
    two
      .wait(60_000)
      .usual('check', { status: 'notAdopted', final: true, reason: 'no demand' })
      .usual('sync')
      .usual('close');
    const merged = unite([one, two]).isAt('3.2').holds();
    assert.deepEqual(
      merged.state.conflicts.map(({ action }) => action),
      ['check', 'sync', 'close'],
    );
    assert.equal(merged.state.checks.at(-1)?.told, false);
  });

  it('the same field written apart: the later stands, the earlier is shown and can be taken', () => {
    const { one, two } = parted('2.1');
    one.does('correct', { title: 'One title', reason: 'clearer' }, 'receive');
    two.wait(60_000).does('correct', { title: 'Two titles', impact: 'Everybody', reason: 'clearer' }, 'receive');
    const merged = unite([one, two]);
    assert.equal(merged.state.values['receive']?.['title'], 'Two titles');
    const [conflict] = merged.state.conflicts;
    assert.deepEqual(
      [conflict?.kind, conflict?.fields, conflict?.values],
      ['value', ['title'], { title: 'One title' }],
    );
    merged.tries({ action: 'settle', values: { event: conflict?.event, choice: 'take' } });
    assert.equal(merged.state.values['receive']?.['title'], 'One title');
    assert.equal(merged.state.values['receive']?.['impact'], 'Everybody');
    assert.deepEqual(merged.state.conflicts, []);
  });

  it('a value taken away here and changed there', () => {
    const base = new Play('issue').until('2.1').does('save', { dataUsed: 'May', expected: 'x' }, 'reproduce');
    const one = base.copy('Li Wei').does('save', { dataUsed: null }, 'reproduce');
    const two = base.copy('Zhang Min').wait(60_000).does('save', { dataUsed: 'June' }, 'reproduce');
    const merged = unite([one, two]);
    const [conflict] = merged.state.conflicts;
    assert.deepEqual([conflict?.fields, conflict?.values], [['dataUsed'], {}]);
    assert.ok(merged.tries({ action: 'settle', values: { event: conflict?.event, choice: 'take' } }));
    assert.equal(merged.state.values['reproduce']?.['dataUsed'], undefined);
  });

  it('urgency changed here, the assessment corrected there', () => {
    const { one, two } = parted('3.1');
    one.does('changeUrgency', { newUrgency: 'high', urgencyReason: 'month-end' });
    two.wait(60_000).does('correct', { override: 'normal', overrideReason: 'a test system', reason: 'x' }, 'assess');
    const merged = unite([one, two]).holds();
    assert.equal(merged.state.urgency, 'normal');
    assert.deepEqual(
      merged.state.conflicts.map(({ kind, values }) => [kind, values['override']]),
      [['value', 'high']],
    );
  });

  it('urgency lowered here, "still urgent" there: nobody is urgent with nobody told', () => {
    const base = new Play('issue').until('1.2').usual('assess', { coreAffected: true, workaround: false });
    const one = base
      .copy('Li Wei')
      .does('changeUrgency', { newUrgency: 'normal', urgencyReason: 'it is a test system' });
    const two = base
      .copy('Zhang Min')
      .wait(60_000)
      .does('changeUrgency', { newUrgency: 'urgent', urgencyReason: 'still' });
    const merged = unite([one, two]).holds();
    assert.equal(merged.state.urgency, 'normal');
    assert.deepEqual(
      merged.state.conflicts[0]?.missing.map(({ code }) => code),
      ['lead-not-notified'],
    );
  });

  it('a fact is stated whole: what the other copy saved meanwhile is no part of it', () => {
    const base = new Play('issue')
      .until('4.2')
      .does('save', { build: '5.3.0-7', cases: 'nightly batch' }, 'verifyInternal');
    const one = base.copy('Li Wei').does('save', { build: '5.3.0-8' }, 'verifyInternal');
    const two = base.copy('Zhang Min').wait(60_000).does('verifyInternal', { result: 'passed' });
    const merged = unite([one, two]).holds();
    assert.equal(merged.state.verification.internal?.values['build'], '5.3.0-7');
    assert.deepEqual(
      merged.state.conflicts.map(({ values }) => values),
      [{ build: '5.3.0-8' }],
    );
  });

  it('both fail the check: one re-activation, not two', () => {
    const { one, two } = parted('4.2');
    one.usual('verifyInternal', { result: 'failed', newUrgency: 'keep' });
    two.wait(60_000).usual('verifyInternal', { result: 'failed', newUrgency: 'keep' }).does('carryOver');
    const merged = unite([one, two]).isAt('2.1', 2).holds();
    assert.equal(merged.state.reactivations.length, 1);
    assert.deepEqual(
      merged.state.conflicts.map(({ action }) => action),
      ['verifyInternal'],
    );
  });

  it('settled in two ways: shown once more; settled alike: done', () => {
    const { one, two } = parted('2.1');
    one.does('correct', { title: 'One title', reason: 'clearer' }, 'receive');
    two.wait(60_000).does('correct', { title: 'Two titles', reason: 'clearer' }, 'receive');
    const merged = unite([one, two]);
    const settle = (copy: Play, choice: string) => {
      assert.ok(copy.tries({ action: 'settle', values: { event: merged.state.conflicts[0]?.event, choice } }));
      return copy;
    };
    const alike = unite([settle(merged.copy('A'), 'keep'), settle(merged.copy('B').wait(60_000), 'keep')]);
    assert.deepEqual(alike.state.conflicts, []);
    const apart = unite([settle(merged.copy('A'), 'keep'), settle(merged.copy('B').wait(60_000), 'take')]);
    assert.deepEqual(
      apart.state.conflicts.map(({ action, values }) => [action, values['choice']]),
      [['settle', 'take']],
    );
    assert.equal(apart.state.values['receive']?.['title'], 'Two titles');
  });

  it('one id with two contents can only be a hand: both are known of', () => {
    const play = new Play('issue').until('1.2');
    const last = play.events.at(-1);
    assert.ok(last);
    play.take([{ ...last, by: 'A hand' }]);
    assert.deepEqual(
      play.state.conflicts.map(({ kind, event }) => [kind, event]),
      [['duplicate', last.id]],
    );
  });
});
