/** Reads the labelled texts and counts what a finder gets right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingKind, Spot } from '../../../src/domain/redaction/finding';

export interface Labelled {
  /** "zh.txt:12". */
  readonly at: string;
  readonly text: string;
  readonly spots: readonly Spot[];
}

const folder = join(process.cwd(), 'test', 'fixtures', 'redaction');

export function readLabelled(name: string): Labelled[] {
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .flatMap((line, index) => (line === '' || line.startsWith('%%') ? [] : [labelled(line, `${name}:${index + 1}`)]));
}

function labelled(line: string, at: string): Labelled {
  const spots: Spot[] = [];
  const plain = line.replaceAll('¦', '').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  let text = '';
  let from = 0;
  for (const match of plain.matchAll(/\[\[([a-zA-Z]+):([\s\S]*?)\]\](?!\](?=:))/g)) {
    text += plain.slice(from, match.index);
    const value = match[2] ?? '';
    spots.push({ kind: match[1] as FindingKind, start: text.length, end: text.length + value.length });
    text += value;
    from = match.index + match[0].length;
  }
  return { at, text: text + plain.slice(from), spots };
}

export interface Count {
  found: number;
  missed: number;
  wrong: number;
}

export interface Score {
  readonly byKind: ReadonlyMap<FindingKind, Count>;
  readonly total: Count;
  /** One line for each that is missed or wrong. */
  readonly faults: readonly string[];
}

/** Right is a finding of the same kind with the same bounds, a sign more or less at either end. */
export async function score(set: readonly Labelled[], find: (text: string) => Promise<Spot[]>): Promise<Score> {
  const byKind = new Map<FindingKind, Count>();
  const total: Count = { found: 0, missed: 0, wrong: 0 };
  const faults: string[] = [];
  const count = (kind: FindingKind, what: keyof Count) => {
    const one = byKind.get(kind) ?? { found: 0, missed: 0, wrong: 0 };
    one[what] += 1;
    total[what] += 1;
    byKind.set(kind, one);
  };
  for (const { at, text, spots } of set) {
    const found = await find(text);
    const isSame = (a: Spot, b: Spot) =>
      a.kind === b.kind && Math.abs(a.start - b.start) < 2 && Math.abs(a.end - b.end) < 2;
    for (const spot of spots) {
      const isFound = found.some((other) => isSame(spot, other));
      count(spot.kind, isFound ? 'found' : 'missed');
      if (!isFound) faults.push(`${at} missed ${spot.kind} ${text.slice(spot.start, spot.end)}`);
    }
    for (const other of found.filter((one) => !spots.some((spot) => isSame(spot, one)))) {
      count(other.kind, 'wrong');
      faults.push(`${at} wrong ${other.kind} ${text.slice(other.start, other.end)}`);
    }
  }
  return { byKind, total, faults };
}

export const precision = ({ found, wrong }: Count): number => (found + wrong === 0 ? 1 : found / (found + wrong));
export const recall = ({ found, missed }: Count): number => (found + missed === 0 ? 1 : found / (found + missed));
