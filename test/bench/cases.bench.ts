/** Opening 10,000 cases cold and warm beside reading and parsing the same files, and recording one event. */
import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock, systemRandom } from '../../src/adapters/machine/clock';
import { openCaseStore } from '../../src/adapters/store/caseStore';
import { createCasebook } from '../../src/adapters/store/layout';
import { openSettingsFile } from '../../src/adapters/store/settingsFile';
import { floor, median } from './floor';
import { generateCases } from './generate';

const CASES = 10_000;
const FEW_CASES = 1_000;
const RUNS = 5;
const RECORDINGS = 60;

interface Opening {
  readonly firstRows: number;
  readonly complete: number;
  /** The longest time that the event loop did not get its turn. */
  readonly longestStretch: number;
}

async function open(folder: string, indexFile: string) {
  const settings = await openSettingsFile({ folder });
  return openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
}

async function timeOpening(folder: string, indexFile: string): Promise<Opening> {
  const store = await open(folder, indexFile);
  let firstRows = Number.NaN;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  store.onDidChange(() => {
    if (Number.isNaN(firstRows) && store.summaries().length > 0) firstRows = performance.now() - started;
  });
  await store.load();
  const complete = performance.now() - started;
  delays.disable();
  if (store.summaries().length !== CASES) throw new Error(`${store.summaries().length} of ${CASES} cases`);
  store.dispose();
  return { firstRows, complete, longestStretch: delays.max / 1e6 };
}

/**
 * Median milliseconds from deciding to record until it is on disk and in the list, for each casebook. They take turns,
 * so that a busy moment of the machine falls on all of them.
 */
async function timeRecording(casebooks: readonly { folder: string; ids: readonly string[] }[]): Promise<number[]> {
  const stores = await Promise.all(
    casebooks.map(({ folder }) => open(folder, join(folder, '.casebook', 'index.jsonl'))),
  );
  for (const store of stores) await store.load();
  const times = stores.map((): number[] => []);
  for (let index = 0; index < RECORDINGS + 10; index += 1) {
    for (const [which, store] of stores.entries()) {
      const ids = casebooks[which]?.ids ?? [];
      const id = ids[(index * 17) % ids.length] ?? '';
      const values = { text: `A note, ${index}` };
      const started = performance.now();
      await store.append(id, 'Li Wei <li.wei@example.com>', ({ state }) => [
        { type: 'note', data: { step: state.step, round: state.round, values } },
      ]);
      // the first ones warm the code up
      if (index >= 10) times[which]?.push(performance.now() - started);
    }
  }
  for (const store of stores) store.dispose();
  return times.map(median);
}

async function main(): Promise<void> {
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-bench-')));
  try {
    const [many, few] = [join(temp, 'many'), join(temp, 'few')];
    await createCasebook(many);
    await createCasebook(few);
    const { ids, events, bytes } = generateCases(many, CASES);
    const fewer = generateCases(few, FEW_CASES);
    console.log(`${CASES} cases, ${events} events, ${(bytes / 1e6).toFixed(1)} MB; medians of ${RUNS} runs`);

    const floors: number[] = [];
    const colds: Opening[] = [];
    const warms: Opening[] = [];
    // run 0 warms up the code and the system's cache for all three alike
    for (let run = 0; run <= RUNS; run += 1) {
      const index = join(temp, `index-${run}.jsonl`);
      const floored = floor(many);
      const cold = await timeOpening(many, index);
      const warm = await timeOpening(many, index);
      if (run === 0) continue;
      floors.push(floored);
      colds.push(cold);
      warms.push(warm);
    }
    const base = median(floors);
    const row = (what: string, times: readonly number[]) => ({
      what,
      ms: median(times).toFixed(1),
      'of the floor': (median(times) / base).toFixed(2),
    });
    console.table([
      row('floor: read and parse every line', floors),
      row(
        'cold: first rows',
        colds.map((opening) => opening.firstRows),
      ),
      row(
        'cold: complete',
        colds.map((opening) => opening.complete),
      ),
      row(
        'warm: first rows',
        warms.map((opening) => opening.firstRows),
      ),
      row(
        'warm: complete',
        warms.map((opening) => opening.complete),
      ),
    ]);
    console.table([
      { opening: 'cold', 'longest stretch, ms': median(colds.map((opening) => opening.longestStretch)).toFixed(1) },
      { opening: 'warm', 'longest stretch, ms': median(warms.map((opening) => opening.longestStretch)).toFixed(1) },
    ]);
    console.log(`Index: ${(statSync(join(temp, 'index-1.jsonl')).size / 1e6).toFixed(1)} MB`);

    const [recordedFew = Number.NaN, recordedMany = Number.NaN] = await timeRecording([
      { folder: few, ids: fewer.ids },
      { folder: many, ids },
    ]);
    console.table([
      { 'recording one event at': FEW_CASES, ms: recordedFew.toFixed(2), ratio: '1.00' },
      { 'recording one event at': CASES, ms: recordedMany.toFixed(2), ratio: (recordedMany / recordedFew).toFixed(2) },
    ]);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

void main();
