/** What a team's own wording may speak of: the placeholders' values, as the case knows them. */
import type { CaseState } from '../case/state';
import { personName } from '../person';
import { textOf } from '../sop/field';
import { requestStatuses } from '../sop/fields';
import { currentPlan } from '../sop/issueFix';
import { lastCheck } from '../sop/requestStatus';
import { say, type Language } from '../words';
import { longDate, moment } from './describe';
import { intakeOf } from './letter';
import { knownWorkaround } from './issueMessages';
import type { TemplateFacts, TemplatePurpose } from './templates';

/** @param me the engineer at this machine, "name <mail>" */
export function templateFacts(
  purpose: TemplatePurpose,
  state: CaseState,
  language: Language,
  me: string,
): TemplateFacts {
  const plan = currentPlan(state);
  const check = lastCheck(state);
  const appointment = state.verification.appointment?.values ?? state.values['appoint'];
  const status = requestStatuses.find((option) => option.value === check?.status);
  const at = (key: string) => moment(textOf(appointment, key), language);
  return {
    customer: intakeOf(state, 'customer'),
    contact: personName(intakeOf(state, 'contact')),
    title: intakeOf(state, 'title'),
    id: state.id,
    product: intakeOf(state, 'product'),
    version: versionFor(purpose, state),
    date: plan === undefined || plan.date === '' ? '' : longDate(plan.date, language),
    approach: plan?.approach ?? '',
    ticket: state.ticket?.key ?? '',
    workaround: knownWorkaround(state),
    start: at('start'),
    end: at('end'),
    manager: personName(textOf(state.values['submit'], 'manager')),
    status: status === undefined ? '' : say(status.label, language),
    reason: check?.reason ?? '',
    me: personName(me),
  };
}

/** Of the plan, of the upgrade, of the status; before there is one, the version that was reported. */
function versionFor(purpose: TemplatePurpose, state: CaseState): string {
  const reported = intakeOf(state, 'version');
  switch (purpose) {
    case 'plan':
    case 'schedule':
      return currentPlan(state)?.version ?? '';
    case 'closing':
      return textOf(state.verification.upgrade?.values, 'toVersion') || reported;
    case 'requestStatus':
      return lastCheck(state)?.version ?? '';
    case 'acknowledgement':
    case 'workaround':
    case 'requestReceived':
      return reported;
  }
}
