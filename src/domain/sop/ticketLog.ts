/** What came back from the ticket's own system, and what was done there from here; in either procedure (spec L29-L33). */
import type { CaseState, TicketSighting } from '../case/state';
import type { RequestProgress, TicketProgress } from '../tickets/tracker';
import { instantOf } from '../time';
import { w } from '../words';
import { stampOf } from './effects';
import { type FieldDef, type Option, textOf, type Values } from './field';
import { GuardError, rule } from './missing';
import { type ActionDef, defineActions } from './procedure';
import { changedParts } from './ticketParts';

export const ticketProgresses: readonly (Option & { readonly value: TicketProgress })[] = [
  { value: 'open', label: w('Open', '未处理') },
  { value: 'inProgress', label: w('In progress', '处理中') },
  { value: 'toVerify', label: w('To be verified', '待验证') },
  { value: 'done', label: w('Done', '已关闭') },
];

export const requestProgresses: readonly (Option & { readonly value: RequestProgress })[] = [
  { value: 'waiting', label: w('Waiting', '待评估') },
  { value: 'evaluating', label: w('Under evaluation', '已纳入评估') },
  { value: 'scheduled', label: w('Scheduled', '已排期') },
  { value: 'inDevelopment', label: w('In development', '开发中') },
  { value: 'released', label: w('Released', '已发布') },
  { value: 'notAdopted', label: w('Not adopted', '暂不采纳') },
];

/** What was done in the tracker on a click in Casebook; making the ticket is a step of its own. */
export const ticketDeeds = [
  { value: 'comment', label: w('Commented', '添加了备注') },
  { value: 'attach', label: w('Attached files', '上传了附件') },
  { value: 'assign', label: w('Assigned', '指派了工单') },
  { value: 'close', label: w('Closed', '关闭了工单') },
  { value: 'reactivate', label: w('Re-activated', '重新激活了工单') },
] as const;

/** The newest comment is kept so far; the rest is read in the tracker. */
export const LONGEST_COMMENT = 2_000;

const ticketFields: readonly FieldDef[] = [
  { key: 'system', type: 'text', label: w('Ticket system', '工单系统'), internal: true },
  { key: 'ticketKey', type: 'text', label: w('Ticket key', '工单编号'), internal: true, required: true },
];

const text = (key: string, label: ReturnType<typeof w>): FieldDef => ({ key, type: 'text', label, internal: true });

/** Of another ticket than the case's own nothing is written down. */
function ownTicketGuard(state: CaseState, values: Values) {
  const key = textOf(values, 'ticketKey');
  return [
    (state.ticket === undefined || key !== state.ticket.key) &&
      rule('other-ticket', w("That is not the case's ticket", '不是该案例的工单'), 'ticketKey'),
  ];
}

const nothingNew = rule('ticket-same', w('Nothing has changed since it was last read', '自上次读取后没有变化'));

/** True for the refusal of a reading that says nothing new. */
export const isNothingNew = (error: unknown): boolean =>
  error instanceof GuardError && error.missing.length === 1 && error.missing[0] === nothingNew.code;

function sightingOf(values: Values): Omit<TicketSighting, 'at' | 'by' | 'event' | 'round'> {
  const request = requestProgresses.find(({ value }) => value === values['request'])?.value;
  return {
    system: textOf(values, 'system'),
    key: textOf(values, 'ticketKey'),
    status: textOf(values, 'status'),
    progress: ticketProgresses.find(({ value }) => value === values['progress'])?.value ?? 'open',
    ...(request === undefined ? {} : { request }),
    resolution: textOf(values, 'resolution'),
    assignee: textOf(values, 'assignedTo'),
    fixVersion: textOf(values, 'fixVersion'),
    dueDate: textOf(values, 'dueDate'),
    commentAt: textOf(values, 'commentAt'),
    commentBy: textOf(values, 'commentBy'),
    commentText: textOf(values, 'commentText').slice(0, LONGEST_COMMENT),
    updatedAt: textOf(values, 'updatedAt'),
    seenAt: textOf(values, 'seenAt'),
  };
}

