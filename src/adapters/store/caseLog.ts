/** One case on disk: read, appended to under its lock, or made under an id that nobody has. */
import { open, realpath, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Low } from 'lowdb';
import { type CaseEvent, headsOf, nextLamport } from '../../domain/case/event';
import { fold } from '../../domain/case/fold';
import { newCaseId, newUlid, type RandomBytes } from '../../domain/case/ids';
import type { CaseKind } from '../../domain/case/state';
import {
  type CaseCopy,
  type Clock,
  type NewEvent,
  type NewHistory,
  type StoredCase,
  StoreError,
} from '../../domain/ports';
import { isCalendarDate, toIso } from '../../domain/time';
import { realPathInside } from './insideFolder';
import { appendEvents, type CaseLines, JsonLinesFile, noLines } from './jsonLines';
import { CASES_FOLDER, caseFileOf, casePathOf, locksFolder, makeFolder, makeLocksFolder } from './layout';
import { type Lease, Locks } from './locks';
import type { NewFiles } from './newFiles';
import { codeOf, storeErrorOf } from './storeErrors';

/** What tells one version of a file from another without reading it. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A case as it was just written, and the stamp of its file. */
export interface Written {
  readonly stored: StoredCase;
  readonly stamp: FileStamp;
}

/** Two of a million ids a day meet about once in two hundred days of a thousand cases each; this many never do. */
const ID_ATTEMPTS = 32;

export class CaseLogs {
  readonly #locks: Locks;

