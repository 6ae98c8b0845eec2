/** What the domain asks of the outside world. Adapters implement these; features name the ones they need. */
import type { ArticleRemote, ArticleRepository, Publishing } from './article/repository';
import type { Evidence } from './attachments/evidence';
import type { CaseEvent } from './case/event';
import type { CaseState } from './case/state';
import type { CasebookSettings } from './casebook';
import type { Desk } from './desk';
import type { Snapshot } from './environment/snapshot';
import type { Library } from './library';
import type { Finding } from './redaction/finding';
import type { Waiver } from './redaction/waivers';
import type { ReportOutputs } from './report/reportOutputs';
import type { ReportShelf } from './report/reportShelf';
import type { Reports } from './report/sources';
import type { Finder } from './search/find';
import type { CaseSummary } from './summary';
import type { CalendarEntry } from './text/appointment';
import type { Bots, Trackers } from './tickets/connections';
import type { TicketDesk } from './tickets/ticketDesk';
import type { TransferFiles } from './transfer/files';
import type { Language } from './words';

export {
  type ArticleRemote,
  type ArticleRepository,
  type CommitOptions,
  GitError,
  type GitFailure,
  type Publishing,
  type Pushed,
  type Unsent,
  type UnsentCommit,
} from './article/repository';
export type { Finder, FindProgress, FindQuery, Found, FoundArticle, FoundCase, Mark } from './search/find';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Minutes east of UTC where the engineer sits, at that instant. */
  offsetAt(epochMilliseconds: number): number;
}

/** Of long work: asked often, and at most times it costs nothing; where it is time it lets others have their turn. */
export type Breathe = () => Promise<void>;

/** A line of a case log that can't be read: kept as it is, shown, and not part of the fold. */
export interface QuarantinedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly problem: 'not-json' | 'not-an-event';
}

/** One case as it lies on disk. */
export interface StoredCase {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
  readonly quarantined: readonly QuarantinedLine[];
}

/** Something in the casebook that can't be shown as a case; the rest goes on. */
export interface StoreProblem {
  readonly path: string;
  readonly code: 'folder-missing' | 'folder-unreadable' | 'not-a-case' | 'case-unreadable' | 'settings-unreadable';
  readonly message: string;
}

export type NewEvent = Pick<CaseEvent, 'type' | 'data'>;

/** A case whose past is written down at once. */
export interface NewHistory {
  readonly kind: 'issue' | 'request';
  /** Calendar date of its id, "2016-02-29". */
  readonly on: string;
  readonly events: readonly NewEvent[];
}

/** A case of another casebook, as it lies there. */
export interface CaseCopy {
  readonly id: string;
  readonly events: readonly CaseEvent[];
}

/** Of work on many cases: others get their turn in between, and it can be given up. */
export interface ManyOptions {
  /** Asked before every case; what was made until then stays. */
  readonly isCancelled: () => boolean;
  /** Told now and then. @param done how many are made */
  readonly progress: (done: number) => void;
}

export interface CaseStore {
  /** Absolute path of the casebook in use. */
  readonly folder: string;
  summaries(): readonly CaseSummary[];
  problems(): readonly StoreProblem[];
  /** Reads summaries from the index, then what changed since; resolves when the list is complete. */
  load(): Promise<void>;
  /** Reads what another window, git or a hand changed since. */
  refresh(): Promise<void>;
  get(id: string): Promise<StoredCase | undefined>;
  /**
   * Appends under the case's lock: re-reads what others wrote, asks `decide` for the new events, writes atomically.
   * Whatever `decide` throws is passed on and nothing is written.
   */
  append(id: string, by: string, decide: (current: StoredCase) => readonly NewEvent[]): Promise<StoredCase>;
  /** Makes a new case of these events under a fresh id (the local date's). */
  create(kind: 'issue' | 'request', by: string, events: readonly NewEvent[]): Promise<StoredCase>;
  /**
   * Makes many new cases, one after the other, each whole or not at all.
   * @returns the ids made
   * @throws StoreError what was made before stays
   */
  createMany(by: string, histories: Iterable<NewHistory>, options: ManyOptions): Promise<readonly string[]>;
  /**
   * Takes over cases of another casebook with their ids and events. A case that is here already gets the events that it
   * lacks; one that lacks none is left alone.
   * @returns how many are new here, and how many got events
   * @throws StoreError what was copied before stays
   */
  copyMany(
    copies: Iterable<CaseCopy> | AsyncIterable<CaseCopy>,
    options: ManyOptions,
  ): Promise<{ readonly made: number; readonly merged: number }>;
  pathOf(id: string): string;
  onDidChange(listener: (ids: readonly string[] | 'all') => void): { dispose(): void };
  dispose(): void;
}

export type StoreFailure =
  | 'folder-missing'
  | 'read-only'
  | 'disk-full'
  | 'locked'
  | 'case-missing'
  | 'file-missing'
  | 'outside-casebook'
  /** The workspace is not trusted. */
  | 'restricted'
  | 'failed';

/** The store could not do what it was asked; nothing was lost. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly reason: StoreFailure,
    readonly path: string,
    options?: { cause: unknown },
  ) {
    super(`${reason}: ${path}`, options);
  }
}

/** A file as it lies in a case's folder. */
export interface StoredFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The files of cases, each in `attachments/<case id>/`; links are neither followed nor made. */
export interface AttachmentStore {
  /** Absolute path of what holds the folders of all cases. */
  readonly folder: string;
  list(caseId: string): Promise<readonly StoredFile[]>;
  /**
   * Writes a new file, whole or not at all: under the name, or the first free one like it.
   * @param taken names that are not given again, beside those of the files that are there
   * @returns the name it got
   * @throws StoreError
   */
  write(caseId: string, name: string, content: Uint8Array, taken: readonly string[]): Promise<string>;
  /** @throws StoreError 'file-missing' */
  read(caseId: string, name: string): Promise<Uint8Array>;
  /** A file that is gone already is removed. */
  remove(caseId: string, name: string): Promise<void>;
  /** Absolute. @param name left out: of the folder that holds the case's files, which may not be there yet */
  pathOf(caseId: string, name?: string): string;
  /** Hexadecimal. */
  sha256(content: Uint8Array): string;
  /** Undefined for what is no text. */
  textIn(content: Uint8Array): TextFile | undefined;
}

