/** Findings that the author lets pass, each with a reason: kept in the article's front matter. */
import { entryOf, FrontMatterError, partFrontMatter, partToml, yamlText } from '../article/frontMatter';
import type { FindingKind } from './finding';

export interface Waiver {
  readonly kind: string;
  /** Of the value, so that it is not said once more; only that value passes. */
  readonly hash: string;
  readonly reason: string;
  /** The author's name, or empty. */
  readonly by: string;
}

/**
 * 8 hexadecimal digits (FNV-1a) of a value, whatever its case and spacing. It finds the value again and hides nothing:
 * what is waived stands in the article for everybody to read.
 */
export function fingerprint(value: string): string {
  let hash = 0x811c9dc5;
  for (const unit of value.trim().replace(/\s+/g, ' ').toLowerCase()) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A waiver without a reason is none. */
export function isWaived(waivers: readonly Waiver[], kind: FindingKind, value: string): boolean {
  const hash = fingerprint(value);
  return waivers.some((waiver) => waiver.kind === kind && waiver.hash === hash && waiver.reason.trim() !== '');
}

const KEY = 'waived';

/**
 * The article with one more line under `waived:` in its front matter; everything else stays as it is.
 * @throws FrontMatterError where the front matter is TOML
 */
export function withWaiver(text: string, { kind, hash, reason, by }: Waiver): string {
  const ending = /\r?\n/.exec(text)?.[0] ?? '\n';
  const item = `{kind: ${kind}, hash: "${hash}", reason: ${quoted(reason)}, by: ${quoted(by)}}`;
  const parted = partFrontMatter(text);
  if (partToml(text)) throw new FrontMatterError('TOML');
  if (!parted) {
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return `${mark}---${ending}${KEY}:${ending}  - ${item}${ending}---${ending}${text.slice(mark.length)}`;
  }
  const { frontMatter, start } = parted;
  const put = (from: number, to: number, line: string) => text.slice(0, start + from) + line + text.slice(start + to);
  const entry = entryOf(frontMatter, KEY);
  if (!entry) return put(frontMatter.length, frontMatter.length, `${KEY}:${ending}  - ${item}${ending}`);
  const written = frontMatter.slice(entry.from, entry.to);
  const close = written.lastIndexOf(']');
  const isFlow = /^[^\r\n]*:[ \t]*\[/.test(written) && close >= 0;
  if (isFlow) {
    const isEmpty = /\[\s*\]/.test(written);
    return put(entry.from + close, entry.from + close, isEmpty ? item : `, ${item}`);
  }
  const isList = /\r?\n[ \t]*-/.test(written);
  if (!isList) return put(entry.from, entry.to, `${KEY}:${ending}  - ${item}`);
  const indent = /\r?\n([ \t]*)-/.exec(written)?.[1] ?? '  ';
  return put(entry.to, entry.to, `${ending}${indent}- ${item}`);
}

/** Always in quotes: braces and commas would end an item that is written on one line. */
const quoted = (text: string) => {
  const scalar = yamlText(text.replace(/\s+/g, ' ').trim());
  return scalar.startsWith('"') ? scalar : `"${scalar}"`;
};
