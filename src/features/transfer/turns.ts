/** Long work that lets the editor go on in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Turns } from '../../domain/transfer/importer';

/** Milliseconds of work after which others get their turn. */
const SLICE = 8;

export function inTurns(): Turns {
  let since = performance.now();
  return {
    rest: async () => {
      if (performance.now() - since < SLICE) return;
      await nextTurn();
      since = performance.now();
    },
  };
}
