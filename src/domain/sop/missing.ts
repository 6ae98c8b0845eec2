/** What an action still lacks: the words of a refusal. */
import { type Words, w } from '../words';

export interface Missing {
  /** Stable name for programs, e.g. "required:fixVersion" or "lead-not-notified". */
  readonly code: string;
  /** A sentence of its own. */
  readonly text: Words;
  /** The short name for lists that say already that something is missing. */
  readonly label?: Words;
  /** The form field that it concerns, if it is one field. */
  readonly field?: string;
  /** A detail may be excused with a reason (a deviation); an invariant never is. */
  readonly excusable: boolean;
  /** An invariant of the procedures: holds in every fold of every log, not only when a person acts. */
  readonly hard: boolean;
}

export function detail(code: string, text: Words, field?: string): Missing {
  return { code, text, excusable: true, hard: false, ...(field === undefined ? {} : { field }) };
}

/** A rule that no reason excuses, checked when somebody acts. */
export function rule(code: string, text: Words, field?: string): Missing {
  return { ...detail(code, text, field), excusable: false };
}

/** An invariant: a rule that is checked again whenever the log is folded. */
export function invariant(code: string, text: Words, field?: string): Missing {
  return { ...rule(code, text, field), hard: true };
}

/** @param essential without it the action says nothing, so that no reason excuses it */
export function requiredField(key: string, label: Words, essential = false): Missing {
  const make = essential ? invariant : detail;
  const isQuestion = label.en.endsWith('?');
  const en = isQuestion ? `Not answered: ${label.en}` : `${label.en} is missing`;
  return { ...make(`required:${key}`, { en, zh: `缺少：${label.zh}` }, key), label };
}

/** What a list headed "missing" shows of it. */
export function shortName(item: Missing): Words {
  return item.label ?? item.text;
}

export const notNow = (why: Words): Missing => rule('not-now', why);
export const wrongShape = (key: string): Missing =>
  rule(`shape:${key}`, { en: `"${key}" has a value that it can't have`, zh: `“${key}”的值无效` }, key);
export const unknownAction = (name: string): Missing =>
  rule('unknown-action', w(`There is no action "${name}" in this procedure`, `此流程没有操作“${name}”`));

/** An action was refused; nothing was written. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
  readonly missing: readonly string[];

  constructor(
    readonly action: string,
    readonly items: readonly Missing[],
  ) {
    super(`${action}: ${items.map((item) => item.text.en).join('; ')}`);
    this.missing = items.map((item) => item.code);
  }
}
