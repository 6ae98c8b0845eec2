/** The check before publishing: nothing of a customer, no person and no secret, wherever it could slip out. */
import { fileLinks } from '../article/links';
import { partFrontMatter } from '../article/frontMatter';
import type { SecretScanner } from '../ports';
import type { Language } from '../words';
import { apart, type Finding, placeholderOf, type Spot, worded } from './finding';
import { type Known, personalFinder } from './personal';
import { moved, slicesOf } from './slices';
import { isWaived, type Waiver } from './waivers';

/** In which of the things that are published the finding stands; title and tags are part of the front matter. */
export type Place = 'text' | 'frontMatter' | 'fileName' | 'message' | 'file';

export interface Leak extends Finding {
  readonly place: Place;
  /** What was found, as it stands there. */
  readonly value: string;
  /** For `file`: its way from the knowledge folder; `start` and `end` are then the link's in the article. */
  readonly file?: string;
  /** For `file`: the 1-based line in it; 0 for its name. */
  readonly line?: number;
}

/** What is published together. */
export interface Publication {
  readonly text: string;
  readonly waived: readonly Waiver[];
  /** The article's way from the knowledge folder. */
  readonly way: string;
  readonly message: string;
  /** Text of a file in the knowledge folder; undefined where there is none, or it is no text. */
  readonly textOf: (way: string) => Promise<string | undefined>;
}

export interface Detectors {
  readonly known: Known;
  readonly secrets: SecretScanner;
}

/** Every place that must be changed, or waived with a reason, before the article may be published. */
export async function leaksOf(
  publication: Publication,
  detectors: Detectors,
  seen: SeenFiles = new SeenFiles(),
): Promise<Leak[]> {
  const { text, waived, way, message } = publication;
  const language = languageOfText(text);
  const find = finderOf(detectors);
  const isOpen = ({ kind, value }: Leak) => !isWaived(waived, kind, value);
  const inText = await leaksInText(text, find, language);
  const inName = leaksAt(await find(way), way, { place: 'fileName', language });
  const heard = new Set([...inText, ...inName].map(({ value }) => value.toLowerCase()));
  // the message is made of the title: it says something new only where YAML had it in disguise
  const inMessage = leaksAt(await find(message), message, { place: 'message', language });
  const news = inMessage.filter(({ kind, value }) => !isOwnPeople(kind) && !heard.has(value.toLowerCase()));
  const files = { find, findInFile: seen.finder(find, detectors.known), language };
  return [...[...inText, ...inName, ...news].filter(isOpen), ...(await leaksInFiles(publication, files))];
}

/** What stands in a text by itself: a draft that is no file yet. */
export async function leaksInText(text: string, find: Find, language: Language): Promise<Leak[]> {
  const matter = partFrontMatter(text);
  const bodyAt = matter ? text.length - matter.body.length : 0;
  const spots = (await find(text)).filter(({ kind, start }) => start >= bodyAt || !isOwnPeople(kind));
  return worded(text, spots, language).map((finding) => ({
    ...finding,
    place: finding.start < bodyAt ? 'frontMatter' : 'text',
    value: text.slice(finding.start, finding.end),
  }));
}

/** Authors and reviewers stand by their articles: the team's own names may be in front matter and commit message. */
const isOwnPeople = (kind: Spot['kind']) => kind === 'colleague' || kind === 'lead' || kind === 'manager';

export type Find = (text: string) => Promise<Spot[]>;

/** Secrets count before the names and numbers in them. Long texts are read in slices. */
export function finderOf({ known, secrets }: Detectors): Find {
  const personal = personalFinder(known);
  return async (text) => {
    const found: Spot[] = [];
    for (const slice of slicesOf(text)) {
      const hidden = await secrets.scan(slice.text);
      const others = personal(slice.text).filter((spot) =>
        hidden.every(({ start, end }) => spot.end <= start || spot.start >= end),
      );
      found.push(...moved([...hidden, ...others], slice.start));
    }
    return apart(found);
  };
}

