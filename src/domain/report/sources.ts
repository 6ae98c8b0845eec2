/** What the report asks of the outside world. */
import type { CaseEvent } from '../case/event';
import type { PeriodOptions } from './period';
import type { Period, ReportFilter, ServiceReport } from './serviceReport';

/** One case's log, as much of it as can be read. */
export interface CaseLog {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  /** Lines that can't be read. */
  readonly quarantined: number;
}

export interface CaseLogs {
  /**
   * These cases in batches, so that whoever reads can give way between them; those that are not there any more, or
   * can't be read, are left out.
   */
  read(ids: readonly string[]): AsyncIterable<readonly CaseLog[]>;
}

/** One line of `usage/*.csv`. The header is `usageColumns`. */
export interface UsageEntry {
  readonly customer: string;
  /** Calendar dates, both inclusive: a day is twice the same. */
  readonly from: string;
  readonly until: string;
  /** Not negative; left out where the source does not say. */
  readonly logins?: number;
  readonly coreUses?: number;
  readonly source: string;
  readonly legalBasis: string;
}

/**
 * The header of `usage/*.csv`, UTF-8. `period` is a day "2026-09-07", a month "2026-09", a quarter "2026-Q3" of the
 * calendar year, or two days "2026-09-01/2026-09-30", the last one included.
 */
export const usageColumns = ['customer', 'period', 'logins', 'coreUses', 'source', 'legalBasis'] as const;

export interface UsageData {
  readonly entries: readonly UsageEntry[];
  /** Lines that can't be read: file and 1-based line. */
  readonly problems: readonly { readonly file: string; readonly line: number }[];
}

export interface UsageStore {
  read(): Promise<UsageData>;
}

/** What a frozen report holds for good; kept beside it, so that later records are told from its own. */
export interface FrozenReport {
  /** "2026-09" */
  readonly period: string;
  readonly start: string;
  readonly end: string;
  readonly frozenAt: string;
  /** Ids of what it counted as received and as closed. */
  readonly received: readonly string[];
  readonly closed: readonly string[];
}

export interface FrozenReports {
  list(): Promise<readonly FrozenReport[]>;
}

export interface ReportOptions {
  readonly filter?: ReportFilter;
  /** IANA name; left out: that of the team's calendar, or else the machine's. */
  readonly zone?: string;
  /** Ends the making between two of its slices; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called when the list of cases was read anew: what changes from then on may not be in the report. */
  readonly onRead?: () => void;
}

/** Makes reports from the casebook. */
export interface Reports {
  /**
   * @param period "2026-09" or "2026-Q3"
   * @throws PeriodError for what is no period, or has not begun
   */
  generate(period: string, options?: ReportOptions): Promise<ServiceReport>;
  /** The month or quarter that is now. */
  current(kind: Period['kind']): Period;
  /** By which periods are counted here. */
  options(): PeriodOptions;
}
