/** Issue, stages 1 and 2: receive, assess, reproduce, create the ticket (spec L25-L28). */
import type { CaseState, Draft } from '../case/state';
import { maskedAs } from '../redaction/masked';
import { instantOf } from '../time';
import { w } from '../words';
import { leadNotTold, leadToldNotAfterNow, notAfterNow } from './common';
import { assessedUrgency, noteLead, noteTicket, stampOf } from './effects';
import {
  environmentItems,
  environmentOf,
  type FieldDef,
  isEmpty,
  rowsOf,
  textOf,
  type Values,
  withPatch,
} from './field';
import { intakeFields, leadFieldsWhen, ticketFields, urgencies } from './fields';
import { detail, invariant, type Missing, rule } from './missing';
import { type ActionDef, type Deed, defineActions } from './procedure';

const receiveFields: readonly FieldDef[] = [
  { key: 'title', type: 'text', label: w('Title', '标题'), required: true },
  {
    key: 'description',
    type: 'longText',
    label: w('Description', '问题描述'),
    hint: w("In the customer's words, with the exact error text.", '使用客户的原话，包含完整的报错信息。'),
    required: true,
  },
  {
    key: 'occurrence',
    type: 'choice',
    label: w('When did it happen?', '发生时间'),
    options: [
      { value: 'moment', label: w('a moment', '某一时刻') },
      { value: 'range', label: w('a range', '一段时间') },
      { value: 'unknown', label: w('unknown; first noticed at', '未知，首次发现于') },
    ],
    required: true,
    initial: () => 'moment',
  },
  { key: 'occurredAt', type: 'dateTime', label: w('Occurred at', '具体时间'), required: true },
  {
    key: 'occurredUntil',
    type: 'dateTime',
    label: w('Until', '结束于'),
    shown: (values) => values['occurrence'] === 'range',
    required: true,
  },
  {
    key: 'impact',
    type: 'longText',
    label: w('Impact scope', '影响范围'),
    hint: w('Who and what is affected, and how badly.', '影响了哪些用户和业务，程度如何。'),
    required: true,
  },
  ...intakeFields,
  { key: 'problemType', type: 'combo', suggest: 'types', label: w('Problem type', '问题类型'), required: true },
];

function occurrenceGuard(values: Values): (Missing | undefined)[] {
  const at = textOf(values, 'occurredAt');
  const until = values['occurrence'] === 'range' ? textOf(values, 'occurredUntil') : '';
  const received = textOf(values, 'receivedAt');
  return [
    at !== '' && until !== '' && instantOf(until) < instantOf(at)
      ? rule('occurrence-order', w('The range ends before it begins', '结束时间早于开始时间'), 'occurredUntil')
      : undefined,
    at !== '' && received !== '' && instantOf(until || at) > instantOf(received)
      ? rule(
          'occurred-after-received',
          w('It occurred after it was received', '发生时间晚于接收时间'),
          until === '' ? 'occurredAt' : 'occurredUntil',
        )
      : undefined,
  ];
}

const isUntold = (state: CaseState, values: Values) =>
  assessedUrgency(values) === 'urgent' && !(state.urgency === 'urgent' && state.emergency?.notified !== undefined);

const assessFields: readonly FieldDef[] = [
  {
    key: 'coreAffected',
    type: 'yesNo',
    label: w('Is core business in production affected?', '是否影响生产环境核心业务运行？'),
    required: true,
    essential: true,
  },
  {
    key: 'workaround',
    type: 'yesNo',
    label: w('Is there a workable workaround?', '是否存在可行的临时规避方案？'),
    required: true,
    essential: true,
  },
  {
    key: 'workaroundText',
    type: 'longText',
    label: w('Workaround', '规避方案'),
    shown: (values) => values['workaround'] === true,
    required: true,
  },
  {
    key: 'override',
    type: 'choice',
    label: w('Decide otherwise', '人工调整为'),
    hint: w('Only if the two answers do not reflect the situation.', '仅当以上两项不足以反映实际情况时使用。'),
    options: urgencies,
  },
  {
    key: 'overrideReason',
    type: 'text',
    label: w('Reason', '调整原因'),
    shown: (values) => !isEmpty(values['override']),
    required: true,
  },
  ...leadFieldsWhen((values, state) => isUntold(state, values)),
];

const isNotStable = (values: Values) => values['outcome'] !== undefined && values['outcome'] !== 'stable';

