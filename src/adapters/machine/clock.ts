/** The machine's own time and chance. */
import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../../domain/case/ids';
import type { Clock } from '../../domain/ports';

export const systemClock: Clock = {
  now: () => Date.now(),
  offsetAt: (epochMilliseconds) => -new Date(epochMilliseconds).getTimezoneOffset(),
};

export const systemRandom: RandomBytes = (size) => randomBytes(size);
