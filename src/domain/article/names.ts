/** The names that a case knows and an article must not: customers and people, each with what stands in its place. */
import type { CaseState } from '../case/state';
import { textOf, type Values } from '../sop/field';
import { say, type Language, type Words, w } from '../words';

const placeholders = {
  customer: w('<customer>', '〈客户〉'),
  contact: w('<contact>', '〈联系人〉'),
  lead: w('<R&D lead>', '〈研发负责人〉'),
  manager: w('<manager>', '〈项目经理〉'),
  colleague: w('<colleague>', '〈同事〉'),
} as const satisfies Record<string, Words>;

type Role = keyof typeof placeholders;

/** Form fields that hold a name, whichever action captured them. */
const fieldsOf: Readonly<Record<Role, readonly string[]>> = {
  customer: ['customer'],
  contact: ['contact', 'confirmedBy', 'answeredBy'],
  lead: ['lead', 'leadLead'],
  manager: ['manager'],
  colleague: ['assignee', 'operator', 'sender', 'owner'],
};

/** @returns name → role; the first role that a name is seen in counts */
function namesIn(state: CaseState): ReadonlyMap<string, Role> {
  const names = new Map<string, Role>();
  const add = (role: Role, name: string) => {
    for (const form of formsOf(name)) if (!names.has(form)) names.set(form, role);
  };
  const captured: readonly Values[] = [
    ...Object.values(state.values),
    ...state.rounds.flatMap((round) => [...Object.values(round.values), ...verified(round.verification)]),
    ...verified(state.verification),
  ];
  for (const role of ['customer', 'contact', 'lead', 'manager', 'colleague'] as const) {
    for (const key of fieldsOf[role]) for (const values of captured) add(role, textOf(values, key));
    if (role === 'lead') add(role, state.emergency?.notified?.lead ?? '');
  }
  for (const message of state.messages) for (const name of [message.sender, message.by]) add('colleague', name);
  for (const stamp of [state.opened, ...state.followUps, ...state.plans, ...state.attempts]) {
    add('colleague', stamp?.by ?? '');
  }
  add('colleague', state.owner);
  return names;
}

function verified(verification: CaseState['verification']): Values[] {
  const { internal, appointment, upgrade, customer } = verification;
  return [internal, appointment, upgrade, customer].flatMap((part) => (part ? [part.values] : []));
}

/** "Li Wei <li.wei@x.cn>" is also "Li Wei" and "li.wei@x.cn", "王工 1380000" also "王工"; one letter is no name. */
function formsOf(name: string): string[] {
  const whole = name.trim();
  const mail = /<([^<>]+)>/.exec(whole)?.[1] ?? '';
  const bare = whole.replace(/<[^<>]*>/g, '').trim();
  const isPhrase = /[A-Za-z]/.test(bare);
  const parts = bare.split(isPhrase ? /[\s,，、;；/()（）]+/ : /[\s,，、;；/()（）\d-]+/);
  return [whole, mail, bare, ...(isPhrase ? [] : parts)].filter(
    (form) => Array.from(form).length > 1 && /[\p{L}\p{N}]/u.test(form),
  );
}

/** Replaces every name in a text; longer names go first, and what stands in for one is never read as another. */
export function nameCleaner(state: CaseState, language: Language): (text: string) => string {
  const names = namesIn(state);
  const forms = [...names.keys()].toSorted((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const byFolded = new Map(forms.map((form) => [folded(form), names.get(form)]));
  const pattern = new RegExp(forms.map((form) => patternOf(form, names.get(form))).join('|'), 'giu');
  return (text) =>
    text.replace(pattern, (found) => {
      const role = byFolded.get(folded(found)) ?? 'colleague';
      return say(placeholders[role], language);
    });
}

const folded = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .toLowerCase();

/** A Chinese name may be broken anywhere where a line ends. */
const HAN_BORDER = /(?<=\p{Script=Han})(?=[^\s\\])|(?<=[\p{L}\p{N}])(?=\p{Script=Han})/gu;
const BREAK = '(?:[ \\t]*\\r?\\n[ \\t]*)?';

/**
 * A Latin name counts as a word of its own ("Al" is not in "Alt"); Chinese has no such borders, and a customer's name
 * also hides in host names ("acmeprod01").
 */
function patternOf(form: string, role: Role | undefined): string {
  const body = form
    .split(/\s+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replace(HAN_BORDER, BREAK))
    .join('\\s+');
  if (role === 'customer' && form.length > 3) return body;
  const before = /^[A-Za-z0-9]/.test(form) ? '(?<![A-Za-z0-9])' : '';
  const after = /[A-Za-z0-9]$/.test(form) ? '(?![A-Za-z0-9])' : '';
  return before + body + after;
}

/** Every stand-in, for those who must not take one for a word of the text. */
export const allPlaceholders: readonly string[] = Object.values(placeholders).flatMap(({ en, zh }) => [en, zh]);
