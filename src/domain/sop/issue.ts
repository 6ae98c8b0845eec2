/** The procedure for issues: 5 stages, 10 steps (spec L25-L34). */
import type { CaseState } from '../case/state';
import { isCaseId, kindOfId } from '../case/ids';
import { w } from '../words';
import { articleActions } from './articles';
import {
  closedAlready,
  commonActions,
  emergencyActions,
  leadToldNotAfterNow,
  reasonField,
  urgencyInvariant,
} from './common';
import {
  closingFields,
  closingGuard,
  isWithdrawn,
  noteClosure,
  notReopenable,
  reopenedAt,
  undoClosure,
} from './closing';
import { changeUrgency } from './effects';
import { evidenceActions } from './evidence';
import { type FieldDef, textOf } from './field';
import { dispositions, urgencyFields } from './fields';
import { currentPlan, fixActions, planMessage } from './issueFix';
import { diagnosisActions } from './issueDiagnosis';
import { verifyActions } from './issueVerify';
import { importActions } from './imported';
import { invariant, rule } from './missing';
import { type ActionDef, defineActions, type Procedure } from './procedure';
import { requestContentFields } from './requestFields';
import { snoozeActions } from './snooze';
import { ticketLogActions } from './ticketLog';

const us = () => 'us' as const;

function waitingWhileVerifying(state: CaseState) {
  const { internal, appointment, upgrade } = state.verification;
  if (!internal?.passed) return 'rd';
  return appointment && !upgrade ? 'customer' : 'us';
}

/** A withdrawn case that is taken up again has not come back: its urgency is as it was. */
function asWhenItComesBack(field: FieldDef): FieldDef {
  return { ...field, shown: (values, state) => !isWithdrawn(state) && (field.shown?.(values, state) ?? true) };
}

const closureActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'close',
    label: w('Close the case', '关闭案例'),
    done: w('closed the case', '关闭了案例'),
    on: ['5.1'],
    role: 'exit',
    keeps: true,
    fields: [
      {
        key: 'disposition',
        type: 'choice',
        options: dispositions,
        label: w('Disposition', '处理结论'),
        required: true,
        essential: true,
        initial: (state) => currentPlan(state)?.disposition,
      },
      ...closingFields,
      { key: 'summary', type: 'longText', label: w('Cause and solution', '原因与解决方案') },
    ],
    invariants: (state, values) => {
      const disposition = textOf(values, 'disposition');
      const plan = currentPlan(state);
      return [
        disposition === 'fixed' &&
          state.verification.customer?.passed !== true &&
          invariant(
            'not-verified',
            w('The customer check (d) has not passed in this round', '本轮客户环境验证（d）尚未通过'),
          ),
        disposition === 'fixed' &&
          state.verification.internal?.passed !== true &&
          invariant(
            'not-checked',
            w('The internal check (a) has not passed in this round', '本轮内部验证（a）尚未通过'),
          ),
        disposition !== 'fixed' &&
          disposition !== '' &&
          !(plan?.disposition === disposition && plan.answer?.accepted === true && planMessage(state)) &&
          invariant(
            'customer-not-agreed',
            w('The customer has not been informed of this and agreed', '尚未告知客户并取得同意'),
            'disposition',
          ),
      ];
    },
    guard: (_state, values, context) => closingGuard(values, context),
    apply: (draft, deed) => noteClosure(draft, deed, textOf(deed.values, 'disposition')),
    next: () => ({ to: '5.2' }),
  },
  {
    name: 'archive',
    label: w('Archive the case', '归档案例'),
    done: w('archived the case', '归档了案例'),
    on: ['5.2'],
    role: 'exit',
    keeps: true,
    fields: [
      {
        key: 'typical',
        type: 'yesNo',
        label: w('Is this a typical case that others can learn from?', '是否为值得共享的典型案例？'),
        required: true,
        essential: true,
      },
      {
        key: 'reason',
        type: 'text',
        label: w('Why not', '不归档知识库的原因'),
        shown: (values) => values['typical'] === false,
        required: true,
      },
    ],
    guard: (state, values) => [
      values['typical'] === true &&
        !state.articles.some((article) => article.flagged === undefined) &&
        rule('article', w('The article is not published yet', '知识库文章尚未发布'), 'typical'),
    ],
    next: () => ({ end: 'archived' }),
  },
  {
    name: 'reopen',
    label: w('Reopen', '重新打开'),
    done: w('reopened the case', '重新打开了案例'),
    on: 'any',
    role: 'other',
    fields: [reasonField, ...urgencyFields.map(asWhenItComesBack)],
    barred: notReopenable,
    binds: 'round',
    invariants: (state, values) => [urgencyInvariant(state, values)],
    guard: (_state, values, context) => [leadToldNotAfterNow(values, context)],
    apply: (draft, deed) => {
      undoClosure(draft, deed);
      changeUrgency(draft, deed);
    },
    next: reopenedAt('2.1'),
  },
  {
    name: 'convert',
    label: w('Convert to a request', '转为需求'),
    done: w('converted the issue into a request', '将问题转为了需求'),
    on: 'unclosed',
    role: 'other',
    fields: [
      ...requestContentFields,
      reasonField,
      { key: 'request', type: 'text', label: w('Request', '需求编号'), internal: true },
    ],
    barred: closedAlready,
    apply: (draft, { values }) => {
      const request = textOf(values, 'request');
      if (isCaseId(request) && kindOfId(request) === 'request') draft.otherCase = request;
    },
    next: () => ({ end: 'converted' }),
  },
);