  /** @param folder absolute path of the casebook */
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly random: RandomBytes,
  ) {
    this.#locks = new Locks(locksFolder(folder), () => makeLocksFolder(folder));
  }

  pathOf(id: string): string {
    return caseFileOf(this.folder, casePathOf(id));
  }

  /**
   * @returns undefined where there is no such case
   * @throws StoreError
   */
  async read(id: string): Promise<StoredCase | undefined> {
    const path = this.pathOf(id);
    try {
      const lines = await this.#open(await this.#realPath(path));
      return lines && storedCase(id, lines.data);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw storeErrorOf(path, error);
    }
  }

  /**
   * Re-reads what others wrote, asks `decide` for new events, appends them.
   * @returns undefined where `decide` wants nothing written
   * @throws StoreError, or whatever `decide` throws; nothing is written then
   */
  async append(
    id: string,
    by: string,
    decide: (current: StoredCase) => readonly NewEvent[],
  ): Promise<{ readonly before: StoredCase; readonly written?: Written }> {
    const path = this.pathOf(id);
    return this.#locks.run(id, async (lease) => {
      const file = await this.#system(path, () => this.#existing(path));
      const before = storedCase(id, file.data);
      const added = decide(before);
      if (added.length === 0) return { before };
      return {
        before,
        written: await this.#system(path, () =>
          this.#write(id, file, this.#stamp(before, by, added).map(asRead), lease),
        ),
      };
    });
  }

  /** @throws StoreError */
  async create(kind: CaseKind, by: string, events: readonly NewEvent[]): Promise<Written> {
    for (let attempt = 0; attempt < ID_ATTEMPTS; attempt += 1) {
      const id = newCaseId(kind, this.#today(), this.random);
      const path = this.pathOf(id);
      const written = await this.#locks.run(id, (lease) =>
        this.#system(path, async () => {
          const real = await this.#reserve(path);
          if (real === undefined) return undefined;
          try {
            const blank = storedCase(id, noLines);
            const file = new Low<CaseLines>(new JsonLinesFile(real), noLines);
            return await this.#write(id, file, this.#stamp(blank, by, events).map(asRead), lease);
          } catch (error) {
            // why it failed matters more than the empty file that may stay
            await unlink(real).catch(() => undefined);
            throw error;
          }
        }),
      );
      if (written) return written;
    }
    throw new StoreError('failed', join(this.folder, CASES_FOLDER));
  }

  /**
   * A case whose past is written down at once; see NewFiles.
   * @throws StoreError
   */
  async createHistory(by: string, { kind, on, events }: NewHistory, files: NewFiles): Promise<Written> {
    for (let attempt = 0; attempt < ID_ATTEMPTS; attempt += 1) {
      const id = newCaseId(kind, dateOn(on) ?? this.#today(), this.random);
      const lines = this.#stamp(storedCase(id, noLines), by, events).map((event) => JSON.stringify(event));
      const written = await this.#place(id, lines, lines.map(eventIn), files);
      if (written) return written;
    }
    throw new StoreError('failed', join(this.folder, CASES_FOLDER));
  }

  /**
   * A case of another casebook. One that is here already gets the events that it lacks, under its lock.
   * @returns undefined where it lacks none
   * @throws StoreError
   */
  async copy({ id, events }: CaseCopy, files: NewFiles): Promise<(Written & { readonly isNew: boolean }) | undefined> {
    const lines = events.map((event) => JSON.stringify(event));
    const placed = await this.#place(id, lines, events, files);
    if (placed) return { ...placed, isNew: true };
    const path = this.pathOf(id);
    return this.#locks.run(id, async (lease) => {
      const file = await this.#system(path, () => this.#existing(path));
      const known = new Set(file.data.events.map((event) => event.id));
      const lacking = events.filter((event) => !known.has(event.id));
      if (lacking.length === 0) return undefined;
      return { ...(await this.#system(path, () => this.#write(id, file, lacking, lease))), isNew: false };
    });
  }

  /** @returns undefined where the id is taken */
  async #place(
    id: string,
    lines: readonly string[],
    events: readonly CaseEvent[],
    files: NewFiles,
  ): Promise<Written | undefined> {
    const path = this.pathOf(id);
    // waiting for nothing would cost each case a turn
    if (!files.isPrepared(path)) await files.prepare(path);
    const stamp = files.write(path, `${lines.join('\n')}\n`);
    return stamp && { stored: storedCase(id, { events, quarantined: [] }), stamp };
  }

  async #realPath(path: string): Promise<string> {
    return realPathInside(this.folder, path);
  }

  async #open(real: string): Promise<Low<CaseLines> | undefined> {
    const adapter = new JsonLinesFile(real);
    const lines = await adapter.read();
    return lines === null ? undefined : new Low<CaseLines>(adapter, lines);
  }

  async #existing(path: string): Promise<Low<CaseLines>> {
    await realpath(this.folder);
    const file = await this.#realPath(path)
      .then((real) => this.#open(real))
      .catch((error: unknown) => {
        // without its year's folder a case is missing, not the casebook
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      });
    if (!file) throw new StoreError('case-missing', path);
    return file;
  }

  /** Claims a file name before anybody else can. @returns its real path; undefined where it is taken */
  async #reserve(path: string): Promise<string | undefined> {
    const year = dirname(path);
    await makeFolder(dirname(year));
    await this.#realPath(dirname(year));
    await makeFolder(year);
    const real = join(await this.#realPath(year), path.slice(year.length));
    try {
      await (await open(real, 'wx')).close();
      return real;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return undefined;
      throw error;
    }
  }

  async #write(id: string, file: Low<CaseLines>, added: readonly CaseEvent[], lease: Lease): Promise<Written> {
    lease.check();
    file.data = appendEvents(file.data, added);
    await file.write();
    const { size, mtimeMs } = await stat(await this.#realPath(this.pathOf(id)));
    return { stored: storedCase(id, file.data), stamp: { size, mtimeMs } };
  }

  /** New events after everything that the case holds. */
  #stamp(current: StoredCase, by: string, added: readonly NewEvent[]): CaseEvent[] {
    const now = this.clock.now();
    const at = toIso(now, this.clock.offsetAt(now));
    const n = nextLamport(current.events);
    let after = headsOf(current.events);
    return added.map(({ type, data }, index) => {
      const event: CaseEvent = {
        id: newUlid(now, this.random),
        // a hand may have written the highest number there is; one more than that could not be read again
        n: Math.min(n + index, Number.MAX_SAFE_INTEGER),
        at,
        by,
        type,
        data,
        after,
      };
      after = [event.id];
      return event;
    });
  }

  /** The engineer's calendar date, whatever zone the machine thinks it is in. */
  #today(): Date {
    const now = this.clock.now();
    const local = new Date(now + this.clock.offsetAt(now) * 60_000);
    return new Date(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  }

  async #system<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storeErrorOf(path, error);
    }
  }
}

/** A calendar date, "2016-02-29"; undefined for what is none. */
function dateOn(on: string): Date | undefined {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
  return isCalendarDate(on) ? new Date(year, month - 1, day) : undefined;
}

const eventIn = (line: string) => JSON.parse(line) as CaseEvent;

/** An event as a later reading will see it. */
const asRead = (event: CaseEvent) => eventIn(JSON.stringify(event));

export function storedCase(id: string, { events, quarantined }: Pick<CaseLines, 'events' | 'quarantined'>): StoredCase {
  return { id, events, quarantined, state: fold(id, events) };
}
