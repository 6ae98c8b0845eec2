/** Tables of one row a case: what becomes of each row, and why some are refused. */
import assert from 'node:assert/strict';
import { breathing } from '../../../src/adapters/machine/breathing';
import { guessMapping, type Mapping, orderIn } from '../../../src/domain/transfer/mapping';
import { defaultTimings } from '../../../src/domain/casebook';
import { summarize } from '../../../src/domain/summary';
import { dryRun } from '../../../src/domain/transfer/importer';
import { mappingLacks } from '../../../src/domain/transfer/plan';
import { surveyOf } from '../../../src/domain/transfer/survey';
import { aCase } from '../../builders';
import { now, planOf, tableIn } from './files';

const head = '编号,标题,类别,客户,渠道,优先级,状态,创建时间,首次响应时间,关闭时间,重新打开时间';
const rows = [
  'T-1,导出报表乱码,故障,华东某厂,电话,高,已关闭,2026/3/1 9:00,2026/3/1 9:20,2026/3/4 17:00,',
  'T-2,希望支持批量导入,需求,北方重工,邮件,一般,已关闭,2026/3/2 9:00,,2026/5/2 9:00,',
  'T-3,登录失败,故障,华东某厂,电话,紧急,处理中,2026/3/3 9:00,,,',
  'T-4,,故障,华东某厂,电话,高,处理中,,,,',
  'T-5,关闭时间早于接收,故障,华东某厂,电话,高,已关闭,2026/3/5 9:00,,2026/3/4 9:00,',
  'T-6,没有关闭时间,故障,华东某厂,电话,高,已关闭,2026/3/5 9:00,,,',
  'T-1,导出报表乱码,故障,华东某厂,电话,高,已关闭,2026/3/1 9:00,,2026/3/4 17:00,',
  'T-7,导出报表乱码,故障,华东某厂,电话,高,已撤销,2026/3/1 9:00,,,',
  'T-8,将来,故障,华东某厂,电话,高,处理中,2027/3/1 9:00,,,',
  'T-10,没有关闭却有关闭时间,故障,华东某厂,电话,高,处理中,2026/3/6 9:00,,2026/3/7 9:00,',
  'T-9,又出现,故障,华东某厂,电话,高,已关闭,2026/3/1 9:00,,2026/3/9 9:00,2026/3/5 9:00',
].join('\n');

async function planned(change: (mapping: Mapping) => Mapping = (mapping) => mapping) {
  const table = await tableIn(`${head}\n${rows}\n\n`);
  const mapping = change(guessMapping(await surveyOf(table, breathing()), '工单', 'Asia/Shanghai'));
  return { mapping, plan: await planOf(table, mapping) };
}

