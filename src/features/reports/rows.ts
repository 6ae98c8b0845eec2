/** What the Reports view lists: the running and the last periods, then whatever else lies in the folder. Free of vscode. */
import { type PeriodOptions, readPeriod } from '../../domain/report/period';
import type { StoredReport } from '../../domain/report/reportShelf';
import type { Period } from '../../domain/report/serviceReport';
import type { CaseSummary } from '../../domain/summary';
import { instantOf } from '../../domain/time';
import { isRunning, recentPeriods } from './periods';

export interface PeriodRow {
  readonly period: Period;
  readonly isRunning: boolean;
  /** What lies in the folder of it. */
  readonly kept?: KeptPeriod;
}

/** All files of one period's reports, filtered ones too. */
export interface KeptPeriod {
  readonly isFrozen: boolean;
  /** There are files of the whole report, not only of one customer's or product's. */
  readonly isWritten: boolean;
  /** Names below the folder of reports. */
  readonly files: readonly string[];
  /** Of the whole report, milliseconds since the epoch; 0 where it is not written. */
  readonly modifiedAt: number;
}

/** Months first, the newest first of each kind; nothing where there is neither a case nor a report. */
export function rowsOf(
  stored: readonly StoredReport[],
  hasCases: boolean,
  now: number,
  options: PeriodOptions,
): readonly PeriodRow[] {
  const byPeriod = keptPeriods(stored);
  const recent = hasCases ? recentPeriods(now, options) : [];
  const known = new Set(recent.map(({ id }) => id));
  const others = [...byPeriod.keys()].filter((id) => !known.has(id)).flatMap((id) => periodsOf(id, options));
  return [...recent, ...others].toSorted(newestFirst).map((period) => {
    const kept = byPeriod.get(period.id);
    return { period, isRunning: isRunning(period, now), ...(kept && { kept }) };
  });
}

/** Changes whenever a case does, one that is not the latest as well: another copy's older events may be merged in. */
export function stampOf(
  summaries: readonly Pick<CaseSummary, 'updatedAt' | 'conflicts' | 'quarantined' | 'unknown'>[],
): string {
  let [times, rest] = [0, 0];
  for (const { updatedAt, conflicts, quarantined, unknown } of summaries) {
    times += instantOf(updatedAt);
    rest += conflicts + quarantined + unknown;
  }
  return `${summaries.length} ${times} ${rest}`;
}

export function keptPeriods(stored: readonly StoredReport[]): ReadonlyMap<string, KeptPeriod> {
  const periods = new Map<string, KeptPeriod>();
  for (const { name, period, isFrozen, files, modifiedAt } of stored) {
    // texts alone are no report yet
    if (files.length === 0 && !isFrozen) continue;
    const before = periods.get(period);
    const isWritten = name === period && files.length > 0;
    periods.set(period, {
      isFrozen: isFrozen || before?.isFrozen === true,
      files: [...(before?.files ?? []), ...files],
      isWritten: isWritten || before?.isWritten === true,
      modifiedAt: Math.max(isWritten ? modifiedAt : 0, before?.modifiedAt ?? 0),
    });
  }
  return periods;
}

/** A file that somebody named otherwise is no report of ours. */
function periodsOf(id: string, options: PeriodOptions): readonly Period[] {
  try {
    return [readPeriod(id, options)];
  } catch {
    return [];
  }
}

function newestFirst(a: Period, b: Period): number {
  if (a.kind !== b.kind) return a.kind === 'month' ? -1 : 1;
  return instantOf(b.start) - instantOf(a.start);
}
