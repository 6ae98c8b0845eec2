/** What a good article still lacks: an outline for its author, never a score and never in the way. */
import type { ArticleEntry } from '../ports';
import { sectionNames, unwrittenSections } from './draft';
import { partFrontMatter } from './frontMatter';

export interface Lack {
  readonly kind: 'unwritten' | 'missing' | 'tags' | 'versions';
  /** The section's heading, in the article's language. */
  readonly section: string;
  /** Where to say so. */
  readonly start: number;
  readonly end: number;
}

/** Empty for a document that was not made as one of our articles: it may be built in another way. */
export function lacksOf(text: string, { tags, versions }: Pick<ArticleEntry, 'tags' | 'versions'>): Lack[] {
  const present = headingsOf(text);
  const has = (name: string) => present.some(({ heading }) => heading === name);
  const wanted = (['en', 'zh-CN'] as const)
    .map(sectionNames)
    .find((names) => names.filter(has).length >= names.length / 2);
  if (!wanted) return [];
  const head = headOf(text);
  const unwritten = unwrittenSections(text).map((section): Lack => {
    const at = present.find(({ heading }) => heading === section);
    return { kind: 'unwritten', section, start: at?.start ?? 0, end: at?.end ?? 0 };
  });
  const missing = wanted.filter((name) => !has(name)).map((section): Lack => ({ kind: 'missing', section, ...head }));
  const labels: readonly Lack['kind'][] = [
    ...(tags.length === 0 ? (['tags'] as const) : []),
    ...(versions.length === 0 ? (['versions'] as const) : []),
  ];
  return [...unwritten, ...missing, ...labels.map((kind): Lack => ({ kind, section: '', ...head }))];
}

/** The title's line in the front matter, else the first line. */
function headOf(text: string): { readonly start: number; readonly end: number } {
  const matter = partFrontMatter(text);
  const title = matter && /^title[ \t]*:[^\r\n]*/m.exec(matter.frontMatter);
  const start = matter && title ? matter.start + title.index : 0;
  return { start, end: title ? start + title[0].length : (/^[^\r\n]*/.exec(text)?.[0].length ?? 0) };
}

function headingsOf(text: string): { readonly heading: string; readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/^## +(.+?)[ \t]*\r?$/gm)].map((match) => ({
    heading: (match[1] ?? '').trim(),
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }));
}
