/** What the import page's host and view say to each other. Free of vscode; both sides import it. */
import * as v from 'valibot';
import type { OrderFound } from '../../domain/transfer/dates';
import type { Mapping } from '../../domain/transfer/mapping';
import type { NewNames } from '../../domain/transfer/names';
import type { Rejection } from '../../domain/transfer/plan';
import type { Language, Words } from '../../domain/words';

/** Of one column: its different words, the most frequent first; cut off where there are too many to be choices. */
export interface ColumnWords {
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly isAll: boolean;
}

export interface ImportPage {
  readonly fileName: string;
  readonly sheets: readonly string[];
  readonly sheet: number;
  readonly headers: readonly string[];
  readonly rowCount: number;
  /** In which row of the file the headers stand. */
  readonly headerRow: number;
  /** The first rows. */
  readonly preview: readonly (readonly string[])[];
  readonly words: Readonly<Record<string, ColumnWords>>;
  /** What the dates of the mapped columns say together. */
  readonly order: OrderFound;
  readonly mapping: Mapping;
  /** Names of the team's saved mappings. */
  readonly saved: readonly string[];
  /** What still keeps the mapping from being tried. */
  readonly lacks: readonly Words[];
  readonly language: Language;
  readonly bundle: Readonly<Record<string, string>>;
}

/** What a trial found; the lists are cut, the counts are not. */
export interface Trial {
  readonly cases: number;
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly duplicates: readonly Rejection[];
  readonly duplicateCount: number;
  readonly warnings: readonly Rejection[];
  readonly warningCount: number;
  /** How many names of each kind the team's lists lack. */
  readonly fresh: Omit<NewNames, 'forms'>;
}

export interface Outcome {
  readonly made: number;
  readonly isCancelled: boolean;
  /** Rows that were not imported: refused and known ones. */
  readonly left: number;
}

export type ToView =
  | { readonly type: 'show'; readonly page: ImportPage }
  /** What follows from a change of the mapping. */
  | { readonly type: 'look'; readonly mapping: Mapping; readonly order: OrderFound; readonly lacks: readonly Words[] }
  | { readonly type: 'tried'; readonly trial: Trial }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'saved'; readonly saved: readonly string[]; readonly name: string }
  | { readonly type: 'failed'; readonly message: string };

const texts = v.record(v.string(), v.string());

const mappingSchema = v.object({
  version: v.literal(1),
  name: v.string(),
  source: v.string(),
  rows: v.picklist(['case', 'change']),
  columns: v.record(v.string(), v.array(v.string())),
  constants: texts,
  values: v.record(v.string(), texts),
  unknown: v.array(v.string()),
  dateOrder: v.optional(v.picklist(['dmy', 'mdy'])),
  zone: v.string(),
});

/** Every message of the view, checked before the host believes it. */
export const fromViewSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('change'), mapping: mappingSchema }),
  v.object({ type: v.literal('sheet'), sheet: v.number() }),
  v.object({ type: v.literal('load'), name: v.string() }),
  v.object({ type: v.literal('save'), name: v.string() }),
  v.object({ type: v.literal('try') }),
  v.object({ type: v.literal('import'), isLearning: v.boolean() }),
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('showRejected') }),
  v.object({ type: v.literal('showCases') }),
]);

export type FromView = v.InferOutput<typeof fromViewSchema>;
