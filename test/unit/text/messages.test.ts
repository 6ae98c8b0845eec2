/** Prepared messages: what they say in either language, and that the guards of their steps take them as they are. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Plan, StatusCheck } from '../../../src/domain/case/state';
import { issueProcedure } from '../../../src/domain/sop/issue';
import { requestProcedure } from '../../../src/domain/sop/request';
import { moment } from '../../../src/domain/text/describe';
import { prepared, preparedQuestion } from '../../../src/domain/text/prepared';
import type { Language } from '../../../src/domain/words';
import { anyText, issue, missing, received, request, stamp } from './cases';

const languages: readonly Language[] = ['en', 'zh-CN'];

const plan: Plan = {
  ...stamp,
  event: 'e1',
  revision: 1,
  round: 1,
  kind: 'fix',
  approach: '调整共享内存参数',
  version: '3.2.2',
  date: '2026-12-05',
  disposition: 'fixed',
};

const planned = (change: Partial<Plan> = {}, others: readonly Plan[] = []) => {
  const current = { ...plan, ...change };
  return issue({ step: '4.1', planRevision: current.revision, plans: [...others, current] });
};

const checked = (change: Partial<StatusCheck>) => {
  const check: StatusCheck = {
    ...stamp,
    event: 'e1',
    round: 1,
    status: 'waiting',
    version: '',
    reason: '',
    final: false,
    nextAt: '',
    told: false,
    ...change,
  };
  return request({ step: '3.2', checks: [check] });
};

const complaints = (codes: readonly string[]) => codes.filter((code) => code.startsWith('message:'));

describe('the plan message', () => {
  it('reads like this', () => {
    assert.equal(
      prepared('informCustomer', 'text', planned(), 'zh-CN'),
      `王工，您好！

您反馈的“报表导出失败”已有修复计划，同步如下：

修复方案：调整共享内存参数
预计修复版本：3.2.2
预计修复时间：2026年12月5日

请确认以上版本和时间是否可以接受。版本发布并经我方验证通过后，我们会与您预约升级时间。`,
    );
    assert.match(
      prepared('informCustomer', 'text', planned(), 'en') ?? '',
      /^Hello 王工,[^]*Expected version: 3\.2\.2\nExpected date: 5 December 2026\n/,
    );
  });

  it('passes its guard for every version and date in both languages', () => {
    const dates = fc
      .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-12-31T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        anyText,
        dates,
        anyText,
        anyText,
        fc.constantFrom(...languages),
        (version, date, approach, title, language) => {
          const state = { ...planned({ version, date, approach }), values: { receive: { ...received, title } } };
          const text = prepared('informCustomer', 'text', state, language) ?? '';
          assert.deepEqual(complaints(missing(state, 'informCustomer', { text })), []);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is asked for its date by the guard, so that the test above says something', () => {
    assert.deepEqual(complaints(missing(planned(), 'informCustomer', { text: 'soon' })), [
      'message:version',
      'message:date',
    ]);
  });

  it('says that an earlier plan has changed', () => {
    const text =
      prepared('informCustomer', 'text', planned({ revision: 2, date: '2026-12-12' }, [plan]), 'zh-CN') ?? '';
    assert.match(text, /计划有调整/);
    assert.match(text, /2026年12月12日/);
  });

  it('explains what R&D decided instead', () => {
    const declined = (disposition: string) =>
      planned({ kind: 'decline', disposition, approach: '按设计，导出上限为一万行' });
    assert.match(
      prepared('informCustomer', 'text', declined('notADefect'), 'zh-CN') ?? '',
      /不属于产品缺陷[^]*上限为一万行[^]*是否认可/,
    );
    assert.match(prepared('informCustomer', 'text', declined('wontFix'), 'zh-CN') ?? '', /暂不安排修复/);
    assert.match(
      prepared('informCustomer', 'text', declined('notADefect'), 'en') ?? '',
      /works as designed[^]*whether you agree/,
    );
    assert.match(prepared('informCustomer', 'text', declined('wontFix'), 'en') ?? '', /a fix is not planned/);
  });

  it('tells what support itself has found', () => {
    const state = planned({ kind: 'support', approach: '请清理浏览器缓存' });
    assert.match(
      prepared('informCustomer', 'text', state, 'zh-CN') ?? '',
      /按以下方法解决：\n\n请清理浏览器缓存\n\n请您操作后告知结果/,
    );
    assert.match(prepared('informCustomer', 'text', state, 'en') ?? '', /can be solved as follows/);
  });

  it('does not exist without a plan', () => {
    assert.equal(prepared('informCustomer', 'text', issue(), 'en'), undefined);
  });
});

describe('the status of a request', () => {
  const statuses: readonly [Partial<StatusCheck>, RegExp, RegExp][] = [
    [{ status: 'waiting' }, /待评估/, /waiting to be evaluated/],
    [{ status: 'underEvaluation' }, /已纳入评估/, /being evaluated/],
    [{ status: 'scheduled', version: '4.0' }, /已排期至 4\.0 版本/, /scheduled for version 4\.0/],
    [{ status: 'inDevelopment' }, /开发/, /in development/],
    [{ status: 'released', version: '4.0' }, /已在 4\.0 版本中发布/, /released in version 4\.0/],
    [
      { status: 'notAdopted', reason: '与规划不符' },
      /暂不采纳[^]*与规划不符[^]*继续跟进/,
      /not adopted[^]*raise it again/,
    ],
    [
      { status: 'notAdopted', reason: '与规划不符', final: true },
      /暂不采纳[^]*与规划不符[^]*不同意见/,
      /not adopted[^]*see it differently/,
    ],
    [{ status: 'other', reason: '客户已停用' }, /结论[^]*客户已停用/, /conclusion[^]*客户已停用/],
  ];
  for (const [check, zh, en] of statuses) {
    it(`"${check.status}"${check.final ? ', final' : ''} is told in both languages`, () => {
      assert.match(prepared('sync', 'text', checked(check), 'zh-CN') ?? '', zh);
      assert.match(prepared('sync', 'text', checked(check), 'en') ?? '', en);
    });
  }

  it('passes its guard for every version and reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses.map(([check]) => check)),
        anyText,
        fc.boolean(),
        fc.constantFrom(...languages),
        (check, text, final, language) => {
          const state = checked({ ...check, version: text, reason: text, final });
          const message = prepared('sync', 'text', state, language) ?? '';
          assert.deepEqual(complaints(missing(state, 'sync', { text: message })), []);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not exist before the first check', () => {
    assert.equal(prepared('sync', 'text', request(), 'zh-CN'), undefined);
  });
});

describe('other messages', () => {
  it('first reply: formally submitted, and the manager takes over', () => {
    const state = request();
    const submitted = { ...state, values: { ...state.values, submit: { manager: '陈浩' } } };
    assert.match(
      prepared('firstReply', 'text', submitted, 'zh-CN') ?? '',
      /“批量导出”已正式提交至公司[^]*由项目经理 陈浩 负责对接/,
    );
    assert.match(prepared('firstReply', 'text', state, 'en') ?? '', /formally submitted[^]*project manager takes over/);
  });

  it('workaround: only where one is known', () => {
    assert.equal(prepared('giveWorkaround', 'text', issue(), 'zh-CN'), undefined);
    const known = issue({ values: { receive: received, assess: { workaroundText: '1. 关闭并行\n2. 重启' } } });
    assert.match(prepared('giveWorkaround', 'text', known, 'zh-CN') ?? '', /临时规避：\n\n1\. 关闭并行\n2\. 重启\n\n/);
  });

  it('by the purpose that the form for any message names', () => {
    const state = issue({
      planRevision: 1,
      plans: [plan],
      verification: {
        appointment: {
          ...stamp,
          values: { start: '2026-12-06T20:00:00+08:00', end: '2026-12-06T21:00:00+08:00', zone: '' },
        },
        upgrade: { ...stamp, values: { toVersion: '3.2.2' } },
      },
    });
    const message = (purpose: string, language: Language = 'zh-CN', to = 'customer') =>
      prepared('logMessage', 'text', state, language, { purpose, to });
    assert.match(message('acknowledgement') ?? '', /已收到并登记，受理编号 ISS-20261122-7K3F/);
    assert.match(message('acknowledgement', 'en') ?? '', /recorded "报表导出失败" as case ISS-20261122-7K3F/);
    assert.match(message('plan') ?? '', /预计修复版本：3\.2\.2/);
    assert.match(message('schedule') ?? '', /版本 3\.2\.2 已就绪[^]*2026-12-06 20:00（UTC\+08:00） – 2026-12-06 21:00/);
    assert.match(message('schedule', 'en') ?? '', /Version 3\.2\.2[^]*this time for the upgrade: 2026-12-06 20:00/);
    assert.match(message('closing') ?? '', /已在版本 3\.2\.2 中解决/);
    assert.match(message('closing', 'en') ?? '', /solved in version 3\.2\.2/);
    assert.match(message('urgent', 'zh-CN', 'lead') ?? '', /【紧急】/);
    assert.equal(message('workaround'), undefined);
    assert.equal(message('other'), undefined);
    assert.equal(message('plan', 'zh-CN', 'manager'), undefined);
    assert.match(
      message('plan', 'zh-CN', 'group') ?? '',
      /^【案例】[^]*报表导出失败[^]*当前步骤[^]*预计修复版本：3\.2\.2/,
    );
    assert.match(message('status', 'en', 'group') ?? '', /^\[Case\] [^]*Expected version: 3\.2\.2/);
    assert.match(preparedQuestion('followUp', state, 'zh-CN') ?? '', /版本 3\.2\.2（2026年12月5日）能否按计划发布/);
    assert.match(preparedQuestion('followUp', issue(), 'zh-CN') ?? '', /请告知修复方案、预计修复版本及时间/);
    assert.equal(preparedQuestion('note', state, 'en'), undefined);
    assert.equal(prepared('logMessage', 'text', issue(), 'en', { purpose: 'schedule' }), undefined);
    assert.match(
      prepared('logMessage', 'text', request(), 'en', { purpose: 'acknowledgement' }) ?? '',
      /formally submitted/,
    );
  });

  it('the lead hears what is down, for whom and why now', () => {
    const state = issue({ values: { receive: received, assess: { coreAffected: true, workaround: false } } });
    const text = prepared('changeUrgency', 'leadText', state, 'zh-CN', { urgencyReason: '产线停机' }) ?? '';
    for (const part of [
      '【紧急】报表导出失败',
      '紧急原因：产线停机',
      '客户：华东某厂',
      '产品与版本：ERP 3.2.1',
      '影响范围：财务',
      '规避方案：暂无',
      '案例编号：ISS',
      '请确认收到',
    ]) {
      assert.ok(text.includes(part), part);
    }
    const assessed = prepared('assess', 'leadText', issue(), 'en', { coreAffected: true, workaround: false }) ?? '';
    assert.match(assessed, /^\[Urgent\] 报表导出失败[^]*Workaround: none known/);
    assert.match(prepared('reopen', 'leadText', state, 'en', { reason: 'came back' }) ?? '', /Why now: came back/);
  });

  it('never leave a placeholder, a gap or a stray word behind', () => {
    const states = [
      issue(),
      issue({ values: {} }),
      planned(),
      request(),
      request({ values: {} }),
      checked({ status: 'released', version: '4.0' }),
    ];
    for (const state of states) {
      const { actions } = state.kind === 'issue' ? issueProcedure : requestProcedure;
      for (const { name, fields } of Object.values(actions)) {
        for (const { key } of fields) {
          for (const language of languages) {
            for (const purpose of [
              'acknowledgement',
              'workaround',
              'plan',
              'schedule',
              'closing',
              'status',
              'urgent',
              'other',
            ]) {
              const text = prepared(name, key, state, language, { purpose });
              if (text === undefined) continue;
              assert.doesNotMatch(
                text,
                /\{\d\}|undefined|NaN|\[object|\n{3}|[：:]\s*$|“”|""/,
                `${name}.${key} ${purpose}`,
              );
            }
          }
        }
      }
    }
  });

  it('are prepared for text fields that there are', () => {
    const all = { ...requestProcedure.actions, ...issueProcedure.actions };
    const names = [
      'createTicket.sent',
      'informCustomer.text',
      'giveWorkaround.text',
      'firstReply.text',
      'sync.text',
      'notifyLead.text',
      'assess.leadText',
      'changeUrgency.leadText',
      'verifyInternal.leadText',
      'verifyCustomer.leadText',
      'reopen.leadText',
      'logMessage.text',
      'submit.sent',
    ];
    for (const name of names) {
      const [action = '', key] = name.split('.');
      const definition =
        action === 'submit' ? requestProcedure.actions[action] : (issueProcedure.actions[action] ?? all[action]);
      assert.ok(
        definition?.fields.some((field) => field.key === key && field.type === 'longText'),
        name,
      );
    }
    assert.equal(prepared('constructor', 'name', issue(), 'en'), undefined);
    assert.equal(prepared('note', 'text', issue(), 'en'), undefined);
  });
});

describe('moments', () => {
  it('keep the offset they were written with', () => {
    assert.equal(moment('2026-11-22T09:05:31.5+08:00', 'en'), '2026-11-22 09:05 (UTC+08:00)');
    assert.equal(moment('2026-11-22T09:05Z', 'zh-CN'), '2026-11-22 09:05（UTC）');
    assert.equal(moment('2026-11-22T09:05:00-03:30', 'en'), '2026-11-22 09:05 (UTC-03:30)');
    assert.equal(moment('yesterday', 'en'), 'yesterday');
  });
});
