/** What was chosen and typed for the ticket's own system, kept as a draft like every form. Free of the DOM. */
import type { CaseState } from '../../../domain/case/state';
import type { FieldDef, Value } from '../../../domain/sop/field';
import { presentAttachments } from '../../../domain/sop/evidence';
import type { TicketField, TicketFieldValue } from '../../../domain/tickets/tracker';
import { instantOf } from '../../../domain/time';
import { w } from '../../../domain/words';
import type { Drafts } from './drafts';

const PREFIX = 'ticket/';

/** @param form an action's name, or "comment" and "files" for what is done at any time */
export const ticketDraftKey = (form: string) => `${PREFIX}${form}`;

export const isTicketDraft = (key: string) => key.startsWith(PREFIX);

/** What is done at the ticket at any time, beside the forms of the steps. */
export const isTicketAct = (key: string) => key === ticketDraftKey('comment') || key === ticketDraftKey('files');

const internal = (key: string, type: FieldDef['type']): FieldDef => ({ key, type, label: w(key, key), internal: true });

export const commentField: FieldDef = { key: 'comment', type: 'longText', label: w('Comment', '备注') };

/** Of every such draft; what is internal is not shown where its form has gone. */
export const ticketDraftFields: readonly FieldDef[] = [
  /** "hand" where somebody wants to write down what was done there. */
  internal('way', 'text'),
  internal('connection', 'text'),
  internal('place', 'text'),
  /** JSON: TicketField.key → what was chosen. */
  internal('answers', 'longText'),
  /** Names of those that are ticked. */
  internal('files', 'rows'),
  internal('person', 'text'),
  internal('resolution', 'text'),
  /** It was sent: once the case has gone on, nothing of it is left over. */
  internal('isSent', 'yesNo'),
  commentField,
];

export type Answers = Readonly<Record<string, TicketFieldValue>>;

/** One such draft. */
export class TicketDraft {
  constructor(
    private readonly drafts: Pick<Drafts, 'of' | 'edit'>,
    private readonly key: string,
  ) {}

  /** Undefined where nothing was typed. */
  text(field: string): string | undefined {
    const value = this.drafts.of(this.key).get(field);
    return typeof value === 'string' ? value : undefined;
  }

  files(): readonly string[] | undefined {
    const value = this.drafts.of(this.key).get('files');
    return Array.isArray(value) ? (value as readonly string[]) : undefined;
  }

  answers(): Answers {
    return answersOf(this.text('answers'));
  }

  edit(field: string, value: Value | undefined): void {
    this.drafts.edit(this.key, field, value);
  }

  answer(key: string, value: TicketFieldValue): void {
    this.edit('answers', JSON.stringify({ ...this.answers(), [key]: value }));
  }
}

/** True for drafts that were sent, have arrived perhaps while nobody looked, and whose forms the case has left. */
export function sentAndOver(
  drafts: Pick<Drafts, 'keys' | 'of'>,
  isFormNow: (key: string) => boolean,
): (key: string) => boolean {
  const isOver = (key: string) => isTicketDraft(key) && drafts.of(key).get('isSent') === true && !isFormNow(key);
  const over = drafts.keys().filter(isOver);
  return (key) => over.includes(key) || over.includes(ticketDraftKey(key));
}

/** A draft is somebody's file: what does not fit is not there. */
function answersOf(json: string | undefined): Answers {
  try {
    const parsed: unknown = JSON.parse(json ?? '{}');
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {};
    const isFit = (value: unknown): value is TicketFieldValue =>
      typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, TicketFieldValue] => isFit(entry[1])),
    );
  } catch {
    return {};
  }
}

/** What a field holds: what was answered where the system still offers it, else what the system starts with. */
export function fieldValue({ key, type, choices, initial }: TicketField, answers: Answers): TicketFieldValue {
  const answered = answers[key];
  const isOffered = (value: string) => choices.length === 0 || choices.some((choice) => choice.value === value);
  if (type === 'choices') {
    const many = answered === undefined ? undefined : typeof answered === 'string' ? [answered] : answered;
    return many?.filter(isOffered) ?? (initial === '' ? [] : [initial]);
  }
  const one = typeof answered === 'string' ? answered : undefined;
  return one !== undefined && (one === '' || isOffered(one)) ? one : initial;
}

/** All that is sent of them: what is empty is not. */
export function sentAnswers(fields: readonly TicketField[], answers: Answers): Answers {
  return Object.fromEntries(
    fields.map((field) => [field.key, fieldValue(field, answers)] as const).filter(([, value]) => value.length > 0),
  );
}

/** The required ones that hold nothing. */
export function unanswered(fields: readonly TicketField[], answers: Answers): readonly TicketField[] {
  return fields.filter((field) => field.required && fieldValue(field, answers).length === 0);
}

/** Which of a system's own fields say what the case keeps as type and severity of its ticket. */
const KEPT: Readonly<Record<'ticketType' | 'severity', readonly string[]>> = {
  ticketType: ['type', 'issuetype', 'tracker_id', 'category'],
  severity: ['severity', 'priority', 'priority_id', 'pri'],
};

/** They are kept in the system's words. @param said a choice as the form shows it */
export function keptOnCase(
  fields: readonly TicketField[],
  answers: Answers,
  said: (key: string, label: string) => string,
): Readonly<Record<string, string>> {
  const labelOf = (keys: readonly string[]) => {
    const field = keys.flatMap((key) => fields.find((each) => each.key === key) ?? [])[0];
    const value = field && fieldValue(field, answers);
    const label = field?.choices.find((choice) => choice.value === value)?.label;
    return field === undefined || label === undefined ? '' : said(field.key, label);
  };
  const labels = Object.entries(KEPT).map(([key, keys]) => [key, labelOf(keys)] as const);
  return Object.fromEntries(labels.filter(([, label]) => label !== ''));
}

/** What has come since the ticket was last made or re-activated: its evidence for the next time. */
export function newFiles(state: CaseState): readonly string[] {
  const sent = new Set(state.ticketDeeds.flatMap(({ files }) => files));
  const left = state.visits.findLast(({ step, left: end }) => step === '2.2' && end !== undefined)?.left;
  const since = instantOf(left?.at);
  return presentAttachments(state)
    .filter(({ name, at }) => instantOf(at) > since && !sent.has(name))
    .map(({ name }) => name);
}
