/** A quarter's report over 12,100 cases with 140,000 events beside reading and parsing the same files, and how long it keeps the editor waiting. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { breathing } from '../../src/adapters/machine/breathing';
import { systemClock, systemRandom } from '../../src/adapters/machine/clock';
import { openCaseLogs } from '../../src/adapters/report/caseLogs';
import { openCaseStore } from '../../src/adapters/store/caseStore';
import { createCasebook } from '../../src/adapters/store/layout';
import { openSettingsFile } from '../../src/adapters/store/settingsFile';
import { defaultSettings } from '../../src/domain/casebook';
import { serviceReportFrom } from '../../src/domain/report/makeReport';
import type { ServiceReport } from '../../src/domain/report/serviceReport';
import { floor, median } from './floor';
import { generateCases } from './generate';

// of eleven to twelve events each: 140,000 in all
const CASES = 12_100;
const RUNS = 5;

async function time(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly longest: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  delays.disable();
  return { ms, longest: delays.max / 1e6 };
}

async function main(): Promise<void> {
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-bench-')));
  try {
    await createCasebook(temp);
    const { events, bytes } = generateCases(temp, CASES);
    console.log(`${CASES} cases, ${events} events, ${(bytes / 1e6).toFixed(1)} MB; medians of ${RUNS} runs`);
    // the quarter before the newest cases: some are open, some came before it, some come after it
    const input = {
      period: '2026-Q3',
      zone: 'Asia/Shanghai',
      now: Date.parse('2026-12-01'),
      settings: defaultSettings,
    };
    let report: ServiceReport | undefined;
    const settings = await openSettingsFile({ folder: temp });
    const indexFile = join(temp, 'index.jsonl');
    const store = openCaseStore({
      folder: temp,
      indexFile,
      version: '1',
      clock: systemClock,
      random: systemRandom,
      settings,
    });
    await store.load();
    const summaries = store.summaries();
    const casebook = { summaries, logs: openCaseLogs(temp) };
    const rows: { floor: number; ms: number; longest: number }[] = [];
    // run 0 warms up
    for (let run = 0; run <= RUNS; run += 1) {
      const base = floor(temp);
      const timed = await time(async () => {
        report = await serviceReportFrom(input, casebook, breathing());
      });
      if (run > 0) rows.push({ floor: base, ...timed });
    }
    const base = median(rows.map((row) => row.floor));
    const ms = median(rows.map((row) => row.ms));
    console.table([
      {
        what: 'floor: read and parse every line',
        ms: base.toFixed(0),
        'of the floor': '1.00',
        'longest stretch, ms': '',
      },
      {
        what: `report ${input.period}: read, parse, fold, figures`,
        ms: ms.toFixed(0),
        'of the floor': (ms / base).toFixed(2),
        'longest stretch, ms': median(rows.map((row) => row.longest)).toFixed(1),
      },
    ]);
    store.dispose();
    const { movement } = report?.service ?? {};
    console.log(
      `Counted: ${JSON.stringify(Object.entries(movement ?? {}).map(([key, { count }]) => `${key} ${count}`))}`,
    );
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

void main();
