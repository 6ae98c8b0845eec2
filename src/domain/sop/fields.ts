/** The fields that several steps of both procedures share. */
import { w } from '../words';
import { startsEmergency } from './effects';
import type { FieldDef, Option } from './field';

export const intakeFields: readonly FieldDef[] = [
  { key: 'customer', type: 'combo', suggest: 'customers', label: w('Customer', '客户'), required: true },
  { key: 'contact', type: 'combo', suggest: 'contacts', label: w('Contact', '联系人'), required: true },
  { key: 'channel', type: 'combo', suggest: 'channels', label: w('Channel', '渠道'), required: true },
  { key: 'product', type: 'combo', suggest: 'products', label: w('Product', '产品'), required: true },
  { key: 'version', type: 'combo', suggest: 'versions', label: w('Version', '版本'), required: true },
  {
    key: 'receivedAt',
    type: 'dateTime',
    label: w('Received at', '接收时间'),
    hint: w('When the customer told us; may lie before now.', '客户反馈的时间，可早于现在。'),
    required: true,
    initial: 'now',
  },
];

export const purposes: readonly Option[] = [
  { value: 'acknowledgement', label: w('Acknowledgement', '受理确认') },
  { value: 'workaround', label: w('Workaround', '规避方案') },
  { value: 'plan', label: w('Plan', '修复计划') },
  { value: 'schedule', label: w('Schedule', '升级预约') },
  { value: 'closing', label: w('Closing', '关闭通知') },
  { value: 'status', label: w('Status', '需求进展') },
  { value: 'urgent', label: w('Urgent case', '紧急通知') },
  { value: 'other', label: w('Other', '其他') },
];

export const recipients: readonly Option[] = [
  { value: 'customer', label: w('Customer', '客户') },
  { value: 'group', label: w('Group', '沟通群组') },
  { value: 'lead', label: w('R&D lead', '研发负责人') },
  { value: 'manager', label: w('Manager', '项目经理/产品经理') },
];

/** A message that went out, from here or outside: what, when, by whom, through which channel. */
export const messageFields: readonly FieldDef[] = [
  {
    key: 'text',
    type: 'longText',
    label: w('Message', '消息内容'),
    hint: w(
      'Copy it or open it in the mail program, send it, then log it here as sent.',
      '复制或用邮件程序打开并发送，然后在此记录为已发送。',
    ),
    required: true,
    essential: true,
  },
  { key: 'channel', type: 'combo', suggest: 'channels', label: w('Sent through', '发送渠道'), required: true },
  { key: 'sentAt', type: 'dateTime', label: w('Sent at', '发送时间'), required: true, initial: 'now' },
  { key: 'sender', type: 'person', suggest: 'people', label: w('Sent by', '发送人'), required: true, initial: 'me' },
];

export const leadFields: readonly FieldDef[] = [
  {
    key: 'lead',
    type: 'person',
    suggest: 'people',
    label: w('R&D lead', '研发负责人'),
    required: true,
    essential: true,
  },
  { key: 'channel', type: 'combo', suggest: 'channels', label: w('Notified via', '通知渠道'), required: true },
  { key: 'notifiedAt', type: 'dateTime', label: w('Notified at', '通知时间'), required: true, initial: 'now' },
  { key: 'acknowledged', type: 'yesNo', label: w('Acknowledged?', '是否已确认收到？') },
  { key: 'text', type: 'longText', label: w('Message to the lead', '通知内容') },
];

export const urgencies: readonly Option[] = [
  { value: 'urgent', label: w('Urgent', '紧急') },
  { value: 'high', label: w('High (watch)', '较高（关注）') },
  { value: 'normal', label: w('Not urgent', '非紧急') },
];

export const dispositions: readonly Option[] = [
  { value: 'fixed', label: w('Fixed', '已解决') },
  { value: 'solvedBySupport', label: w('Solved by support', '售后已解决') },
  { value: 'notADefect', label: w('Not a defect', '非缺陷') },
  { value: 'wontFix', label: w("Won't fix", '不予修复') },
];

export const requestStatuses: readonly Option[] = [
  { value: 'waiting', label: w('Waiting', '待评估') },
  { value: 'underEvaluation', label: w('Under evaluation', '已纳入评估') },
  { value: 'scheduled', label: w('Scheduled', '已排期') },
  { value: 'inDevelopment', label: w('In development', '开发中') },
  { value: 'released', label: w('Released', '已发布') },
  { value: 'notAdopted', label: w('Not adopted', '暂不采纳') },
  { value: 'other', label: w('Ended for another reason', '其他结论') },
];

export const planFields: readonly FieldDef[] = [
  { key: 'approach', type: 'longText', label: w('Fix plan', '修复方案'), required: true },
  {
    key: 'fixVersion',
    type: 'combo',
    suggest: 'versions',
    label: w('Expected version', '预计修复版本'),
    required: true,
  },
  { key: 'fixDate', type: 'date', label: w('Expected date', '预计修复时间'), required: true },
  { key: 'nextFollowUp', type: 'dateTime', label: w('Next follow-up', '下次跟进时间') },
];

const ticketIs = w('Ticket text', '工单内容');
/** The ticket in the company's own system; every part can be done outside and written down here. */
export const ticketFields: readonly FieldDef[] = [
  {
    key: 'sent',
    type: 'longText',
    label: ticketIs,
    hint: w(
      'Prepared from the case; change it as you like. It is kept on the case as what the ticket says.',
      '由案例生成，可自行修改；案例中会保留录入工单的内容。',
    ),
    required: true,
  },
  {
    key: 'system',
    type: 'combo',
    suggest: 'trackers',
    label: w('Ticket system', '工单系统'),
    required: true,
    initial: (state) => state.ticket?.system,
  },
  {
    key: 'ticketKey',
    type: 'text',
    label: w('Ticket key', '工单编号'),
    required: true,
    initial: (state) => state.ticket?.key,
  },
  { key: 'url', type: 'text', label: w('Address', '链接地址'), initial: (state) => state.ticket?.url },
];

/** The lead's fields under names of their own, for forms in which "channel" and "text" mean the customer's. */
export function leadFieldsWhen(shown: NonNullable<FieldDef['shown']>): readonly FieldDef[] {
  return leadFields.map((field) => ({
    ...field,
    key: `lead${field.key.charAt(0).toUpperCase()}${field.key.slice(1)}`,
    shown,
  }));
}

/** Asked again whenever a case comes back (default: keep). */
export const urgencyFields: readonly FieldDef[] = [
  {
    key: 'newUrgency',
    type: 'choice',
    label: w('Urgency', '紧急程度'),
    options: [{ value: 'keep', label: w('Keep as it is', '保持不变') }, ...urgencies],
  },
  {
    key: 'urgencyReason',
    type: 'text',
    label: w('Reason for the urgency', '紧急程度变更原因'),
    required: (values) => values['newUrgency'] !== undefined && values['newUrgency'] !== 'keep',
    shown: (values) => values['newUrgency'] !== undefined && values['newUrgency'] !== 'keep',
  },
  ...leadFieldsWhen((values, state) => startsEmergency(state, values['newUrgency'])),
];
