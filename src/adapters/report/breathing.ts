/** Gives the editor its turn during long work. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which others are let in. */
const SLICE = 8;

/** @returns to be asked often: at most times it costs nothing */
export function breathing(): () => Promise<void> {
  let turn = performance.now();
  return async () => {
    if (performance.now() - turn < SLICE) return;
    await nextTurn();
    turn = performance.now();
  };
}
