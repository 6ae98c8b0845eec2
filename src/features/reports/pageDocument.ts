/**
 * The report's document as the page gets it. Ids of cases stay with the host: a quarter of a large team names each of
 * its thousands of cases in dozens of figures. A figure has a number by which its cases are asked for. Free of vscode.
 */
import { reportDocument } from '../../domain/report/document/build';
import type { Bar, Series } from '../../domain/report/charts';
import type { Cell } from '../../domain/report/document/cells';
import type {
  Block,
  Chart,
  Draft,
  DraftedLine,
  Headline,
  Paragraph,
  Part,
  ReportDocument,
  Section,
  Table,
} from '../../domain/report/document/reportDocument';
import type { ReportEdits } from '../../domain/report/edits';
import type { CaseIds } from '../../domain/report/figure';
import type { ServiceReport } from '../../domain/report/serviceReport';
import { type Language, say } from '../../domain/words';

/** Which cases stand behind it: their number, and where the host finds them. */
export interface PageFigure {
  readonly figure: number;
  readonly count: number;
}

export interface PageCell {
  readonly text: string;
  /** Words in a column of figures: "too few". */
  readonly isFigure: boolean;
  readonly cases?: PageFigure;
}

export interface PageTable extends Omit<Table, 'rows'> {
  readonly rows: readonly (readonly PageCell[])[];
  /** Rows that are not sent yet. */
  readonly more: number;
}

export interface PageSeries extends Omit<Series, 'cases'> {
  readonly cases: readonly (PageFigure | undefined)[];
}

export interface PageBar extends Omit<Bar, 'series'> {
  readonly series: readonly PageSeries[];
}

export interface PageChart extends Omit<Chart, 'bars'> {
  readonly bars: PageBar;
}

export interface PageLine extends Omit<DraftedLine, 'cases'> {
  readonly cases?: PageFigure;
  /** What Casebook drafts now; left out of lines that the engineer added. */
  readonly drafted?: string;
}

export interface PageDraft extends Omit<Draft, 'lines'> {
  readonly lines: readonly PageLine[];
  /** Drafts that the engineer took out, and that can be brought back. */
  readonly removed: number;
}

export type PageBlock = Paragraph | PageTable | PageChart | PageDraft;

export interface PagePart extends Omit<Part, 'blocks'> {
  readonly blocks: readonly PageBlock[];
}

export interface PageSection extends Omit<Section, 'parts'> {
  readonly parts: readonly PagePart[];
}

export interface PageHeadline extends Omit<Headline, 'cell'> {
  readonly cell: PageCell;
}

export interface PageDocument extends Omit<ReportDocument, 'headline' | 'sections'> {
  readonly headline: readonly PageHeadline[];
  readonly sections: readonly PageSection[];
}

/** Rows of a table that are sent at once. */
export const ROWS_AT_ONCE = 100;

/** Of the list of all cases, which is made in parts. */
const CASE_LIST = 'cases';

function tablesIn({ sections }: ReportDocument): ReadonlyMap<string, Table> {
  const blocks = sections.flatMap(({ parts }) => parts.flatMap((part) => part.blocks));
  return new Map(blocks.flatMap((block) => (block.kind === 'table' ? [[block.id, block] as const] : [])));
}

/** A document for the page, and what the page may ask for afterwards. */
export class PageMaker {
  private readonly figures: CaseIds[] = [];
  /** The same list is behind a figure wherever it stands. */
  private readonly numbers = new Map<CaseIds, number>();
  readonly document: PageDocument;
  /** What it was made of. */
  readonly source: ReportDocument;

  constructor(
    private readonly report: ServiceReport,
    readonly language: Language,
    private readonly options: { readonly edits: ReportEdits; readonly isFrozen: boolean },
  ) {
    this.source = this.documentOf(0);
    this.document = this.made(this.source);
  }

  /** With so much of the list of cases as is sent at once: all ten thousand would hold up the editor. */
  private documentOf(from: number): ReportDocument {
    const cases = this.report.cases.slice(from, from + ROWS_AT_ONCE);
    return reportDocument({ ...this.report, cases }, this.language, this.options);
  }

  private made(document: ReportDocument): PageDocument {
    return {
      ...document,
      headline: document.headline.map((headline) => ({ ...headline, cell: this.cell(headline.cell) })),
      sections: document.sections.map((section) => ({
        ...section,
        parts: section.parts.map((part) => ({ ...part, blocks: part.blocks.map((block) => this.block(block)) })),
      })),
    };
  }

  /** None for a number that was never given. */
  casesOf(figure: number): CaseIds {
    return this.figures[figure] ?? [];
  }

  rowsOf(table: string, from: number): Pick<PageTable, 'rows' | 'more'> {
    const isCaseList = table === CASE_LIST;
    const source = isCaseList && from > 0 ? this.documentOf(from) : this.source;
    const all = tablesIn(source).get(table)?.rows ?? [];
    const rows = isCaseList ? all : all.slice(from, from + ROWS_AT_ONCE);
    const total = isCaseList ? this.report.cases.length : all.length;
    return {
      rows: rows.map((row) => row.map((cell) => this.cell(cell))),
      more: Math.max(0, total - from - rows.length),
    };
  }

  /** One of the engineer's texts, as it stands with these edits. */
  draft(draft: Draft, edits: ReportEdits): PageDraft {
    const drafts = new Map(this.report.drafts[draft.id].map(({ key, text }) => [key, say(text, this.language)]));
    const lines = draft.lines.map(({ cases, ...line }): PageLine => {
      const drafted = drafts.get(line.key);
      return { ...line, ...this.figure(cases), ...(drafted !== undefined && { drafted }) };
    });
    const removed = (edits[draft.id]?.removed ?? []).filter((key) => drafts.has(key)).length;
    return { ...draft, lines, removed };
  }

  private block(block: Block): PageBlock {
    switch (block.kind) {
      case 'paragraph':
        return block;
      case 'table':
        return { ...block, ...this.rowsOf(block.id, 0) };
      case 'chart':
        return { ...block, bars: this.bars(block.bars) };
      case 'draft':
        return this.draft(block, this.options.edits);
    }
  }

  private bars(bars: Bar): PageBar {
    return {
      ...bars,
      series: bars.series.map((series) => ({
        ...series,
        cases: series.cases.map((cases) => this.figure(cases).cases),
      })),
    };
  }

  private cell({ text, value, cases }: Cell): PageCell {
    return { text, isFigure: value !== undefined, ...this.figure(cases) };
  }

  private figure(cases: CaseIds | undefined): { readonly cases?: PageFigure } {
    if (cases === undefined || cases.length === 0) return {};
    const known = this.numbers.get(cases);
    const figure = known ?? this.figures.push(cases) - 1;
    this.numbers.set(cases, figure);
    return { cases: { figure, count: cases.length } };
  }
}
