/** What of a case a column can say, and the headers under which other systems say it. */
import { dispositions, requestStatuses, urgencies } from '../sop/fields';
import type { Option } from '../sop/field';
import { w, type Words } from '../words';

export type CaseField =
  | 'externalId'
  | 'title'
  | 'description'
  | 'kind'
  | 'customer'
  | 'contact'
  | 'channel'
  | 'product'
  | 'version'
  | 'problemType'
  | 'impact'
  | 'urgency'
  | 'status'
  | 'receivedAt'
  | 'occurredAt'
  | 'respondedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'reopenedAt'
  | 'reopenCount'
  | 'changedAt'
  | 'disposition'
  | 'owner'
  | 'ticketKey'
  | 'tags'
  | 'note';

export interface CaseFieldDef {
  readonly key: CaseField;
  readonly label: Words;
  readonly hint?: Words;
  /** `joined`: several columns are put together; `lines`: each on a line of its own, under its header. */
  readonly type: 'text' | 'date' | 'choice' | 'joined' | 'lines' | 'list';
  /** Of a choice. */
  readonly options?: readonly Option[];
  /** Words of the source may stand for others here. */
  readonly isTranslated?: true;
  /** Headers that mean it, in lower case with "_" and blanks taken out; the earlier the better. */
  readonly headers: readonly string[];
}

export const kinds: readonly Option[] = [
  { value: 'issue', label: w('Issue', '问题/故障') },
  { value: 'request', label: w('Request', '需求/改进建议') },
];

export const statuses: readonly Option[] = [
  { value: 'open', label: w('Open', '未关闭') },
  { value: 'closed', label: w('Closed', '已关闭') },
  { value: 'withdrawn', label: w('Withdrawn', '已撤回') },
];

const outcomes: readonly Option[] = [
  ...dispositions,
  ...requestStatuses.filter(({ value }) => value === 'released' || value === 'notAdopted' || value === 'other'),
];

