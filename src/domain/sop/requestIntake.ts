/** Request, stages 1 and 2: record, submit to the manager, first reply, align (spec L46-L49). */
import { w } from '../words';
import { notAfterNow, sentNotAfterNow } from './common';
import { logMessage, noteTicket } from './effects';
import { isEmpty, textOf, type Question, type Values } from './field';
import { intakeFields, messageFields, ticketFields } from './fields';
import { detail } from './missing';
import { type ActionDef, defineActions } from './procedure';
import { requestContentFields } from './requestFields';

const openQuestions = (values: Values): readonly Question[] => {
  const questions = values['questions'];
  return Array.isArray(questions) ? (questions as readonly Question[]).filter((entry) => isEmpty(entry.answer)) : [];
};

export const requestIntakeActions: Readonly<Record<string, ActionDef>> = defineActions(
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
);
