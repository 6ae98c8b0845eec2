/** What the engineer made of the drafts for results and next period's plan; kept whenever the report is made anew. */
import { isRecord } from '../record';
import { type Language, say } from '../words';
import type { DraftedLine } from './document/reportDocument';
import type { DraftLine, Drafts } from './serviceReport';

/** One line as the engineer wants it. */
export interface EditedLine {
  /** Of the draft it was, or "own:…" for one that the engineer added. */
  readonly key: string;
  /** Left out: as drafted, and kept in step with the figures. */
  readonly text?: string;
  /** What was drafted when the text was written: tells whether the figures have changed since. */
  readonly drafted?: string;
}

export interface EditedList {
  /** In the engineer's order. */
  readonly lines: readonly EditedLine[];
  /** Keys of drafts that the engineer took out. */
  readonly removed: readonly string[];
}

/** A list that is left out stands as drafted. */
export interface ReportEdits {
  readonly results?: EditedList;
  readonly plan?: EditedList;
}

export const noEdits: ReportEdits = {};

/**
 * The drafts of now under the engineer's hand: edited lines as they were written, removed ones gone, untouched ones with
 * today's figures, and findings that are new at the end. A draft whose finding is gone goes with it unless it was edited.
 */
export function edited(drafts: readonly DraftLine[], list: EditedList | undefined, language: Language): DraftedLine[] {
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]));
  const line = (draft: DraftLine): DraftedLine => ({
    key: draft.key,
    text: say(draft.text, language),
    isEdited: false,
    cases: draft.cases,
  });
  if (!list) return drafts.map(line);
  const kept = list.lines.flatMap(({ key, text, drafted }): DraftedLine[] => {
    const draft = byKey.get(key);
    if (text === undefined) return draft ? [line(draft)] : [];
    const now = draft && [draft.text.en, draft.text.zh];
    const isStale = draft !== undefined && drafted !== undefined && !now?.includes(drafted);
    const redrafted = isStale ? { redrafted: say(draft.text, language) } : {};
    return [{ key, text, isEdited: true, ...redrafted, cases: draft?.cases ?? [] }];
  });
  const known = new Set([...list.lines.map(({ key }) => key), ...list.removed]);
  return [...kept, ...drafts.filter(({ key }) => !known.has(key)).map(line)];
}

/** What a form gives back of one line. */
export interface TypedLine {
  /** Left out, or of no draft: a line that the engineer added. */
  readonly key?: string;
  readonly text: string;
}

/** Lines as they stand in the form, in its order, become edits; blank ones are taken out. */
export function editsOf(
  drafts: readonly DraftLine[],
  typed: readonly TypedLine[],
  language: Language,
  before?: EditedList,
): EditedList {
  const byKey = new Map(drafts.map((draft) => [draft.key, draft]));
  const earlier = new Map(before?.lines.map((line) => [line.key, line]));
  const used = new Set<string>();
  const filled = typed
    .map(({ key = '', text }) => ({ key, text: text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '');
  const ownKey = () => {
    for (let number = 1; ; number += 1) {
      const key = `own:${number}`;
      if (!used.has(key) && !filled.some((line) => line.key === key)) return key;
    }
  };
  const lines = filled.map(({ key, text }): EditedLine => {
    const isKnown = key !== '' && !used.has(key);
    const chosen = isKnown ? key : ownKey();
    used.add(chosen);
    const draft = byKey.get(chosen);
    const drafted = draft && say(draft.text, language);
    const old = earlier.get(chosen);
    if (text === drafted) return { key: chosen };
    // an edit that is left alone still answers the draft that it was made for
    if (old?.text === text) return old;
    return { key: chosen, text, ...(drafted !== undefined && { drafted }) };
  });
  const gone = (before?.removed ?? []).filter((key) => !used.has(key));
  const removed = drafts.map(({ key }) => key).filter((key) => !used.has(key) && !gone.includes(key));
  return { lines, removed: [...gone, ...removed] };
}

export function editedDrafts(
  { results, plan }: Drafts,
  edits: ReportEdits,
  language: Language,
): Record<keyof ReportEdits, DraftedLine[]> {
  return { results: edited(results, edits.results, language), plan: edited(plan, edits.plan, language) };
}

/** Undefined for what has another shape. */
export function readEdits(raw: unknown): ReportEdits | undefined {
  if (!isRecord(raw)) return undefined;
  const [results, plan] = [readList(raw['results']), readList(raw['plan'])];
  if ((raw['results'] !== undefined && !results) || (raw['plan'] !== undefined && !plan)) return undefined;
  return { ...(results && { results }), ...(plan && { plan }) };
}

function readList(raw: unknown): EditedList | undefined {
  if (!isRecord(raw) || !Array.isArray(raw['lines']) || !Array.isArray(raw['removed'])) return undefined;
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isLine = (value: unknown): value is EditedLine =>
    isRecord(value) &&
    isText(value['key']) &&
    ['text', 'drafted'].every((key) => value[key] === undefined || isText(value[key]));
  if (!raw['lines'].every(isLine) || !raw['removed'].every(isText)) return undefined;
  return { lines: raw['lines'], removed: raw['removed'] };
}
