/** What must not leave the team's own four walls: where it stands in a text, and what stands in for it. */
import { say, type Language, type Words, w } from '../words';

/** What stands in for each kind of finding. */
export const placeholders = {
  token: w('<token>', '〈令牌〉'),
  password: w('<password>', '〈密码〉'),
  privateKey: w('<private key>', '〈私钥〉'),
  connectionString: w('<password>', '〈密码〉'),
  phone: w('<phone>', '〈电话〉'),
  mail: w('<mail>', '〈邮箱〉'),
  ip: w('<IP address>', '〈IP 地址〉'),
  host: w('<host>', '〈主机〉'),
  personId: w('<ID number>', '〈证件号〉'),
  customer: w('<customer>', '〈客户〉'),
  contact: w('<contact>', '〈联系人〉'),
  lead: w('<R&D lead>', '〈研发负责人〉'),
  manager: w('<manager>', '〈项目经理〉'),
  colleague: w('<colleague>', '〈同事〉'),
} as const satisfies Record<string, Words>;

/** `connectionString` is the password in one; `contact` to `colleague` are names of people. */
export type FindingKind = keyof typeof placeholders;

/** One place in a text. Offsets are UTF-16 units; `end` is behind the last. */
export interface Finding {
  readonly kind: FindingKind;
  readonly start: number;
  readonly end: number;
  /** What would stand in its place, such as "<customer>" or "〈客户〉". */
  readonly placeholder: string;
}

/** A place before it has words. */
export type Spot = Pick<Finding, 'kind' | 'start' | 'end'>;

export const placeholderOf = (kind: FindingKind, language: Language): string => say(placeholders[kind], language);

/** In order and without overlaps: of two that overlap the one that begins first counts, then the longer one. */
export function apart<T extends Spot>(spots: readonly T[]): T[] {
  const kept: T[] = [];
  for (const spot of spots.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (spot.start >= (kept.at(-1)?.end ?? 0) && spot.end > spot.start) kept.push(spot);
  }
  return kept;
}

/** Machines that a reader must tell apart get a number each; names of people and companies, and secrets, do not. */
const NUMBERED: ReadonlySet<FindingKind> = new Set(['ip', 'host']);

/**
 * Gives every spot its placeholder: equal values the same one, different machines different ones (`<host>`, `<host 2>`).
 * Numbers that the text uses already are not given again.
 */
export function worded(text: string, spots: readonly Spot[], language: Language): Finding[] {
  const given = new Map<string, string>();
  const numbers = new Map<string, Generator<string, never>>();
  return apart(spots).map((spot) => {
    const plain = placeholderOf(spot.kind, language);
    if (!NUMBERED.has(spot.kind)) return { ...spot, placeholder: plain };
    const key = `${spot.kind} ${text.slice(spot.start, spot.end).toLowerCase()}`;
    const free = numbers.get(plain) ?? freeOnes(text, plain);
    numbers.set(plain, free);
    const placeholder = given.get(key) ?? free.next().value;
    given.set(key, placeholder);
    return { ...spot, placeholder };
  });
}

/** Those that the text does not use, one after the other: a log may name thousands of machines. */
function* freeOnes(text: string, plain: string): Generator<string, never> {
  const isUsed = text.includes(plain.slice(0, -1));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? plain : `${plain.slice(0, -1)} ${number}${plain.slice(-1)}`;
    if (!isUsed || !text.includes(candidate)) yield candidate;
  }
}

/** The text with every finding replaced by its placeholder. */
export function mask(text: string, findings: readonly Finding[]): string {
  let masked = '';
  let from = 0;
  for (const { start, end, placeholder } of apart(findings)) {
    masked += text.slice(from, start) + placeholder;
    from = end;
  }
  return masked + text.slice(from);
}

/**
 * The text as patterns read it: full-width signs, letters and digits become their ASCII counterparts.
 * Every offset stays as it is.
 */
export function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000]/g, (sign) =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

/** Where the first group of each match lies, or the whole match where the pattern has no group. */
export function spotsOf(text: string, kind: FindingKind, pattern: RegExp): Spot[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = match[1] ?? match[0];
    const [from, to] = match.indices?.[1] ?? [match.index, match.index + match[0].length];
    return value === '' ? [] : [{ kind, start: from, end: to }];
  });
}

/** Every stand-in, for those who must not take one for a word of the text. */
export const allPlaceholders: readonly string[] = Object.values(placeholders).flatMap(({ en, zh }) => [en, zh]);
