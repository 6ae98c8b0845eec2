/** Which documents a query admits beside its text. */
import type { FindQuery } from '../../domain/search/find';
import type { Known } from './sources';

const folded = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** @returns for each document whether the query's filters admit it */
export function admits(query: FindQuery): (id: string, known: Known) => boolean {
  const { only, kind, exclude } = query;
  const [product, version, tag, customer] = [query.product, query.version, query.tag, query.customer].map((text) =>
    folded(text ?? ''),
  );
  const begins = (names: readonly string[], wanted: string | undefined) =>
    !wanted || names.some((name) => folded(name).startsWith(wanted));
  return (id, known) => {
    if (id === exclude || (only !== undefined && known.is !== only)) return false;
    if (kind !== undefined && !id.startsWith(kind === 'issue' ? 'ISS-' : 'REQ-')) return false;
    const { facets } = known;
    return (
      begins(facets.products, product) &&
      begins(facets.tags, tag) &&
      begins([facets.customer], customer) &&
      (!version || facets.versions.some((name) => isVersion(folded(name), version)))
    );
  };
}

/** "8.3" and "v8.3" also mean 8.3.1, but not 8.30. */
function isVersion(name: string, wanted: string): boolean {
  const [have, want] = [name.replace(/^v(?=\d)/, ''), wanted.replace(/^v(?=\d)/, '')];
  return have.startsWith(want) && !/^\d/.test(have.slice(want.length));
}