export const reproduceFields: readonly FieldDef[] = [
  {
    key: 'outcome',
    type: 'choice',
    label: w('Outcome', '复现结果'),
    options: [
      { value: 'stable', label: w('Stable: happens every time', '稳定复现') },
      { value: 'intermittent', label: w('Intermittent', '偶发') },
      { value: 'notReproduced', label: w('Not reproduced', '未能复现') },
    ],
    required: true,
    essential: true,
  },
  { key: 'reproduced', type: 'number', label: w('Times reproduced', '复现次数'), required: true },
  { key: 'attempts', type: 'number', label: w('Attempts', '尝试次数'), required: true },
  {
    key: 'steps',
    type: 'rows',
    label: w('Steps to reproduce', '复现步骤'),
    hint: w('One action a row; Enter adds a row.', '每行一个操作，按 Enter 添加一行。'),
    required: (values) => values['outcome'] === 'stable',
  },
  { key: 'expected', type: 'longText', label: w('Expected', '期望结果') },
  { key: 'actual', type: 'longText', label: w('Actual', '实际结果') },
  { key: 'dataUsed', type: 'longText', label: w('Data used', '所用数据') },
  {
    key: 'environment',
    type: 'environment',
    label: w('Environment information', '环境信息'),
    hint: w(
      'As it was when the problem occurred. What cannot be had is marked so, with the reason.',
      '问题发生时的情况。无法获取的项目请注明原因。',
    ),
    required: isNotStable,
    essential: true,
  },
  {
    key: 'evidence',
    type: 'rows',
    label: w('Evidence', '证据'),
    hint: w('Files, pictures, links: one a row.', '文件、截图、链接：每行一项。'),
  },
];

/** Not stable: every item is known, or marked "cannot obtain" with a reason (spec L27, L81). */
function environmentGuard(values: Values): Missing[] {
  if (!isNotStable(values)) return [];
  const environment = environmentOf(values);
  return environmentItems
    .filter(({ key }) => isEmpty(environment[key]?.value) && isEmpty(environment[key]?.cannot))
    .map(({ key, label }) =>
      invariant(
        `environment:${key}`,
        {
          en: `Environment: ${label.en} is neither filled nor marked "cannot obtain" with a reason`,
          zh: `环境信息：${label.zh}未填写，也未注明无法获取的原因`,
        },
        'environment',
      ),
    );
}

function attemptsGuard(values: Values): (Missing | false)[] {
  const { reproduced, attempts, outcome } = values;
  if (typeof reproduced !== 'number' || typeof attempts !== 'number') return [];
  const contradicts =
    (outcome === 'stable' && (reproduced === 0 || reproduced !== attempts)) ||
    (outcome === 'notReproduced' && reproduced !== 0) ||
    (outcome === 'intermittent' && (reproduced === 0 || reproduced === attempts));
  return [
    reproduced > attempts &&
      rule('attempts', w('More reproduced than attempted', '复现次数多于尝试次数'), 'reproduced'),
    reproduced <= attempts &&
      contradicts &&
      detail('outcome-attempts', w('The outcome does not fit the counts', '复现结果与次数不符'), 'outcome'),
  ];
}

/** Of the latest earlier round that had one: a round may have ended without. */
function lastReproduction(state: CaseState): Values | undefined {
  return state.rounds.findLast((round) => round.values['reproduce'] !== undefined)?.values['reproduce'];
}

