/** Putting off what is due, with a reason: for lists, bulk and programs alike. */
import { dueKinds, dueSince, duesOf, dueTasks, maySnooze } from '../dues';
import { instantOf } from '../time';
import { fill, w } from '../words';
import { reasonField } from './common';
import { stampOf } from './effects';
import { textOf } from './field';
import { invariant, rule } from './missing';
import { type ActionDef, defineActions } from './procedure';

/** Further away than this, a reminder is forgetting. */
const LONGEST_DAYS = 90;
const DAY = 86_400_000;

export const snoozeActions: Readonly<Record<string, ActionDef>> = defineActions({
  name: 'snooze',
  label: w('Snooze a follow-up', '推迟提醒'),
  done: w('put a follow-up off', '推迟了提醒'),
  on: 'unclosed',
  role: 'other',
  saw: (state, values) => ({ since: dueSince(state, textOf(values, 'due')) }),
  fields: [
    {
      key: 'due',
      type: 'choice',
      label: w('What is due', '到期事项'),
      options: dueKinds.map((kind) => ({ value: kind, label: dueTasks[kind] })),
      required: true,
      essential: true,
    },
    { key: 'until', type: 'dateTime', label: w('Until', '推迟到'), required: true, essential: true },
    reasonField,
  ],
  invariants: (_state, values) => [
    values['due'] === 'notifyLead' &&
      invariant(
        'lead-not-put-off',
        w('Notifying the R&D lead of an urgent case cannot be put off', '紧急案例须及时通知研发负责人，不可推迟'),
        'due',
      ),
  ],
  guard: (state, values, context) => {
    const kind = textOf(values, 'due');
    if (kind === '' || kind === 'notifyLead') return [];
    const due = duesOf(state, context.timings).find((candidate) => candidate.kind === kind);
    if (!due) return [rule('nothing-due', w('Nothing of that kind is due', '没有此类到期事项'), 'due')];
    if (!maySnooze(due.kind)) {
      const text = w(
        'An appointment is not put off here: agree a new time with the customer and record it at 4.2 b',
        '预约不在此推迟：请与客户商定新的时间，并在 4.2 b 记录',
      );
      return [rule('appointment-not-put-off', text, 'due')];
    }
    const until = instantOf(values['until']);
    const now = instantOf(context.now);
    return [
      until > 0 &&
        until <= now &&
        rule('snooze-past', w('The new time is not later than now', '推迟到的时间须晚于当前时间'), 'until'),
      until > now &&
        until <= instantOf(due.snoozed?.from ?? due.at) &&
        rule('snooze-early', w('It is not due before that anyway', '该事项在此时间之前本未到期'), 'until'),
      until > now + LONGEST_DAYS * DAY &&
        rule(
          'snooze-long',
          fill(w('That is more than {0} days from now', '距今超过 {0} 天'), String(LONGEST_DAYS)),
          'until',
        ),
    ];
  },
  apply: (draft, { event, values }) => {
    const { since } = event.data;
    draft.snoozes = [
      ...draft.snoozes,
      {
        ...stampOf(event),
        due: textOf(values, 'due'),
        since: typeof since === 'string' ? since : '',
        until: textOf(values, 'until'),
        reason: textOf(values, 'reason'),
      },
    ];
  },
});