/** Text, and the way back to bytes of the same encoding. */
export interface TextFile {
  readonly text: string;
  /** False where only ASCII can be told from the bytes: what is written into it must be ASCII as well. */
  readonly isUnicode: boolean;
  bytesOf(text: string): Uint8Array;
}

/** A file was not taken; nothing was stored. */
export class AttachmentError extends Error {
  override readonly name = 'AttachmentError';
  constructor(
    readonly reason: 'too-large' | 'folder' | 'unreadable',
    readonly file: string,
    /** Of `too-large`: megabytes that a file may have. */
    readonly limitMb = 0,
  ) {
    super(`${reason}: ${file}`);
  }
}

export interface SettingsStore {
  current(): CasebookSettings;
  /** Names of the parts of casebook.json that could not be read and count as their defaults. */
  problems(): readonly string[];
  /** Adds what an engineer typed in combo boxes (a new customer, version, …) to casebook.json, all in one writing. */
  learn(forms: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
}

export interface DraftStore {
  read(key: string): Promise<FormDraft | undefined>;
  write(key: string, draft: FormDraft): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every draft of this machine. */
  list(): Promise<readonly KeptDraft[]>;
}

export interface KeptDraft {
  readonly key: string;
  readonly draft: FormDraft;
  /** Another window that still runs was the last to write it: somebody may be typing there. */
  readonly isHeldElsewhere: boolean;
}

/** What was typed into a form and not yet sent: action → field → value. */
export interface FormDraft {
  readonly savedAt: string;
  readonly forms: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One article as a list needs it. */
export interface ArticleEntry {
  /** Absolute path. */
  readonly path: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly state: string;
  readonly cases: readonly string[];
  /** Empty where the article names none. */
  readonly product: string;
  readonly versions: readonly string[];
  /** Why somebody should look at it again; empty where nobody asked for it. */
  readonly flagged: string;
  /** What its author lets pass the check before publishing. */
  readonly waived: readonly Waiver[];
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface ArticleShelf {
  list(folder: string): Promise<readonly ArticleEntry[]>;
  read(path: string): Promise<string>;
  /** One article as the list shows it. */
  entry(path: string): Promise<ArticleEntry>;
  /** An article as the list would show it with this text, which may be one that is being typed. */
  parse(path: string, text: string): ArticleEntry;
  /** The text of any file; undefined where there is none, or it holds no text. */
  textOf(path: string): Promise<string | undefined>;
  /** Those of the paths that are files. */
  existing(paths: readonly string[]): Promise<readonly string[]>;
  /** Replaces a file's text, unless somebody changed it since `before` was read. */
  replace(path: string, before: string, after: string): Promise<void>;
  /** Writes a new file; never over an existing one. @returns the path taken, with a number appended where needed */
  writeNew(folder: string, category: string, slug: string, text: string): Promise<string>;
  watch(folder: string, listener: () => void): { dispose(): void };
}

export interface SecretScanner {
  /**
   * Tokens, keys, passwords and passwords in connection strings, in order and without overlaps. Texts of megabytes
   * are looked at in slices, with turns for others between them.
   * @param language of the placeholders; left out: English
   */
  scan(text: string, language?: Language): Promise<readonly Finding[]>;
}

export interface Machine {
  /** How the machine stands now that Casebook runs on; what can't be had is left out. Takes about a second. */
  snapshot(): Promise<Snapshot>;
}

export interface Calendar {
  /** The text of a calendar file (.ics) that publishes this entry. */
  published(entry: CalendarEntry): string;
}

export interface Claims {
  /** True for the first caller of all windows of this machine, false for everybody after it. @throws the system's error */
  claim(key: string): Promise<boolean>;
}

/** Everything that a session works with; a feature names in its signature what it needs of it. */
export interface Casebook {
  readonly store: CaseStore;
  readonly desk: Desk;
  readonly settings: SettingsStore;
  readonly drafts: DraftStore;
  readonly attachments: AttachmentStore;
  readonly evidence: Evidence;
  readonly clock: Clock;
  /** Begins to measure how long work lasts. */
  readonly breathing: () => Breathe;
  readonly articles: ArticleShelf;
  readonly repository: ArticleRepository;
  readonly remote: ArticleRemote;
  /** Asked anew for every article. */
  readonly publishing: () => Publishing;
  readonly library: Library;
  readonly calendar: Calendar;
  readonly claims: Claims;
  readonly secrets: SecretScanner;
  readonly machine: Machine;
  readonly reports: Reports;
  readonly reportShelf: ReportShelf;
  readonly reportOutputs: ReportOutputs;
  readonly trackers: Trackers;
  readonly bots: Bots;
  readonly tickets: TicketDesk;
  /** Files that cases and usage figures come from and go to. */
  readonly transfer: TransferFiles;
  /** The one search of Casebook, for cases and articles. */
  readonly finder: Finder;
  /** Absolute path of the folder that holds the articles. */
  readonly knowledgeFolder: string;
  /** The engineer at this machine, "name <mail>". */
  readonly me: () => Promise<string>;
}
