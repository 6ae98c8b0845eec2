/** Articles chosen for a case that isn't recorded yet: a part of its draft, so that they outlive a reload. Free of the DOM. */
import type { FieldDef } from '../../../domain/sop/field';
import { w } from '../../../domain/words';
import type { Edits } from './formValues';

export interface Link {
  /** From the knowledge folder. */
  readonly path: string;
  readonly title: string;
}

/** Of the draft alone: it is no field of a form, and is sent beside the values. One row a link, its way and its title. */
export const linksField: FieldDef = {
  key: 'links',
  type: 'rows',
  label: w('Linked articles', '关联文章'),
  internal: true,
};

const BETWEEN = '\n';

export function linksIn(draft: Edits): readonly Link[] {
  const rows = draft.get(linksField.key);
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown) => {
    const [path = '', title = ''] = typeof row === 'string' ? row.split(BETWEEN) : [];
    return path === '' ? [] : [{ path, title: title === '' ? path : title }];
  });
}

/** The rows with this link, or without it where it was chosen; undefined where none is left. */
export function withLinkTurned(draft: Edits, link: Link): readonly string[] | undefined {
  const links = linksIn(draft);
  const others = links.filter(({ path }) => path !== link.path);
  const now = others.length < links.length ? others : [...links, link];
  return now.length === 0
    ? undefined
    : now.map(({ path, title }) => `${path}${BETWEEN}${title.replaceAll(BETWEEN, ' ')}`);
}
