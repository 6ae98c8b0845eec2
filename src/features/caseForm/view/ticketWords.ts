/** What a system calls its own fields in English over its interface, as its Chinese pages call them. Free of the DOM. */
import type { TicketField, TrackerSystem } from '../../../domain/tickets/tracker';
import { type Words, w } from '../../../domain/words';

type Named = Readonly<Record<string, string>>;

const LABELS: Readonly<Partial<Record<TrackerSystem, Named>>> = {
  zentao: {
    openedBuild: '影响版本',
    severity: '严重程度',
    pri: '优先级',
    type: 'Bug类型',
    module: '所属模块',
    assignedTo: '指派给',
    deadline: '截止日期',
    category: '类别',
    source: '来源',
    reviewer: '评审人',
    plan: '所属计划',
    verify: '验收标准',
  },
  redmine: {
    tracker_id: '跟踪',
    priority_id: '优先级',
    fixed_version_id: '目标版本',
    due_date: '计划完成日期',
  },
  jira: { issuetype: '问题类型' },
};

/** Only labels as they are delivered: what a company named itself stays. */
const CHOICES: Named = {
  'Code error': '代码错误',
  Configuration: '配置相关',
  Installation: '安装部署',
  Security: '安全相关',
  Performance: '性能问题',
  Standard: '标准规范',
  'Test script': '测试脚本',
  'Design defect': '设计缺陷',
  Others: '其他',
  Trunk: '主干',
  Feature: '功能',
  Interface: '接口',
  Experience: '体验',
  Improvement: '改进',
  Other: '其他',
  Customer: '客户',
  User: '用户',
  Service: '客服',
  Support: '技术支持',
};

export function fieldWords(system: TrackerSystem, { key, label }: Pick<TicketField, 'key' | 'label'>): Words {
  return w(label, LABELS[system]?.[key] ?? label);
}

/** A bare number does not say which end is the worse one. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  severity: { 1: w('1 (most severe)', '1（最严重）'), 4: w('4 (least severe)', '4（最轻）') },
  pri: { 1: w('1 (highest)', '1（最高）'), 4: w('4 (lowest)', '4（最低）') },
};

/** @param key of the field that it is a choice of */
export function choiceWords(system: TrackerSystem, key: string, label: string): Words {
  if (system !== 'zentao') return w(label, label);
  return LEVELS[key]?.[label] ?? w(label, CHOICES[label] ?? label);
}
