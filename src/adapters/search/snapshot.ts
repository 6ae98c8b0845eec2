/** The index as a file of this machine: safe to delete, and never believed when it is not whole. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Raise it whenever the same document would be indexed in another way than before. */
const FORMAT = 1;

export interface Snapshot {
  /** JSON of what is known of each document. */
  readonly known: string;
  /** JSON of the engine. */
  readonly engine: string;
}

/**
 * @param heading what the index is of; one of something else is not used
 * @returns undefined where there is none that can be used
 */
export async function readSnapshot(file: string, heading: string): Promise<Snapshot | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const [head = '', known = '', engine = ''] = text.split('\n');
    return head === headOf(heading, known, engine) ? { known, engine } : undefined;
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that another window never reads half of it. @throws the system's error */
export async function writeSnapshot(file: string, heading: string, { known, engine }: Snapshot): Promise<void> {
  const temporary = `${file}.${process.pid}-${Date.now()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, [headOf(heading, known, engine), known, engine].join('\n'));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

function headOf(heading: string, known: string, engine: string): string {
  const hash = createHash('sha256').update(known).update('\n').update(engine).digest('hex');
  return JSON.stringify({ casebookSearch: FORMAT, heading, hash });
}
