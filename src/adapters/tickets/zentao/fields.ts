/** What ZenTao asks for beside title and text, and what is made of the answers. */
import type { CaseKind } from '../../../domain/case/state';
import { toHtml } from '../../../domain/tickets/formats';
import type { NewTicket, TicketChoice, TicketField, TrackerPerson } from '../../../domain/tickets/tracker';
import { markedTitle } from '../marks';
import type { Values } from './dialects';
import { storable } from './html';
import type { Generation } from './session';
import { isRaw, type Item, type Raw, textOf } from './values';

/** Lists that a company may have changed; as they are delivered where they can't be asked for. */
export interface Options {
  readonly type: readonly TicketChoice[];
  readonly severity: readonly TicketChoice[];
  readonly pri: readonly TicketChoice[];
  readonly modules: readonly TicketChoice[];
  readonly builds: readonly TicketChoice[];
}

const choice = (value: string, label: string): TicketChoice => ({ value, label });
const choices = (entries: readonly (readonly [value: string, label: string])[]) =>
  entries.map(([value, label]) => choice(value, label));
const LEVELS = ['1', '2', '3', '4'].map((level) => choice(level, level));

export const DELIVERED: Options = {
  type: choices([
    ['codeerror', 'Code error'],
    ['config', 'Configuration'],
    ['install', 'Installation'],
    ['security', 'Security'],
    ['performance', 'Performance'],
    ['standard', 'Standard'],
    ['automation', 'Test script'],
    ['designdefect', 'Design defect'],
    ['others', 'Others'],
  ]),
  severity: LEVELS,
  pri: LEVELS,
  modules: [],
  builds: [choice('trunk', 'Trunk')],
};

/** `{code: label}`, or a list whose labels are the codes; the empty one is none. */
function choicesOf(value: unknown, isByIndex = false): readonly TicketChoice[] {
  const entries = isRaw(value)
    ? Object.entries(value).map(([code, label]) => choice(code, textOf(label)))
    : Array.isArray(value)
      ? value.map((label, index) => choice(isByIndex ? String(index) : textOf(label), textOf(label)))
      : [];
  return entries.filter((each) => each.value !== '' && each.label !== '');
}

/** From the answer of /options/bug. */
export function optionsOf(options: Raw): Options {
  const or = (own: readonly TicketChoice[], delivered: readonly TicketChoice[]) => (own.length === 0 ? delivered : own);
  return {
    type: or(choicesOf(options['type']), DELIVERED.type),
    severity: or(choicesOf(options['severity']), DELIVERED.severity),
    pri: or(choicesOf(options['pri']), DELIVERED.pri),
    modules: choicesOf(options['modules'], true),
    builds: or(choicesOf(options['build']), DELIVERED.builds),
  };
}

const field = (
  key: string,
  label: string,
  type: TicketField['type'],
  required: boolean,
  entries: readonly TicketChoice[] = [],
  initial = '',
): TicketField => ({ key, label, type, required, choices: entries, initial });

const usual = (entries: readonly TicketChoice[], wanted: string) =>
  (entries.find(({ value }) => value === wanted) ?? entries[0])?.value ?? '';

export interface BugAsks {
  readonly options: Options;
  /** 18.4 takes a due date and forgets it. */
  readonly keepsDeadline: boolean;
  /** Keys that the company made required. */
  readonly required: readonly string[];
}

export function bugFields({ options, keepsDeadline, required }: BugAsks): readonly TicketField[] {
  const { type, severity, pri, builds, modules } = options;
  const isRequired = (key: string) => required.includes(key);
  return [
    field('openedBuild', 'Affected builds', 'choices', true, builds, usual(builds, 'trunk')),
    field('severity', 'Severity', 'choice', true, severity, usual(severity, '3')),
    field('pri', 'Priority', 'choice', true, pri, usual(pri, '3')),
    field('type', 'Bug type', 'choice', true, type, usual(type, 'codeerror')),
    ...(modules.length > 1 ? [field('module', 'Module', 'choice', isRequired('module'), modules)] : []),
    field('assignedTo', 'Assigned to', 'person', isRequired('assignedTo')),
    ...(keepsDeadline ? [field('deadline', 'Deadline', 'date', isRequired('deadline'))] : []),
  ];
}