describe('importing a table of cases', () => {
  it('guesses what Chinese headers and words mean', async () => {
    const { mapping } = await planned();
    assert.deepEqual(mappingLacks(mapping, false), []);
    assert.deepEqual(mapping.values.urgency, { 高: 'high', 一般: 'normal', 紧急: 'urgent' });
    assert.deepEqual(mapping.values.kind, { 故障: 'issue', 需求: 'request' });
    assert.deepEqual(mapping.values.status, { 已关闭: 'closed', 处理中: 'open', 已撤销: 'withdrawn' });
  });

  it('takes a column that says how urgent a case is under any of its names, and its words for what they mean', async () => {
    const words: Readonly<Record<string, string>> = {
      P1: 'urgent',
      critical: 'urgent',
      紧急: 'urgent',
      '1': 'urgent',
      'Sev 1': 'urgent',
      一级: 'urgent',
      P2: 'high',
      '2 - High': 'high',
      严重: 'high',
      P3: 'normal',
      '4': 'normal',
      S4: 'normal',
      不急: 'normal',
      Low: 'normal',
    };
    const cells = Object.keys(words);
    for (const header of ['Prio', 'Priority', '优先级', '优先级别', '严重程度', 'Severity']) {
      const table = await tableIn(
        `标题,创建时间,${header}\n${cells.map((word) => `坏了,2026/3/1,${word}`).join('\n')}`,
      );
      const mapping = guessMapping(await surveyOf(table, breathing()), '工单', 'Asia/Shanghai');
      assert.deepEqual([mapping.columns.urgency, mapping.values.urgency], [[header], words], header);
    }
  });

  it('refuses the row of a date that cannot be read, and asks nothing about the others', async () => {
    const table = await tableIn('标题,创建时间\n导出慢,2026-03-01\n乱码,33.13.2026\n登录失败,2026-03-03 09:00');
    const survey = await surveyOf(table, breathing());
    const mapping = guessMapping(survey, '工单', 'Asia/Shanghai');
    assert.deepEqual(mappingLacks(mapping, orderIn(survey, mapping) === 'either'), []);
    const { cases, rejected } = await planOf(table, mapping);
    assert.equal(cases.length, 2);
    assert.deepEqual(
      rejected.map(({ row, column, reason }) => [row, column, reason.en, reason.zh]),
      [[3, '创建时间', '"33.13.2026" is no date', '“33.13.2026”不是日期']],
    );
  });

  it('makes issues and requests, with the times that the table says', async () => {
    const { plan } = await planned();
    const byId = new Map(plan.cases.map((one) => [one.id, one]));
    assert.deepEqual(byId.get('T-1')?.history, {
      urgency: 'high',
      respondedAt: '2026-03-01T09:20:00+08:00',
      disposition: 'fixed',
      status: '已关闭',
      closedAt: ['2026-03-04T17:00:00+08:00'],
    });
    const request = byId.get('T-2');
    assert.deepEqual([request?.kind, request?.history['disposition']], ['request', 'released']);
    assert.equal(byId.get('T-3')?.history['closedAt'], undefined);
    assert.equal(byId.get('T-7')?.history['withdrawnAt'], '2026-03-01T09:00:00+08:00');
  });

  it('names the row, the column and the reason of everything that is refused, known or doubtful', async () => {
    const { plan } = await planned();
    const said = (list: typeof plan.rejected) => list.map(({ row, column, reason }) => [row, column, reason.en]);
    assert.deepEqual(said(plan.rejected), [
      [5, '创建时间', 'The time of receipt is missing'],
      [6, '关闭时间', '2026-03-04T09:00:00+08:00 lies before the time of receipt, 2026-03-05T09:00:00+08:00'],
      [7, '关闭时间', 'Closed there, but nothing says when'],
      [10, '创建时间', '2027-03-01T09:00:00+08:00 lies in the future'],
    ]);
    assert.deepEqual(said(plan.duplicates), [[8, '编号', 'The same case as row 2']]);
    assert.deepEqual(said(plan.warnings), [
      [9, '', 'Title, customer and time are those of row 2'],
      [
        11,
        '',
        'Open there although it has a closing time, 2026-03-07T09:00:00+08:00; taken as open, without that time',
      ],
      [12, '', 'When it was closed before it was reopened is not known; the reopening is left out'],
    ]);
  });

  it('tells issues from requests by a column that is only called "type", and keeps types of problems apart', async () => {
    const guessed = async (header: string, ...cells: readonly string[]) => {
      const table = await tableIn(
        `${header},标题,创建时间\n${cells.map((cell, index) => `${cell},标题 ${index},2026/3/1`).join('\n')}`,
      );
      const mapping = guessMapping(await surveyOf(table, breathing()), '工单', 'Asia/Shanghai');
      const { kind, problemType } = mapping.columns;
      return [
        kind?.[0],
        problemType?.[0],
        mapping.values.kind,
        (await planOf(table, mapping)).cases.map((one) => one.kind),
      ];
    };
    const words = ['缺陷', '需求', 'bug', 'Feature', 'incident', 'Service Request', '其他'];
    const kinds = ['issue', 'request', 'issue', 'request', 'issue', 'request'];
    assert.deepEqual(await guessed('类型', ...words), [
      '类型',
      undefined,
      Object.fromEntries(kinds.map((kind, index) => [words[index], kind])),
      kinds,
    ]);
    const types = ['网络故障', '性能', '安装'];
    const issues = types.map(() => 'issue');
    assert.deepEqual(await guessed('Type', ...types), [undefined, 'Type', undefined, issues]);
    // a header that says issue or request, over words that say neither
    assert.deepEqual(await guessed('类别', ...types), [undefined, '类别', undefined, issues]);
    assert.deepEqual(await guessed('类别,类型', '性能,缺陷', '安装,需求'), [
      '类型',
      '类别',
      { 缺陷: 'issue', 需求: 'request' },
      ['issue', 'request'],
    ]);
    const three = await guessed('Type,Category,Kind of fault', 'Bug,Network,x', 'Request,Portal,y');
    assert.deepEqual(three.slice(0, 2), ['Type', 'Category']);
    assert.deepEqual((await guessed('问题类型,类型', '性能,缺陷', '安装,需求')).slice(0, 2), ['类型', '问题类型']);
    assert.deepEqual(await guessed('Issue Type,Type', 'Bug,Crash', 'Story,Bug'), [
      'Issue Type',
      'Type',
      { Bug: 'issue', Story: 'request' },
      ['issue', 'request'],
    ]);
  });

  it('refuses a row with cells under no header, and one that was withdrawn before it came in', async () => {
    const table = await tableIn(
      `${head}\nT-1,标题,故障,华东某厂,电话,高,处理中,2026/3/1 9:00,,,,又一格\nT-2,标题,故障,,,高,已撤销,2026/3/2 9:00,,2026/3/1 9:00,`,
    );
    const mapping = guessMapping(await surveyOf(table, breathing()), '工单', 'Asia/Shanghai');
    const plan = await planOf(table, mapping);
    assert.deepEqual(plan.cases, []);
    assert.deepEqual(
      [plan.rejected[0]?.reason.en, plan.rejected.at(-1)?.column],
      ['The row has more cells than there are headers', '关闭时间'],
    );
  });

  it('knows rows without a number by what they say', async () => {
    const { plan } = await planned((mapping) => {
      const { externalId: _number, ...columns } = mapping.columns;
      return { ...mapping, columns };
    });
    assert.deepEqual(
      plan.duplicates.map(({ row }) => row),
      [8, 9],
    );
    assert.match(plan.cases[0]?.id ?? '', /^=[0-9a-f]{16}$/);
  });

  it('knows cases again that came in under another name of the source, without a number, or by hand', async () => {
    const table = await tableIn(
      '编号,标题,客户,创建时间\nT-1,打印失败,Acme,2026/3/1 9:00\nT-2,登录失败,Acme,2026/3/2 9:00\n,扫码失败,Acme,2026/3/3 9:00',
    );
    const mapping = guessMapping(await surveyOf(table, breathing()), '新系统', 'Asia/Shanghai');
    const here = [
      ['打印失败', '2026-03-01T01:00:00Z', 'T-1'],
      ['登录失败', '2026-03-02T09:00:00+08:00', 'X-9'],
      ['扫码失败', '2026-03-03T09:00:00+08:00', undefined],
    ].map(([title = '', receivedAt = '', id]) => {
      const { events, state } = aCase('issue', { intake: { title, receivedAt, customer: 'Acme' } });
      const summary = summarize({ id: `ISS-${title}`, events, state, quarantined: [] }, defaultTimings);
      return { ...summary, id: `ISS-${title}`, ...(id === undefined ? {} : { imported: { source: '旧系统', id } }) };
    });
    const plan = await dryRun(table, mapping, { summaries: () => here }, now, breathing());
    assert.deepEqual(
      plan.cases.map(({ id }) => id),
      ['T-2'],
    );
    assert.deepEqual(
      plan.duplicates.map(({ row, reason }) => [row, reason.en]),
      [
        [2, 'Imported before, as ISS-打印失败'],
        [4, 'Title, customer and time are those of ISS-扫码失败, which is here'],
      ],
    );
    assert.deepEqual(
      plan.warnings.map(({ row }) => row),
      [3],
    );
  });

  it('takes no word that nobody has explained', async () => {
    const { plan } = await planned((mapping) => ({ ...mapping, values: { ...mapping.values, urgency: { 高: '' } } }));
    assert.deepEqual(
      plan.rejected.slice(0, 2).map(({ row, reason }) => [row, reason.zh]),
      [
        [3, '未指定“一般”对应的值（紧急程度）'],
        [4, '未指定“紧急”对应的值（紧急程度）'],
      ],
    );
    assert.equal(plan.cases.find(({ id }) => id === 'T-1')?.history['urgency'], undefined);
  });
});
