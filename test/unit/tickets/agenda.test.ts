/** Work that says itself when it comes again: on a clock that moves by hand, with timers that fire by it. */
import assert from 'node:assert/strict';
import { Agenda } from '../../../src/features/tickets/agenda';
import { handClock } from '../../builders';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A clock whose timers fire while it is moved. */
function handTimers() {
  const clock = handClock();
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    clock,
    timers,
    later: (milliseconds: number, run: () => void) => {
      const timer = { at: clock.now() + milliseconds, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(milliseconds: number): Promise<void> {
      const end = clock.now() + milliseconds;
      for (;;) {
        const [next] = [...timers].toSorted((a, b) => a.at - b.at);
        if (!next || next.at > end) break;
        timers.delete(next);
        clock.advance(Math.max(0, next.at - clock.now()));
        next.run();
        // what it started comes to its end
        await new Promise((done) => setImmediate(done));
      }
      clock.advance(end - clock.now());
    },
  };
}

describe('An agenda', () => {
  let hand: ReturnType<typeof handTimers>;
  let done: number[];
  let failures: unknown[];
  let again: (now: number) => Promise<number | undefined>;

  beforeEach(() => {
    hand = handTimers();
    done = [];
    failures = [];
    again = async () => undefined;
  });
  const agenda = () => {
    const start = hand.clock.now();
    return new Agenda({
      now: () => hand.clock.now(),
      later: hand.later,
      failed: (error) => failures.push(error),
      work: async () => {
        done.push(hand.clock.now() - start);
        return again(hand.clock.now());
      },
    });
  };

  it('comes again when the work says so, and sooner where something happens', async () => {
    again = async (now) => now + 15 * MINUTE;
    const own = agenda();
    own.within(2_000);
    await hand.pass(20 * MINUTE);
    assert.deepEqual(done, [2_000, 2_000 + 15 * MINUTE]);
    own.within(0);
    await hand.pass(0);
    assert.equal(done.at(-1), 20 * MINUTE);
    // a later wish does not put it off
    own.within(HOUR);
    await hand.pass(15 * MINUTE);
    assert.equal(done.at(-1), 35 * MINUTE);
  });

  it('rests where nothing is left to do', async () => {
    const own = agenda();
    own.within(0);
    await hand.pass(24 * HOUR);
    assert.deepEqual([done, hand.timers.size], [[0], 0]);
    own.within(0);
    await hand.pass(MINUTE);
    assert.equal(done.length, 2);
  });

  it('is never at work twice at once; what is asked for meanwhile is done after it', async () => {
    let finish = () => undefined as void;
    again = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    const own = agenda();
    own.within(0);
    await hand.pass(0);
    own.within(0);
    own.within(0);
    await hand.pass(MINUTE);
    assert.equal(done.length, 1);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    await hand.pass(0);
    assert.equal(done.length, 2);
  });

  it('goes on after a failure, and tells it', async () => {
    again = async () => {
      throw new Error('no outbox');
    };
    agenda().within(0);
    await hand.pass(5 * MINUTE);
    assert.deepEqual([done, failures.length], [[0, 5 * MINUTE], 2]);
  });

  it('looks at the clock at least once an hour: a machine may have slept', async () => {
    again = async (now) => now + 30 * HOUR;
    agenda().within(0);
    await hand.pass(0);
    assert.deepEqual(
      [...hand.timers].map(({ at }) => at - hand.clock.now()),
      [HOUR],
    );
    hand.clock.advance(40 * HOUR);
    await hand.pass(0);
    assert.equal(done.length, 2);
  });

  it('catches up with the clock, and does nothing before its time', async () => {
    again = async (now) => now + 15 * MINUTE;
    const own = agenda();
    own.within(0);
    await hand.pass(0);
    own.catchUp();
    await hand.pass(0);
    assert.equal(done.length, 1);
    // timers stood still while the machine slept
    const [timer] = hand.timers;
    hand.timers.clear();
    hand.clock.advance(20 * MINUTE);
    own.catchUp();
    await hand.pass(0);
    assert.deepEqual([timer === undefined, done], [false, [0, 20 * MINUTE]]);
  });

  it('is over with the casebook, and stops what is under way', async () => {
    let signal: AbortSignal | undefined;
    const own = new Agenda({
      now: () => hand.clock.now(),
      later: hand.later,
      failed: (error) => failures.push(error),
      work: async (given) => {
        signal = given;
        return hand.clock.now() + MINUTE;
      },
    });
    own.within(0);
    await hand.pass(0);
    own.dispose();
    assert.equal(signal?.aborted, true);
    own.within(0);
    await hand.pass(HOUR);
    assert.equal(hand.timers.size, 0);
  });
});
