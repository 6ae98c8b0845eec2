/** A message as a mail program takes it over: the address of its recipient, and a mailto link. */
import type { CasebookSettings } from '../casebook';
import type { CaseState } from '../case/state';
import { mailOf, personEntry, personName } from '../person';
import { textOf, type Values } from '../sop/field';
import { say, type Language, w } from '../words';
import { intakeOf } from './letter';

export interface Mail {
  /** An address, or nothing: then the engineer fills it in. */
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Longer links are cut or refused by some mail programs and by Windows: 2,000 characters. */
const LONGEST_LINK = 2000;

/**
 * RFC 6068: line breaks are %0D%0A, everything but letters and digits is escaped in UTF-8.
 * @returns the link, and whether it holds the body; a text that is too long is left out of it
 */
export function mailLink({ to, subject, body }: Mail): { readonly url: string; readonly isWhole: boolean } {
  const start = `mailto:${encoded(to).replaceAll('%40', '@')}?subject=${encoded(subject.replace(/\s+/g, ' ').trim())}`;
  const whole = `${start}&body=${encoded(body.replace(/\r\n?|\n/g, '\r\n'))}`;
  return whole.length <= LONGEST_LINK ? { url: whole, isWhole: true } : { url: start, isWhole: false };
}

function encoded(text: string): string {
  // half a character can't be encoded at all
  const sound = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(sound).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The case's number and title: the customer's answer brings them back. */
export function mailSubject(state: CaseState): string {
  const title = intakeOf(state, 'title');
  return title === '' ? `[${state.id}]` : `[${state.id}] ${title}`;
}

/**
 * Whose address it goes to, where the case or casebook.json knows it.
 * @param field key of the message's field; texts for the R&D lead stand in fields of their own
 */
export function mailRecipient(
  action: string,
  field: string,
  values: Values,
  state: CaseState,
  settings: Pick<CasebookSettings, 'customers' | 'people'>,
): string {
  const colleagues = settings.people.map(personEntry);
  if (field === 'leadText') return addressOf(textOf(values, 'leadLead'), colleagues);
  if (action === 'notifyLead') return addressOf(textOf(values, 'lead'), colleagues);
  const to = textOf(values, 'to');
  if (to === 'group') return '';
  if (to === 'lead') return addressOf(state.emergency?.notified?.lead ?? '', colleagues);
  if (to === 'manager') return addressOf(textOf(state.values['submit'], 'manager'), colleagues);
  const customer = settings.customers.find(({ name }) => name === intakeOf(state, 'customer'));
  return addressOf(intakeOf(state, 'contact'), customer?.contacts ?? []);
}

/** By which the customer is used to hearing from us: the last message's, else the one by which the case came in. */
export function usualChannel(state: CaseState): string {
  const last = state.messages.findLast((message) => message.to === 'customer' && message.channel !== '');
  return last?.channel ?? intakeOf(state, 'channel');
}

/** What the team calls mail. */
export function mailChannel(channels: readonly string[], language: Language): string {
  return channels.find((channel) => /mail|邮/i.test(channel)) ?? say(w('Mail', '邮件'), language);
}

/** @param known entries "name <mail>" to look the name up in */
function addressOf(person: string, known: readonly string[]): string {
  if (person.trim() === '') return '';
  const entries = [person, ...known.filter((entry) => personName(entry) === personName(person))];
  return entries.map(mailOf).find((mail) => mail !== '') ?? '';
}
