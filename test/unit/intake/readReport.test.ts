/** What is read out of pasted chats, mails and logs; never anything that does not stand there. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as fc from 'fast-check';
import { defaultSettings, type CasebookSettings } from '../../../src/domain/casebook';
import { type Around, type FindingKey, looksLikeReport, readReport } from '../../../src/domain/intake/readReport';
import { findTimes } from '../../../src/domain/intake/times';
import { instantOf } from '../../../src/domain/time';

const settings: CasebookSettings = {
  ...defaultSettings,
  customers: [
    { name: '南海食品', contacts: ['黄经理（IT）', '何主管（仓储）'] },
    { name: '华东精密仪器', contacts: ['王工（信息科）'] },
    { name: 'Acme Logistics', contacts: ['Tom (IT operations)'] },
  ],
  products: [
    { name: 'ERP', versions: ['8.3.0', '8.3.1', '8.4.0'] },
    { name: '数据看板 BI', versions: ['3.4.1'] },
  ],
  channels: ['电话', '企业微信', '钉钉', '飞书', '邮件'],
  people: [{ name: '陈默', mail: 'chen.mo@example.com', role: 'SE' }],
};
/** Sunday, 22 November 2026, 16:00 in Shanghai. */
const now = Date.parse('2026-11-22T16:00:00+08:00');
const around: Around = { kind: 'issue', settings, me: '陈默 <chen.mo@example.com>', now, offset: 480 };

const read = (text: string, given: Partial<Around> = {}) => {
  const found: Partial<Record<FindingKey, string>> = {};
  for (const { key, value } of readReport(text, { ...around, ...given })) found[key] ??= value;
  return found;
};

describe('Times in a text', () => {
  const first = (text: string) => findTimes(text, around)[0]?.at;
  const cases: readonly (readonly [string, string])[] = [
    ['2026-11-22 09:05:12,123 ERROR', '2026-11-22T09:05:12+08:00'],
    ['2026/11/22 9:05', '2026-11-22T09:05:00+08:00'],
    ['2026年11月22日 上午9:05', '2026-11-22T09:05:00+08:00'],
    ['2026年11月22日下午3点半', '2026-11-22T15:30:00+08:00'],
    ['11月22日 上午9:05', '2026-11-22T09:05:00+08:00'],
    ['12月30日 18:00', '2025-12-30T18:00:00+08:00'],
    ['昨天 15:30', '2026-11-21T15:30:00+08:00'],
    ['昨晚11点', '2026-11-21T23:00:00+08:00'],
    ['前天下午2点20分', '2026-11-20T14:20:00+08:00'],
    ['今早8:10', '2026-11-22T08:10:00+08:00'],
    ['下午 3:07 开始', '2026-11-22T15:07:00+08:00'],
    ['11-21 09:05', '2026-11-21T09:05:00+08:00'],
    ['11/21 09:05:12', '2026-11-21T09:05:12+08:00'],
    ['Nov 22, 2026 at 9:05 AM', '2026-11-22T09:05:00+08:00'],
    ['22 Nov 2026 09:05', '2026-11-22T09:05:00+08:00'],
    ['Sat, 21 Nov 2026 23:05:12 +0000', '2026-11-21T23:05:12+00:00'],
    ['yesterday at 3:30 pm', '2026-11-21T15:30:00+08:00'],
    ['2026-11-22T01:05:12Z', '2026-11-22T01:05:12+00:00'],
    ['since 12:05 am', '2026-11-22T00:05:00+08:00'],
  ];
  for (const [text, at] of cases) it(text, () => assert.equal(first(text), at));

  it('are not seen in what only looks like one', () => {
    for (const text of [
      '3/4 of them',
      'ratio 16:90',
      '25:61',
      '2026-02-31 10:00',
      '10.2.3.4:8080',
      '5 点建议',
      '1:100',
      '版本 8.3.1',
    ]) {
      assert.deepEqual(
        findTimes(text, around).map(({ from }) => from),
        [],
        text,
      );
    }
  });
});