function keepAttempt(draft: Draft, { event, values }: Deed): void {
  draft.attempts = [...draft.attempts, { ...stampOf(event), round: draft.round, values }];
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** What the ticket must contain as it was captured (spec L28, L82): description, steps, environment. */
function sentGuard(state: CaseState, values: Values): (Missing | false)[] {
  const sent = squeeze(textOf(values, 'sent'));
  if (sent === '') return [];
  // a password that was masked on the way is no lack
  const has = (part: string) =>
    sent.includes(squeeze(part)) || maskedAs(part, sent).some((each) => sent.includes(squeeze(each)));
  const lacks = (part: string) => part.trim() !== '' && !has(part);
  const captured = state.values['reproduce'];
  const environment = Object.values(environmentOf(captured)).map((item) => item.value ?? item.cannot ?? '');
  return [
    lacks(textOf(state.values['receive'], 'description')) &&
      detail('sent:description', w('The ticket text lacks the description', '工单内容缺少问题描述'), 'sent'),
    rowsOf(captured, 'steps').some(lacks) &&
      detail('sent:steps', w('The ticket text lacks steps to reproduce', '工单内容缺少复现步骤'), 'sent'),
    environment.some(lacks) &&
      detail('sent:environment', w('The ticket text lacks environment information', '工单内容缺少环境信息'), 'sent'),
  ];
}

export const diagnosisActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'receive',
    label: w('Report is complete', '反馈已完整'),
    done: w('recorded the report', '记录了客户反馈'),
    on: ['1.1'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: receiveFields,
    guard: (_state, values, context) => [
      ...occurrenceGuard(values),
      notAfterNow(values, context, 'receivedAt', w('Received at', '接收时间')),
    ],
    next: () => ({ to: '1.2' }),
  },
  {
    name: 'assess',
    label: w('Urgency is assessed', '完成紧急程度评估'),
    done: w('assessed the urgency', '评估了紧急程度'),
    on: ['1.2'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: assessFields,
    invariants: (state, values) => [isUntold(state, values) && isEmpty(values['leadLead']) && leadNotTold],
    guard: (_state, values, context) => [leadToldNotAfterNow(values, context)],
    derive: (draft, deed) => noteLead(draft, deed, 'lead'),
    next: () => ({ to: '2.1' }),
  },
  {
    name: 'reproduce',
    label: w('Diagnosis is complete', '完成信息收集与复现'),
    done: w('collected information and reproduced', '完成了信息收集与复现'),
    on: ['2.1'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: reproduceFields,
    excusable: ['outcome-attempts', 'required:version'],
    invariants: (_state, values) => environmentGuard(values),
    guard: (state, values) => [
      ...attemptsGuard(values),
      values['outcome'] === 'stable' &&
        isEmpty(textOf(state.values['receive'], 'version')) &&
        detail('required:version', w('The version is missing (step 1.1)', '缺少版本（步骤 1.1）')),
    ],
    apply: keepAttempt,
    next: () => ({ to: '2.2' }),
  },
  {
    name: 'tryAgain',
    label: w('Keep this attempt and try again', '保留本次尝试并再次复现'),
    done: w('kept an attempt and tried again', '保留了一次尝试，再次复现'),
    on: ['2.1'],
    role: 'other',
    fields: reproduceFields.map((field) => (field.key === 'outcome' ? field : optional(field))),
    apply: (draft, deed) => {
      keepAttempt(draft, deed);
      const again = withPatch(deed.values, { outcome: null, reproduced: null, attempts: null });
      draft.values = { ...draft.values, reproduce: again };
    },
  },
  {
    name: 'carryOver',
    label: w('Reproduction is still valid', '沿用上一轮的复现'),
    done: w('carried the reproduction over from the round before', '沿用了上一轮的复现'),
    on: ['2.1'],
    role: 'other',
    fields: [],
    barred: (state) =>
      lastReproduction(state) === undefined
        ? w('There is no earlier round to carry over', '没有可沿用的上一轮')
        : undefined,
    apply: (draft) => {
      const earlier = lastReproduction(draft);
      if (earlier) draft.values = { ...draft.values, reproduce: earlier };
    },
  },
  {
    name: 'createTicket',
    label: w('Ticket is created', '工单已创建'),
    done: w('created the internal ticket', '创建了内部工单'),
    on: ['2.2'],
    role: 'exit',
    keeps: true,
    correctable: true,
    fields: [
      ...ticketFields,
      { key: 'ticketType', type: 'text', label: w('Type', '工单类型') },
      { key: 'severity', type: 'text', label: w('Severity', '严重程度') },
      {
        key: 'reactivated',
        type: 'confirm',
        label: w('The ticket is re-activated and the new information is appended', '工单已重新激活，并补充了新信息'),
        shown: (_values, state) => state.round > 1,
        required: true,
      },
    ],
    excusable: ['sent:description', 'sent:steps', 'sent:environment', 'same-ticket'],
    guard: (state, values) => [
      ...sentGuard(state, values),
      state.round > 1 &&
        state.ticket !== undefined &&
        textOf(values, 'ticketKey') !== state.ticket.key &&
        detail(
          'same-ticket',
          w('A further round re-activates the same ticket', '后续轮次应重新激活同一工单'),
          'ticketKey',
        ),
    ],
    derive: noteTicket,
    next: () => ({ to: '3.1' }),
  },
);

function optional(field: FieldDef): FieldDef {
  const { required: _required, essential: _essential, ...rest } = field;
  return rest;
}
