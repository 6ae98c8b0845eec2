/**
 * Importing 25,000 incidents beside writing as many files of the same size, what the views do when they hear of them
 * beside one pass over the list, exporting 10,000 cases, and how long others waited for their turn in each part: by the clock, in which a busy machine works for other programs as well,
 * and by the processor's time that this one had meanwhile, which is what they wait for on a free core.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { breathing } from '../../src/adapters/machine/breathing';
import { systemClock, systemRandom } from '../../src/adapters/machine/clock';
import { openCaseStore } from '../../src/adapters/store/caseStore';
import { createCasebook } from '../../src/adapters/store/layout';
import { openSettingsFile } from '../../src/adapters/store/settingsFile';
import { readCsv } from '../../src/adapters/transfer/csv';
import { csvWriter } from '../../src/adapters/transfer/csvWriter';
import { openTransferFiles } from '../../src/adapters/transfer/transferFiles';
import { type CaseSummary, isPressing } from '../../src/domain/summary';
import { exportHeads } from '../../src/domain/transfer/exported';
import { dryRun, exportCases, importCases } from '../../src/domain/transfer/importer';
import { guessMapping } from '../../src/domain/transfer/mapping';
import { surveyOf } from '../../src/domain/transfer/survey';
import { filterOf } from '../../src/features/cases/facets';
import { type Group, groupCases } from '../../src/features/cases/groups';
import { sortCases } from '../../src/features/cases/sorting';
import { countsOf, groupItems, type Item, itemsOf, nextChange } from '../../src/features/followUps/groups';
import { median } from './floor';
import { incidents } from './incidents';

const INCIDENTS = 25_000;
const EXPORTED = 10_000;

interface Part {
  readonly part: string;
  readonly milliseconds: number;
  readonly 'longest wait (ms)': number;
  readonly 'of it at work (ms)': number;
}

const parts: Part[] = [];

/** Asks for a turn all the time, as a person who types does, and keeps the longest wait for one. */
async function timed<T>(part: string, work: () => Promise<T>): Promise<T> {
  const seen = { longest: 0, atWork: 0, isOver: false };
  const used = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  const asking = (async () => {
    while (!seen.isOver) {
      const [asked, before] = [performance.now(), used()];
      await after(1);
      seen.atWork = Math.max(seen.atWork, used() - before);
      seen.longest = Math.max(seen.longest, performance.now() - asked);
    }
  })();
  const started = performance.now();
  const result = await work();
  const milliseconds = Math.round(performance.now() - started);
  seen.isOver = true;
  await asking;
  parts.push({
    part,
    milliseconds,
    'longest wait (ms)': Math.round(seen.longest),
    'of it at work (ms)': Math.round(seen.atWork),
  });
  return result;
}

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

const around = { now: Date.parse('2026-11-22T12:00:00+08:00'), me: 'Li Wei <li.wei@example.com>' };

/** What the views work out when the list has changed, each in a turn of its own; the past cases when they are unfolded. */
const reactions: readonly (readonly [string, (cases: readonly CaseSummary[]) => unknown])[] = [
  ['Cases: groups, badge', (cases) => [groupsOf(cases), cases.filter((summary) => isPressing(summary, around.now))]],
  ['Cases: rows of open groups', (cases) => groupsOf(cases).map((group) => (group.isPast ? [] : rowsOf(group)))],
  ['Cases: rows of past cases', (cases) => groupsOf(cases).map((group) => (group.isPast ? rowsOf(group) : []))],
  ['Follow-ups', (cases) => arrangeDues(itemsOf(cases))],
];

const groupsOf = (cases: readonly CaseSummary[]) => groupCases(cases.filter(filterOf([], around)), 'stage');
const rowsOf = ({ cases }: Group) => sortCases(cases, 'due', around, 200);
const arrangeDues = (items: readonly Item[]) => [
  countsOf(items, around.now, systemClock),
  groupItems(items, around.now, systemClock),
  nextChange(items, around.now, systemClock),
  items.length,
];

/** Milliseconds, the median of several times. */
function medianOf(work: () => unknown): number {
  const times = Array.from({ length: 15 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(times);
}

async function main(): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-bench-')));
  try {
    const folder = join(root, 'casebook');
    await createCasebook(folder);
    const settings = await openSettingsFile({ folder });
    const indexFile = join(root, 'index.jsonl');
    const open = () =>
      openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
    const store = open();
    await store.load();
    const into = { store, transfer: openTransferFiles(folder, ''), breathe: breathing() };
    const bytes = Buffer.from(incidents(INCIDENTS));
    const [headers = [], ...rows] = await timed('read', () => readCsv(bytes));
    const table = { headers, rows };
    const mapping = await timed('guess', async () =>
      guessMapping(await surveyOf(table, breathing()), 'Tickets', 'Asia/Shanghai'),
    );
    const plan = await timed('try', () => dryRun(table, mapping, store, Date.now(), breathing()));
    const { made } = await timed('write', () =>
      importCases(plan.cases, mapping.source, 'Li Wei', into, { isCancelled: () => false, progress: () => undefined }),
    );
    if (made !== INCIDENTS) throw new Error(`${made} cases were made`);
    await timed('keep the list', async () => {
      while (!existsSync(indexFile)) await after(10);
    });
    const cases = store.summaries();
    let read = 0;
    // the least that any list does: look at every case once, and read a date of it
    const pass = medianOf(() => {
      for (const { id, updatedAt } of cases) read += id.length + Date.parse(updatedAt);
    });
    if (read === 0) throw new Error('nothing was read');
    const heard = reactions.map(([what, work]) => {
      const started = performance.now();
      work(cases);
      const cold = performance.now() - started;
      const warm = medianOf(() => work(cases));
      return {
        what,
        'first (ms)': cold.toFixed(1),
        'later (ms)': warm.toFixed(1),
        'of a pass': (warm / pass).toFixed(1),
      };
    });
    let exported = 0;
    await timed(`export ${EXPORTED}`, async () =>
      exportCases(store, await csvWriter(join(root, 'all.csv'), exportHeads('en')), 'en', {
        isCancelled: () => exported >= EXPORTED,
        progress: (done) => (exported = done),
      }),
    );
    console.table(parts);
    console.log(`views that hear of ${INCIDENTS} cases, beside a pass over the list of ${pass.toFixed(1)} ms`);
    console.table(heard);
    const took = (part: string) => parts.find((each) => each.part === part)?.milliseconds ?? 0;
    const written = took('write');
    console.table({
      'plain writing of the same files (ms)': Math.round(floor(folder, root)),
      'incidents a second, writing': Math.round((INCIDENTS / written) * 1_000),
      'incidents a second, from the file on': Math.round(
        (INCIDENTS / (written + took('read') + took('guess') + took('try'))) * 1_000,
      ),
      'longest wait (ms)': Math.max(...parts.map((each) => each['longest wait (ms)'])),
      'longest wait on a free core (ms)': Math.max(...parts.map((each) => each['of it at work (ms)'])),
    });
    store.dispose();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