describe('A pasted report', () => {
  it('from a WeCom chat', () => {
    const text = [
      '何主管@微信 2026/11/22 09:05:12',
      '你好，导出的 CSV 用 Excel 打开全是乱码',
      '',
      '陈默 2026/11/22 09:06:40',
      '收到，是哪个版本？',
      '',
      '何主管@微信 2026/11/22 09:08:02',
      'ERP 8.3.1，我们是南海食品仓库，昨天 15:30 到 16:10 都这样',
      'ORA-00942: table or view does not exist',
    ].join('\n');
    assert.deepEqual(read(text), {
      title: '导出的 CSV 用 Excel 打开全是乱码',
      error: 'ORA-00942: table or view does not exist',
      description: [
        '何主管@微信: 你好，导出的 CSV 用 Excel 打开全是乱码',
        '陈默: 收到，是哪个版本？',
        '何主管@微信: ERP 8.3.1，我们是南海食品仓库，昨天 15:30 到 16:10 都这样',
        'ORA-00942: table or view does not exist',
      ].join('\n'),
      occurredAt: '2026-11-21T15:30:00+08:00',
      occurredUntil: '2026-11-21T16:10:00+08:00',
      customer: '南海食品',
      contact: '何主管（仓储）',
      channel: '企业微信',
      product: 'ERP',
      version: '8.3.1',
      receivedAt: '2026-11-22T09:05:12+08:00',
    });
  });

  it('from other chats: DingTalk, Feishu, bracketed', () => {
    assert.equal(read('王工（信息科） 11-22 09:05\n报表打不开，提示 HTTP 500').channel, '钉钉');
    const feishu = read('王工 11月22日 09:05\n看板加载不出来，数据看板一直转圈');
    assert.deepEqual([feishu.channel, feishu.contact, feishu.product], ['飞书', '王工（信息科）', '数据看板 BI']);
    const bracketed = read('[2026-11-22 09:05:12] Tom: it hangs at 12%\n[2026-11-22 09:06:00] Tom: every time');
    assert.deepEqual(
      [bracketed.title, bracketed.contact, bracketed.description],
      ['it hangs at 12%', 'Tom (IT operations)', 'it hangs at 12%\nevery time'],
    );
  });

  it('from a mail, English and Chinese', () => {
    const english = read(
      [
        'From: "Tom Baker" <tom@acme.example>',
        'Sent: Saturday, 21 Nov 2026 18:20',
        'To: support@example.com',
        'Subject: RE: FW: Label printing stops after login',
        '',
        'Hi team,',
        'since yesterday at 3:30 pm nothing prints at Acme Logistics. Version: v5.0.2-rc1, JDK 1.8.0.',
        'java.lang.IllegalStateException: printer gone',
      ].join('\n'),
    );
    assert.equal(english.title, 'Label printing stops after login');
    assert.equal(english.contact, 'Tom Baker');
    assert.equal(english.customer, 'Acme Logistics');
    assert.equal(english.channel, '邮件');
    assert.equal(english.version, 'v5.0.2-rc1');
    assert.equal(english.receivedAt, '2026-11-21T18:20:00+08:00');
    // of the mail's day, not of the day on which it is pasted
    assert.equal(english.occurredAt, '2026-11-20T15:30:00+08:00');
    assert.ok(english.description?.startsWith('Hi team,') && !english.description.includes('Subject'));

    const chinese = read(
      '发件人：黄经理\n发送时间：2026年11月22日 上午9:05\n主题：回复: 库存对不上\n\n库存从早上8点开始不对。build 4512',
    );
    assert.deepEqual(
      [chinese.title, chinese.contact, chinese.receivedAt, chinese.version, chinese.occurredAt],
      ['库存对不上', '黄经理（IT）', '2026-11-22T09:05:00+08:00', 'build 4512', '2026-11-22T08:00:00+08:00'],
    );
  });

  it('from a log: its first time, its worst line, no name of a sender', () => {
    const found = read(
      [
        '2026-11-22 09:05:12.001 INFO started',
        '2026-11-22 09:06:01.500 ERROR [http-8] com.acme.Report: HTTP 500',
        'java.lang.OutOfMemoryError: Java heap space',
        '\tat com.acme.Report.run(Report.java:12)',
      ].join('\n'),
    );
    assert.equal(found.occurredAt, '2026-11-22T09:05:12+08:00');
    assert.equal(found.contact, undefined);
    assert.equal(found.error, '2026-11-22 09:06:01.500 ERROR [http-8] com.acme.Report: HTTP 500');
    assert.equal(found.receivedAt, undefined);
  });

  it('takes a version for one only where it is', () => {
    assert.equal(read('it runs on 10.2.3.4\nwith PostgreSQL 12.3.1 and JDK 1.8.0').version, undefined);
    assert.equal(read('ERP 18.3.1 or 8.3.1.4').version === '8.3.1', false);
    assert.equal(read('since 2026.11.20 it fails').version, undefined);
    assert.equal(read('升级到 v9.0.1 以后').version, 'v9.0.1');
    assert.equal(read('the new 9.0.1 is slow').version, '9.0.1');
  });

  it('of a request has no time of occurrence', () => {
    assert.equal(read('昨天 15:30 客户提出\n希望报表能定时发邮件', { kind: 'request' }).occurredAt, undefined);
  });

  it('is told from a short remark', () => {
    assert.ok(looksLikeReport('李伟 2026/11/22 09:05:12\n导出的 CSV 用 Excel 打开全是乱码，数字是好的'));
    assert.ok(!looksLikeReport('printer is dead'));
    assert.ok(!looksLikeReport('a\nb'));
    assert.ok(!looksLikeReport(`${'\n'.repeat(60)}printer is dead\n\n`));
  });

  const pieces = fc.constantFrom(
    '李伟 2026/11/22 09:05:12',
    'From: Tom <tom@acme.example>',
    'Subject: Re: it fails',
    '昨天 15:30 到 16:10',
    '南海食品 ERP 8.3.1',
    'ORA-00942: table or view does not exist',
    '[2026-11-22 09:05:12] Tom: hello',
    '99:99 2026-13-45 31月99日',
    '\r\n',
    'build 4512 v1.2.3',
  );
  const anyText = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 20 })), {
      maxLength: 12,
    })
    .chain((lines) => fc.constantFrom('\n', '\r\n', ' ', '').map((joint) => lines.join(joint)));

  it('never throws, and makes nothing up: every finding stands in the text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('issue' as const, 'request' as const), (text, kind) => {
        const normal = text.replace(/\r\n?/g, '\n');
        const found = readReport(text, { ...around, kind });
        for (const { key, value, from } of found) {
          assert.ok(from !== '' && normal.includes(from), `${key}: ${from}`);
          if (['title', 'error', 'version'].includes(key)) assert.ok(normal.includes(value), `${key}: ${value}`);
          if (key === 'description') {
            for (const line of value.split('\n')) {
              const said = [
                line,
                ...line
                  .split(': ')
                  .slice(1)
                  .map((_, at, rest) => rest.slice(at).join(': ')),
              ];
              assert.ok(
                said.some((each) => normal.includes(each)),
                line,
              );
            }
          }
          if (['occurredAt', 'receivedAt', 'occurredUntil'].includes(key)) {
            assert.ok(instantOf(value) > 0 && instantOf(value) <= now + 120_000, value);
          }
        }
        const keys = found.map(({ key }) => key).filter((key) => key !== 'error');
        assert.equal(new Set(keys).size, keys.length);
      }),
      { numRuns: 500 },
    );
  });
});
