/** Issue, steps 3.1 to 4.1: route, follow, agree the plan with the customer (spec L29-L31). */
import type { CaseState, Draft, Plan, Stamp } from '../case/state';
import { w } from '../words';
import { notAfterNow, reasonField, sentNotAfterNow } from './common';
import { logMessage, stampOf } from './effects';
import { type FieldDef, isEmpty, textOf, type Values } from './field';
import { dispositions, messageFields, planFields } from './fields';
import { detail, invariant, type Missing, rule } from './missing';
import { type ActionDef, type Deed, defineActions } from './procedure';

export function currentPlan(state: CaseState): Plan | undefined {
  return state.plans.findLast((plan) => plan.revision === state.planRevision);
}

/** The forms that speak of one plan only: a new revision starts them empty. */
const boundToPlan = new Set(['informCustomer', 'verifyInternal', 'appoint', 'upgrade', 'verifyCustomer']);

function withoutReason(values: Values): Values {
  const { reason: _reason, ...plan } = values;
  return plan;
}

/** A new revision: what was agreed or verified for an older plan counts no longer (sop.md, invariant 4). */
function addPlan(
  draft: Draft,
  { event, values }: Deed,
  kind: Plan['kind'],
  approach: string,
  disposition: string,
): void {
  draft.planRevision += 1;
  draft.verification = {};
  const kept = Object.entries(draft.values).filter(([action]) => !boundToPlan.has(action));
  draft.values = { ...Object.fromEntries(kept), ...(kind === 'fix' ? { plan: withoutReason(values) } : {}) };
  draft.plans = [
    ...draft.plans,
    {
      ...stampOf(event),
      event: event.id,
      revision: draft.planRevision,
      round: draft.round,
      kind,
      approach,
      version: textOf(values, 'fixVersion'),
      date: textOf(values, 'fixDate'),
      disposition,
    },
  ];
}

function answerPlan(draft: Draft, answer: Stamp & { accepted: boolean; reason: string }): void {
  draft.plans = draft.plans.map((plan) => (plan.revision === draft.planRevision ? { ...plan, answer } : plan));
}

/** The plan message of this very revision. */
export function planMessage(state: CaseState) {
  return state.messages.findLast((message) => message.purpose === 'plan' && message.plan === state.planRevision);
}

const isTold = (state: CaseState): Missing | false =>
  planMessage(state) === undefined &&
  invariant('customer-not-told', w('The customer has not been told of this plan', '尚未将此计划同步给客户'));

/** A date as people write it: 2026-12-05, 2026/12/5, 2026年12月5日, 12月5日, 5 Dec, Dec 5, 12/5, 5.12. */
function namesDate(text: string, date: string): boolean {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return true;
  const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'][month - 1] ?? '';
  const forms = [
    `${year}[-/.]0?${month}[-/.]0?${day}(?!\\d)`,
    `(?<!\\d)0?${month}\\s*月\\s*0?${day}(?!\\d)`,
    `(?<!\\d)0?${day}\\.?\\s+${english}`,
    `${english}[a-z]*\\.?\\s+0?${day}(?!\\d)`,
    `(?<!\\d)0?${month}[-/.]0?${day}(?!\\d)`,
    `(?<!\\d)0?${day}[-/.]0?${month}(?!\\d)`,
  ];
  return new RegExp(forms.join('|'), 'i').test(text);
}

/** Time and version are what the customer is to be told (spec L84): no reason excuses leaving them out. */
function planMessageGuard(state: CaseState, values: Values): (Missing | false)[] {
  const plan = currentPlan(state);
  const text = textOf(values, 'text');
  if (plan?.kind !== 'fix' || text === '') return [];
  return [
    plan.version !== '' &&
      !text.includes(plan.version) &&
      rule('message:version', w('The message does not name the version', '消息中未说明修复版本'), 'text'),
    plan.date !== '' &&
      !namesDate(text, plan.date) &&
      rule('message:date', w('The message does not name the date', '消息中未说明修复时间'), 'text'),
  ];
}

