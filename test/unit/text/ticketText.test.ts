/** The ticket's text holds everything that was captured, whatever it is, and passes the guard of its step. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { prepared } from '../../../src/domain/text/prepared';
import { ticketText } from '../../../src/domain/text/ticketText';
import type { Language } from '../../../src/domain/words';
import { anyEnvironment, anyText, issue, missing, received, request, stamp } from './cases';

const languages: readonly Language[] = ['en', 'zh-CN'];

const reproduced = {
  outcome: 'intermittent',
  reproduced: 2,
  attempts: 5,
  steps: ['打开报表', '点击导出\n选择 CSV'],
  expected: '生成文件',
  actual: '报错',
  dataUsed: '10 月数据',
  environment: { cpu: { value: '90 %' }, memory: { cannot: '客户未提供' }, logs: { value: 'line 1\n  line 2' } },
  evidence: ['pg.log'],
};

describe('the text of the ticket', () => {
  const state = issue({
    urgency: 'high',
    values: {
      receive: received,
      assess: { coreAffected: true, workaround: true, workaroundText: '关闭并行查询' },
      reproduce: reproduced,
    },
    attempts: [
      { ...stamp, round: 1, values: { outcome: 'notReproduced', reproduced: 0, attempts: 3 } },
      { ...stamp, round: 1, values: reproduced },
    ],
  });

  it('reads like this in Chinese', () => {
    assert.equal(
      ticketText(state, 'zh-CN'),
      `【问题描述】
每天早上导出失败。
  报错：could not resize

【发生时间与影响】
发生时间：2026-11-22 08:00（UTC+08:00）
影响范围：财务无法出报表
紧急程度：较高（关注）
是否影响生产环境核心业务运行？是
是否存在可行的临时规避方案？是
规避方案：关闭并行查询

【客户与版本】
客户：华东某厂
联系人：王工
渠道：电话 Phone
产品：ERP
版本：3.2.1
接收时间：2026-11-22 09:00（UTC+08:00）
问题类型：性能 Performance

【复现情况】
复现结果：偶发（尝试 5 次，复现 2 次）
2026-11-22 09:05（UTC+08:00）  复现结果：未能复现（尝试 3 次，复现 0 次）

【复现步骤】
1. 打开报表
2. 点击导出
选择 CSV

【结果】
期望结果：生成文件
实际结果：报错
所用数据：10 月数据

【环境信息】
CPU 使用率：90 %
内存使用率：无法获取：客户未提供
日志：
line 1
  line 2

【证据】
pg.log

案例编号：ISS-20261122-7K3F`,
    );
  });

  it('uses the English labels of the forms in English', () => {
    const text = ticketText(state, 'en');
    for (const part of [
      'Description:\n',
      'Customer: 华东某厂',
      'Outcome: Intermittent (2 of 5 attempts)',
      '1. 打开报表',
      'CPU usage: 90 %',
      'Memory usage: cannot obtain: 客户未提供',
      'Urgency: High (watch)',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(!/【|客户：|环境信息/.test(text));
  });

  it('tells a range, and a time that nobody knows', () => {
    const range = issue({
      values: { receive: { ...received, occurrence: 'range', occurredUntil: '2026-11-22T08:30:00Z' } },
    });
    assert.match(ticketText(range, 'en'), /Occurred at: 2026-11-22 08:00 \(UTC\+08:00\) – 2026-11-22 08:30 \(UTC\)/);
    const unknown = issue({ values: { receive: { ...received, occurrence: 'unknown' } } });
    assert.match(ticketText(unknown, 'zh-CN'), /发生时间：未知，首次发现于 2026-11-22 08:00/);
  });

  it('begins with what R&D asked for in this round', () => {
    const asked = (content: string, round: number) => ({ ...stamp, content, round });
    const askedByRd = [asked('Which JDK?', 1), asked('A heap dump', 2), asked(' The times of all failures ', 2)];
    const text = ticketText({ ...state, round: 2, askedByRd }, 'zh-CN');
    assert.ok(text.startsWith('【研发要求补充的信息】\nA heap dump\nThe times of all failures\n\n【问题描述】'), text);
  });

  it('says nothing of what was not captured', () => {
    assert.equal(ticketText(issue({ values: {} }), 'en'), 'Case: ISS-20261122-7K3F');
  });

  describe('in a further round', () => {
    const round = { round: 1, values: {}, ended: stamp, reason: '' };
    const again = { ...stamp, reason: '', reopened: false };

    it("begins with what failed in the customer's production", () => {
      const verification = {
        internal: { ...stamp, passed: true, values: { build: 'b7' } },
        upgrade: { ...stamp, values: { toVersion: '3.2.2' } },
        customer: {
          ...stamp,
          passed: false,
          values: { observation: '导出仍然失败', result: 'failed', checkedAt: stamp.at },
        },
      };
      const text = ticketText(
        { ...state, round: 2, rounds: [{ ...round, verification }], reactivations: [again] },
        'zh-CN',
      );
      assert.ok(
        text.startsWith(
          '【第 2 轮：重新激活】\n修复版本在客户生产环境验证未通过。\n已升级版本：3.2.2\n验证情况：导出仍然失败\n验证时间：2026-11-22 09:05（UTC+08:00）\n\n【问题描述】',
        ),
        text,
      );
    });

    it('begins with what failed in the test environment', () => {
      const verification = {
        internal: {
          ...stamp,
          passed: false,
          values: { build: 'b7', cases: '20 exports', result: 'failed', evidence: ['a.log'] },
        },
      };
      const text = ticketText(
        { ...state, round: 2, rounds: [{ ...round, verification }], reactivations: [again] },
        'en',
      );
      assert.match(
        text,
        /^Round 2 \(re-activated\):\nThe fix failed in the test environment\.\nBuild: b7\nWhat was checked: 20 exports\nEvidence: 1\. a\.log/,
      );
    });

    it('begins with the reason for which it was reopened', () => {
      const reactivations = [{ ...stamp, reason: '升级后再次出现', reopened: true }];
      const text = ticketText({ ...state, round: 2, rounds: [{ ...round, verification: {} }], reactivations }, 'zh-CN');
      assert.match(text, /^【第 2 轮：重新激活】\n案例关闭后问题再次出现。\n原因：升级后再次出现\n/);
    });
  });

  it('passes the guard of step 2.2 for every case', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(anyText, { maxLength: 4 }),
        anyEnvironment,
        anyText,
        fc.constantFrom(...languages),
        fc.boolean(),
        (description, steps, environment, other, language, again) => {
          const any = issue({
            step: '2.2',
            round: again ? 2 : 1,
            rounds: again
              ? [
                  {
                    round: 1,
                    values: {},
                    verification: { customer: { ...stamp, passed: false, values: { observation: other } } },
                    ended: stamp,
                    reason: '',
                  },
                ]
              : [],
            values: {
              receive: { ...received, description, impact: other },
              reproduce: { outcome: 'stable', steps, environment, expected: other },
            },
          });
          const sent = prepared('createTicket', 'sent', any, language) ?? '';
          assert.deepEqual(
            missing(any, 'createTicket', { sent }).filter((code) => code.startsWith('sent:')),
            [],
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is missed by that guard when a part is taken out', () => {
    const at = { ...state, step: '2.2' };
    const text = ticketText(at, 'en');
    for (const [part, code] of [
      ['could not resize', 'sent:description'],
      ['打开报表', 'sent:steps'],
      ['客户未提供', 'sent:environment'],
    ] as const) {
      assert.ok(missing(at, 'createTicket', { sent: text.replace(part, '') }).includes(code), code);
    }
  });

  it('tells all of a request', () => {
    const text = prepared('submit', 'sent', request({ convertedFrom: 'ISS-20261122-7K3F' }), 'zh-CN') ?? '';
    for (const part of [
      '【具体内容】\n一次导出\n多个报表',
      '【业务背景】\n月底',
      '【价值】\n每月',
      '【期望目标】\n一键',
      '客户：华东某厂',
      '来源问题：ISS-20261122-7K3F',
      '案例编号：REQ-20261122-7K3F',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });
});
