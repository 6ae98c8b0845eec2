/** Reads what a list needs to know from an article that anybody may have written, with any front matter or none. */
import { parse as parsePath } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse } from 'yaml';
import { bodyOf, partFrontMatter, partToml } from '../../domain/article/frontMatter';
import { isCaseId } from '../../domain/case/ids';
import type { ArticleEntry } from '../../domain/ports';
import { isRecord } from '../../domain/record';
import type { Waiver } from '../../domain/redaction/waivers';

/** @param folderName the category of an article that names none; empty for none */
export function readEntry(path: string, folderName: string, text: string, modifiedAt: number): ArticleEntry {
  const toml = partToml(text);
  const matter = toml ? readToml(toml.frontMatter) : readYaml(partFrontMatter(text)?.frontMatter ?? '');
  const categories = textsOf(matter['categories'] ?? matter['category']);
  return {
    path,
    title: textsOf(matter['title'])[0] ?? firstHeading(bodyOf(text)) ?? parsePath(path).name,
    categories: categories.length > 0 || folderName === '' ? categories : [folderName],
    tags: textsOf(matter['tags']),
    state: textsOf(matter['state'])[0] ?? '',
    cases: textsOf(matter['cases']).filter(isCaseId),
    product: textsOf(matter['product'])[0] ?? '',
    versions: textsOf(matter['versions'] ?? matter['version']),
    flagged: textsOf(matter['flagged'])[0] ?? '',
    waived: waiversOf(matter['waived']),
    modifiedAt,
  };
}

/** Every scalar as it is written (a tag "8.0" is no number). Broken YAML says nothing: the article is listed anyway. */
function readYaml(source: string): Record<string, unknown> {
  try {
    const raw: unknown = parse(source, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
    return isRecord(raw) ? raw : {};
  } catch {
    return {};
  }
}

/** Numbers and dates as texts; Hugo keeps tags and categories in tables of their own as well. */
function readToml(source: string): Record<string, unknown> {
  try {
    const raw = parseToml(source);
    const { taxonomies } = raw;
    const all = { ...(isRecord(taxonomies) ? taxonomies : {}), ...raw };
    const asText = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(asText);
      return typeof value === 'number' ? String(value) : value;
    };
    return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, asText(value)]));
  } catch {
    return {};
  }
}

/** A text, a list, or Hexo's lists in a list (categories below each other), each text once. */
function textsOf(raw: unknown): string[] {
  if (Array.isArray(raw)) return [...new Set(raw.flatMap(textsOf))];
  const text = typeof raw === 'string' ? raw.trim() : '';
  return text === '' ? [] : [text];
}

/** One that names no kind, no value or no reason lets nothing pass. */
function waiversOf(raw: unknown): Waiver[] {
  return (Array.isArray(raw) ? raw : []).flatMap((item: unknown) => {
    const entry = isRecord(item) ? item : {};
    const [kind, hash, reason, by] = ['kind', 'hash', 'reason', 'by'].map((key) => textsOf(entry[key])[0] ?? '');
    return kind && hash && reason ? [{ kind, hash, reason, by: by ?? '' }] : [];
  });
}

function firstHeading(body: string): string | undefined {
  let fence = '';
  for (const line of body.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (mark !== '' && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    const heading = fence === '' ? /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line)?.[1] : undefined;
    if (heading !== undefined && heading !== '') return heading;
  }
  return undefined;
}
