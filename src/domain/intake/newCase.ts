/** A case before it is recorded, as forms and drafts name it: "issue/3f9c2a41". Each such form has a draft of its own. */
import type { CaseKind } from '../case/state';
import type { KeptDraft } from '../ports';
import { instantOf } from '../time';

/** A Casebook before 0.2 kept one draft a kind, under the kind alone. */
const NEW_CASE = /^(issue|request)(?:\/([\w-]{1,64}))?$/;

/** The key under which a draft holds the form of a case that isn't recorded yet. */
export const OPENING = 'open';

/** Undefined for the id of a case, and for anything else. */
export function newCaseKind(target: string): CaseKind | undefined {
  const kind = NEW_CASE.exec(target)?.[1];
  return kind === 'issue' || kind === 'request' ? kind : undefined;
}

/** @param draft letters and digits, other ones for each form */
export function newCaseTarget(kind: CaseKind, draft: string): string {
  return `${kind}/${draft}`;
}

/** Where a draft without an id goes: the same place from every window that moves it. */
export function withDraftId(target: string): string {
  return target === 'issue' || target === 'request' ? newCaseTarget(target, 'first') : target;
}

/** Casebooks on one machine share one place for drafts. */
export function draftKey(folder: string, target: string): string {
  return `${folder}|${target}`;
}

/** What somebody began to record and has not sent. */
export interface Unfinished {
  readonly target: string;
  readonly kind: CaseKind;
  /** Its title, else how its description begins; empty where it has neither. */
  readonly title: string;
  /** ISO-8601 with offset. */
  readonly savedAt: string;
  readonly isHeldElsewhere: boolean;
}

/** Of one casebook; what was typed last comes first. */
export function unfinishedIn(folder: string, drafts: readonly KeptDraft[]): Unfinished[] {
  const prefix = draftKey(folder, '');
  return drafts
    .flatMap(({ key, draft, isHeldElsewhere }): Unfinished[] => {
      const target = key.startsWith(prefix) ? key.slice(prefix.length) : '';
      const kind = newCaseKind(target);
      if (kind === undefined) return [];
      const typed = draft.forms[OPENING] ?? {};
      return [{ target, kind, title: titleOf(typed), savedAt: draft.savedAt, isHeldElsewhere }];
    })
    .toSorted((a, b) => instantOf(b.savedAt) - instantOf(a.savedAt));
}

function titleOf(typed: Readonly<Record<string, unknown>>): string {
  const said = ['title', 'description', 'content'].map((key) => typed[key]);
  const text = said.find((each): each is string => typeof each === 'string' && each.trim() !== '') ?? '';
  return text.trim().split(/\r?\n/)[0] ?? '';
}
