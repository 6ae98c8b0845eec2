/** Which months and quarters a report is offered for. Free of vscode. */
import { periodAt, periodBeside, type PeriodOptions } from '../../domain/report/period';
import type { Period } from '../../domain/report/serviceReport';
import { instantOf } from '../../domain/time';

/** Rows of each kind in the view: the running one and those just before it. */
const RECENT = { month: 3, quarter: 4 } as const;
/** In the list that one chooses from, at most: ten years. */
const MOST = { month: 120, quarter: 40 } as const;

export function isRunning(period: Period, now: number): boolean {
  return now < instantOf(period.end);
}

/** The running month and quarter and those just before them; the newest of each kind first. */
export function recentPeriods(now: number, options: PeriodOptions): readonly Period[] {
  return [...lastPeriods('month', RECENT.month, now, options), ...lastPeriods('quarter', RECENT.quarter, now, options)];
}

/** From the running one back to the one that `since` lies in, the newest first, at least one full year. */
export function periodsSince(
  since: number,
  kind: Period['kind'],
  now: number,
  options: PeriodOptions,
): readonly Period[] {
  const atLeast = kind === 'month' ? 12 : 4;
  const periods = lastPeriods(kind, MOST[kind], now, options);
  return periods.filter((period, index) => index < atLeast || instantOf(period.end) > since);
}

function lastPeriods(kind: Period['kind'], count: number, now: number, options: PeriodOptions): readonly Period[] {
  const running = periodAt(now, kind, options);
  return Array.from({ length: count }, (_, index) => periodBeside(running, -index, options));
}

/** The one that a report on `now` is most often wanted of: the last full month. */
export function lastFullMonth(now: number, options: PeriodOptions): Period {
  return periodBeside(periodAt(now, 'month', options), -1, options);
}

/** A month's quarter, or the last month of a quarter that has begun. */
export function inKind(period: Period, kind: Period['kind'], now: number, options: PeriodOptions): Period {
  if (period.kind === kind) return period;
  return periodAt(Math.min(instantOf(period.end) - 1, now), kind, options);
}
