/** The team's settings in casebook.json: read leniently, added to carefully, never rewritten when they do not parse. */
import { join } from 'node:path';
import { Low } from 'lowdb';
import { TextFile } from 'lowdb/node';
import { type CasebookSettings, readSettings } from '../../domain/casebook';
import type { SettingsStore, StoreError } from '../../domain/ports';
import { realPathInside } from './insideFolder';
import { locksFolder, makeLocksFolder, SETTINGS_FILE } from './layout';
import { Locks } from './locks';
import { storeErrorOf } from './storeErrors';
import { isRecord } from '../../domain/record';

/** The part of the settings file that the list of cases depends on. */
export interface SettingsSource {
  current(): CasebookSettings;
  /** Names of the parts that could not be read. */
  problems(): readonly string[];
  /** Reads the file again. @returns true when it says something else than before */
  reload(): Promise<boolean>;
}

type Json = Readonly<Record<string, unknown>>;

/** Longer names than this were typed by mistake; they stay in their case and are not offered again. */
const LONGEST_NAME = 200;

export interface SettingsFileOptions {
  /** Absolute path of the casebook. */
  readonly folder: string;
  /** Learning must not fail the act that taught it: what goes wrong is told here. */
  readonly onProblem?: (error: StoreError) => void;
}

/** Reads casebook.json; one that is missing counts as the defaults. Never rejects: see `problems`. */
export async function openSettingsFile(options: SettingsFileOptions): Promise<SettingsFile> {
  const file = new SettingsFile(options);
  await file.reload();
  return file;
}

export class SettingsFile implements SettingsStore {
  readonly #folder: string;
  readonly #path: string;
  readonly #onProblem: (error: StoreError) => void;
  readonly #locks: Locks;
  #text = '{}';
  #settings: CasebookSettings;
  #problems: readonly string[];

  constructor({ folder, onProblem }: SettingsFileOptions) {
    this.#folder = folder;
    this.#path = join(folder, SETTINGS_FILE);
    this.#onProblem = onProblem ?? (() => undefined);
    this.#locks = new Locks(locksFolder(folder), () => makeLocksFolder(folder));
    ({ settings: this.#settings, problems: this.#problems } = readSettings({}));
  }

  current(): CasebookSettings {
    return this.#settings;
  }

  problems(): readonly string[] {
    return this.#problems;
  }

  async reload(): Promise<boolean> {
    try {
      return this.#take((await this.#open()).data);
    } catch {
      const isNew = !this.#problems.includes(SETTINGS_FILE);
      // the last settings that could be read go on
      this.#problems = [SETTINGS_FILE];
      return isNew;
    }
  }

  async learn(forms: readonly Json[]): Promise<void> {
    if (this.#added(this.#text, forms) === undefined) return;
    try {
      await this.#locks.run(SETTINGS_FILE, async (lease) => {
        const file = await this.#open();
        this.#take(file.data);
        const added = this.#added(file.data, forms);
        if (added === undefined) return;
        lease.check();
        file.data = `${JSON.stringify(added, null, 2)}\n`;
        await file.write();
        this.#take(file.data);
      });
    } catch (error) {
      this.#onProblem(storeErrorOf(this.#path, error));
    }
  }

  /** @returns the file as lowdb holds it; "{}" where there is none */
  async #open(): Promise<Low<string>> {
    const file = new Low<string>(new TextFile(await realPathInside(this.#folder, this.#path)), '{}');
    await file.read();
    return file;
  }

  #take(text: string): boolean {
    const raw = parse(text);
    const read = readSettings(raw);
    const isNew = text !== this.#text || read.problems.join() !== this.#problems.join();
    this.#text = text;
    // a file that does not parse takes no customer away: it is being edited, or git left its marks in it
    if (raw !== undefined) this.#settings = read.settings;
    this.#problems = read.problems;
    return isNew;
  }

  /** The file's content with what is new in `forms`; undefined where nothing is, or where it can't be read. */
  #added(text: string, forms: readonly Json[]): Json | undefined {
    const raw = parse(text);
    if (raw === undefined) return undefined;
    const { settings, problems } = readSettings(raw);
    const lists = new Lists(raw, settings, problems);
    for (const values of forms) {
      const name = (key: string) => nameIn(values[key]);
      lists.addWithPart('customers', name('customer'), 'contacts', name('contact'));
      lists.addWithPart('products', name('product'), 'versions', name('version'));
      lists.addText('problemTypes', name('problemType'));
      lists.addText('channels', name('channel'));
      lists.addText('groups', name('group'));
      lists.addText('trackers', name('system'));
      for (const key of ['owner', 'lead', 'leadLead', 'manager', 'assignee', 'operator']) lists.addPerson(name(key));
    }
    return lists.result();
  }
}

type ListName = 'customers' | 'products' | 'problemTypes' | 'channels' | 'groups' | 'trackers' | 'people';

/** A list of the file as it is written on, and where each name stands in it: an import brings thousands. */
interface Entries {
  readonly all: unknown[];
  readonly places: Map<string, number>;
  isChanged: boolean;
}

/** The lists of the file, written on as they stand there: entries may hold more than this version knows. */
class Lists {
  readonly #lists = new Map<ListName, Entries>();

