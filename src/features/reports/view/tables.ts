/** Tables of the report; a long one comes in parts. */
import * as l10n from '@vscode/l10n';
import type { Column } from '../../../domain/report/document/reportDocument';
import { numberText } from '../../../domain/report/sayFigures';
import { button } from '../../../platform/view/controls';
import { el } from '../../../platform/view/dom';
import type { PageCell, PageTable } from '../pageDocument';
import { figureElement, type ShowCases } from './figure';

export interface TableActions {
  readonly showCases: ShowCases;
  readonly openCase: (id: string) => void;
  readonly more: (table: string, from: number) => void;
}

const figures: readonly Column['kind'][] = ['number', 'percent', 'duration'];

export class TableView {
  readonly element: HTMLElement;
  private readonly body = el('tbody');
  private readonly foot = el('div', { class: 'tableMore' });
  private shown = 0;

  /** @param isCaptioned its title is read before it; otherwise it stands in the heading above */
  constructor(
    private readonly table: PageTable,
    private readonly actions: TableActions,
  ) {
    const { id, title, columns, rows, empty, more } = table;
    if (rows.length === 0) {
      const name = el('div', { class: 'chartTitle' }, title);
      this.element = el('div', { class: 'table', 'data-table': id }, name, el('p', { class: 'quiet' }, empty));
      return;
    }
    const head = el('tr', {}, ...columns.map((column) => headCell(column)));
    const grid = el('table', {}, el('caption', {}, title), el('thead', {}, head), this.body);
    // a wide table is moved by the keyboard as well
    const scroller = el('div', { class: 'tableScroll', role: 'region', tabindex: '0', 'aria-label': title }, grid);
    this.element = el('div', { class: 'table', 'data-table': id }, scroller, this.foot);
    this.add(rows, more);
  }

  add(rows: PageTable['rows'], more: number): void {
    this.shown += rows.length;
    this.body.append(...rows.map((row) => el('tr', {}, ...row.map((cell, index) => this.cell(cell, index, row)))));
    this.foot.replaceChildren();
    if (more === 0) return;
    const wanted = l10n.t('Show more ({0} left)', numberText(more));
    const from = this.shown;
    const pressed = () => this.actions.more(this.table.id, from);
    this.foot.append(button({ label: wanted, look: 'secondary', does: 'more', pressed }));
  }

  private cell(cell: PageCell, index: number, row: readonly PageCell[]): HTMLElement {
    const column = this.table.columns[index];
    const isHead = index === 0 && column !== undefined && !figures.includes(column.kind);
    const isFigure = column !== undefined && figures.includes(column.kind);
    const isLong = column?.id === 'change';
    const attributes = { class: isFigure ? (isLong ? 'number long' : 'number') : (column?.kind ?? '') };
    const content = this.content(cell, column, row);
    if (!isHead) return el('td', attributes, content);
    const head = el('th', attributes, content);
    head.scope = 'row';
    return head;
  }

  private content(cell: PageCell, column: Column | undefined, row: readonly PageCell[]): HTMLElement | string {
    if (column?.kind === 'case' && cell.text !== '') return caseButton(cell.text, this.actions.openCase);
    const about = [row[0]?.text, column?.title].filter(
      (part) => part !== undefined && part !== '' && part !== cell.text,
    );
    return figureElement(cell.text, cell.cases, [this.table.title, ...about].join(' · '), this.actions.showCases);
  }
}

function headCell({ title, kind }: Column): HTMLElement {
  const head = el('th', figures.includes(kind) ? { class: 'number' } : {}, title);
  head.scope = 'col';
  return head;
}

function caseButton(id: string, open: (id: string) => void): HTMLElement {
  const opener = el('button', { class: 'figure caseId', title: l10n.t('Open the case') }, id);
  opener.type = 'button';
  opener.addEventListener('click', () => open(id));
  return opener;
}
