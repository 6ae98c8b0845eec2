/** Which report is meant, and what can be done with it. */
import type { Period, ReportFilter } from '../../domain/report/serviceReport';
import type { Language } from '../../domain/words';

export interface Shown {
  readonly period: Period;
  readonly language: Language;
  /** Empty: all cases. */
  readonly filter: ReportFilter;
}

export type Act = 'export' | 'commit' | 'freeze' | 'unfreeze';
