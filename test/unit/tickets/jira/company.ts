/** What a company made of its Jira: types, fields, people, versions and a workflow whose numbers mean nothing. */

interface Field {
  readonly key: string;
  readonly fieldId: string;
  readonly name: string;
  readonly required: boolean;
  readonly hasDefaultValue: boolean;
  readonly operations: readonly string[];
  readonly schema: {
    readonly type: string;
    readonly items?: string;
    readonly system?: string;
    readonly custom?: string;
  };
  readonly allowedValues?: readonly object[];
  readonly defaultValue?: object;
}

export const issueTypes = [
  { id: '10005', name: '子任务', subtask: true },
  { id: '10004', name: '故障处理', subtask: false },
  { id: '10001', name: '缺陷', subtask: false },
  { id: '10002', name: '需求', subtask: false },
];

export const people: Readonly<Record<string, string>> = { dev1: '开发 张', support1: '售后 李' };

export const versions = [
  { id: '20', name: 'V3.2.2', released: false, archived: false, releaseDate: '2026-12-20' },
  { id: '21', name: 'V3.2.1', released: true, archived: false, releaseDate: '2026-10-01' },
  { id: '22', name: 'V1', released: false, archived: true },
];

const field = (key: string, name: string, schema: Field['schema'], rest: Partial<Field> = {}): Field => ({
  key,
  fieldId: key,
  name,
  required: false,
  hasDefaultValue: false,
  operations: ['set'],
  schema,
  ...rest,
});

const custom = (
  id: number,
  name: string,
  type: string,
  kind: string,
  rest: Partial<Field> & { items?: string } = {},
) => {
  const { items, ...others } = rest;
  const schema = {
    type,
    ...(items === undefined ? {} : { items }),
    custom: `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`,
  };
  return field(`customfield_${id}`, name, schema, others);
};

const always = [
  field('summary', '概要', { type: 'string', system: 'summary' }, { required: true }),
  field('issuetype', '类型', { type: 'issuetype', system: 'issuetype' }, { required: true }),
  field('project', '项目', { type: 'project', system: 'project' }, { required: true }),
  field('description', '描述', { type: 'string', system: 'description' }),
  field('labels', '标签', { type: 'array', items: 'string', system: 'labels' }),
  field('attachment', '附件', { type: 'array', items: 'attachment', system: 'attachment' }),
  field('reporter', '报告人', { type: 'user', system: 'reporter' }, { required: true, hasDefaultValue: true }),
];

const bug = [
  field(
    'priority',
    '优先级',
    { type: 'priority', system: 'priority' },
    {
      required: true,
      hasDefaultValue: true,
      defaultValue: { id: '3', name: '中' },
      allowedValues: [
        { id: '1', name: '最高' },
        { id: '3', name: '中' },
      ],
    },
  ),
  field('duedate', '到期日', { type: 'date', system: 'duedate' }),
  field(
    'fixVersions',
    '修复版本',
    { type: 'array', items: 'version', system: 'fixVersions' },
    { allowedValues: versions },
  ),
  field(
    'versions',
    '影响版本',
    { type: 'array', items: 'version', system: 'versions' },
    { required: true, allowedValues: versions },
  ),
  field(
    'components',
    '模块',
    { type: 'array', items: 'component', system: 'components' },
    { allowedValues: [{ id: '30', name: '采集' }] },
  ),
  field('environment', '环境', { type: 'string', system: 'environment' }),
  custom(10010, '严重程度', 'option', 'select', {
    required: true,
    allowedValues: [
      { id: '40', value: '致命' },
      { id: '41', value: '停用', disabled: true },
    ],
  }),
  custom(10011, '现场', 'array', 'multicheckboxes', { items: 'option', allowedValues: [{ id: '50', value: '产线' }] }),
  custom(10012, '客户影响', 'string', 'textarea'),
  custom(10013, '台数', 'number', 'float'),
  custom(10014, '发生时间', 'datetime', 'datetime'),
  custom(10015, '对接人', 'user', 'userpicker'),
  custom(10016, '产品线', 'option-with-child', 'cascadingselect', {
    allowedValues: [{ id: '60', value: '视觉', children: [{ id: '61', value: '线扫' }] }],
  }),
  custom(10017, '批次', 'string', 'textfield'),
  custom(10018, 'Sprint', 'any', 'gh-sprint'),
];

const story = [
  field(
    'fixVersions',
    '修复版本',
    { type: 'array', items: 'version', system: 'fixVersions' },
    { allowedValues: versions },
  ),
  field('duedate', '到期日', { type: 'date', system: 'duedate' }),
];

export const createFields = (type: string): readonly Field[] => [...always, ...(type === '10001' ? bug : story)];

export const statuses: Readonly<Record<number, string>> = {
  1: '待办',
  3: '处理中',
  4: '待验证',
  5: 'Resolved',
  6: '已关闭',
  7: '不予解决',
  8: '评估中',
  9: '暂缓',
};
export const categories: Readonly<Record<number, string>> = {
  1: 'new',
  3: 'indeterminate',
  4: 'indeterminate',
  5: 'done',
  6: 'done',
  7: 'done',
  8: 'indeterminate',
  9: 'indeterminate',
};

interface Way {
  readonly id: string;
  readonly name: string;
  readonly to: number;
  readonly hasScreen: boolean;
  readonly fields: Readonly<
    Record<
      string,
      {
        name: string;
        key: string;
        required: boolean;
        operations: string[];
        schema: { type: string };
        allowedValues: { id: string; name: string }[];
      }
    >
  >;
}

const resolution = {
  resolution: {
    key: 'resolution',
    name: '解决结果',
    required: true,
    operations: ['set'],
    schema: { type: 'resolution' },
    allowedValues: [
      { id: '90', name: '不予解决' },
      { id: '91', name: '已修复' },
      { id: '92', name: '无法重现' },
    ],
  },
};
const cause = {
  customfield_10020: {
    key: 'customfield_10020',
    name: '根本原因',
    required: true,
    operations: ['set'],
    schema: { type: 'string' },
    allowedValues: [],
  },
};

/** The ways that lead on from a status; none has the number of another. */
export function workflow(from: number): readonly Way[] {
  const way = (id: string, name: string, to: number, fields: Way['fields'] = {}, hasScreen = false): Way => ({
    id,
    name,
    to,
    hasScreen,
    fields,
  });
  const ways: Readonly<Record<number, readonly Way[]>> = {
    1: [way('11', '开始', 3), way('12', '不予解决', 7, resolution, true), way('13', '直接关闭', 6, resolution, true)],
    3: [way('21', '提交验证', 4), way('22', 'Resolve', 5, resolution, true)],
    4: [way('31', '打回', 3), way('32', '关闭', 6, resolution, true)],
    5: [way('41', '重新打开', 3), way('42', '关闭', 6)],
    6: [way('701', '重新打开', 3), way('702', '退回待办', 1)],
    7: [],
    9: [way('91', '不予解决', 7, resolution, true)],
    8: [way('81', '填写原因后关闭', 6, cause, true)],
  };
  return ways[from] ?? [];
}
