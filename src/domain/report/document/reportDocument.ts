/**
 * The report as it is read: sections of figures, sentences, tables, charts and the engineer's own texts, in one
 * language. Page, markdown, HTML, CSV and spreadsheet all print this, so that none says what another does not.
 */
import type { Language } from '../../words';
import type { Bar } from '../charts';
import type { CaseIds } from '../figure';
import type { ReportFilter } from '../serviceReport';
import type { Cell } from './cells';

export interface ReportDocument {
  readonly language: Language;
  /** "2026-Q3" */
  readonly period: string;
  /** What it was made of, as machines read it. */
  readonly made: Made;
  /** "Service report" */
  readonly title: string;
  /** "Q3 2026 · as of …" */
  readonly subtitle: string;
  readonly isProvisional: boolean;
  readonly isFrozen: boolean;
  /** No case was received, closed or open in the period: what it then has to say. */
  readonly nothing: string;
  readonly isPseudonymised: boolean;
  /** The same for readers: period, what it is compared with, filters. */
  readonly facts: readonly Fact[];
  readonly headline: readonly Headline[];
  readonly sections: readonly Section[];
}

export interface Made {
  /** ISO-8601 with offsets, half-open. */
  readonly start: string;
  readonly end: string;
  /** IANA name. */
  readonly zone: string;
  readonly asOf: string;
  readonly generatedAt: string;
  readonly filter: ReportFilter;
}

export interface Fact {
  readonly id: 'period' | 'previous' | 'asOf' | 'generatedAt' | 'filter';
  readonly label: string;
  readonly text: string;
}

/** One of the figures at the top. */
export interface Headline {
  readonly id: 'received' | 'closed' | 'resolutionRate' | 'firstResponse' | 'backlog';
  readonly label: string;
  readonly cell: Cell;
  /** Beside it, smaller: "p90 2 h 10 min". Empty where there is nothing to say. */
  readonly detail: string;
  /** Against the period before; empty where nothing is compared. */
  readonly change: string;
  /** Whether that change is good news; left out where it is neither. */
  readonly isBetter?: boolean;
}

export interface Section {
  readonly id: 'concentration' | 'activity' | 'outlook' | 'appendix';
  /** "1" */
  readonly number: string;
  readonly title: string;
  readonly parts: readonly Part[];
}

export interface Part {
  /** "customers": the same in every report, unique in it. */
  readonly id: string;
  /** "1.1" */
  readonly number: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | Table | Chart | Draft;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
  /** A remark on how to read the figures, smaller than what they say. */
  readonly isNote: boolean;
}

export interface Column {
  /** Unique in the table. */
  readonly id: string;
  readonly title: string;
  /** `case` is a case's id, `text` may be long, `label` is not; the others are values. */
  readonly kind: 'text' | 'label' | 'case' | 'number' | 'percent' | 'duration' | 'date' | 'time';
}

export interface Table {
  readonly kind: 'table';
  /** Unique in the report. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** One cell for each column. Without rows `empty` stands in the table's place. */
  readonly rows: readonly (readonly Cell[])[];
  readonly empty: string;
}

export interface Chart {
  readonly kind: 'chart';
  /** Unique in the report; names the picture's file. */
  readonly id: string;
  readonly title: string;
  /** Says in words what the picture shows; its numbers are in a table of the same part. */
  readonly description: string;
  readonly bars: Bar;
}

/** A text that is the engineer's: drafted, edited, kept. */
export interface Draft {
  readonly kind: 'draft';
  readonly id: 'results' | 'plan';
  readonly title: string;
  readonly lines: readonly DraftedLine[];
  readonly empty: string;
}

export interface DraftedLine {
  /** Of the draft it comes from; lines that the engineer added have keys of their own ("own:1"). */
  readonly key: string;
  /** Plain text, one line. */
  readonly text: string;
  /** The engineer wrote it, or changed it. */
  readonly isEdited: boolean;
  /** Of an edited line: what is drafted now, where that is no longer what was drafted when it was edited. */
  readonly redrafted?: string;
  readonly cases: CaseIds;
}
