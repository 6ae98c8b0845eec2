/** The front matter of a markdown file as text: finding it, quoting for it, and changing one line of it. */

export interface Parted {
  /** What lies between the two `---` lines, with its line endings. */
  readonly frontMatter: string;
  /** What follows the closing line. */
  readonly body: string;
  /** Where `frontMatter` begins in the text. */
  readonly start: number;
}

const OPENING = /^\uFEFF?---[ \t]*\r?\n/;
// not `^`: that also matches after a line separator, which ends no line in YAML
const CLOSING = /(?<![^\n])---[ \t]*(?:\r?\n|$)/;

/** @returns undefined when the text begins with no front matter, or it is never closed */
export function partFrontMatter(text: string): Parted | undefined {
  const start = OPENING.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  const rest = text.slice(start);
  const closing = CLOSING.exec(rest);
  if (!closing) return undefined;
  return { frontMatter: rest.slice(0, closing.index), body: rest.slice(closing.index + closing[0].length), start };
}

const TOML = /^\uFEFF?\+\+\+[ \t]*\r?\n([\s\S]*?)(?<![^\n])\+\+\+[ \t]*(?:\r?\n|$)/;

/** Hugo's other front matter, between two `+++` lines: it is read and searched, and never written. */
export function partToml(text: string): Pick<Parted, 'frontMatter' | 'body'> | undefined {
  const match = TOML.exec(text);
  return match ? { frontMatter: match[1] ?? '', body: text.slice(match[0].length) } : undefined;
}

/** The article without its front matter, of whichever kind. */
export function bodyOf(text: string): string {
  return (partFrontMatter(text) ?? partToml(text))?.body ?? text;
}

/** Something would be written into front matter that is not ours to write; the text is as it was. */
export class FrontMatterError extends Error {
  override readonly name = 'FrontMatterError';
}

/**
 * Sets one top-level key to a text and touches nothing else: order, comments, quotes and line endings stay.
 * A key that is not there is added as the last one; a file without front matter gets one.
 * @throws FrontMatterError where the front matter is TOML
 */
export function setFrontMatter(text: string, key: string, value: string): string {
  const ending = /\r?\n/.exec(text)?.[0] ?? '\n';
  const line = `${key}: ${yamlText(value)}`;
  const parted = partFrontMatter(text);
  if (partToml(text)) throw new FrontMatterError('TOML');
  if (!parted) {
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return `${mark}---${ending}${line}${ending}---${ending}${text.slice(mark.length)}`;
  }
  const { frontMatter, start } = parted;
  const entry = entryOf(frontMatter, key);
  const at = start + (entry?.from ?? frontMatter.length);
  const until = start + (entry?.to ?? frontMatter.length);
  const comment = entry?.comment ?? '';
  return `${text.slice(0, at)}${line}${comment}${entry ? '' : ending}${text.slice(until)}`;
}

/** Takes one top-level key out, with all that belongs to it; the rest stays as it is. */
export function removeFrontMatter(text: string, key: string): string {
  const parted = partFrontMatter(text);
  const entry = parted && entryOf(parted.frontMatter, key);
  if (!parted || !entry) return text;
  const line = /^[^\n]*(?:\n|$)/.exec(parted.frontMatter.slice(entry.to))?.[0] ?? '';
  return text.slice(0, parted.start + entry.from) + text.slice(parted.start + entry.to + line.length);
}

export interface Entry {
  readonly from: number;
  /** Behind the last character of the value's last line, its line ending not included. */
  readonly to: number;
  readonly comment: string;
}

const COMMENTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'#[{|>&*!\s][^#]*?|)(?<comment>[ \t]+#.*)?$/;

/** Further lines of a value: indented ones, list items, and empty lines between them; comments only inside a block. */
const BELOW_BLOCK = /^(?:\r?\n(?:[ \t]+[^\r\n]*|(?=(?:\r?\n)+[ \t])))+/;
const BELOW = /^(?:\r?\n(?:[ \t]+[^#\s][^\r\n]*|-(?:[ \t][^\r\n]*)?(?=\r?\n|$)|[ \t]*(?=\r?\n[ \t]+[^#\s])))+/;

/** Finds a key of the first level. What is indented, or a list right below it, belongs to it. */
export function entryOf(frontMatter: string, key: string): Entry | undefined {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const names = `(?:${escaped}|"${escaped}"|'${escaped}')`;
  const head = new RegExp(`(?<![^\\n])${names}[ \\t]*:(?=[ \\t\\r\\n]|$)[ \\t]*(?<value>[^\\r\\n]*)`).exec(frontMatter);
  if (!head) return undefined;
  const value = (head.groups?.['value'] ?? '').trimEnd();
  const end = head.index + head[0].length;
  const below = (/^[|>]/.test(value) ? BELOW_BLOCK : BELOW).exec(frontMatter.slice(end))?.[0] ?? '';
  const comment = below === '' ? (COMMENTED.exec(value)?.groups?.['comment'] ?? '') : '';
  return { from: head.index, to: end + below.length, comment };
}

/** Words that YAML 1.1 or 1.2 reads as something other than a text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;
const PLAIN = /^[A-Za-z\u4E00-\u9FFF][\w\u4E00-\u9FFF ./()（），、：？！“”〈〉《》+-]*$/;

/** A text as a YAML scalar on one line: plain where that is safe beyond doubt, else in double quotes. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text) && !text.endsWith(' ')) return text;
  return JSON.stringify(text).replace(
    /[\u007F-\u00A0\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function yamlList(texts: readonly string[]): string {
  return `[${texts.map(yamlText).join(', ')}]`;
}
