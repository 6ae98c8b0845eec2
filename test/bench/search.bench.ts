/** Searching 10,000 articles beside a full scan of the same files: making the index, keeping it, asking it. */
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { systemClock, systemRandom } from '../../src/adapters/machine/clock';
import { openFinder } from '../../src/adapters/search/finder';
import { openCaseStore } from '../../src/adapters/store/caseStore';
import { openSettingsFile } from '../../src/adapters/store/settingsFile';
import { queryTermsOf } from '../../src/domain/search/terms';
import { chance, generateArticles, type Written } from './articles';
import { generateCases } from './generate';

const ARTICLES = 10_000;
const CASES = 10_000;
const QUERIES = 200;
const SCANS = 20;

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
}

/** What engineers type: a symptom sentence or its beginning, an error line, words with a typing error. */
function queriesOf(articles: readonly Written[]): string[] {
  const next = chance(7);
  return Array.from({ length: QUERIES }, (_, index) => {
    const isChinese = index % 2 === 0;
    const fitting = articles.filter((article) => article.isChinese === isChinese);
    const article = fitting[Math.floor(next() * fitting.length)];
    if (!article) return '';
    if (index % 10 > 7) return article.error;
    if (isChinese) return article.symptom.slice(0, 8 + Math.floor(next() * 16));
    const words = article.symptom.split(' ').slice(0, 3 + Math.floor(next() * 5));
    return words.map((word, place) => (place === 1 ? word.slice(0, 2) + word.slice(3) : word)).join(' ');
  });
}

/** Milliseconds to read every file and look for every term in it: what a search without an index does. */
function scan(folder: string, query: string): number {
  const terms = queryTermsOf(query).map(({ term }) => term);
  const started = performance.now();
  const scored: { path: string; score: number }[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue;
    const text = readFileSync(join(folder, name), 'utf8').toLowerCase();
    const score = terms.filter((term) => text.includes(term)).length;
    if (score > 0) scored.push({ path: name, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return performance.now() - started;
}

/** Runs the work and says how long it took and how long the event loop did not get its turn. */
async function watched<T>(work: () => Promise<T>): Promise<{ ms: number; longest: number; value: T }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  const value = await work();
  const ms = performance.now() - started;
  delays.disable();
  return { ms, longest: delays.max / 1e6, value };
}

/** What another thread costs the caller on this machine, whatever it does: the system shares its cores as it likes. */
function busyThread(milliseconds: number): Promise<unknown> {
  const code = `for (const end = Date.now() + ${milliseconds}; Date.now() < end;);`;
  return once(new Worker(code, { eval: true }), 'exit');
}

async function main(): Promise<void> {
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-search-bench-')));
  try {
    const [folder, knowledgeFolder, file] = [join(temp, 'book'), join(temp, 'knowledge'), join(temp, 'search.json')];
    mkdirSync(join(folder, 'cases'), { recursive: true });
    const { articles, bytes } = generateArticles(knowledgeFolder, ARTICLES);
    console.log(
      `${ARTICLES} articles, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / ARTICLES / 1000).toFixed(1)} kB each`,
    );
    const settings = await openSettingsFile({ folder });
    const open = () => {
      const store = openCaseStore({
        folder,
        indexFile: join(temp, 'index.jsonl'),
        version: '1',
        clock: systemClock,
        random: systemRandom,
        settings,
      });
      const thread = resolve('dist/searchThread.js');
      const finder = openFinder({ folder, knowledgeFolder, file, version: '1', thread, store });
      return { finder, store, close: () => [finder, store].forEach((part) => part.dispose()) };
    };

    const rss = () => process.memoryUsage().rss / 1e6;
    const idle = await watched(() => after(3_000));
    const beside = await watched(() => busyThread(10_000));
    const before = rss();
    const first = open();
    const built = await watched(() => first.finder.refresh());
    const indexed = rss() - before;
    const changed = articles[4_321]?.path ?? '';
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('---\n\n', '---\n\n扫描枪固件回退 zyzzyva\n\n'));
    const updated = await watched(() => first.finder.refresh());
    const isFound = (await first.finder.find({ text: 'zyzzyva' })).some(({ id }) => id === changed);
    if (!isFound) throw new Error('the changed article was not found');
    first.close();

    const second = open();
    const loaded = await watched(() => second.finder.find({ text: '数据库' }));
    if (loaded.value.length === 0) throw new Error('the index on disk was not used');
    const compared = await watched(() => second.finder.refresh());

    const queries = queriesOf(articles);
    const times = new Map<string, number[]>([
      ['zh', []],
      ['en', []],
    ]);
    let longest = 0;
    for (const [index, text] of queries.entries()) {
      const asked = await watched(() => second.finder.find({ text }));
      times.get(index % 2 === 0 ? 'zh' : 'en')?.push(asked.ms);
      longest = Math.max(longest, asked.longest);
    }
    const scans = queries.slice(0, SCANS + 2).map((query) => scan(knowledgeFolder, query));
    const scanned = scans.slice(2);
    const all = [...times.values()].flat();

    const row = (what: string, { ms, longest: stretch }: { ms: number; longest: number }) => ({
      what,
      ms: ms.toFixed(0),
      'longest stretch of the caller, ms': stretch.toFixed(1),
    });
    console.table([
      row('(nothing, for comparison)', idle),
      row('(a thread that only counts, for comparison)', beside),
      row('making the index', built),
      row('taking in one changed file', updated),
      row('opening the index from disk, first answer', loaded),
      row('comparing it with the files', compared),
      row('longest of the queries below', { ms: Math.max(...all), longest }),
    ]);
    console.log(
      `Index: ${(statSync(file).size / 1e6).toFixed(1)} MB on disk, about ${indexed.toFixed(0)} MB in memory`,
    );
    const asks = (what: string, values: readonly number[]) => ({
      [`${values.length} ${what}`]: '',
      'p50, ms': quantile(values, 0.5).toFixed(1),
      'p95, ms': quantile(values, 0.95).toFixed(1),
      'scan p95 / p95': (quantile(scanned, 0.95) / quantile(values, 0.95)).toFixed(1),
    });
    console.table([
      asks('queries', all),
      asks('Chinese', times.get('zh') ?? []),
      asks('English', times.get('en') ?? []),
      asks('full scans', scanned),
    ]);

    generateCases(folder, CASES);
    await second.store.refresh();
    const cases = await watched(() => second.finder.refresh());
    console.table([row(`taking in ${CASES} cases beside`, cases)]);
    second.close();
  } finally {
    rmSync(temp, { recursive: true, force: true, maxRetries: 3 });
  }
}

void main();
