/** How the Knowledge view arranges articles: what needs somebody first, then by category and tag. */
import type { Standing } from '../../domain/article/standing';

export type SectionKind = 'review' | 'drafts' | 'recent' | 'category' | 'tags' | 'tag' | 'idle';

export interface Section {
  readonly kind: SectionKind;
  /** Of a category or tag; empty for an article without category. */
  readonly name: string;
  readonly articles: readonly Standing[];
  readonly sections: readonly Section[];
}

/** Made once: `localeCompare` takes several times as long for ten thousand titles. */
const collator = new Intl.Collator();

/** A small knowledge base needs no list of what is new in it. */
const RECENT = 10;

export function sectionsOf(standings: readonly Standing[]): readonly Section[] {
  const living = standings.filter(({ entry }) => entry.state !== 'archived');
  const recent = living.toSorted((a, b) => b.entry.modifiedAt - a.entry.modifiedAt).slice(0, RECENT);
  const sections = [
    section('review', byTitle(living.filter(({ review }) => review !== undefined))),
    section('drafts', byTitle(living.filter(({ entry, review }) => entry.state === 'draft' && review === undefined))),
    section('recent', living.length > RECENT ? recent : []),
    ...named(standings, 'category', ({ entry }) => [entry.categories[0] ?? '']),
    { ...section('tags', []), sections: named(living, 'tag', ({ entry }) => entry.tags) },
    section('idle', byTitle(living.filter(({ isStale }) => isStale))),
  ];
  return sections.filter(({ articles, sections: inner }) => articles.length + inner.length > 0);
}

function section(kind: SectionKind, articles: readonly Standing[], name = ''): Section {
  return { kind, name, articles, sections: [] };
}

function named(
  standings: readonly Standing[],
  kind: SectionKind,
  namesOf: (standing: Standing) => readonly string[],
): Section[] {
  const found = new Map<string, Standing[]>();
  for (const standing of standings) {
    for (const name of namesOf(standing)) {
      const known = found.get(name);
      if (known) known.push(standing);
      else found.set(name, [standing]);
    }
  }
  return [...found]
    .toSorted(([a], [b]) => Number(a === '') - Number(b === '') || collator.compare(a, b))
    .map(([name, articles]) => section(kind, byTitle(articles), name));
}

const byTitle = (standings: readonly Standing[]) =>
  standings.toSorted((a, b) => collator.compare(a.entry.title, b.entry.title));
