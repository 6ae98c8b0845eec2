/** The procedure for requests: 4 stages, 7 steps (spec L46-L52). */
import type { CaseState, StatusCheck } from '../case/state';
import { instantOf } from '../time';
import { fill, w } from '../words';
import { articleActions } from './articles';
import { commonActions, notAfterNow, reasonField, sentNotAfterNow } from './common';
import { logMessage, noteTicket, stampOf } from './effects';
import { isEmpty, textOf, type Question, type Values } from './field';
import { intakeFields, messageFields, requestStatuses, ticketFields } from './fields';
import { detail, invariant, type Missing, rule } from './missing';
import { type ActionDef, type Context, defineActions, type Procedure } from './procedure';
import { requestContentFields } from './requestFields';

const DAY = 86_400_000;
const us = () => 'us' as const;
const manager = () => 'manager' as const;

export function lastCheck(state: CaseState): StatusCheck | undefined {
  return state.checks.findLast((check) => check.round === state.round);
}

/** Released, ended, or not adopted for good: the procedure can end (spec L52). */
export function isConclusion(check: Pick<StatusCheck, 'status' | 'final'> | undefined): boolean {
  if (check === undefined) return false;
  return check.status === 'released' || check.status === 'other' || (check.status === 'notAdopted' && check.final);
}

function lastTold(state: CaseState): StatusCheck | undefined {
  return state.checks.findLast((check) => check.round === state.round && check.told);
}

/** Against what the customer was last told in this round; nothing yet counts as "waiting". */
function isChange(state: CaseState, values: Values): boolean {
  const before = lastTold(state) ?? { status: 'waiting', version: '', reason: '', final: false };
  return (
    textOf(values, 'status') !== before.status ||
    textOf(values, 'version') !== before.version ||
    textOf(values, 'reason') !== before.reason ||
    (values['final'] === true) !== before.final
  );
}

function nextCheckGuard(values: Values, context: Context): Missing | false {
  const status = textOf(values, 'status');
  const final = values['final'] === true;
  const next = textOf(values, 'nextAt');
  if (status === '' || next === '' || isConclusion({ status, final })) return false;
  const ownInterval = values['intervalDays'];
  const usual = status === 'notAdopted' ? context.timings.parkedIntervalDays : context.timings.requestIntervalDays;
  const days = typeof ownInterval === 'number' && ownInterval > 0 ? ownInterval : usual;
  return (
    instantOf(next) > instantOf(context.now) + days * DAY &&
    detail(
      'interval',
      fill(w('The next follow-up is later than {0} days from now', '下次跟进时间超过 {0} 天'), String(days)),
      'nextAt',
    )
  );
}

const openQuestions = (values: Values): readonly Question[] => {
  const questions = values['questions'];
  return Array.isArray(questions) ? (questions as readonly Question[]).filter((entry) => isEmpty(entry.answer)) : [];
};

const isVersioned = (status: unknown) => status === 'scheduled' || status === 'released';
const isReasoned = (status: unknown) => status === 'notAdopted' || status === 'other';

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The customer is told exactly what was concluded, version or reason included (spec L51): nothing excuses less. */
function syncGuard(state: CaseState, values: Values): (Missing | false)[] {
  const check = lastCheck(state);
  const text = textOf(values, 'text');
  if (check === undefined || text === '') return [];
  return [
    isVersioned(check.status) &&
      !text.includes(check.version) &&
      rule('message:version', w('The message does not name the version', '消息中未说明版本'), 'text'),
    isReasoned(check.status) &&
      !squeeze(text).includes(squeeze(check.reason)) &&
      rule('message:reason', w('The message does not give the reason', '消息中未说明原因'), 'text'),
  ];
}

const requestActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'record',
    label: w('Request is recorded', '需求已完整记录'),
    done: w('recorded the request', '记录了需求'),
    on: ['1.1'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: [
      { key: 'title', type: 'text', label: w('Title', '标题'), required: true },
      ...requestContentFields,
      ...intakeFields,
    ],
    guard: (_state, values, context) => [notAfterNow(values, context, 'receivedAt', w('Received at', '接收时间'))],
    next: () => ({ to: '1.2' }),
  },
  {
    name: 'submit',
    label: w('Ticket is with the manager', '工单已流转至项目经理'),
    done: w('created the request ticket and routed it', '创建并流转了需求工单'),
    on: ['1.2'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: [
      ...ticketFields,
      { key: 'manager', type: 'person', suggest: 'people', label: w('Manager', '项目经理/产品经理'), required: true },
      { key: 'routedAt', type: 'dateTime', label: w('Routed at', '流转时间'), required: true, initial: 'now' },
    ],
    guard: (_state, values, context) => [notAfterNow(values, context, 'routedAt', w('Routed at', '流转时间'))],
    derive: noteTicket,
    next: () => ({ to: '2.1' }),
  },
  {
    name: 'firstReply',
    label: w('Customer informed', '已反馈客户'),
    done: w('gave the customer the first reply', '向客户作了初步反馈'),
    on: ['2.1'],
    role: 'exit',
    keeps: true,
    fields: messageFields,
    guard: (_state, values, context) => [sentNotAfterNow(values, context)],
    apply: (draft, deed) => logMessage(draft, deed, 'customer', 'acknowledgement'),
    next: () => ({ to: '2.2' }),
  },
  {
    name: 'talk',
    label: w('Log the talk', '记录沟通'),
    done: w('talked with the manager', '与项目经理沟通'),
    on: ['2.2', '3.1'],
    role: 'part',
    fields: [
      { key: 'content', type: 'longText', label: w('What was said', '沟通内容'), required: true },
      { key: 'at', type: 'dateTime', label: w('When', '时间'), required: true, initial: 'now' },
    ],
    guard: (_state, values, context) => [notAfterNow(values, context, 'at', w('When', '时间'))],
    apply: (draft, { event, values }) => {
      const at = textOf(values, 'at') || event.at;
      draft.talks = [...draft.talks, { at, by: event.by, content: textOf(values, 'content'), round: draft.round }];
    },
  },
  {
    name: 'align',
    label: w('Manager understands fully', '项目经理已完全理解'),
    done: w('recorded that the manager understands the request', '确认了项目经理完全理解需求'),
    on: ['2.2'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: [
      {
        key: 'restatement',
        type: 'longText',
        label: w("The manager's restatement", '项目经理的复述'),
        hint: w('The request in the words of the one who will decide on it.', '由项目经理用自己的话复述需求。'),
        required: true,
      },
      { key: 'questions', type: 'questions', label: w('Open questions', '待澄清问题') },
      {
        key: 'understood',
        type: 'confirm',
        label: w('The manager confirms full understanding', '项目经理确认已完全理解'),
        required: true,
      },
    ],
    excusable: ['talk', 'open-questions'],
    guard: (state, values) => [
      state.talks.length === 0 && detail('talk', w('No talk with the manager is logged', '尚无与项目经理的沟通记录')),
      openQuestions(values).length > 0 &&
        detail('open-questions', w('A question is still open', '仍有未答复的问题'), 'questions'),
    ],
    next: () => ({ to: '3.1' }),
  },
  {
    name: 'check',
    label: w('Log the status', '记录进度状态'),
    done: w('asked for the status', '了解了需求状态'),
    on: ['3.1'],
    role: 'exit',
    keeps: true,
    fields: [
      {
        key: 'status',
        type: 'choice',
        options: requestStatuses,
        label: w('Status', '状态'),
        required: true,
        essential: true,
      },
      {
        key: 'version',
        type: 'combo',
        suggest: 'versions',
        label: w('To version', '排期/发布版本'),
        shown: (values) => isVersioned(values['status']),
        required: true,
      },
      {
        key: 'reason',
        type: 'longText',
        label: w('Reason', '原因'),
        shown: (values) => isReasoned(values['status']),
        required: true,
      },
      {
        key: 'final',
        type: 'yesNo',
        label: w('Is that final?', '是否为最终结论？'),
        shown: (values) => values['status'] === 'notAdopted',
        required: true,
      },
      { key: 'at', type: 'dateTime', label: w('Asked at', '了解时间'), required: true, initial: 'now' },
      {
        key: 'nextAt',
        type: 'dateTime',
        label: w('Next follow-up', '下次跟进时间'),
        required: (values) =>
          textOf(values, 'status') !== '' &&
          !isConclusion({ status: textOf(values, 'status'), final: values['final'] === true }),
      },
      { key: 'intervalDays', type: 'number', label: w('Own interval, days', '本案跟进间隔（天）') },
    ],
    excusable: ['interval'],
    guard: (_state, values, context) => [
      nextCheckGuard(values, context),
      notAfterNow(values, context, 'at', w('Asked at', '了解时间')),
    ],
    apply: (draft, { event, values }) => {
      const status = textOf(values, 'status');
      // what the customer knows already need not be told twice
      const told = lastTold(draft) !== undefined && !isChange(draft, values);
      draft.checks = [
        ...draft.checks,
        {
          at: textOf(values, 'at') || event.at,
          by: event.by,
          event: event.id,
          round: draft.round,
          status,
          version: isVersioned(status) ? textOf(values, 'version') : '',
          reason: isReasoned(status) ? textOf(values, 'reason') : '',
          final: status === 'notAdopted' && values['final'] === true,
          nextAt: textOf(values, 'nextAt'),
          told,
        },
      ];
      // the next check is a new one; only the case's own interval goes on
      const { intervalDays } = values;
      const { check: _logged, ...others } = draft.values;
      draft.values = { ...others, ...(intervalDays === undefined ? {} : { check: { intervalDays } }) };
    },
    next: (state, values) => {
      if (isChange(state, values)) return { to: '3.2' };
      const check = lastCheck(state);
      return check?.told === true && isConclusion(check) ? { to: '4.1' } : undefined;
    },
  },
  {
    name: 'sync',
    label: w('Customer informed', '已同步客户'),
    done: w('kept the customer informed', '向客户同步了进展'),
    on: ['3.2'],
    role: 'exit',
    binds: 'status',
    keeps: true,
    fields: [...messageFields, { key: 'reaction', type: 'longText', label: w("Customer's reaction", '客户反应') }],
    barred: (state) =>
      lastCheck(state) === undefined ? w('There is no status to tell (3.1)', '尚无可同步的状态（3.1）') : undefined,
    guard: (state, values, context) => [...syncGuard(state, values), sentNotAfterNow(values, context)],
    apply: (draft, deed) => {
      const check = lastCheck(draft);
      logMessage(draft, deed, 'customer', 'status', check?.status ?? '');
      draft.checks = draft.checks.map((entry) => (entry === check ? { ...entry, told: true } : entry));
      const { sync: _sent, ...values } = draft.values;
      draft.values = values;
    },
    next: (state) => ({ to: isConclusion(lastCheck(state)) ? '4.1' : '3.1' }),
  },
  {
    name: 'close',
    label: w('Close the request', '关闭需求'),
    done: w('closed the request', '关闭了需求'),
    on: ['4.1'],
    role: 'exit',
    binds: 'status',
    keeps: true,
    fields: [
      {
        key: 'conclusion',
        type: 'choice',
        options: requestStatuses.filter(({ value }) => isReasoned(value) || value === 'released'),
        label: w('Conclusion', '结论'),
        required: true,
        essential: true,
        initial: (state) => lastCheck(state)?.status,
      },
      {
        key: 'version',
        type: 'combo',
        suggest: 'versions',
        label: w('Released in version', '发布版本'),
        shown: (values) => values['conclusion'] === 'released',
        required: true,
        initial: (state) => lastCheck(state)?.version,
      },
      {
        key: 'releasedOn',
        type: 'date',
        label: w('Released on', '发布日期'),
        shown: (values) => values['conclusion'] === 'released',
        required: true,
      },
      {
        key: 'reason',
        type: 'longText',
        label: w('Reason', '原因'),
        shown: (values) => isReasoned(values['conclusion']),
        required: true,
        initial: (state) => lastCheck(state)?.reason,
      },
      {
        key: 'ticketStatus',
        type: 'text',
        label: w('Final status in the ticket system', '工单系统最终状态'),
        required: true,
      },
      {
        key: 'ticketClosedAt',
        type: 'dateTime',
        label: w('Ticket closed at', '工单关闭时间'),
        required: true,
        initial: 'now',
      },
      { key: 'closedAt', type: 'dateTime', label: w('Closed at', '关闭时间'), required: true, initial: 'now' },
    ],
    invariants: (state, values) => {
      const check = lastCheck(state);
      const conclusion = textOf(values, 'conclusion');
      const agrees =
        check?.status === conclusion &&
        (conclusion !== 'released' || textOf(values, 'version') === check.version) &&
        (!isReasoned(conclusion) || textOf(values, 'reason') === check.reason);
      return [
        !(check?.told === true && isConclusion(check)) &&
          invariant('customer-not-told', w('The customer has not been told the conclusion', '尚未将结论告知客户')),
        check !== undefined &&
          conclusion !== '' &&
          !agrees &&
          invariant(
            'other-conclusion',
            w('The customer was told something else; go back to step 3.1', '与告知客户的结论不一致，请返回步骤 3.1'),
            'conclusion',
          ),
      ];
    },
    guard: (_state, values, context) => [
      notAfterNow(values, context, 'closedAt', w('Closed at', '关闭时间')),
      notAfterNow(values, context, 'ticketClosedAt', w('Ticket closed at', '工单关闭时间')),
    ],
    apply: (draft, { event, values }) => {
      const at = textOf(values, 'closedAt') || event.at;
      draft.closedAt = at;
      draft.closures = [
        ...draft.closures,
        { at, by: event.by, round: draft.round, disposition: textOf(values, 'conclusion') },
      ];
    },
    next: () => ({ end: 'closed' }),
  },
  {
    name: 'reopen',
    label: w('Reopen', '重新打开'),
    done: w('reopened the request', '重新打开了需求'),
    on: 'any',
    role: 'other',
    binds: 'round',
    fields: [reasonField],
    barred: (state) =>
      state.closedAt === undefined ? w('Only a closed case can be reopened', '仅已关闭的案例可以重新打开') : undefined,
    apply: (draft, deed) => {
      const flagged = { ...stampOf(deed.event), reason: textOf(deed.values, 'reason') };
      draft.articles = draft.articles.map((article) => ({ ...article, flagged }));
      delete draft.closedAt;
    },
    next: () => ({ restart: '3.1', reopened: true }),
  },
);

export const requestProcedure: Procedure = {
  kind: 'request',
  name: w('Request', '需求/改进建议'),
  intake: 'record',
  roundStart: '3.1',
  stages: [
    {
      id: '1',
      name: w('Intake & analysis', '受理与分析'),
      steps: [
        {
          id: '1.1',
          name: w('Record in detail', '详细记录'),
          spec: 'L46',
          hint: w(
            'Content, background, value and goal, understood in depth.',
            '深入理解并记录内容、背景、价值与目标。',
          ),
          waitingOn: us,
        },
        {
          id: '1.2',
          name: w('Create the request ticket', '创建需求工单'),
          spec: 'L47',
          hint: w('Into the ticket system, and on to the manager.', '录入工单系统并流转至项目经理（或产品经理）。'),
          waitingOn: us,
        },
      ],
    },
    {
      id: '2',
      name: w('Confirm & convey', '确认与传达'),
      steps: [
        {
          id: '2.1',
          name: w('First reply', '初步反馈'),
          spec: 'L48',
          hint: w(
            'Tell the customer that it is formally submitted and that the manager takes over.',
            '告知客户需求已正式提交，后续由项目经理对接。',
          ),
          waitingOn: us,
        },
        {
          id: '2.2',
          name: w('Align with the manager', '内部沟通'),
          spec: 'L49',
          hint: w(
            'Until the manager understands background and intent fully.',
            '确保项目经理完全理解需求的背景与客户意图。',
          ),
          waitingOn: manager,
        },
      ],
    },
    {
      id: '3',
      name: w('Follow-up & feedback', '跟进与反馈'),
      steps: [
        {
          id: '3.1',
          name: w('Follow up regularly', '定期跟进'),
          spec: 'L50',
          hint: w('Ask weekly or two-weekly how the request stands.', '每周或每双周了解评估进度或排期状态。'),
          waitingOn: manager,
        },
        {
          id: '3.2',
          name: w('Keep the customer informed', '持续同步'),
          spec: 'L51',
          hint: w('Every change of status, with its reason, promptly.', '及时、透明地同步最新进展及原因。'),
          waitingOn: us,
        },
      ],
    },
    {
      id: '4',
      name: w('Closure & archive', '关闭与归档'),
      steps: [
        {
          id: '4.1',
          name: w('Close the loop', '工单闭环'),
          spec: 'L52',
          hint: w('Released, or a final conclusion: close the ticket.', '发布或已有明确结论后关闭工单，完成归档。'),
          waitingOn: us,
        },
      ],
    },
  ],
  actions: { ...requestActions, ...commonActions, ...articleActions },
};
