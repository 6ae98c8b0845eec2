/** The reports of the casebook as files, and what the report asks of whoever keeps and makes them. */
import type { Language } from '../words';
import type { DocumentOptions } from './document/build';
import type { ReportEdits } from './edits';
import { fingerprint } from './plainText';
import type { ReportFilter, ServiceReport } from './serviceReport';
import type { FrozenReport, FrozenReports } from './sources';

export const reportFormats = ['markdown', 'html', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** One file of a report. */
export interface RenderedFile {
  /** Below the reports' folder, with "/": "2026-Q3.html", "2026-Q3/customers.svg". */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What the files are made of. */
export interface RenderWork {
  readonly report: ServiceReport;
  readonly language: Language;
  readonly options: DocumentOptions;
  /** What the names begin with: "2026-Q3". */
  readonly stem: string;
  readonly formats: readonly ReportFormat[];
}

export interface ReportRenderer {
  /** Without taking the editor's turn, however many cases the report is about. */
  render(work: RenderWork): Promise<readonly RenderedFile[]>;
}

/** A report that has files. */
export interface StoredReport {
  /** "2026-Q3", or with what tells a filtered one apart: "2026-Q3.ERP". */
  readonly name: string;
  /** "2026-Q3" */
  readonly period: string;
  /** Names below the folder, without pictures. */
  readonly files: readonly string[];
  readonly isFrozen: boolean;
  /** Milliseconds since the epoch, of the newest file. */
  readonly modifiedAt: number;
}

/** What the engineer made of the drafts, as it is kept in `<name>.edits.json`: the one place where it stands. */
export interface KeptEdits {
  readonly edits: ReportEdits;
  /** Fingerprint of the markdown whose hand-made changes are already in them; empty where there are none. */
  readonly seen: string;
}

export interface KeptFrozen {
  readonly frozen: FrozenReport;
  readonly report: ServiceReport;
}

/** Reports lie in `reports/` of the casebook. Whatever is written is written whole or not at all. */
export interface ReportShelf extends FrozenReports {
  /** Absolute path. */
  readonly folder: string;
  reports(): Promise<readonly StoredReport[]>;
  /** @throws ReportShelfError where the file can't be read: it is left as it is */
  edits(name: string): Promise<KeptEdits>;
  /** Changes them under a lock. @throws ReportShelfError */
  changeEdits(name: string, change: (kept: KeptEdits) => KeptEdits): Promise<KeptEdits>;
  /** Absolute. Undefined where no edits are kept. */
  editsPath(name: string): Promise<string | undefined>;
  /** Text of a file below the folder; undefined where there is none. */
  textOf(file: string): Promise<string | undefined>;
  /** @returns absolute paths */
  write(files: readonly RenderedFile[]): Promise<readonly string[]>;
  /** Keeps a file under another name: "2026-Q3.kept-1.md". @returns its absolute path */
  setAside(file: string): Promise<string>;
  /** @returns absolute path @throws ReportOutputError 'frozen' where it is already */
  freeze(kept: KeptFrozen): Promise<string>;
  /** Undefined for a period that is not frozen. @throws ReportShelfError */
  frozen(period: string): Promise<KeptFrozen | undefined>;
  unfreeze(period: string): Promise<void>;
}

/** A file of a report can't be used; it was left as it is. */
export class ReportShelfError extends Error {
  override readonly name = 'ReportShelfError';
  constructor(
    /** `unreadable`: no JSON of ours. `newer`: from a newer Casebook. */
    readonly reason: 'unreadable' | 'newer',
    /** Absolute path. */
    readonly path: string,
  ) {
    super(`${reason}: ${path}`);
  }
}

/** So many parts of a filter are named; file names have at most 255 bytes, and a Chinese sign takes three of them. */
const NAMED = 2;
const LONGEST = 20;

/**
 * What the files of a report are named after: its period, and the parts of its filter, so that a report on one product
 * or customer takes the place of no other: "2026-Q3.customer-Acme". The order of a filter's parts makes no difference.
 */
export function reportName(period: string, { kind, customers = [], products = [] }: ReportFilter = {}): string {
  const parts = [
    ...(kind ? [kind] : []),
    ...[...new Set(products)].toSorted().map((name) => partName('product', name)),
    ...[...new Set(customers)].toSorted().map((name) => partName('customer', name)),
  ];
  const rest = parts.slice(NAMED);
  const more = rest.length === 0 ? [] : [`more-${markOf(rest.join('.'))}`];
  return [period, ...parts.slice(0, NAMED), ...more].join('.');
}

/** A name that can't stand as it is gets a mark, so that "A/B" and "A+B" are two. */
function partName(what: string, name: string): string {
  const plain = Array.from(name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, ''))
    .slice(0, LONGEST)
    .join('');
  const isWhole = plain.replaceAll('-', ' ') === name;
  return [what, plain, isWhole ? '' : markOf(name)].filter((part) => part !== '').join('-');
}

const markOf = (text: string) => fingerprint(text).slice(-6);

/** Begins with the period, and names nothing outside the folder. */
export function isReportName(name: string): boolean {
  return /^\d{4}-(?:\d{2}|Q[1-4])(?:\.[\p{L}\p{N}-]+)*$/u.test(name);
}
