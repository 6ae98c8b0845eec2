/** Arranging 10,000 cases in the Cases view beside one pass over their summaries. */
import { aCase, seededRandom } from '../builders';
import { newCaseId } from '../../src/domain/case/ids';
import { defaultTimings } from '../../src/domain/casebook';
import { type CaseSummary, summarize } from '../../src/domain/summary';
import { instantOf, toIso } from '../../src/domain/time';
import { type Condition, countsOf, facets, filterOf } from '../../src/features/cases/facets';
import { findCases, prepareToFind } from '../../src/features/cases/find';
import { groupCases, groupings } from '../../src/features/cases/groups';
import { sortCases, sortings } from '../../src/features/cases/sorting';
import { median } from './floor';

const CASES = 10_000;
const RUNS = 15;
const DAY = 86_400_000;
const around = { now: Date.parse('2026-11-22T12:00:00+08:00'), me: 'Engineer 7 <engineer.7@example.com>' };

function summaries(): CaseSummary[] {
  const random = seededRandom(1);
  const goals = ['1.2', '2.1', '3.2', '4.1', '4.2', '5.2', 'archived', 'archived', 'archived', 'archived'];
  const patterns = goals.map((goal, seed) => {
    const { id, events, state } = aCase('issue', { seed }).until(goal);
    return summarize({ id, events, state, quarantined: [] }, defaultTimings);
  });
  return Array.from({ length: CASES }, (_, index) => {
    const pattern = patterns[index % patterns.length];
    if (!pattern) throw new Error('no pattern');
    const shift = -Math.floor((index / CASES) * 4 * 365) * DAY;
    const moved = (iso: string) => toIso(instantOf(iso) + shift, 480);
    return {
      ...pattern,
      id: newCaseId('issue', new Date(instantOf(pattern.receivedAt) + shift), random),
      title: `${pattern.title} ${index}`,
      customer: `Customer ${index % 180}`,
      owner: `Engineer ${index % 40} <engineer.${index % 40}@example.com>`,
      version: `5.${index % 12}.${index % 7}`,
      tags: index % 3 === 0 ? [`tag ${index % 25}`, 'month end'] : [],
      receivedAt: moved(pattern.receivedAt),
      updatedAt: moved(pattern.updatedAt),
    };
  });
}

/** Median milliseconds. What is kept between calls is made anew by a copy of every summary. */
function timed(all: readonly CaseSummary[], work: (cases: readonly CaseSummary[]) => unknown, isCold = false): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS + 3; run += 1) {
    const cases = isCold ? all.map((summary) => ({ ...summary })) : all;
    const started = performance.now();
    work(cases);
    // the first ones warm the code up
    if (run >= 3) times.push(performance.now() - started);
  }
  return median(times);
}

function main(): void {
  const all = summaries();
  let sum = 0;
  // the least that any list does: look at every case once, and read a date of it
  const floor = timed(all, (cases) => {
    for (const { id, title, updatedAt } of cases) sum += id.length + title.length + Date.parse(updatedAt);
  });
  if (sum === 0) throw new Error('nothing was read');
  const mine: readonly Condition[] = [
    { facet: 'mine', value: 'me' },
    { facet: 'status', value: 'open' },
    { facet: 'received', value: 'P90D' },
    { facet: 'tag', value: 'month end' },
  ];
  const rows: { what: string; ms: string; 'of the floor': string }[] = [];
  const row = (what: string, ms: number) =>
    rows.push({ what, ms: ms.toFixed(2), 'of the floor': (ms / floor).toFixed(2) });
  row('floor: one pass over the summaries', floor);
  row(
    'filter: mine, open, in 90 days, a tag',
    timed(all, (cases) => cases.filter(filterOf(mine, around))),
  );
  row(
    'all values of all facets, as the filter lists them',
    timed(all, (cases) => facets.map((facet) => countsOf(cases, facet, around))),
  );
  for (const grouping of groupings)
    row(
      `group by ${grouping}`,
      timed(all, (cases) => groupCases(cases, grouping)),
    );
  for (const sorting of sortings)
    row(
      `sort all by ${sorting}`,
      timed(all, (cases) => sortCases(cases, sorting, around)),
    );
  row(
    'roots: no filter, by stage',
    timed(all, (cases) => groupCases(cases.filter(filterOf([], around)), 'stage')),
  );
  row('find: the first letter, nothing kept', timed(all, prepareToFind, true));
  row(
    'find: one letter',
    timed(all, (cases) => findCases(cases, 'e', 100)),
  );
  row(
    'find: two words',
    timed(all, (cases) => findCases(cases, 'customer 17 engineer', 100)),
  );
  row(
    'find: nothing typed',
    timed(all, (cases) => findCases(cases, '', 100)),
  );
  console.log(`${CASES} cases; medians of ${RUNS} runs`);
  console.table(rows);
}

main();
