/** The report itself: its title, its figures, and section by section what is charted, told and listed. */
import { fill, type Language, say, w } from '../../../domain/words';
import { el, icon, place } from '../../../platform/view/dom';
import type { PageBlock, PageChart, PageDocument, PageDraft, PagePart, PageSection, PageTable } from '../pageDocument';
import type { DraftId } from '../protocol';
import { Charts } from './charts';
import type { DraftEditor } from './draftEditor';
import { headline } from './headline';
import { notice } from './notice';
import { type TableActions, TableView } from './tables';

export interface DocumentActions extends TableActions {
  readonly editorOf: (draft: PageDraft) => DraftEditor;
}

/** A chart and the table that stands behind it, or what stands by itself. */
type Group =
  | { readonly chart: PageChart; readonly table?: PageTable }
  | { readonly block: Exclude<PageBlock, PageChart> };

/** From so many columns on a table needs the whole width. */
const WIDE = 6;
/** More rows than these are folded until somebody wants them. */
const LONG = 10;

export class DocumentView {
  private readonly charts = new Charts();
  private readonly tables = new Map<string, TableView>();
  private readonly kept = new Map<DraftId, HTMLElement>();

  private language: Language = 'en';

  constructor(
    readonly element: HTMLElement,
    private readonly actions: DocumentActions,
  ) {}

  show(document: PageDocument): void {
    this.clear();
    this.language = document.language;
    const { title, subtitle, nothing, sections, facts } = document;
    const head = el('header', { class: 'reportTitle' }, el('h1', {}, title), el('p', {}, subtitle));
    const about = facts.map(({ label, text }) => el('div', {}, el('dt', {}, label), el('dd', {}, text)));
    this.element.append(
      head,
      headline(document, this.actions.showCases),
      ...(nothing === '' ? [] : [notice('info', nothing)]),
      ...sections.map((section) => this.section(section)),
      el('dl', { class: 'reportFacts' }, ...about),
    );
  }

  clear(): void {
    this.charts.clear();
    this.tables.clear();
    this.kept.clear();
    this.element.replaceChildren();
  }

  addRows(table: string, rows: PageTable['rows'], more: number): void {
    this.tables.get(table)?.add(rows, more);
  }

  /** Unfolds what is all there is to a part. */
  unfold(): void {
    for (const each of this.element.querySelectorAll<HTMLDetailsElement>('.lone > details')) each.open = true;
  }

  /** @param words empty: nothing is said */
  showKept(id: DraftId, words: string): void {
    const note = this.kept.get(id);
    if (note) place(note, words === '' ? [] : [icon('check'), document.createTextNode(` ${words}`)]);
  }

  private section({ id, number, title, parts }: PageSection): HTMLElement {
    const heading = el('h2', { id: `section-${id}` }, el('span', { class: 'ordinal' }, number), ` ${title}`);
    const isRow = parts.length > 1 && parts.every((part) => isCompact(part));
    // a sentence and a chart each: their lines are level
    const isLevel = isRow && parts.every(({ blocks }) => groupsOf(blocks).length === 2);
    const list = el(
      'div',
      { class: isLevel ? 'parts inRow level' : isRow ? 'parts inRow' : 'parts' },
      ...parts.map((part) => this.part(part, isRow)),
    );
    const section = el('section', { class: 'reportSection', 'data-section': id }, heading, list);
    section.setAttribute('aria-labelledby', heading.id);
    return section;
  }

  private part(part: PagePart, isInRow: boolean): HTMLElement {
    const { id, number, title, blocks } = part;
    const heading = el(
      'div',
      { class: 'partHead' },
      el('h3', {}, el('span', { class: 'ordinal' }, number), ` ${title}`),
    );
    const draft = blocks.find((block) => block.kind === 'draft');
    if (draft) {
      const note = el('span', { class: 'quiet kept' });
      this.kept.set(draft.id, note);
      heading.append(note);
    }
    const groups = groupsOf(blocks);
    const isLone = !isInRow && groups.filter((group) => 'chart' in group).length === 1 && isCompact(part);
    const content = groups.map((group) => this.group(group, isLone));
    return el('article', { class: 'part', 'data-part': id }, heading, el('div', { class: 'groups' }, ...content));
  }

  private group(group: Group, isLone: boolean): HTMLElement {
    if ('chart' in group) {
      const chart = this.charts.add(group.chart, this.actions.showCases);
      const table = group.table && this.folded(group.table);
      const isNarrow = (group.table?.columns.length ?? 0) < WIDE;
      const looks = ['group charted', isNarrow ? 'narrow' : '', isLone ? 'lone' : ''].filter((look) => look !== '');
      const title = el('div', { class: 'chartTitle' }, group.chart.title);
      return el('div', { class: looks.join(' ') }, el('div', { class: 'drawn' }, title, chart), table);
    }
    const { block } = group;
    switch (block.kind) {
      case 'paragraph':
        return el('p', { class: block.isNote ? 'group wide quiet' : 'group wide' }, block.text);
      case 'table': {
        const table = this.table(block);
        const isLong = block.rows.length > LONG;
        const isWide = block.columns.length >= WIDE || isLong;
        return el('div', { class: isWide ? 'group wide' : 'group' }, isLong ? this.folded(block, table) : table);
      }
      case 'draft':
        return el('div', { class: 'group wide' }, this.actions.editorOf(block).element);
    }
  }

  private folded(table: PageTable, element = this.table(table)): HTMLElement {
    return folded(table.id, say(fill(w('Table: {0}', '数据表：{0}'), table.title), this.language), element);
  }

  private table(table: PageTable): HTMLElement {
    const view = new TableView(table, this.actions);
    this.tables.set(table.id, view);
    return view.element;
  }
}

/** One chart with its table, and sentences: several such parts stand side by side. */
function isCompact({ blocks }: PagePart): boolean {
  return groupsOf(blocks).every((group) => 'chart' in group || group.block.kind === 'paragraph');
}

/** The table that follows a chart has its numbers. */
function groupsOf(blocks: readonly PageBlock[]): readonly Group[] {
  return blocks.flatMap((block, index): readonly Group[] => {
    if (block.kind === 'chart') {
      const next = blocks[index + 1];
      return [next?.kind === 'table' ? { chart: block, table: next } : { chart: block }];
    }
    return block.kind === 'table' && blocks[index - 1]?.kind === 'chart' ? [] : [{ block }];
  });
}

/** @param name of the table, in the report's language as all of the report is */
function folded(id: string, name: string, table: HTMLElement): HTMLElement {
  const summary = el('summary', { 'data-focus': `table-${id}` }, name);
  return el('details', { class: 'behind', 'data-fold': `table-${id}` }, summary, table);
}