export const issueProcedure: Procedure = {
  kind: 'issue',
  name: w('Issue', '问题/故障'),
  intake: 'receive',
  roundStart: '2.1',
  stages: [
    {
      id: '1',
      name: w('Intake & assessment', '受理与评估'),
      steps: [
        {
          id: '1.1',
          name: w('Receive the report', '接收反馈'),
          spec: 'L25',
          hint: w('What happened, when, and whom it affects.', '记录问题描述、发生时间与影响范围。'),
          waitingOn: us,
        },
        {
          id: '1.2',
          name: w('Assess urgency', '紧急程度评估'),
          spec: 'L26',
          hint: w(
            'Core business down and no workaround: urgent, and the R&D lead is told at once.',
            '影响核心业务且无规避方案即为紧急，须立即通知研发负责人。',
          ),
          waitingOn: us,
        },
      ],
    },
    {
      id: '2',
      name: w('Diagnosis & record', '诊断与记录'),
      steps: [
        {
          id: '2.1',
          name: w('Collect information & reproduce', '信息收集与复现'),
          spec: 'L27',
          hint: w(
            "Reproduce it in the customer's environment. Where that fails, collect what the environment was like.",
            '在客户环境中尝试复现；无法稳定复现时收集当时的环境信息。',
          ),
          waitingOn: us,
        },
        {
          id: '2.2',
          name: w('Create the internal ticket', '创建内部工单'),
          spec: 'L28',
          hint: w(
            'Everything collected goes into the ticket, clear and complete.',
            '将收集到的信息清晰、完整地录入工单。',
          ),
          waitingOn: us,
        },
      ],
    },
    {
      id: '3',
      name: w('Hand-over & follow-up', '流转与跟进'),
      steps: [
        {
          id: '3.1',
          name: w('Route the ticket', '工单流转'),
          spec: 'L29',
          hint: w('To the R&D team or person responsible.', '指派给相应的研发团队或责任人。'),
          waitingOn: us,
        },
        {
          id: '3.2',
          name: w('Follow the progress', '进度跟进'),
          spec: 'L30',
          hint: w(
            'Ask until approach, version and date of the fix are known.',
            '主动跟进修复方案、预计修复版本及时间。',
          ),
          waitingOn: () => 'rd',
        },
      ],
    },
    {
      id: '4',
      name: w('Communication & verification', '沟通与验证'),
      steps: [
        {
          id: '4.1',
          name: w('Inform the customer', '客户同步'),
          spec: 'L31',
          hint: w(
            'Tell version and date of the fix; the customer accepts or rejects.',
            '同步修复时间与版本，确认客户是否接受。',
          ),
          waitingOn: (state) => (planMessage(state) ? 'customer' : 'us'),
        },
        {
          id: '4.2',
          name: w('Verify the fix', '修复验证'),
          spec: 'L32',
          hint: w(
            'a. check internally, b. appointment, c. upgrade, d. check in production. If a or d fails, the next round begins.',
            'a. 内部验证，b. 预约升级，c. 完成升级，d. 客户生产环境验证。a 或 d 未通过则进入下一轮。',
          ),
          waitingOn: waitingWhileVerifying,
        },
      ],
    },
    {
      id: '5',
      name: w('Closure & archive', '关闭与归档'),
      steps: [
        {
          id: '5.1',
          name: w('Close the loop', '工单闭环'),
          spec: 'L33',
          hint: w('Close the ticket in its system, then the case.', '在工单系统更新最终状态，完成闭环。'),
          waitingOn: us,
        },
        {
          id: '5.2',
          name: w('Update the knowledge base', '知识库更新'),
          spec: 'L34',
          hint: w('A typical case becomes an article for the team.', '将典型案例的解决方案归档至知识库。'),
          waitingOn: us,
        },
      ],
    },
  ],
  actions: {
    ...diagnosisActions,
    ...fixActions,
    ...verifyActions,
    ...closureActions,
    ...emergencyActions,
    ...commonActions,
    ...snoozeActions,
    ...ticketLogActions,
    ...evidenceActions,
    ...articleActions,
    ...importActions('issue'),
  },
};