function startingAtPlan(field: FieldDef): FieldDef {
  return { ...field, initial: (state) => state.values['plan']?.[field.key] };
}

const teamOrPerson = w('A team or a person is needed.', '研发团队与责任人至少填写一项。');

export const fixActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'route',
    label: w('Ticket is routed', '工单已流转'),
    done: w('routed the ticket', '流转了工单'),
    on: ['3.1'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: [
      { key: 'team', type: 'combo', suggest: 'teams', label: w('R&D team', '研发团队'), hint: teamOrPerson },
      {
        key: 'assignee',
        type: 'person',
        suggest: 'people',
        label: w('Person responsible', '责任人'),
        hint: teamOrPerson,
      },
      { key: 'routedAt', type: 'dateTime', label: w('Routed at', '流转时间'), required: true, initial: 'now' },
      { key: 'how', type: 'text', label: w('How', '流转方式') },
    ],
    excusable: ['assignee'],
    guard: (_state, values, context) => [
      isEmpty(values['team']) &&
        isEmpty(values['assignee']) && {
          ...detail('assignee', w('A team or a person is missing', '缺少研发团队或责任人'), 'assignee'),
          label: w('A team or a person', '研发团队或责任人'),
        },
      notAfterNow(values, context, 'routedAt', w('Routed at', '流转时间')),
    ],
    next: () => ({ to: '3.2' }),
  },
  {
    name: 'followUp',
    label: w('Log the follow-up', '记录跟进'),
    done: w('followed up', '跟进了进度'),
    on: ['3.2', '4.1', '4.2'],
    role: 'part',
    fields: [
      { key: 'group', type: 'combo', suggest: 'groups', label: w('Group', '沟通群组'), required: true },
      { key: 'content', type: 'longText', label: w('What was said', '跟进内容'), required: true },
      { key: 'at', type: 'dateTime', label: w('When', '时间'), required: true, initial: 'now' },
      { key: 'nextAt', type: 'dateTime', label: w('Next follow-up', '下次跟进时间') },
    ],
    guard: (_state, values, context) => [notAfterNow(values, context, 'at', w('When', '时间'))],
    apply: (draft, { event, values }) => {
      const nextAt = textOf(values, 'nextAt');
      draft.followUps = [
        ...draft.followUps,
        {
          at: textOf(values, 'at') || event.at,
          by: event.by,
          round: draft.round,
          plan: draft.planRevision,
          group: textOf(values, 'group'),
          content: textOf(values, 'content'),
          ...(nextAt === '' ? {} : { nextAt }),
        },
      ];
    },
  },
  {
    name: 'plan',
    label: w('Plan is known', '修复计划已明确'),
    done: w('recorded the fix plan', '记录了修复计划'),
    on: ['3.2'],
    role: 'exit',
    keeps: true,
    fields: planFields,
    excusable: ['follow-up'],
    guard: (state) => [
      !state.followUps.some((entry) => entry.round === state.round && entry.plan === state.planRevision) &&
        detail('follow-up', w('No follow-up is logged for this plan', '此计划尚无跟进记录')),
    ],
    apply: (draft, deed) => addPlan(draft, deed, 'fix', textOf(deed.values, 'approach'), 'fixed'),
    next: () => ({ to: '4.1' }),
  },
  {
    name: 'needInformation',
    label: w('R&D needs more information', '研发需要更多信息'),
    done: w('went back for more information', '返回补充信息'),
    on: ['3.2'],
    role: 'other',
    fields: [{ key: 'question', type: 'longText', label: w('What is asked for', '所需信息'), required: true }],
    apply: (draft, { event, values }) => {
      const asked = { ...stampOf(event), content: textOf(values, 'question'), round: draft.round };
      draft.askedByRd = [...draft.askedByRd, asked];
    },
    next: () => ({ to: '2.1' }),
  },
  {
    name: 'decline',
    label: w("Not a defect / won't fix", '非缺陷/不予修复'),
    done: w('recorded that R&D will not fix it', '记录了研发不予修复'),
    on: ['3.2'],
    role: 'other',
    fields: [
      {
        key: 'disposition',
        type: 'choice',
        label: w('Disposition', '处理结论'),
        options: dispositions.filter(({ value }) => value === 'notADefect' || value === 'wontFix'),
        required: true,
        essential: true,
      },
      {
        key: 'explanation',
        type: 'longText',
        label: w('Explanation for the customer', '给客户的说明'),
        required: true,
      },
    ],
    apply: (draft, deed) =>
      addPlan(draft, deed, 'decline', textOf(deed.values, 'explanation'), textOf(deed.values, 'disposition')),
    next: () => ({ to: '4.1' }),
  },
  {
    name: 'solveBySupport',
    label: w('Solved by support', '售后直接解决'),
    done: w('solved it without R&D', '由售后直接解决'),
    on: ['2.1'],
    role: 'other',
    fields: [{ key: 'solution', type: 'longText', label: w('Solution', '解决方案'), required: true }],
    guard: (_state, _values, context) => [
      !context.supportMaySolve &&
        rule('support-may-not-solve', w('Switched off by the team in casebook.json', '团队已在 casebook.json 中关闭')),
    ],
    apply: (draft, deed) => addPlan(draft, deed, 'support', textOf(deed.values, 'solution'), 'solvedBySupport'),
    next: () => ({ to: '4.1' }),
  },
  {
    name: 'informCustomer',
    label: w('Customer informed', '已同步客户'),
    done: w('informed the customer of the plan', '将计划同步给了客户'),
    on: ['4.1'],
    role: 'part',
    binds: 'plan',
    keeps: true,
    fields: messageFields,
    guard: (state, values, context) => [...planMessageGuard(state, values), sentNotAfterNow(values, context)],
    apply: (draft, deed) => logMessage(draft, deed, 'customer', 'plan'),
  },
  {
    name: 'accept',
    label: w('Customer accepts', '客户接受'),
    done: w('recorded that the customer accepts', '记录了客户接受'),
    on: ['4.1'],
    role: 'exit',
    binds: 'plan',
    fields: [
      { key: 'answeredBy', type: 'combo', suggest: 'contacts', label: w('Answered by', '答复人'), required: true },
      { key: 'answeredAt', type: 'dateTime', label: w('Answered at', '答复时间'), required: true, initial: 'now' },
    ],
    invariants: (state) => [isTold(state)],
    guard: (_state, values, context) => [notAfterNow(values, context, 'answeredAt', w('Answered at', '答复时间'))],
    apply: (draft, { event, values }) =>
      answerPlan(draft, { at: textOf(values, 'answeredAt') || event.at, by: event.by, accepted: true, reason: '' }),
    next: (state) => ({ to: currentPlan(state)?.kind === 'fix' ? '4.2' : '5.1' }),
  },
  {
    name: 'reject',
    label: w('Customer rejects', '客户拒绝'),
    done: w('recorded that the customer rejects', '记录了客户拒绝'),
    on: ['4.1'],
    role: 'other',
    binds: 'plan',
    fields: [reasonField],
    invariants: (state) => [isTold(state)],
    apply: (draft, { event, values }) =>
      answerPlan(draft, { ...stampOf(event), accepted: false, reason: textOf(values, 'reason') }),
    // an answer of support that does not help leads back to the diagnosis: no ticket exists that could be followed
    next: (state) => ({ to: currentPlan(state)?.kind === 'support' ? '2.1' : '3.2' }),
  },
  {
    name: 'revisePlan',
    label: w('The plan has changed', '计划有变'),
    done: w('recorded a changed plan', '记录了计划变更'),
    on: ['4.1', '4.2'],
    role: 'other',
    binds: 'plan',
    fields: [...planFields.map(startingAtPlan), reasonField],
    barred: (state) =>
      currentPlan(state)?.kind === 'fix' ? undefined : w('There is no fix plan to change', '没有可变更的修复计划'),
    apply: (draft, deed) => addPlan(draft, deed, 'fix', textOf(deed.values, 'approach'), 'fixed'),
    next: () => ({ to: '4.1' }),
  },
);
