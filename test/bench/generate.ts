/** Many realistic cases on disk, quickly and the same in every run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseEvent } from '../../src/domain/case/event';
import { newCaseId, newUlid, yearOf } from '../../src/domain/case/ids';
import type { CaseKind } from '../../src/domain/case/state';
import { instantOf, isInstant, toIso } from '../../src/domain/time';
import { aCase, seededRandom } from '../builders';

const DAY = 86_400_000;
const issueGoals = [
  '2.1',
  '3.2',
  '4.1',
  '4.2',
  '5.1',
  '5.2',
  'archived',
  'archived',
  'archived',
  'archived',
  'archived',
];
const requestGoals = ['2.2', '3.1', '4.1', 'closed', 'closed'];

/** Four issues to one request; most of them done, as in a casebook that has been in use for years. */
function patterns(): { kind: CaseKind; events: readonly CaseEvent[] }[] {
  const issues = issueGoals.map((goal, seed) => aCase('issue', { seed }).until(goal));
  const requests = requestGoals.map((goal, seed) => aCase('request', { seed: 100 + seed }).until(goal));
  return [...issues, ...issues, ...requests].map(({ state, events }) => ({ kind: state.kind, events }));
}

export interface Generated {
  readonly ids: readonly string[];
  readonly events: number;
  readonly bytes: number;
}

/**
 * Writes `count` cases below `<folder>/cases`, spread over four years.
 * A case is a pattern moved in time with ids of its own: passing each act through the guards would take minutes.
 */
export function generateCases(folder: string, count: number, seed = 1): Generated {
  const random = seededRandom(seed);
  const all = patterns();
  const ids = new Set<string>();
  let events = 0;
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const pattern = all[index % all.length];
    const first = pattern?.events[0];
    if (!pattern || !first) break;
    const shift = -Math.floor((index / count) * 4 * 365) * DAY;
    const opened = new Date(instantOf(first.at) + shift);
    let id = newCaseId(pattern.kind, opened, random);
    while (ids.has(id)) id = newCaseId(pattern.kind, opened, random);
    ids.add(id);
    const moved = new Map(pattern.events.map((event) => [event.id, newUlid(instantOf(event.at) + shift, random)]));
    const move = (_key: string, value: unknown): unknown => {
      if (typeof value !== 'string') return value;
      if (isInstant(value)) return toIso(instantOf(value) + shift, 480);
      return moved.get(value) ?? value;
    };
    const text = pattern.events.map((event) => `${JSON.stringify(event, move)}\n`).join('');
    const year = join(folder, 'cases', yearOf(id));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(year, `${id}.jsonl`), text);
    events += pattern.events.length;
    bytes += Buffer.byteLength(text);
  }
  return { ids: [...ids], events, bytes };
}
