/** What a quick intake and a pasted text put into the form of a new case. */
import type { CaseKind } from '../case/state';
import type { Finding, FindingKey } from './readReport';

export type Filled = Readonly<Record<string, string>>;

/** The field in which a request keeps what an issue calls its description. */
export const descriptionKey = (kind: CaseKind): string => (kind === 'issue' ? 'description' : 'content');

/** The form's field that a finding is for. */
export function fieldOf(key: FindingKey, kind: CaseKind): string {
  if (key === 'description') return descriptionKey(kind);
  return key === 'error' ? 'title' : key;
}

/** The values that these findings fill in; the first of two for one field is taken. */
export function filledBy(findings: readonly Finding[], kind: CaseKind): Filled {
  const filled: Record<string, string> = {};
  for (const { key, value } of findings) filled[fieldOf(key, kind)] ??= value;
  return withOccurrence(filled, kind);
}

/** Two times are a range. */
export function withOccurrence(filled: Filled, kind: CaseKind): Filled {
  if (kind !== 'issue' || filled['occurredAt'] === undefined) return filled;
  return { ...filled, occurrence: filled['occurredUntil'] === undefined ? 'moment' : 'range' };
}
