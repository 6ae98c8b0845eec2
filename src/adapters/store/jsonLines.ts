/** A case's log as lowdb holds it: JSON Lines that are only ever appended to, every byte before them kept. */
import { readFile } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { TextFile } from 'lowdb/node';
import type { CaseEvent } from '../../domain/case/event';
import type { QuarantinedLine } from '../../domain/ports';
import { codeOf } from './storeErrors';

/** The lines of one log, told apart. */
export interface ReadLines {
  /** In the file's order, repetitions included: the fold counts a repeated id once. */
  readonly events: readonly CaseEvent[];
  readonly quarantined: readonly QuarantinedLine[];
}

export interface CaseLines extends ReadLines {
  /** The file as it is, also where it is no valid UTF-8. */
  readonly bytes: Uint8Array;
}

export const noLines: CaseLines = { bytes: new Uint8Array(), events: [], quarantined: [] };

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

export class JsonLinesFile implements Adapter<CaseLines> {
  readonly #path: string;
  readonly #file: TextFile;

  constructor(path: string) {
    this.#path = path;
    this.#file = new TextFile(path);
  }

  /** @returns null where there is no file */
  async read(): Promise<CaseLines | null> {
    try {
      // Not through TextFile, which decodes: bytes that are no UTF-8 would come back as other bytes
      const bytes = await readFile(this.#path);
      return { bytes, ...readLines(bytes.toString('utf8')) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  async write({ bytes }: CaseLines): Promise<void> {
    // TextFile passes on what it is given, and steno writes bytes as well as text
    await this.#file.write(bytes as unknown as string);
  }
}

/** Blank lines say nothing; whatever else is no event is quarantined, git's conflict markers included. */
export function readLines(text: string): ReadLines {
  const events: CaseEvent[] = [];
  const quarantined: QuarantinedLine[] = [];
  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  for (let line = 1; start < text.length; line += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const raw = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
    if (raw.trim() === '') continue;
    const parsed = parse(raw);
    if (isEvent(parsed)) events.push(parsed);
    else quarantined.push({ line, text: raw, problem: parsed === undefined ? 'not-json' : 'not-an-event' });
  }
  return { events, quarantined };
}

/** A torn last line is closed first, so that what follows starts on a line of its own. */
export function appendEvents(lines: CaseLines, added: readonly CaseEvent[]): CaseLines {
  const last = lines.bytes.at(-1);
  const isTorn = last !== undefined && last !== NEWLINE;
  const text = added.map((event) => `${JSON.stringify(event)}\n`).join('');
  return {
    bytes: Buffer.concat([lines.bytes, Buffer.from(isTorn ? `\n${text}` : text)]),
    events: [...lines.events, ...added],
    quarantined: lines.quarantined,
  };
}

/** Undefined is no JSON value, so it can stand for "not JSON". */
function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function isEvent(parsed: unknown): parsed is CaseEvent {
  if (typeof parsed !== 'object' || parsed === null) return false;
  const { id, n, at, by, type, data, after } = parsed as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    Number.isSafeInteger(n) &&
    (n as number) >= 0 &&
    typeof at === 'string' &&
    typeof by === 'string' &&
    typeof type === 'string' &&
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data) &&
    (after === undefined || (Array.isArray(after) && after.every((entry) => typeof entry === 'string')))
  );
}
