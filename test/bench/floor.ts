/** What the benchmarks of cases are measured against. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of an odd number of figures, the middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds to read every file and parse every line, one after the other. */
export function floor(folder: string): number {
  const started = performance.now();
  let lines = 0;
  for (const year of readdirSync(join(folder, 'cases'))) {
    for (const name of readdirSync(join(folder, 'cases', year))) {
      for (const line of readFileSync(join(folder, 'cases', year, name), 'utf8').split('\n')) {
        if (line === '') continue;
        JSON.parse(line);
        lines += 1;
      }
    }
  }
  if (lines === 0) throw new Error('nothing was read');
  return performance.now() - started;
}