  constructor(
    private readonly raw: Json,
    private readonly settings: CasebookSettings,
    private readonly problems: readonly string[],
  ) {}

  result(): Json | undefined {
    const changed = [...this.#lists].filter(([, { isChanged }]) => isChanged);
    if (changed.length === 0) return undefined;
    return { ...this.raw, ...Object.fromEntries(changed.map(([list, { all }]) => [list, all])) };
  }

  addText(list: ListName, text: string | undefined): void {
    const entries = text === undefined ? undefined : this.#entries(list);
    if (text !== undefined && entries?.places.has(text) === false) append(entries, text, text);
  }

  /** A name, and under it a part: a customer's contact, a product's version. */
  addWithPart(list: 'customers' | 'products', name: string | undefined, key: string, part: string | undefined): void {
    const entries = name === undefined ? undefined : this.#entries(list);
    if (name === undefined || !entries) return;
    const place = entries.places.get(name);
    const known = place === undefined ? undefined : entries.all[place];
    if (place === undefined || !isRecord(known)) {
      append(entries, name, { name, [key]: part === undefined ? [] : [part] });
      return;
    }
    const parts = Array.isArray(known[key]) ? (known[key] as unknown[]) : [];
    if (part === undefined || parts.includes(part)) return;
    entries.all[place] = { ...known, [key]: [...parts, part] };
    entries.isChanged = true;
  }

  /** @param text "name" or "name <mail>" */
  addPerson(text: string | undefined): void {
    const entries = text === undefined ? undefined : this.#entries('people');
    if (text === undefined || !entries) return;
    const [, name = text, mail] = /^(.+?)\s*<([^<>]+)>$/.exec(text) ?? [];
    if (!entries.places.has(name)) append(entries, name, { name, ...(mail === undefined ? {} : { mail }) });
  }

  /** A list the file does not have starts as its default; one of the wrong shape is left to whoever wrote it. */
  #entries(list: ListName): Entries | undefined {
    if (this.problems.includes(list)) return undefined;
    let entries = this.#lists.get(list);
    if (!entries) {
      const all = [...((this.raw[list] ?? this.settings[list]) as readonly unknown[])];
      entries = { all, places: new Map(), isChanged: false };
      // a name that another bears today is that one's
      for (const names of [presentNames, formerNames]) {
        for (const [place, entry] of all.entries()) {
          for (const name of names(entry)) if (!entries.places.has(name)) entries.places.set(name, place);
        }
      }
      this.#lists.set(list, entries);
    }
    return entries;
  }
}

function presentNames(entry: unknown): readonly string[] {
  if (!isRecord(entry)) return typeof entry === 'string' ? [entry] : [];
  return [trimmed(entry['name'])];
}

/** An old name of a customer that is typed again is no new customer. */
function formerNames(entry: unknown): readonly string[] {
  const former = isRecord(entry) ? entry['formerNames'] : undefined;
  return Array.isArray(former) ? former.filter((each) => typeof each === 'string') : [];
}

function append(entries: Entries, name: string, entry: unknown): void {
  entries.places.set(name, entries.all.length);
  entries.all.push(entry);
  entries.isChanged = true;
}

/** Undefined where it is no JSON object. */
function parse(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function trimmed(raw: unknown): string {
  return typeof raw === 'string' ? raw.trim() : '';
}

function nameIn(raw: unknown): string | undefined {
  const name = trimmed(raw);
  return name === '' || name.length > LONGEST_NAME ? undefined : name;
}
