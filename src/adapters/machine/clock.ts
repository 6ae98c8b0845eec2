/** The machine's own time and chance. */
import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../../domain/case/ids';
import type { Clock } from '../../domain/ports';

export const systemClock: Clock = {
  now: () => Date.now(),
  offsetAt: (epochMilliseconds) => -new Date(epochMilliseconds).getTimezoneOffset(),
};

/** Bytes that are had at once: an import asks for a few of them thousands of times. */
const POOL = 4_096;
let pool = randomBytes(POOL);
let used = 0;

export const systemRandom: RandomBytes = (size) => {
  if (size > POOL) return randomBytes(size);
  if (used + size > POOL) {
    pool = randomBytes(POOL);
    used = 0;
  }
  used += size;
  return pool.subarray(used - size, used);
};
