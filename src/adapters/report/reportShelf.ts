/** The service reports of a casebook, in its `reports/`. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../../domain/ports';
import { isRecord } from '../../domain/record';
import { noEdits, readEdits } from '../../domain/report/edits';
import { ReportOutputError } from '../../domain/report/reportOutputs';
import {
  isReportName,
  type KeptEdits,
  type KeptFrozen,
  type RenderedFile,
  ReportShelfError,
  type ReportShelf,
  type StoredReport,
} from '../../domain/report/reportShelf';
import type { ServiceReport } from '../../domain/report/serviceReport';
import type { FrozenReport } from '../../domain/report/sources';
import { realPathInside } from '../store/insideFolder';
import { isHidden, locksFolder, makeFolder, makeLocksFolder } from '../store/layout';
import { Locks } from '../store/locks';
import { codeOf, storeErrorOf } from '../store/storeErrors';

const REPORTS_FOLDER = 'reports';
const EDITS = '.edits.json';
const FROZEN = '.frozen.json';
const FORMAT = 1;

/** @param casebook absolute path */
export function openReportShelf(casebook: string): ReportShelf {
  return new FileReportShelf(casebook);
}

/** What Restricted Mode has of it. */
export function readOnlyReports(shelf: ReportShelf, refuse: () => Promise<never>): ReportShelf {
  return {
    folder: shelf.folder,
    list: () => shelf.list(),
    reports: () => shelf.reports(),
    edits: (name) => shelf.edits(name),
    editsPath: (name) => shelf.editsPath(name),
    textOf: (file) => shelf.textOf(file),
    frozen: (period) => shelf.frozen(period),
    changeEdits: refuse,
    write: refuse,
    setAside: refuse,
    freeze: refuse,
    unfreeze: refuse,
  };
}

class FileReportShelf implements ReportShelf {
  readonly folder: string;
  readonly #locks: Locks;

  constructor(private readonly casebook: string) {
    this.folder = join(casebook, REPORTS_FOLDER);
    this.#locks = new Locks(locksFolder(casebook), () => makeLocksFolder(casebook));
  }

  async reports(): Promise<readonly StoredReport[]> {
    const found = new Map<string, { files: string[]; isFrozen: boolean; modifiedAt: number }>();
    for (const file of await this.#names()) {
      const name = nameOf(file);
      if (name === undefined) continue;
      const seen = await stat(join(this.folder, file)).catch(() => undefined);
      if (!seen?.isFile()) continue;
      const report = found.get(name) ?? { files: [], isFrozen: false, modifiedAt: 0 };
      found.set(name, report);
      report.modifiedAt = Math.max(report.modifiedAt, seen.mtimeMs);
      if (file.endsWith(FROZEN)) report.isFrozen = true;
      else if (!file.endsWith(EDITS)) report.files.push(file);
    }
    return [...found]
      .map(([name, report]) => ({ name, period: name.split('.')[0] ?? name, ...report }))
      .toSorted((a, b) => (a.name < b.name ? 1 : -1));
  }

  async edits(name: string): Promise<KeptEdits> {
    const file = `${checked(name)}${EDITS}`;
    const raw = await this.#json(file);
    if (raw === undefined) return { edits: noEdits, seen: '' };
    const edits = readEdits(raw);
    if (!edits) throw new ReportShelfError('unreadable', join(this.folder, file));
    const { seen } = raw;
    return { edits, seen: typeof seen === 'string' ? seen : '' };
  }

