/** Actions of both procedures that belong to no step: notes, messages, urgency, owner, and the ways out. */
import { isCaseId } from '../case/ids';
import type { CaseState } from '../case/state';
import { isSamePerson } from '../person';
import { instantOf } from '../time';
import { w, type Words } from '../words';
import { changeUrgency, endEmergency, logMessage, noteLead, stampOf, startsEmergency } from './effects';
import { type FieldDef, isEmpty, rowsOf, textOf, type Values } from './field';
import { leadFields, messageFields, purposes, recipients, urgencyFields } from './fields';
import { invariant, type Missing, rule } from './missing';
import { type ActionDef, type Context, defineActions } from './procedure';

/** Why somebody does what changes the case's course: nothing excuses not to say it. */
export const reasonField: FieldDef = {
  key: 'reason',
  type: 'longText',
  label: w('Reason', '原因'),
  required: true,
  essential: true,
};

/** Names a field whose instant lies after now. */
export function notAfterNow(values: Values, context: Context, key: string, label: Words): Missing | undefined {
  const value = textOf(values, key);
  if (value === '' || instantOf(value) <= instantOf(context.now)) return undefined;
  return rule(`future:${key}`, { en: `${label.en} lies in the future`, zh: `${label.zh}晚于当前时间` }, key);
}

export const sentNotAfterNow = (values: Values, context: Context) =>
  notAfterNow(values, context, 'sentAt', w('Sent at', '发送时间'));

export const leadToldNotAfterNow = (values: Values, context: Context) =>
  notAfterNow(values, context, 'leadNotifiedAt', w('Notified at', '通知时间'));

/** No urgent case goes on without the lead having been told (sop.md, invariant 2). */
export function urgencyInvariant(state: CaseState, values: Values): Missing | undefined {
  return startsEmergency(state, values['newUrgency']) && isEmpty(values['leadLead']) ? leadNotTold : undefined;
}

export const leadNotTold = invariant(
  'lead-not-notified',
  w('Urgent: the R&D lead must be notified first', '紧急：须先通知研发负责人'),
  'leadLead',
);

const isUrgentAndUntold = (state: CaseState) => state.urgency === 'urgent' && state.emergency?.notified === undefined;

export const closedAlready = (state: CaseState): Words | undefined =>
  state.closedAt === undefined ? undefined : w('The case is closed; reopen it first', '案例已关闭，请先重新打开');

const otherCaseField: FieldDef = {
  key: 'otherCase',
  type: 'text',
  label: w('Merge into case', '合并到案例'),
  hint: w('The id of the case that goes on, e.g. ISS-20261122-7K3F.', '继续处理的案例编号，如 ISS-20261122-7K3F。'),
  required: true,
  essential: true,
};

const LONGEST_TAG = 60;

