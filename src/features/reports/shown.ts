/** Which report is meant, and what can be done with it. */
import type { Period } from '../../domain/report/serviceReport';
import type { Language } from '../../domain/words';

export interface Shown {
  readonly period: Period;
  readonly language: Language;
}

export type Act = 'export' | 'commit' | 'freeze' | 'unfreeze';
