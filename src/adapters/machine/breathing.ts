/** Gives the editor its turn during long work. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Breathe } from '../../domain/ports';

/** Milliseconds of work after which others are let in. */
const SLICE = 8;

export function breathing(): Breathe {
  let turn = performance.now();
  return async () => {
    if (performance.now() - turn < SLICE) return;
    await nextTurn();
    turn = performance.now();
  };
}
