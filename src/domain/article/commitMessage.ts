/** The message of an article's commit, from the team's template. */
import type { ArticleEntry } from '../ports';

export const defaultCommitMessage = 'kb: {title}\n\nCases: {cases}';

/**
 * @param template `{title}`, `{cases}`, `{category}` and `{tags}` stand for the article's own; a line whose places are
 *   all empty is left out
 */
export function commitMessage(template: string, entry: ArticleEntry): string {
  const parts: Readonly<Record<string, string>> = {
    title: entry.title,
    cases: entry.cases.join(', '),
    category: entry.categories[0] ?? '',
    tags: entry.tags.join(', '),
  };
  const place = /\{(title|cases|category|tags)\}/g;
  const lines = template.split('\n').flatMap((line) => {
    const named = [...line.matchAll(place)].map(([, name = '']) => parts[name] ?? '');
    if (named.length > 0 && named.every((part) => part.trim() === '')) return [];
    return [line.replace(place, (_, name: string) => (parts[name] ?? '').replace(/\s+/g, ' ')).trimEnd()];
  });
  const message = lines.join('\n').trim();
  return message === '' ? entry.title.replace(/\s+/g, ' ') : message;
}