export const caseFields: readonly CaseFieldDef[] = [
  {
    key: 'externalId',
    type: 'text',
    label: w('Number', '编号'),
    hint: w('By it a case is known again when the file is imported once more.', '再次导入时据此识别已导入的案例。'),
    headers: [
      'number',
      'id',
      'key',
      'ticketid',
      'ticketnumber',
      'casenumber',
      'caseid',
      'issuekey',
      'case',
      'incident',
      'incidentid',
      '编号',
      '工单编号',
      '工单号',
      '单号',
      '问题编号',
      '案例编号',
    ],
  },
  {
    key: 'title',
    type: 'joined',
    label: w('Title', '标题'),
    headers: [
      'title',
      'shortdescription',
      'subject',
      'summary',
      'name',
      '标题',
      '主题',
      '问题标题',
      '概要',
      '摘要',
      '问题简述',
    ],
  },
  {
    key: 'description',
    type: 'lines',
    label: w('Description', '问题描述'),
    headers: ['description', 'details', 'content', 'body', '描述', '问题描述', '详细描述', '内容', '需求内容'],
  },
  {
    key: 'kind',
    type: 'choice',
    options: kinds,
    label: w('Issue or request', '问题或需求'),
    headers: ['kind', 'issueorrequest', 'tickettype', 'issuetype', 'recordtype', '工单类型', '类别', '类型', 'type'],
  },
  {
    key: 'customer',
    type: 'text',
    isTranslated: true,
    label: w('Customer', '客户'),
    headers: [
      'customer',
      'customername',
      'account',
      'company',
      'organization',
      'client',
      '客户',
      '客户名称',
      '单位',
      '公司',
    ],
  },
  {
    key: 'contact',
    type: 'text',
    label: w('Contact', '联系人'),
    headers: [
      'contact',
      'contactname',
      'caller',
      'callerid',
      'requester',
      'reporter',
      'reportedby',
      '联系人',
      '报告人',
      '提出人',
      '反馈人',
    ],
  },
  {
    key: 'channel',
    type: 'text',
    isTranslated: true,
    label: w('Channel', '渠道'),
    headers: ['channel', 'contacttype', 'source', 'via', 'origin', '渠道', '来源', '反馈渠道', '接收方式'],
  },
  {
    key: 'product',
    type: 'text',
    isTranslated: true,
    label: w('Product', '产品'),
    headers: [
      'product',
      'productname',
      'system',
      'application',
      'project',
      'cmdbci',
      '产品',
      '产品名称',
      '系统',
      '项目',
    ],
  },
  {
    key: 'version',
    type: 'text',
    isTranslated: true,
    label: w('Version', '版本'),
    headers: [
      'version',
      'productversion',
      'affectedversion',
      'affectsversion',
      'release',
      'build',
      '版本',
      '产品版本',
      '版本号',
      '影响版本',
    ],
  },
  {
    key: 'problemType',
    type: 'text',
    isTranslated: true,
    label: w('Problem type', '问题类型'),
    headers: ['problemtype', 'type', 'category', 'component', '问题类型', '类型', '分类', '问题分类'],
  },
  {
    key: 'impact',
    type: 'text',
    label: w('Impact scope', '影响范围'),
    headers: ['impactscope', 'affected', '影响范围'],
  },
  {
    key: 'urgency',
    type: 'choice',
    options: urgencies,
    label: w('Urgency', '紧急程度'),
    headers: [
      'priority',
      'prio',
      'urgency',
      'severity',
      'criticality',
      'prioritylevel',
      'severitylevel',
      '优先级',
      '优先级别',
      '优先程度',
      '紧急程度',
      '紧急度',
      '紧急级别',
      '严重程度',
      '严重级别',
      '严重性',
      '重要程度',
      '故障等级',
      '问题等级',
      '问题级别',
    ],
  },
  {
    key: 'status',
    type: 'choice',
    options: statuses,
    label: w('Status', '状态'),
    hint: w('Which words of the source mean that a case is closed.', '指定原系统的哪些状态表示已关闭。'),
    headers: [
      'status',
      'state',
      'incidentstate',
      'casestatus',
      'ticketstatus',
      '状态',
      '工单状态',
      '处理状态',
      '当前状态',
    ],
  },
  {
    key: 'receivedAt',
    type: 'date',
    label: w('Received at', '接收时间'),
    headers: [
      'receivedat',
      'received',
      'openedat',
      'opened',
      'createdat',
      'created',
      'creationdate',
      'createddate',
      'syscreatedat',
      'date',
      '接收时间',
      '反馈时间',
      '提出时间',
      '提交时间',
      '提交日期',
      '提报时间',
      '上报时间',
      '创建时间',
      '创建日期',
      '建单时间',
      '登记时间',
      '受理时间',
      '日期',
    ],
  },
  {
    key: 'occurredAt',
    type: 'date',
    label: w('Occurred at', '发生时间'),
    headers: ['occurredat', 'occurred', '发生时间'],
  },
  {
    key: 'respondedAt',
    type: 'date',
    label: w('First response', '首次响应'),
    headers: [
      'respondedat',
      'firstresponse',
      'firstresponseat',
      'firstreply',
      'firstreplyat',
      '首次响应',
      '首次响应时间',
      '响应时间',
      '首次回复时间',
    ],
  },
  {
    key: 'resolvedAt',
    type: 'date',
    label: w('Resolved at', '解决时间'),
    hint: w('Counts as the closing where no closing time is known.', '没有关闭时间时，按此作为关闭时间。'),
    headers: ['resolvedat', 'resolved', 'resolutiondate', 'resolveddate', '解决时间', '解决日期', '完成时间'],
  },
  {
    key: 'closedAt',
    type: 'date',
    label: w('Closed at', '关闭时间'),
    headers: [
      'closedat',
      'closed',
      'closeddate',
      'closuredate',
      'completedat',
      '关闭时间',
      '关闭日期',
      '结单时间',
      '关单时间',
    ],
  },
  {
    key: 'reopenedAt',
    type: 'date',
    label: w('Reopened at', '重新打开时间'),
    hint: w('One time, or several with ";" between them.', '一个时间，或以“;”分隔的多个时间。'),
    headers: ['reopenedat', 'reopeneddate', '重新打开时间', '重开时间'],
  },
  {
    key: 'reopenCount',
    type: 'text',
    label: w('Times reopened', '重新打开次数'),
    hint: w('Says whether a change back to open was a reopening.', '据此判断状态变回未关闭是否为重新打开。'),
    headers: ['reopencount', 'timesreopened', 'reopened', 'reopens', '重新打开次数', '重开次数'],
  },
  {
    key: 'changedAt',
    type: 'date',
    label: w('Time of the change', '变更时间'),
    hint: w('Where each row is one change of a case.', '每行是案例的一次变更时使用。'),
    headers: [
      'sysupdatedat',
      'updatedat',
      'changedat',
      'timestamp',
      'changed',
      'updated',
      '更新时间',
      '变更时间',
      '修改时间',
      '操作时间',
    ],
  },
  {
    key: 'disposition',
    type: 'choice',
    options: outcomes,
    label: w('Disposition', '处理结论'),
    headers: [
      'disposition',
      'resolution',
      'closedcode',
      'closecode',
      'resolutioncode',
      '处理结论',
      '解决方式',
      '处理结果',
      '结论',
    ],
  },
  {
    key: 'owner',
    type: 'text',
    isTranslated: true,
    label: w('Owner', '负责人'),
    headers: ['owner', 'assignee', 'assignedto', 'agent', 'handler', '负责人', '处理人', '受理人', '指派给', '工程师'],
  },
  {
    key: 'ticketKey',
    type: 'text',
    label: w('Ticket key', '工单编号（研发）'),
    headers: ['ticketkey', 'ticket', 'jira', 'bug', 'bugid', '禅道编号', '研发工单'],
  },
  { key: 'tags', type: 'list', label: w('Tags', '标签'), headers: ['tags', 'labels', '标签'] },
  {
    key: 'note',
    type: 'lines',
    label: w('Note', '备注'),
    headers: ['note', 'notes', 'remarks', 'comment', 'comments', 'closenotes', '备注', '说明'],
  },
];

export function caseFieldOf(key: string): CaseFieldDef | undefined {
  return caseFields.find((field) => field.key === key);
}
