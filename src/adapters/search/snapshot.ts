/** The index as a file of this machine: safe to delete, and never believed when it is not whole. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PackedIndex } from './engine';
import type { Known } from './sources';

/** Raise it whenever the same document would be indexed in another way than before. */
const FORMAT = 1;

/** What an index knows of its documents, in the order of their numbers, and their terms. */
export interface Snapshot {
  readonly known: readonly (readonly [id: string, known: Known])[];
  readonly index: PackedIndex;
}

interface Head {
  readonly casebookSearch: number;
  /** What the index is of. */
  readonly heading: string;
  /** Bytes of the parts that follow, in their order. */
  readonly sizes: readonly number[];
  readonly hash: string;
}

/**
 * One line that says what follows: what is known, the terms, their offsets, their postings.
 * @param heading what the index is of; one of something else is not used
 * @returns undefined where there is none that can be used
 */
export async function readSnapshot(file: string, heading: string): Promise<Snapshot | undefined> {
  try {
    const bytes = await readFile(file);
    const start = bytes.indexOf('\n') + 1;
    const head = JSON.parse(bytes.toString('utf8', 0, start)) as Head;
    const body = bytes.subarray(start);
    if (head.casebookSearch !== FORMAT || head.heading !== heading || head.hash !== hashOf([body])) return undefined;
    let at = 0;
    const [known, terms, offsets, postings] = head.sizes.map((size) => body.subarray(at, (at += size)));
    if (!known || !terms || !offsets || !postings) return undefined;
    const documents = JSON.parse(known.toString()) as [string, Known][];
    const ids = documents.map(([id]) => id);
    const index = { ids, terms: linesOf(terms), offsets: numbersOf(offsets), postings: numbersOf(postings) };
    return { known: documents, index };
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that another window never reads half of it. @throws the system's error */
export async function writeSnapshot(file: string, heading: string, { known, index }: Snapshot): Promise<void> {
  const temporary = `${file}.${process.pid}-${Date.now()}.tmp`;
  const { terms, offsets, postings } = index;
  const parts = [
    Buffer.from(JSON.stringify(known)),
    Buffer.from(terms.join('\n')),
    ...[offsets, postings].map((numbers) => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)),
  ];
  const head: Head = { casebookSearch: FORMAT, heading, sizes: parts.map((part) => part.length), hash: hashOf(parts) };
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, [`${JSON.stringify(head)}\n`, ...parts]);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** No term holds a line break. */
const linesOf = (bytes: Buffer) => (bytes.length === 0 ? [] : bytes.toString().split('\n'));

/** Copied: numbers have to begin at a multiple of four. */
const numbersOf = (bytes: Buffer) => new Uint32Array(Uint8Array.from(bytes).buffer);

function hashOf(parts: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
