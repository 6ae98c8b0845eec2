/** Importing 25,000 incidents beside writing as many files of the same size, and how long others waited meanwhile. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock, systemRandom } from '../../src/adapters/machine/clock';
import { openCaseStore } from '../../src/adapters/store/caseStore';
import { createCasebook } from '../../src/adapters/store/layout';
import { openSettingsFile } from '../../src/adapters/store/settingsFile';
import { readCsv } from '../../src/adapters/transfer/csv';
import { dryRun, importCases } from '../../src/domain/transfer/importer';
import { guessMapping } from '../../src/domain/transfer/mapping';
import { incidents } from './incidents';

const INCIDENTS = 25_000;

/** Milliseconds to write every case file anew elsewhere, plainly. */
function floor(folder: string, elsewhere: string): number {
  const texts: string[] = [];
  for (const name of readdirSync(join(folder, 'cases'), { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.jsonl')) texts.push(readFileSync(join(folder, 'cases', name), 'utf8'));
  }
  const started = performance.now();
  texts.forEach((text, index) => writeFileSync(join(elsewhere, `${index}.jsonl`), text));
  return performance.now() - started;
}

async function main(): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-bench-')));
  try {
    const folder = join(root, 'casebook');
    await createCasebook(folder);
    const settings = await openSettingsFile({ folder });
    const indexFile = join(root, 'index.jsonl');
    const store = openCaseStore({
      folder,
      indexFile,
      version: '1',
      clock: systemClock,
      random: systemRandom,
      settings,
    });
    await store.load();
    const bytes = Buffer.from(incidents(INCIDENTS));
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    const started = performance.now();
    const [headers = [], ...rows] = await readCsv(bytes);
    const table = { headers, rows };
    const mapping = guessMapping(table, 'Tickets', 'Asia/Shanghai');
    let turn = performance.now();
    const rest = async () => {
      if (performance.now() - turn < 8) return;
      await nextTurn();
      turn = performance.now();
    };
    const plan = await dryRun(table, mapping, store, Date.now(), { rest });
    const planned = performance.now();
    const options = { isCancelled: () => false, progress: () => undefined };
    const { made } = await importCases(plan.cases, mapping.source, 'Li Wei', store, options);
    const ended = performance.now();
    delays.disable();
    if (made !== INCIDENTS) throw new Error(`${made} cases were made`);
    const plain = floor(folder, root);
    const perSecond = (since: number) => Math.round((INCIDENTS / (ended - since)) * 1_000);
    console.table({
      'read and tried (ms)': Math.round(planned - started),
      'written (ms)': Math.round(ended - planned),
      'plain writing of the same files (ms)': Math.round(plain),
      'incidents a second, writing': perSecond(planned),
      'incidents a second, from the file on': perSecond(started),
      'longest stretch without a turn (ms)': Math.round(delays.max / 1e6),
    });
    store.dispose();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