function leaksAt(
  spots: readonly Spot[],
  text: string,
  { place, language }: { place: Place; language: Language },
): Leak[] {
  return spots.map((spot) => ({
    ...spot,
    place,
    placeholder: placeholderOf(spot.kind, language),
    value: text.slice(spot.start, spot.end),
  }));
}

/** A log may say the same thing a thousand times: this many different findings of a file are told. */
const MOST_OF_A_FILE = 20;

/** Files that are linked: their names as the system spells them, and what stands in those that hold text. */
async function leaksInFiles(
  { text: article, waived, way, textOf }: Publication,
  { find, findInFile, language }: { find: Find; findInFile: FindInFile; language: Language },
): Promise<Leak[]> {
  const leaks: Leak[] = [];
  const seen = new Set<string>();
  for (const { way: file, start, end } of fileLinks(article, way)) {
    if (seen.has(file)) continue;
    seen.add(file);
    const link = article.slice(start, end);
    const text = (await textOf(file)) ?? '';
    const told = new Set<string>();
    const tell = ({ kind }: Spot, value: string, line: () => number) => {
      const key = `${kind} ${value}`;
      if (told.has(key) || told.size >= MOST_OF_A_FILE || isWaived(waived, kind, value)) return;
      told.add(key);
      const placeholder = placeholderOf(kind, language);
      leaks.push({ kind, start, end, placeholder, place: 'file', value, file, line: line() });
    };
    for (const spot of await find(file)) {
      const value = file.slice(spot.start, spot.end);
      if (!link.includes(value)) tell(spot, value, () => 0);
    }
    for (const spot of await findInFile(file, text)) {
      tell(spot, text.slice(spot.start, spot.end), () => text.slice(0, spot.start).split('\n').length);
    }
  }
  return leaks;
}

export type FindInFile = (file: string, text: string) => Promise<readonly Spot[]>;

/** UTF-16 units of linked files whose findings are remembered, together. */
const MOST_REMEMBERED = 10_000_000;

/** What was found in the linked files, kept as long as they say the same and nothing else is known. */
export class SeenFiles {
  private readonly seen = new Map<string, { text: string; known: string; spots: readonly Spot[] }>();
  private size = 0;

  finder(find: Find, { names, versions }: Known): FindInFile {
    const known = JSON.stringify([...names, ...versions]);
    return async (file, text) => {
      const before = this.seen.get(file);
      if (before?.text === text && before.known === known) return before.spots;
      const spots = await find(text);
      this.remember(file, { text, known, spots });
      return spots;
    };
  }

  private remember(file: string, entry: { text: string; known: string; spots: readonly Spot[] }): void {
    this.size += entry.text.length - (this.seen.get(file)?.text.length ?? 0);
    if (this.size > MOST_REMEMBERED) {
      this.seen.clear();
      this.size = entry.text.length;
    }
    this.seen.set(file, entry);
  }
}

/** What a text is written in, its beginning says. */
const ENOUGH = 50_000;

/** The language that placeholders are written in: Chinese where a good part of the letters is. */
export function languageOfText(text: string): Language {
  const body = (partFrontMatter(text)?.body ?? text).slice(0, ENOUGH);
  const han = body.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = body.match(/[A-Za-z]+/g)?.length ?? 0;
  return han > latin / 4 ? 'zh-CN' : 'en';
}

/** An article was not published; nothing was committed. */
export class LeakError extends Error {
  override readonly name = 'LeakError';
  constructor(
    /** Absolute path, or empty for a draft that was not written. */
    readonly path: string,
    readonly leaks: readonly Leak[],
  ) {
    // says where, never what: messages end up in logs
    super(`${leaks.length} of what must not be published: ${[...new Set(leaks.map(({ kind }) => kind))].join(', ')}`);
  }
}