export const ticketLogActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'ticketSeen',
    label: w('Ticket has changed', '工单有更新'),
    done: w('read the news of the ticket', '读取了工单的最新情况'),
    on: 'any',
    role: 'other',
    isOwnDoing: true,
    fields: [
      ...ticketFields,
      { ...text('status', w('Status', '状态')), required: true },
      {
        key: 'progress',
        type: 'choice',
        options: ticketProgresses,
        label: w('Progress', '进度'),
        internal: true,
        required: true,
      },
      {
        key: 'request',
        type: 'choice',
        options: requestProgresses,
        label: w('Status of the request', '需求状态'),
        internal: true,
      },
      text('resolution', w('Resolution', '解决方案')),
      // not "assignee": what a tracker calls somebody is no name that an engineer typed, and is not learned
      text('assignedTo', w('Assigned to', '指派给')),
      text('fixVersion', w('Fix version', '修复版本')),
      { key: 'dueDate', type: 'date', label: w('Due date', '截止日期'), internal: true },
      { key: 'commentAt', type: 'dateTime', label: w('Newest comment', '最新备注时间'), internal: true },
      text('commentBy', w('Comment by', '备注人')),
      { key: 'commentText', type: 'longText', label: w('Comment', '备注内容'), internal: true },
      { key: 'updatedAt', type: 'dateTime', label: w('Updated at', '更新时间'), internal: true },
      { key: 'seenAt', type: 'dateTime', label: w('Read at', '读取时间'), internal: true, required: true },
    ],
    guard: (state, values) => [
      ...ownTicketGuard(state, values),
      ...['status', 'progress', 'seenAt'].map(
        (key) =>
          textOf(values, key) === '' &&
          rule(`required:${key}`, w('The reading is incomplete', '读取的内容不完整'), key),
      ),
      // two windows may have read the same
      changedParts(ticketStanding(state), values).length === 0 && nothingNew,
    ],
    apply: (draft, { event, values }) => {
      draft.sightings = [
        ...draft.sightings,
        { ...stampOf(event), event: event.id, round: draft.round, ...sightingOf(values) },
      ];
    },
  },
  {
    name: 'ticketSent',
    label: w('Sent to the ticket system', '已发送到工单系统'),
    done: w('wrote to the ticket', '在工单系统更新了工单'),
    on: 'any',
    role: 'other',
    fields: [
      ...ticketFields,
      {
        key: 'deed',
        type: 'choice',
        options: ticketDeeds,
        label: w('What was done', '操作'),
        internal: true,
        required: true,
      },
      { key: 'text', type: 'longText', label: w('What was sent', '已发送内容'), internal: true },
      { key: 'files', type: 'rows', label: w('Files', '附件'), internal: true },
      text('assignedTo', w('Assigned to', '指派给')),
      { key: 'doneAt', type: 'dateTime', label: w('When', '时间'), internal: true },
    ],
    guard: (state, values) => [
      ...ownTicketGuard(state, values),
      textOf(values, 'deed') === '' && rule('required:deed', w('What was done is missing', '缺少操作'), 'deed'),
    ],
    apply: (draft, { event, values }) => {
      const files = values['files'];
      draft.ticketDeeds = [
        ...draft.ticketDeeds,
        {
          at: textOf(values, 'doneAt') || event.at,
          by: event.by,
          event: event.id,
          round: draft.round,
          key: textOf(values, 'ticketKey'),
          deed: textOf(values, 'deed'),
          text: textOf(values, 'text'),
          files: Array.isArray(files) ? (files as readonly string[]) : [],
          person: textOf(values, 'assignedTo'),
        },
      ];
    },
  },
);

/** What was read of the case's own ticket, as it was read: merged copies may have written it down in another order. */
export function sightingsOf(state: CaseState): readonly TicketSighting[] {
  return state.sightings
    .filter(({ key }) => key === state.ticket?.key)
    .toSorted((a, b) => instantOf(a.seenAt) - instantOf(b.seenAt));
}

/** How the ticket stood when it was last read; undefined where it never was. */
export function ticketStanding(state: CaseState): TicketSighting | undefined {
  return sightingsOf(state).at(-1);
}
