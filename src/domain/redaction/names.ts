/** The names that the casebook knows and an article must not: customers and people, with the part each one plays. */
import type { CasebookSettings } from '../casebook';
import type { CaseState } from '../case/state';
import { textOf, type Values } from '../sop/field';
import type { FindingKind, Spot } from './finding';

export type Role = Extract<FindingKind, 'customer' | 'contact' | 'lead' | 'manager' | 'colleague'>;

export interface KnownName {
  readonly role: Role;
  /** Made of a longer name; may be a word of the language by itself. */
  readonly isPart: boolean;
}

/** By form of the name. */
export type KnownNames = ReadonlyMap<string, KnownName>;

/** Form fields that hold a name, whichever action captured them. */
const fieldsOf: Readonly<Record<Role, readonly string[]>> = {
  customer: ['customer'],
  contact: ['contact', 'confirmedBy', 'answeredBy'],
  lead: ['lead', 'leadLead'],
  manager: ['manager'],
  colleague: ['assignee', 'operator', 'sender', 'owner'],
};

/** The first role that a name is seen in counts. */
class Names extends Map<string, KnownName> {
  note(role: Role, name: string): void {
    const whole = name.trim();
    for (const form of role === 'customer' ? companyForms(whole) : personForms(whole)) {
      if (!this.has(form)) this.set(form, { role, isPart: form !== whole });
    }
  }
}

export function namesInCase(state: CaseState): KnownNames {
  const names = new Names();
  const captured: readonly Values[] = [
    ...Object.values(state.values),
    ...state.rounds.flatMap((round) => [...Object.values(round.values), ...verified(round.verification)]),
    ...verified(state.verification),
  ];
  for (const role of ['customer', 'contact', 'lead', 'manager', 'colleague'] as const) {
    for (const key of fieldsOf[role]) for (const values of captured) names.note(role, textOf(values, key));
    if (role === 'lead') names.note(role, state.emergency?.notified?.lead ?? '');
  }
  for (const message of state.messages) for (const name of [message.sender, message.by]) names.note('colleague', name);
  for (const stamp of [state.opened, ...state.followUps, ...state.plans, ...state.attempts]) {
    names.note('colleague', stamp?.by ?? '');
  }
  names.note('colleague', state.owner);
  return names;
}

export function namesInSettings({ customers, people }: Pick<CasebookSettings, 'customers' | 'people'>): KnownNames {
  const names = new Names();
  for (const { name } of customers) names.note('customer', name);
  for (const { contacts = [] } of customers) for (const contact of contacts) names.note('contact', contact);
  for (const { name, mail, role } of people) {
    const part = role === 'LD' ? 'lead' : role === 'PM' ? 'manager' : 'colleague';
    for (const text of [name, mail ?? '']) names.note(part, text);
  }
  return names;
}

/** Names of the first count where two say different things. */
export function together(...all: readonly KnownNames[]): KnownNames {
  return new Map(all.toReversed().flatMap((names) => [...names]));
}

function verified(verification: CaseState['verification']): Values[] {
  const { internal, appointment, upgrade, customer } = verification;
  return [internal, appointment, upgrade, customer].flatMap((part) => (part ? [part.values] : []));
}

/** One letter is no name, nor is a number. */
const isName = (form: string) => Array.from(form).length > 1 && /\p{L}/u.test(form);

const COMPANY_END =
  /(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|集团|公司)$|[\s,]+(?:Inc|Ltd|Limited|LLC|LLP|Corp|Corporation|Co|Company|GmbH|AG|SE|PLC|BV|Oy|AB|SA|SAS|SpA|KK|Pty|Group|Holdings?)\.?$/i;

