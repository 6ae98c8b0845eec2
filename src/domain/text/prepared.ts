/** What a form's text field starts with: the one door between the forms and the texts. */
import type { CaseState } from '../case/state';
import { textOf, type Values } from '../sop/field';
import type { Language } from '../words';
import { acknowledgement, closing, planMessage, schedule, workaround } from './issueMessages';
import { leadText } from './leadText';
import { requestReceived, requestStatus } from './requestMessages';
import { ticketText } from './ticketText';

type Prepare = (state: CaseState, language: Language, values: Values) => string | undefined;

/** The lead is told within other forms, and the reason is the one that the form itself asks for. */
function leadBecause(reasonKey: string): Prepare {
  return (state, language, values) => leadText(state, language, textOf(values, reasonKey));
}

/** "action.field" → its text. */
const texts: Readonly<Record<string, Prepare>> = {
  'createTicket.sent': ticketText,
  'submit.sent': ticketText,
  'informCustomer.text': planMessage,
  'giveWorkaround.text': workaround,
  'firstReply.text': requestReceived,
  'sync.text': requestStatus,
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
 * @returns undefined where there is nothing to prepare: the field is not one of these, or the case knows too little
 */
export function prepared(
  action: string,
  field: string,
  state: CaseState,
  language: Language,
  values: Values = {},
): string | undefined {
  const name = `${action}.${field}`;
  return Object.hasOwn(texts, name) ? texts[name]?.(state, language, values) : undefined;
}

/** A message that is logged at any time, by its purpose; letters are for customers only. */
function messageFor(state: CaseState, language: Language, values: Values): string | undefined {
  const purpose = textOf(values, 'purpose');
  if (purpose === 'urgent') return state.kind === 'issue' ? leadText(state, language) : undefined;
  const to = textOf(values, 'to');
  if (to !== '' && to !== 'customer') return undefined;
  if (state.kind === 'request') {
    if (purpose === 'acknowledgement') return requestReceived(state, language);
    return purpose === 'status' ? requestStatus(state, language) : undefined;
  }
  switch (purpose) {
    case 'acknowledgement':
      return acknowledgement(state, language);
    case 'workaround':
      return workaround(state, language);
    case 'plan':
      return planMessage(state, language);
    case 'schedule':
      return schedule(state, language);
    case 'closing':
      return closing(state, language);
    default:
      return undefined;
  }
}
