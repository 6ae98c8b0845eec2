/** The procedure for requests: 4 stages, 7 steps (spec L46-L52). */
import { w } from '../words';
import { articleActions } from './articles';
import { commonActions } from './common';
import { evidenceActions } from './evidence';
import { importActions } from './imported';
import type { Procedure } from './procedure';
import { requestIntakeActions } from './requestIntake';
import { requestStatusActions } from './requestStatus';
import { snoozeActions } from './snooze';
import { ticketLogActions } from './ticketLog';

const us = () => 'us' as const;
const manager = () => 'manager' as const;

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
  actions: {
    ...requestIntakeActions,
    ...requestStatusActions,
    ...commonActions,
    ...snoozeActions,
    ...ticketLogActions,
    ...evidenceActions,
    ...articleActions,
    ...importActions('request'),
  },
};
