/** What is written to a group of colleagues: how a case stands, and the question to R&D (spec L30). */
import type { CaseState } from '../case/state';
import { procedureOf } from '../sop/engine';
import { currentPlan } from '../sop/issueFix';
import { findStep } from '../sop/procedure';
import { ticketStanding } from '../sop/ticketLog';
import { ticketName } from '../tickets/ownTicket';
import { ticketStatusWords } from '../tickets/statusWords';
import { fill, say, type Language, w, type Words } from '../words';
import { line, longDate } from './describe';
import { intakeOf } from './letter';

/** "BUG-12 · Title"; the case's number where there is no ticket yet. */
function heading(state: CaseState): string {
  return [state.ticket ? ticketName(state.ticket.key) : state.id, intakeOf(state, 'title')]
    .filter((part) => part !== '')
    .join(' · ');
}

const told = (language: Language) => (label: Words, text: string) =>
  text.trim() === '' ? [] : [line(say(label, language), text.trim(), language)];

/** Title, customer, step, ticket and plan, one a line. */
export function standingText(state: CaseState, language: Language): string {
  const about = told(language);
  const step = findStep(procedureOf(state.kind), state.step);
  const plan = currentPlan(state);
  const date = plan?.date === undefined || plan.date === '' ? '' : longDate(plan.date, language);
  return [
    say(fill(w('[Case] {0}', '【案例】{0}'), heading(state)), language),
    ...about(w('Customer', '客户'), intakeOf(state, 'customer')),
    ...about(w('Product and version', '产品与版本'), `${intakeOf(state, 'product')} ${intakeOf(state, 'version')}`),
    ...about(w('Step', '当前步骤'), step ? `${state.step} ${say(step.name, language)}` : state.step),
    ...about(w('Ticket status', '工单状态'), say(ticketStatusWords(ticketStanding(state)?.status ?? ''), language)),
    ...about(w('Fix plan', '修复方案'), plan?.approach ?? ''),
    ...about(w('Expected version', '预计修复版本'), plan?.version ?? ''),
    ...about(w('Expected date', '预计修复时间'), date),
    ...(state.ticket === undefined ? [] : about(w('Case', '案例编号'), state.id)),
  ].join('\n');
}

/** Progress, approach, version and date: what the follow-up is for; of a known plan, whether it still holds. */
export function progressQuestion(state: CaseState, language: Language): string {
  const plan = currentPlan(state);
  const isPlanned = plan?.kind === 'fix' && plan.version !== '';
  const question = isPlanned
    ? fill(
        w(
          'Is version {0} on {1} still on schedule? If anything changes, please tell us the new version and date.',
          '版本 {0}（{1}）能否按计划发布？如有变化，请告知新的版本和时间。',
        ),
        plan.version,
        longDate(plan.date, language),
      )
    : w(
        'How is it going? Please tell us the approach, the expected version and the expected date.',
        '请问目前的处理进度如何？请告知修复方案、预计修复版本及时间。',
      );
  return [
    say(fill(w('[Follow-up] {0}', '【进度跟进】{0}'), heading(state)), language),
    ...told(language)(w('Customer', '客户'), intakeOf(state, 'customer')),
    say(question, language),
  ].join('\n');
}
