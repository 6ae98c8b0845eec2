/** Chance that is the same on every run: ids must not change when the sample is made again. */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../src/domain/case/ids';

/** @param seed e.g. the name of a case's source file */
export function seededBytes(seed: string): RandomBytes {
  let count = 0;
  return (size) => {
    count += 1;
    return createHash('sha256').update(`${seed}#${count}`).digest().subarray(0, size);
  };
}
