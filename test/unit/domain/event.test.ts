import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ancestryOf, type CaseEvent, compareEvents, headsOf, nextLamport } from '../../../src/domain/case/event';

function event(id: string, n: number, after?: readonly string[], at = '2026-11-02T09:00:00+08:00'): CaseEvent {
  return { id, n, at, by: 'Li', type: 'note', data: {}, ...(after === undefined ? {} : { after }) };
}
const idsOf = (events: readonly CaseEvent[]) => events.map(({ id }) => id);

describe('The order of events', () => {
  it('is by Lamport number, then instant, then id', () => {
    const events = [
      event('d', 2),
      event('c', 1, undefined, '2026-11-02T09:00:00Z'),
      event('b', 1),
      event('a', 1, undefined, '2026-11-02T01:00:01Z'),
      event('e', 1, undefined, '2026-11-02T01:00:00Z'),
    ];
    // b and e are the same instant in two offsets
    assert.deepEqual(idsOf(events.toSorted(compareEvents)), ['b', 'e', 'a', 'c', 'd']);
    assert.deepEqual(idsOf(events.toReversed().toSorted(compareEvents)), ['b', 'e', 'a', 'c', 'd']);
  });

  it('is the same on every copy also for one id with two contents', () => {
    const one = event('a', 1);
    const two = { ...one, by: 'Zhang' };
    assert.equal(compareEvents(one, one), 0);
    assert.equal(Math.sign(compareEvents(one, two)), -Math.sign(compareEvents(two, one)));
    assert.notEqual(compareEvents(one, two), 0);
  });

  it('goes on after the highest number that was seen', () => {
    assert.equal(nextLamport([]), 1);
    assert.equal(nextLamport([event('a', 4), event('b', 2)]), 5);
  });
});

describe('Heads', () => {
  it('are the events that nothing comes after', () => {
    assert.deepEqual(headsOf([]), []);
    const trunk = [event('a', 1, []), event('b', 2, ['a'])];
    assert.deepEqual(headsOf(trunk), ['b']);
    const fork = [...trunk, event('c', 3, ['b']), event('d', 3, ['b']), event('e', 4, ['d'])];
    assert.deepEqual(headsOf(fork), ['c', 'e']);
    assert.deepEqual(headsOf([...fork, ...fork].toReversed()), ['c', 'e']);
    assert.deepEqual(headsOf([...fork, event('f', 5, ['c', 'e'])]), ['f']);
  });

  it('are one where an event without `after` saw everything before it', () => {
    const fork = [event('a', 1), event('b', 2, ['a']), event('c', 2, ['a'])];
    assert.deepEqual(headsOf(fork), ['b', 'c']);
    assert.deepEqual(headsOf([...fork, event('d', 3)]), ['d']);
  });

  it('are never none, so that a new event always comes after something', () => {
    assert.deepEqual(headsOf([event('a', 1, ['b']), event('b', 2, ['a'])]), ['b']);
    assert.deepEqual(headsOf([event('a', 1, ['a'])]), ['a']);
  });
});

describe('Ancestry', () => {
  const knows = (events: readonly CaseEvent[]) => {
    const ancestry = ancestryOf(events.toSorted(compareEvents));
    return (later: string, earlier: string) => ancestry.knew(later, earlier);
  };

  it('of one line is everything before, with or without `after`', () => {
    const knew = knows([event('a', 1), event('b', 2, ['a']), event('c', 3)]);
    assert.ok(knew('b', 'a') && knew('c', 'a') && knew('c', 'b'));
  });

  it('tells parallel events from later ones', () => {
    const knew = knows([
      event('a', 1, []),
      event('b', 2, ['a']),
      event('c', 2, ['a']),
      event('d', 3, ['c']),
      event('e', 4, ['b', 'd']),
    ]);
    assert.ok(knew('d', 'a') && knew('d', 'c') && knew('e', 'b') && knew('e', 'c'));
    assert.ok(!knew('c', 'b') && !knew('d', 'b'));
  });

  it('knows everything before an event without `after`', () => {
    const knew = knows([event('a', 1, []), event('b', 2, ['a']), event('c', 2, ['a']), event('d', 3)]);
    assert.ok(knew('d', 'b') && knew('d', 'c'));
  });

  it('holds nothing against the writer whose predecessor is gone from the log', () => {
    // "x" is a line that can't be read any more; what it followed is not forgotten with it
    const knew = knows([event('a', 1, []), event('b', 2, ['a']), event('c', 2, ['a']), event('d', 4, ['x'])]);
    assert.ok(knew('d', 'a') && knew('d', 'b') && !knew('c', 'b'));
  });

  it('counts a repeated line once', () => {
    const line = [event('a', 1, []), event('b', 2, ['a']), event('c', 3, ['b'])];
    const knew = knows([...line, ...line]);
    assert.ok(knew('c', 'a') && knew('b', 'a'));
  });
});