const CATEGORIES = choices([
  ['feature', 'Feature'],
  ['interface', 'Interface'],
  ['performance', 'Performance'],
  ['safe', 'Security'],
  ['experience', 'Experience'],
  ['improve', 'Improvement'],
  ['other', 'Other'],
]);
const SOURCES = choices([
  ['customer', 'Customer'],
  ['user', 'User'],
  ['service', 'Service'],
  ['support', 'Support'],
]);

export function storyFields(
  people: readonly TrackerPerson[],
  plans: readonly TicketChoice[],
  required: readonly string[],
): readonly TicketField[] {
  const isRequired = (key: string) => required.includes(key);
  const reviewers = people.map(({ id, name }) => choice(id, name));
  return [
    field('category', 'Category', 'choice', true, CATEGORIES, 'feature'),
    field('pri', 'Priority', 'choice', true, LEVELS, '3'),
    field('source', 'Source', 'choice', isRequired('source'), SOURCES, 'customer'),
    field('reviewer', 'Reviewers', 'choices', isRequired('reviewer'), reviewers),
    ...(plans.length > 0 ? [field('plan', 'Plan', 'choice', isRequired('plan'), plans)] : []),
    field('verify', 'Acceptance criteria', 'longText', isRequired('verify')),
  ];
}

/** Of /requiredFields: `{bug: {create: {fields: […]}}}`. */
export function requiredOf(answer: unknown, module: string): readonly string[] {
  const own = isRaw(answer) ? answer[module] : undefined;
  const create = isRaw(own) ? own['create'] : undefined;
  const fields = isRaw(create) ? create['fields'] : undefined;
  return Array.isArray(fields) ? fields.map(textOf) : [];
}

const NUMBERS = ['severity', 'pri', 'module', 'plan', 'project', 'execution', 'estimate'];
const LISTS = ['openedBuild', 'reviewer', 'mailto'];

/** All that is sent for a new bug or story, in what it can store. */
export function valuesOf({ caseId, kind, title, text, fields }: NewTicket, generation: Generation): Values {
  const given = Object.entries(fields).filter(([, value]) => value.length > 0);
  return {
    title: markedTitle(storable(title), caseId),
    [textKeyOf(kind)]: toHtml(storable(text)),
    // also findable by it when somebody changes the title
    ...(generation === 'v1' ? { keywords: caseId } : {}),
    ...Object.fromEntries(given.map(([key, value]) => [key, valueOf(key, value)])),
  };
}

export const textKeyOf = (kind: CaseKind) => (kind === 'issue' ? 'steps' : 'spec');

function valueOf(key: string, value: string | readonly string[]): string | number | readonly string[] {
  if (LISTS.includes(key)) return typeof value === 'string' ? [value] : value;
  const text = storable(typeof value === 'string' ? value : value.join(','));
  if (key === 'verify') return toHtml(text);
  return NUMBERS.includes(key) && /^\d+$/.test(text) ? Number(text) : text;
}

/** What was sent and is not so: an unknown account is stored as nobody, an unknown date as none. */
export function missingIn(item: Item, values: Values): readonly string[] {
  const kept: Readonly<Record<string, string>> = {
    assignedTo: item.assignee?.id ?? '',
    deadline: item.deadline,
    openedBuild: item.openedBuild
      .map(({ id }) => id)
      .toSorted()
      .join(','),
    plan: item.plans.join(','),
    ...Object.fromEntries(['severity', 'pri', 'type', 'category', 'module'].map((key) => [key, textOf(item.raw[key])])),
  };
  return Object.entries(values).flatMap(([key, value]) => {
    const is = kept[key];
    const wanted = typeof value === 'object' ? value.toSorted().join(',') : String(value);
    return is === undefined || is === wanted ? [] : [key];
  });
}
