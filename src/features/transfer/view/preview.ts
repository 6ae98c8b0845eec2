/** What the file says before anything is made of it. */
import * as l10n from '@vscode/l10n';
import { el } from '../../../platform/view/dom';
import type { ImportPage } from '../protocol';

/** The first rows of the file, as they stand there. */
export function previewTable({ headers, preview }: Pick<ImportPage, 'headers' | 'preview'>): HTMLElement {
  const table = el(
    'table',
    { class: 'preview' },
    el('thead', {}, el('tr', {}, ...headers.map((header) => el('th', {}, header)))),
    el(
      'tbody',
      {},
      ...preview.map((row) => el('tr', {}, ...headers.map((_, index) => el('td', {}, cut(row[index] ?? ''))))),
    ),
  );
  return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('The first rows') }, table);
}

/** The beginning of a cell, on one line: a log is seen for what it is. */
function cut(cell: string): string {
  const line = cell.slice(0, 200).replace(/\s+/g, ' ').trim();
  return line.length > 36 ? `${line.slice(0, 35)}…` : line;
}