  async changeEdits(name: string, change: (kept: KeptEdits) => KeptEdits): Promise<KeptEdits> {
    const file = `${checked(name)}${EDITS}`;
    return this.#locked(async () => {
      const before = await this.edits(name);
      const after = change(before);
      const content = json({ format: FORMAT, ...after.edits, seen: after.seen });
      if ((await this.textOf(file)) !== content) await this.#put({ name: file, content });
      return after;
    });
  }

  async editsPath(name: string): Promise<string | undefined> {
    const file = `${checked(name)}${EDITS}`;
    return (await this.textOf(file)) === undefined ? undefined : join(this.folder, file);
  }

  async textOf(file: string): Promise<string | undefined> {
    const path = this.#pathOf(file);
    try {
      return await readFile(await realPathInside(this.casebook, path), 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw storeErrorOf(path, error);
    }
  }

  async write(files: readonly RenderedFile[]): Promise<readonly string[]> {
    return this.#locked(async () => {
      const paths: string[] = [];
      for (const file of files) paths.push(await this.#put(file));
      return paths;
    });
  }

  async setAside(file: string): Promise<string> {
    const path = this.#pathOf(file);
    const [, stem = file, end = ''] = /^(.*?)(\.[^.]*)?$/.exec(file) ?? [];
    return this.#locked(async () => {
      const taken = new Set(await this.#names());
      let number = 1;
      while (taken.has(`${stem}.kept-${number}${end}`)) number += 1;
      const kept = join(this.folder, `${stem}.kept-${number}${end}`);
      try {
        await rename(await realPathInside(this.casebook, path), kept);
      } catch (error) {
        throw storeErrorOf(path, error);
      }
      return kept;
    });
  }

  async freeze({ frozen, report }: KeptFrozen): Promise<string> {
    const file = `${checked(frozen.period)}${FROZEN}`;
    // a line each: what later reports ask of it is read without the report itself
    const content = `{"format":${FORMAT},\n"frozen":${JSON.stringify(frozen)},\n"report":${JSON.stringify(report)}}\n`;
    return this.#locked(async () => {
      // another window was faster: what is frozen stays as it is
      if ((await this.textOf(file)) !== undefined) throw new ReportOutputError('frozen', frozen.period);
      return this.#put({ name: file, content });
    });
  }

  async frozen(period: string): Promise<KeptFrozen | undefined> {
    const file = `${checked(period)}${FROZEN}`;
    const raw = await this.#json(file);
    if (raw === undefined) return undefined;
    const path = join(this.folder, file);
    const { frozen, report } = raw;
    if (!isFrozenReport(frozen) || !isRecord(report)) throw new ReportShelfError('unreadable', path);
    if (report['format'] !== FORMAT) throw new ReportShelfError('newer', path);
    return { frozen, report: report as unknown as ServiceReport };
  }

  /** One that can't be read is left out: what it counted is then not told from late records. */
  async list(): Promise<readonly FrozenReport[]> {
    const files = (await this.#names()).filter((file) => file.endsWith(FROZEN));
    const found = await Promise.all(
      files.map(async (file) => {
        const frozen = frozenIn((await this.textOf(file).catch(() => undefined)) ?? '');
        return isFrozenReport(frozen) ? [frozen] : [];
      }),
    );
    return found.flat().toSorted((a, b) => (a.start < b.start ? -1 : 1));
  }

  async unfreeze(period: string): Promise<void> {
    const path = this.#pathOf(`${checked(period)}${FROZEN}`);
    await this.#locked(async () => {
      try {
        await rm(await realPathInside(this.casebook, path), { force: true });
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw storeErrorOf(path, error);
      }
    });
  }

  #pathOf(file: string): string {
    const isInside = file.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\:]/.test(part));
    if (!isInside) throw new StoreError('outside-casebook', `${REPORTS_FOLDER}/${file}`);
    return join(this.folder, file);
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(await realPathInside(this.casebook, this.folder))).filter((name) => !isHidden(name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw storeErrorOf(this.folder, error);
    }
  }

  /** Undefined where there is no file. @throws ReportShelfError where it holds no object, as in the middle of a merge */
  async #json(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const text = await this.textOf(file);
    if (text === undefined) return undefined;
    const path = join(this.folder, file);
    let raw: unknown;
    try {
      raw = JSON.parse(text);
    } catch {
      throw new ReportShelfError('unreadable', path);
    }
    if (!isRecord(raw)) throw new ReportShelfError('unreadable', path);
    if (typeof raw['format'] === 'number' && raw['format'] > FORMAT) throw new ReportShelfError('newer', path);
    return raw;
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return this.#locks.run('reports', work);
  }

  /** A casebook's folder that vanished is not made anew. @returns the absolute path */
  async #put({ name, content }: RenderedFile): Promise<string> {
    const path = this.#pathOf(name);
    const home = dirname(path);
    const temporary = join(home, `.${randomUUID()}.tmp`);
    try {
      await makeFolder(this.folder);
      await realPathInside(this.casebook, this.folder);
      if (home !== this.folder) await mkdir(home, { recursive: true });
      await realPathInside(this.casebook, path);
      await writeFile(temporary, content, { flag: 'wx', flush: true });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw storeErrorOf(path, error);
    }
    return path;
  }
}

function checked(name: string): string {
  if (!isReportName(name)) throw new StoreError('outside-casebook', `${REPORTS_FOLDER}/${name}`);
  return name;
}

/** "2026-Q3.ERP.pseudonymised.en.html" → the report's name with what its outputs are told apart by. */
function nameOf(file: string): string | undefined {
  const ending = /(?:\.(?:edits|frozen)\.json|\.(?:md|html|csv|xlsx))$/.exec(file)?.[0];
  if (ending === undefined) return undefined;
  const name = file
    .slice(0, -ending.length)
    .replace(/\.kept-\d+$/, '')
    .replace(/\.(?:en|zh-CN)$/, '')
    .replace(/\.pseudonymised$/, '');
  return isReportName(name) ? name : undefined;
}

function isFrozenReport(raw: unknown): raw is FrozenReport {
  const isText = (value: unknown) => typeof value === 'string';
  return (
    isRecord(raw) &&
    ['period', 'start', 'end', 'frozenAt'].every((key) => isText(raw[key])) &&
    ['received', 'closed'].every((key) => Array.isArray(raw[key]) && raw[key].every(isText))
  );
}

/** The report behind it may be of megabytes, and is not read. */
function frozenIn(text: string): unknown {
  const begin = text.indexOf('\n') + 1;
  const line = text.slice(begin, text.indexOf('\n', begin)).replace(/,$/, '');
  try {
    const raw: unknown = JSON.parse(`{${line}}`);
    return isRecord(raw) ? raw['frozen'] : undefined;
  } catch {
    return undefined;
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