/** Each tag once, in the first of its spellings. */
export function tagsOf(values: Values): readonly string[] {
  const tags = new Map<string, string>();
  for (const row of rowsOf(values, 'tags')) {
    const tag = row.replace(/\s+/g, ' ').trim();
    if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

/**
 * The tags after a change that states all of them: what another copy put on or took off meanwhile stays so.
 * @param saw the tags that its author saw; an older Casebook did not write them down
 */
export function tagsAfter(now: readonly string[], values: Values, saw: unknown): readonly string[] {
  const wanted = tagsOf(values);
  if (!Array.isArray(saw)) return wanted;
  const setOf = (tags: readonly unknown[]) => new Set(tags.map((tag) => String(tag).toLowerCase()));
  const [before, after, stated] = [setOf(saw), setOf(now), setOf(wanted)];
  const isTakenOff = (tag: string) => before.has(tag.toLowerCase()) && !after.has(tag.toLowerCase());
  const isPutOn = (tag: string) => !before.has(tag.toLowerCase()) && !stated.has(tag.toLowerCase());
  return [...wanted.filter((tag) => !isTakenOff(tag)), ...now.filter(isPutOn)];
}

export const commonActions = defineActions(
  {
    name: 'note',
    label: w('Add a note', '添加备注'),
    done: w('noted', '添加了备注'),
    on: 'any',
    role: 'other',
    fields: [{ key: 'text', type: 'longText', label: w('Note', '备注'), required: true }],
    apply: (draft, { event, values }) => {
      draft.notes = [...draft.notes, { ...stampOf(event), content: textOf(values, 'text'), round: draft.round }];
    },
  },
  {
    name: 'logMessage',
    label: w('Log a message', '记录消息'),
    done: w('logged a message', '记录了消息'),
    on: 'any',
    role: 'other',
    fields: [
      { key: 'to', type: 'choice', options: recipients, label: w('To', '接收方'), required: true },
      {
        key: 'group',
        type: 'combo',
        suggest: 'groups',
        label: w('Group', '沟通群组'),
        shown: (values) => values['to'] === 'group',
      },
      { key: 'purpose', type: 'choice', options: purposes, label: w('Purpose', '用途'), required: true },
      ...messageFields,
    ],
    guard: (_state, values, context) => [sentNotAfterNow(values, context)],
    apply: (draft, deed) => {
      const purpose = textOf(deed.values, 'purpose');
      // a plan is told at step 4.1 and a status at step 3.2, where the guards look: here they would count as nothing
      logMessage(
        draft,
        deed,
        textOf(deed.values, 'to'),
        purpose === 'plan' || purpose === 'status' ? 'other' : purpose,
      );
    },
  },
  {
    name: 'assign',
    label: w('Hand over', '转交'),
    done: w('handed the case over', '转交了案例'),
    on: 'open',
    role: 'other',
    fields: [
      {
        key: 'owner',
        type: 'person',
        suggest: 'people',
        label: w('New owner', '新负责人'),
        hint: w('A colleague from the list, or a new name.', '可从列表选择，也可输入新的姓名。'),
        required: true,
      },
      {
        key: 'note',
        type: 'longText',
        label: w('Note', '备注'),
        hint: w(
          'What the new owner should know; it stands in the timeline.',
          '需要告知新负责人的情况，将显示在时间线中。',
        ),
      },
    ],
    guard: (state, values) => [
      isSamePerson(textOf(values, 'owner'), state.owner) &&
        rule('owner-already', w('Owns the case already', '已是该案例的负责人'), 'owner'),
    ],
    apply: (draft, { event, values }) => {
      draft.owner = textOf(values, 'owner').trim();
      delete draft.handover;
      if (isSamePerson(event.by, draft.owner)) return;
      draft.handover = { ...stampOf(event), note: textOf(values, 'note').trim() };
    },
  },
  {
    name: 'tag',
    label: w('Tag', '设置标签'),
    done: w('changed the tags', '更改了标签'),
    on: 'any',
    role: 'other',
    fields: [
      {
        key: 'tags',
        type: 'rows',
        suggest: 'tags',
        label: w('Tags', '标签'),
        hint: w(
          'All of its tags, one a row; a row taken out takes the tag off.',
          '每行一个标签；删除一行即移除该标签。',
        ),
        initial: (state) => state.tags,
      },
    ],
    guard: (state, values) => {
      const tags = tagsOf(values);
      return [
        tags.some((tag) => tag.length > LONGEST_TAG) &&
          rule('tag-too-long', w('A tag has at most 60 characters', '标签最多 60 个字符'), 'tags'),
        tags.join('\n') === state.tags.join('\n') && {
          ...rule('tags-same', w('It has these tags already', '标签没有变化'), 'tags'),
          label: w('A change', '标签改动'),
        },
      ];
    },
    saw: (state) => ({ tags: state.tags }),
    apply: (draft, { event, values }) => {
      draft.tags = tagsAfter(draft.tags, values, event.data['tags']);
    },
  },
  {
    name: 'withdraw',
    label: w('Withdraw', '撤回'),
    done: w('withdrew the case', '撤回了案例'),
    on: 'unclosed',
    role: 'other',
    fields: [reasonField],
    next: () => ({ end: 'withdrawn' }),
  },
  {
    name: 'merge',
    label: w('Merge into another case', '合并到其他案例'),
    done: w('merged the case', '合并了案例'),
    on: 'unclosed',
    role: 'other',
    fields: [otherCaseField, reasonField],
    guard: (state, values) => {
      const other = textOf(values, 'otherCase');
      return [
        other !== '' &&
          (!isCaseId(other) || other === state.id) &&
          rule('other-case', w('That is not the id of another case', '不是其他案例的编号'), 'otherCase'),
      ];
    },
    apply: (draft, { values }) => {
      draft.otherCase = textOf(values, 'otherCase');
    },
    next: () => ({ end: 'merged' }),
  },
);

/** What only an issue has: urgency and the emergency region beside the steps (spec L26, L80). */
export const emergencyActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'changeUrgency',
    label: w('Change the urgency', '变更紧急程度'),
    done: w('changed the urgency', '变更了紧急程度'),
    on: 'unclosed',
    role: 'other',
    fields: urgencyFields.map((field) =>
      field.key === 'newUrgency' ? { ...field, required: true as const, essential: true as const } : field,
    ),
    barred: (state) =>
      state.urgency === undefined ? w('The urgency is assessed at step 1.2', '紧急程度在步骤 1.2 评估') : undefined,
    invariants: (state, values) => [urgencyInvariant(state, values)],
    guard: (_state, values, context) => [leadToldNotAfterNow(values, context)],
    apply: changeUrgency,
  },
  {
    name: 'notifyLead',
    label: w('R&D lead notified', '已通知研发负责人'),
    done: w('notified the R&D lead', '通知了研发负责人'),
    on: 'unclosed',
    role: 'other',
    fields: leadFields,
    barred: (state) =>
      isUrgentAndUntold(state)
        ? undefined
        : w('Only an urgent case whose lead has not been told yet', '仅限研发负责人尚未得到通知的紧急案例'),
    guard: (_state, values, context) => [notAfterNow(values, context, 'notifiedAt', w('Notified at', '通知时间'))],
    apply: (draft, deed) => noteLead(draft, deed, ''),
  },
  {
    name: 'giveWorkaround',
    label: w('Workaround given', '已提供规避方案'),
    done: w('gave the customer a workaround', '向客户提供了规避方案'),
    on: 'unclosed',
    role: 'other',
    fields: messageFields,
    guard: (_state, values, context) => [sentNotAfterNow(values, context)],
    apply: (draft, deed) => {
      logMessage(draft, deed, 'customer', 'workaround');
      if (draft.emergency === undefined) return;
      draft.emergency = {
        ...draft.emergency,
        workaround: { ...stampOf(deed.event), text: textOf(deed.values, 'text') },
      };
    },
  },
  {
    name: 'endEmergency',
    label: w('Workaround confirmed', '规避方案已确认有效'),
    done: w('ended the emergency: workaround confirmed', '结束了应急：规避方案已确认有效'),
    on: 'unclosed',
    role: 'other',
    fields: [
      { key: 'confirmedBy', type: 'combo', suggest: 'contacts', label: w('Confirmed by', '确认人'), required: true },
    ],
    barred: (state) =>
      state.emergency?.workaround === undefined || state.emergency.ended !== undefined
        ? w('There is no workaround to confirm', '没有待确认的规避方案')
        : undefined,
    apply: (draft, { event }) => endEmergency(draft, event, 'workaround confirmed'),
  },
);
