/** Issue, step 4.2: internal check, appointment, upgrade, check at the customer, in this order (spec L32). */
import { w } from '../words';
import { leadToldNotAfterNow, notAfterNow, urgencyInvariant } from './common';
import { changeUrgency, endEmergency, stampOf } from './effects';
import { type FieldDef, textOf } from './field';
import { urgencyFields } from './fields';
import { currentPlan } from './issueFix';
import { detail } from './missing';
import { type ActionDef, defineActions } from './procedure';

const resultField: FieldDef = {
  key: 'result',
  type: 'choice',
  label: w('Result', '结果'),
  options: [
    { value: 'passed', label: w('Passed: the problem is gone', '通过：问题已解决') },
    { value: 'failed', label: w('Failed: re-activate, next round', '未通过：重新激活，进入下一轮') },
  ],
  required: true,
  essential: true,
};

const onlyWhenFailed = urgencyFields.map((field): FieldDef => ({
  ...field,
  shown: (values, state) => values['result'] === 'failed' && (field.shown?.(values, state) ?? true),
}));

const restartIfFailed: NonNullable<ActionDef['next']> = (_state, values) =>
  values['result'] === 'failed' ? { restart: '2.1', reopened: false } : undefined;

export const verifyActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'verifyInternal',
    label: w('a. Internal check', 'a. 内部验证'),
    done: w('checked the fix in the test environment', '在测试环境验证了修复'),
    on: ['4.2'],
    role: 'part',
    binds: 'plan',
    keeps: true,
    fields: [
      { key: 'build', type: 'text', label: w('Build', '构建版本'), required: true },
      { key: 'cases', type: 'longText', label: w('What was checked', '验证内容'), required: true },
      { key: 'evidence', type: 'rows', label: w('Evidence', '证据') },
      resultField,
      ...onlyWhenFailed,
    ],
    invariants: (state, values) => [values['result'] === 'failed' && urgencyInvariant(state, values)],
    guard: (_state, values, context) => [leadToldNotAfterNow(values, context)],
    apply: (draft, deed) => {
      const passed = deed.values['result'] === 'passed';
      draft.verification = { internal: { ...stampOf(deed.event), passed, values: deed.values } };
      if (!passed) changeUrgency(draft, deed);
    },
    next: restartIfFailed,
  },
  {
    name: 'appoint',
    label: w('b. Appointment', 'b. 预约升级'),
    done: w('made the appointment for the upgrade', '预约了升级时间'),
    on: ['4.2'],
    role: 'part',
    binds: 'plan',
    keeps: true,
    fields: [
      { key: 'start', type: 'dateTime', label: w('Start', '开始时间'), required: true },
      { key: 'end', type: 'dateTime', label: w('End', '结束时间'), required: true },
      { key: 'zone', type: 'text', label: w('Time zone', '时区') },
      { key: 'contact', type: 'combo', suggest: 'contacts', label: w('Contact', '联系人'), required: true },
    ],
    barred: (state) =>
      state.verification.internal?.passed === true
        ? undefined
        : w('The internal check (a) has not passed yet', '内部验证（a）尚未通过'),
    excusable: ['appointment-order'],
    guard: (_state, values) => [
      textOf(values, 'start') !== '' &&
        textOf(values, 'end') !== '' &&
        Date.parse(textOf(values, 'end')) <= Date.parse(textOf(values, 'start')) &&
        detail('appointment-order', w('The appointment ends before it starts', '结束时间早于开始时间'), 'end'),
    ],
    apply: (draft, { event, values }) => {
      const { internal } = draft.verification;
      draft.verification = { ...(internal ? { internal } : {}), appointment: { ...stampOf(event), values } };
    },
  },
  {
    name: 'upgrade',
    label: w('c. Upgrade done', 'c. 完成升级'),
    done: w("upgraded the customer's system", '完成了客户环境升级'),
    on: ['4.2'],
    role: 'part',
    binds: 'plan',
    keeps: true,
    fields: [
      {
        key: 'fromVersion',
        type: 'combo',
        suggest: 'versions',
        label: w('From version', '升级前版本'),
        required: true,
        initial: (state) => textOf(state.values['receive'], 'version') || undefined,
      },
      {
        key: 'toVersion',
        type: 'combo',
        suggest: 'versions',
        label: w('To version', '升级后版本'),
        required: true,
        initial: (state) => currentPlan(state)?.version,
      },
      {
        key: 'operator',
        type: 'person',
        suggest: 'people',
        label: w('Operator', '操作人'),
        required: true,
        initial: 'me',
      },
      { key: 'upgradedAt', type: 'dateTime', label: w('Done at', '完成时间'), required: true, initial: 'now' },
      { key: 'rollback', type: 'longText', label: w('Rollback note', '回退说明') },
    ],
    barred: (state) =>
      state.verification.appointment ? undefined : w('There is no appointment (b) yet', '尚未预约升级（b）'),
    guard: (_state, values, context) => [notAfterNow(values, context, 'upgradedAt', w('Done at', '完成时间'))],
    apply: (draft, { event, values }) => {
      const { customer: _earlier, ...parts } = draft.verification;
      draft.verification = { ...parts, upgrade: { ...stampOf(event), values } };
    },
  },
  {
    name: 'verifyCustomer',
    label: w("d. Check in the customer's production", 'd. 客户生产环境验证'),
    done: w("checked the fix in the customer's production", '在客户生产环境验证了修复'),
    on: ['4.2'],
    role: 'exit',
    binds: 'plan',
    keeps: true,
    fields: [
      { key: 'confirmedBy', type: 'combo', suggest: 'contacts', label: w('Confirmed by', '确认人'), required: true },
      { key: 'checkedAt', type: 'dateTime', label: w('Checked at', '验证时间'), required: true, initial: 'now' },
      { key: 'observation', type: 'longText', label: w('What was seen', '验证情况') },
      { key: 'evidence', type: 'rows', label: w('Evidence', '证据') },
      resultField,
      ...onlyWhenFailed,
    ],
    barred: (state) =>
      state.verification.upgrade ? undefined : w('The upgrade (c) is not done yet', '尚未完成升级（c）'),
    invariants: (state, values) => [values['result'] === 'failed' && urgencyInvariant(state, values)],
    guard: (_state, values, context) => [
      notAfterNow(values, context, 'checkedAt', w('Checked at', '验证时间')),
      leadToldNotAfterNow(values, context),
    ],
    apply: (draft, deed) => {
      const passed = deed.values['result'] === 'passed';
      draft.verification = { ...draft.verification, customer: { ...stampOf(deed.event), passed, values: deed.values } };
      if (passed) endEmergency(draft, deed.event, 'fix verified');
      else changeUrgency(draft, deed);
    },
    next: (state, values) => (values['result'] === 'passed' ? { to: '5.1' } : restartIfFailed(state, values)),
  },
);
