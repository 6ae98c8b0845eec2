/** What stands on the page, and what can be done with it. */
import type { ServiceReport } from '../../domain/report/serviceReport';
import type { Language } from '../../domain/words';

export interface Shown {
  readonly report: ServiceReport;
  readonly language: Language;
}

export type Act = 'export' | 'commit' | 'freeze' | 'unfreeze';
