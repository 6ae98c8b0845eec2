/** The connections that a person named in the settings: read with patience, and every fault said by its name. */
import type { Bot, BotConnection, BotSystem } from '../notify/bot';
import type { Tracker, TrackerConnection, TrackerIdentity, TrackerSystem } from './tracker';

/** Secrets, in the editor's own keeping; never in a setting, a file or a log. */
export interface Secrets {
  read(key: string): Promise<string | undefined>;
  write(key: string, secret: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Something in the settings that can't be taken as it stands. */
export interface ConnectionProblem {
  /** 0-based; -1 for the whole list. */
  readonly index: number;
  /** As far as it is known. */
  readonly name: string;
  readonly problem: ConnectionFault;
  /** False where the rest of the entry is used, with a default in its place. */
  readonly isLeftOut: boolean;
}

export type ConnectionFault =
  | 'shape'
  | 'name'
  | 'twice'
  | 'system'
  /** No address of a site, or one with a password in it. */
  | 'url'
  /** Not encrypted, and not on this machine: only with "allowHttp". */
  | 'http'
  | 'account'
  | 'places'
  | 'assignees'
  | 'utcOffset'
  | 'textFormat'
  | 'keyword'
  | 'mentions'
  | 'lead';

/** The ticket systems that this person is, or may be, signed in to. */
export interface Trackers {
  /** Read anew each time: settings change. */
  connections(): readonly TrackerConnection[];
  problems(): readonly ConnectionProblem[];
  /** @throws TrackerError 'sign-in' where no secret is kept for it, 'not-found' where there is no such connection */
  open(name: string): Promise<Tracker>;
  /**
   * Keeps the secret once the system itself has said whose it is. @throws TrackerError nothing is kept then
   * @param at by its name, or one that is about to be written into the settings
   */
  signIn(at: string | TrackerConnection, secret: string, signal?: AbortSignal): Promise<TrackerIdentity>;
  /** Who signed in here, as the system said then; undefined where nobody is. Asks nobody. */
  signedIn(name: string): Promise<TrackerIdentity | undefined>;
  signOut(name: string): Promise<void>;
}

export interface Bots {
  connections(): readonly BotConnection[];
  problems(): readonly ConnectionProblem[];
  /** @throws BotError 'address' where none is kept */
  open(group: string): Promise<Bot>;
  /** Whether there is an address for it. Asks nobody. */
  isKept(group: string): Promise<boolean>;
  /** @param secret for signing; empty where the bot does not ask for it. @throws BotError 'address' for what is none */
  keep(group: string, url: string, secret: string): Promise<void>;
  forget(group: string): Promise<void>;
}

export const trackerSystems: readonly TrackerSystem[] = ['zentao', 'jira', 'redmine'];
export const botSystems: readonly BotSystem[] = ['wecom', 'dingtalk', 'feishu', 'slack', 'teams'];

export interface Read<T> {
  readonly connections: readonly T[];
  readonly problems: readonly ConnectionProblem[];
}

/** @param utcOffset of this machine, for connections that name none; minutes east */
export function readTrackers(raw: unknown, utcOffset: number): Read<TrackerConnection> {
  return readEntries(raw, 'name', (entry, reading) => {
    const system = trackerSystems.find((each) => each === entry['system']);
    if (!system) return reading.leaveOut('system');
    const url = siteUrl(entry['url'], entry['allowHttp'] === true);
    if (typeof url !== 'string') return reading.leaveOut(url.fault);
    return {
      name: reading.name,
      system,
      url,
      account: reading.take('account', readText, ''),
      places: reading.take('places', readMap, {}),
      assignees: reading.take('assignees', readMap, {}),
      utcOffset: reading.take('utcOffset', readOffset, utcOffset),
      textFormat: reading.take('textFormat', readFormat, 'textile'),
    };
  });
}

export function readBots(raw: unknown): Read<BotConnection> {
  return readEntries(raw, 'group', (entry, reading) => {
    const system = botSystems.find((each) => each === entry['system']);
    if (!system) return reading.leaveOut('system');
    return {
      group: reading.name,
      system,
      keyword: reading.take('keyword', readText, ''),
      mentions: reading.take('mentions', readTexts, []),
      lead: reading.take('lead', readText, ''),
    };
  });
}

/** Of a site, without a slash at its end; or what is wrong with it. @param allowHttp also beyond this machine */
export function siteUrl(raw: unknown, allowHttp = false): string | { readonly fault: 'url' | 'http' } {
  const parsed = typeof raw === 'string' ? parseUrl(raw.trim()) : undefined;
  if (!parsed || parsed.username !== '' || parsed.password !== '') return { fault: 'url' };
  if (parsed.protocol === 'http:' && !allowHttp && !isThisMachine(parsed.hostname)) return { fault: 'http' };
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}

/** Of a bot, whole: its query is part of the secret. Undefined for what is none, or would travel in the open. */
export function botUrl(raw: string): string | undefined {
  const parsed = parseUrl(raw.trim());
  if (!parsed || (parsed.protocol === 'http:' && !isThisMachine(parsed.hostname))) return undefined;
  return parsed.href;
}

function parseUrl(text: string): URL | undefined {
  try {
    const parsed = new URL(text);
    return /^https?:$/.test(parsed.protocol) && parsed.hostname !== '' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isThisMachine = (host: string) => /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(host);

type Entry = Readonly<Record<string, unknown>>;

class Reading {
  constructor(
    readonly index: number,
    readonly name: string,
    private readonly entry: Entry,
    private readonly problems: ConnectionProblem[],
  ) {}

  leaveOut(problem: ConnectionFault): undefined {
    this.problems.push({ index: this.index, name: this.name, problem, isLeftOut: true });
  }

  take<T>(
    key: ConnectionFault &
      ('account' | 'places' | 'assignees' | 'utcOffset' | 'textFormat' | 'keyword' | 'mentions' | 'lead'),
    read: (value: unknown) => T | undefined,
    fallback: T,
  ): T {
    const raw = this.entry[key];
    if (raw === undefined) return fallback;
    const value = read(raw);
    if (value === undefined) {
      this.problems.push({ index: this.index, name: this.name, problem: key, isLeftOut: false });
    }
    return value ?? fallback;
  }
}

function readEntries<T>(
  raw: unknown,
  nameKey: 'name' | 'group',
  read: (entry: Entry, reading: Reading) => T | undefined,
): Read<T> {
  const connections: T[] = [];
  const problems: ConnectionProblem[] = [];
  const names = new Set<string>();
  if (raw !== undefined && !Array.isArray(raw)) {
    problems.push({ index: -1, name: '', problem: 'shape', isLeftOut: true });
  }
  for (const [index, entry] of (Array.isArray(raw) ? (raw as unknown[]) : []).entries()) {
    const isEntry = isRecord(entry);
    const name = isEntry && typeof entry[nameKey] === 'string' ? entry[nameKey].trim() : '';
    const reading = new Reading(index, name, isEntry ? entry : {}, problems);
    if (!isEntry) reading.leaveOut('shape');
    else if (name === '') reading.leaveOut('name');
    else if (names.has(name)) reading.leaveOut('twice');
    else {
      const connection = read(entry, reading);
      if (connection === undefined) continue;
      names.add(name);
      connections.push(connection);
    }
  }
  return { connections, problems };
}

function isRecord(raw: unknown): raw is Entry {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

const readText = (raw: unknown) => (typeof raw === 'string' ? raw.trim() : undefined);
const readFormat = (raw: unknown) => (raw === 'textile' || raw === 'markdown' ? raw : undefined);

function readTexts(raw: unknown): readonly string[] | undefined {
  if (!Array.isArray(raw) || !raw.every((entry) => typeof entry === 'string')) return undefined;
  return raw.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** Ids are often written as numbers. */
function readMap(raw: unknown): Readonly<Record<string, string>> | undefined {
  if (!isRecord(raw)) return undefined;
  const entries = Object.entries(raw);
  if (!entries.every(([, value]) => typeof value === 'string' || typeof value === 'number')) return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value).trim()]));
}

/** Of a zone on Earth: −12:00 to +14:00. */
function readOffset(raw: unknown): number | undefined {
  return typeof raw === 'number' && Number.isInteger(raw) && raw >= -720 && raw <= 840 ? raw : undefined;
}
