/** What a form's text field starts with: the one door between the forms and the texts. */
import type { CaseState } from '../case/state';
import { textOf, type Values } from '../sop/field';
import { currentPlan } from '../sop/issueFix';
import type { Language } from '../words';
import { progressQuestion, standingText } from './groupText';
import { acknowledgement, closing, planMessage, schedule, workaround } from './issueMessages';
import { leadText } from './leadText';
import { requestReceived, requestStatus } from './requestMessages';
import { templateFacts } from './templateFacts';
import { fillTemplate, type MessageTemplates, type TemplatePurpose } from './templates';
import { ticketText } from './ticketText';

/** Whose texts they are. */
export interface House {
  readonly templates: MessageTemplates;
  /** The engineer at this machine, "name <mail>". */
  readonly me: string;
}

type Prepare = (state: CaseState, language: Language, values: Values, house: House) => string | undefined;

/** In the team's own words where it has some; where there is nothing to say yet, they say nothing either. */
function inHouse(purpose: TemplatePurpose, builtIn: Prepare): Prepare {
  return (state, language, values, house) => {
    const text = builtIn(state, language, values, house);
    const template = house.templates[purpose]?.[language];
    if (text === undefined || template === undefined) return text;
    return fillTemplate(template, templateFacts(purpose, state, language, house.me));
  };
}

const acknowledged = inHouse('acknowledgement', acknowledgement);
const workedAround = inHouse('workaround', workaround);
const scheduled = inHouse('schedule', (state, language) => schedule(state, language));
const closed = inHouse('closing', closing);
const received = inHouse('requestReceived', requestReceived);
const status = inHouse('requestStatus', requestStatus);
const fixPlanned = inHouse('plan', planMessage);
/** A decline and an answer of support say something else than a plan with version and date. */
const planned: Prepare = (state, language, values, house) =>
  currentPlan(state)?.kind === 'fix' ? fixPlanned(state, language, values, house) : planMessage(state, language);

/** The lead is told within other forms, and the reason is the one that the form itself asks for. */
function leadBecause(reasonKey: string): Prepare {
  return (state, language, values) => leadText(state, language, textOf(values, reasonKey));
}

/** "action.field" → its text. */
const texts: Readonly<Record<string, Prepare>> = {
  'createTicket.sent': ticketText,
  'submit.sent': ticketText,
  'informCustomer.text': planned,
  'giveWorkaround.text': workedAround,
  'firstReply.text': received,
  'sync.text': status,
  'notifyLead.text': (state, language) => leadText(state, language),
  'assess.leadText': (state, language, values) =>
    leadText({ ...state, values: { ...state.values, assess: { ...state.values['assess'], ...values } } }, language),
  'changeUrgency.leadText': leadBecause('urgencyReason'),
  'verifyInternal.leadText': leadBecause('urgencyReason'),
  'verifyCustomer.leadText': leadBecause('urgencyReason'),
  'reopen.leadText': (state, language, values) =>
    leadText(state, language, textOf(values, 'urgencyReason') || textOf(values, 'reason')),
  'logMessage.text': messageFor,
};

/**
 * @param action name of the action whose form is shown
 * @param field key of the field
 * @param values what the form holds at this moment; a message's text depends on its purpose
 * @param house the team's own wording, and who writes
 * @returns undefined where there is nothing to prepare: the field is not one of these, or the case knows too little
 */
export function prepared(
  action: string,
  field: string,
  state: CaseState,
  language: Language,
  values: Values = {},
  house: House = { templates: {}, me: '' },
): string | undefined {
  const name = `${action}.${field}`;
  return Object.hasOwn(texts, name) ? texts[name]?.(state, language, values, house) : undefined;
}

/** What R&D is asked at a follow-up: put into the form on a click, since the form logs what was said. */
export function preparedQuestion(action: string, state: CaseState, language: Language): string | undefined {
  return action === 'followUp' ? progressQuestion(state, language) : undefined;
}

/** True for the fields whose text can be had in either language; a ticket's text stays in the team's. */
export function isMessage(action: string, field: string): boolean {
  const name = `${action}.${field}`;
  return Object.hasOwn(texts, name) && field !== 'sent';
}

/** A message that is logged at any time, by its purpose; letters are for customers only. */
function messageFor(state: CaseState, language: Language, values: Values, house: House): string | undefined {
  const purpose = textOf(values, 'purpose');
  if (purpose === 'urgent') return state.kind === 'issue' ? leadText(state, language) : undefined;
  const to = textOf(values, 'to');
  if (to === 'group') return standingText(state, language);
  if (to !== '' && to !== 'customer') return undefined;
  const letters = state.kind === 'request' ? requestLetters : issueLetters;
  return Object.hasOwn(letters, purpose) ? letters[purpose]?.(state, language, values, house) : undefined;
}

const requestLetters: Readonly<Record<string, Prepare>> = { acknowledgement: received, status };
const issueLetters: Readonly<Record<string, Prepare>> = {
  acknowledgement: acknowledged,
  workaround: workedAround,
  plan: planned,
  schedule: scheduled,
  closing: closed,
};