/** "东海银行股份有限公司 Donghai Bank Ltd" is also "东海银行" and "Donghai Bank". */
function companyForms(whole: string): string[] {
  const outside = whole.replace(/[(（][^()（）]*[)）]/g, ' ').trim();
  const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
  // a bracket mostly holds a place; in another script it holds the name once more
  const inside = [...whole.matchAll(/[(（]([^()（）]*)[)）]/g)].flatMap(([, text = '']) =>
    isChinese(text) === isChinese(outside) ? [] : [text],
  );
  const runs = [outside, ...inside].flatMap((text) => [
    ...(text.match(/\p{Script=Han}[\p{Script=Han}·]{3,}/gu) ?? []),
    ...(text.match(/[A-Za-z][\w&.'’ -]{2,}\w/g) ?? []),
  ]);
  const cores = [outside, ...runs].map((text) => text.replace(COMPANY_END, '').replace(COMPANY_END, '').trim());
  return [whole, outside, ...runs, ...cores.filter((core) => Array.from(core).length > 2)].filter(isName);
}

/** "Li Wei <li.wei@x.cn>" is also "Li Wei" and "li.wei@x.cn", "王工（信息科）1380000" also "王工". */
function personForms(whole: string): string[] {
  const mail = /<([^<>]+)>/.exec(whole)?.[1] ?? '';
  const bare = whole.replace(/<[^<>]*>/g, '').trim();
  const called = bare.replace(/[(（][^()（）]*[)）]?/g, ' ').trim();
  const isPhrase = /[A-Za-z]/.test(called);
  const parts = called.split(
    isPhrase ? /[,，、;；/]+|\s(?=\p{Script=Han})|(?<=\p{Script=Han})\s/u : /[\s,，、;；/\d-]+/,
  );
  return [whole, mail, bare, called, ...parts.map((part) => part.trim())].filter(isName);
}

/** Finds every one of the names; longer ones go first. */
export function nameFinder(names: KnownNames): (text: string) => Spot[] {
  const forms = [...names.keys()].toSorted((a, b) => b.length - a.length);
  if (forms.length === 0) return () => [];
  const byFolded = new Map(forms.toReversed().map((form) => [folded(form), form]));
  const pattern = new RegExp(forms.map((form) => patternOf(form, names.get(form)?.role)).join('|'), 'giu');
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const form = byFolded.get(folded(match[0])) ?? '';
      const known = names.get(form);
      const [start, end] = [match.index, match.index + match[0].length];
      if (!known || isOtherWord(form, known, text, start, end)) return [];
      return [{ kind: known.role, start, end }];
    });
}

/** Grace, Will and the General in "General Ltd" are names, "grace", "will" and "generally" are words. */
function isOtherWord(form: string, { role, isPart }: KnownName, text: string, start: number, end: number): boolean {
  if (!/^[A-Z][a-z]+$/.test(form) || (role === 'customer' && !isPart)) return false;
  return (
    /^[a-z]+$/.test(text.slice(start, end)) &&
    !/[\w.@-]/.test(text.charAt(start - 1)) &&
    !/[\d@_-]/.test(text.charAt(end))
  );
}

const folded = (text: string) =>
  text
    .replace(/[\s\\_-]+/g, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .toLowerCase();

/** A Chinese name may be broken anywhere where a line ends. */
const HAN_BORDER = /(?<=\p{Script=Han})(?=[^\s\\])|(?<=[\p{L}\p{N}])(?=\p{Script=Han})/gu;
const BREAK = '(?:[ \\t]*\\r?\\n[ \\t]*)?';

/**
 * A Latin name counts as a word of its own ("Al" is not in "Alt"), in file names with dashes between its parts;
 * Chinese has no such borders, and a customer's name also hides in host names ("acmeprod01").
 */
function patternOf(form: string, role: Role | undefined): string {
  const body = form
    .split(/[\s_-]+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replace(HAN_BORDER, BREAK))
    .join('[\\s\\\\_-]+');
  if (role === 'customer' && form.length > 3) return body;
  const before = /^[A-Za-z0-9]/.test(form) ? '(?<![A-Za-z0-9])' : '';
  const after = /[A-Za-z0-9]$/.test(form) ? '(?![A-Za-z0-9])' : '';
  return before + body + after;
}
