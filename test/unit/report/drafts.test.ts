/** What the engineer's texts begin with: results and a plan that follow from the figures, each with its cases. */
import { strict as assert } from 'node:assert';
import { changeOf } from '../../../src/domain/report/tally';
import { changeWords, durationWords, fillSpaced, percentText } from '../../../src/domain/report/sayFigures';
import type { DraftLine } from '../../../src/domain/report/serviceReport';
import { w } from '../../../src/domain/words';
import { issueAt, report, requestAt, type Told } from './world';

const HOUR = 3_600_000;

const said = (lines: readonly DraftLine[]) => lines.map(({ key, text }) => [key, text.en, text.zh]);
const closed = (story: Told, text: string) => story.until('5.1').at(text).usual('close');

describe('the draft of results', () => {
  it('names urgent problems solved, upgrades, released requests and what was collected', () => {
    const urgent = issueAt('2026-09-01 10:00', { customer: '华东某厂', title: '产线停机' }).until('1.2');
    urgent.usual('assess', { coreAffected: true, workaround: false, leadNotifiedAt: '2026-09-01T10:01:00+08:00' });
    urgent.at('2026-09-01 11:00').until('4.2').usual('verifyInternal').usual('appoint');
    closed(urgent.usual('upgrade', { toVersion: '5.3.1' }), '2026-09-02 12:00');
    const request = requestAt('2026-09-03 10:00', { title: 'Dark mode' }).until('3.1');
    request.usual('check', { status: 'released', version: '2.0' }).usual('sync').usual('close');
    const { results } = report('2026-09', [urgent, request]).drafts;
    assert.deepEqual(said(results), [
      [
        `urgent:${urgent.caseId}`,
        'Solved the urgent problem “产线停机” of 华东某厂 within 10 h of working time.',
        '解决华东某厂的紧急问题“产线停机”，用时 10 小时（工作时间）。',
      ],
      ['upgrade:华东某厂:ERP 5.3.1', 'Upgraded 华东某厂 to ERP 5.3.1.', '完成华东某厂升级至 ERP 5.3.1。'],
      [
        `released:${request.caseId}`,
        'Released the request “Dark mode” of Acme in 2.0.',
        'Acme 的需求“Dark mode”已在 2.0 版本发布。',
      ],
      ['collected', 'Collected 1 request: “Dark mode”.', '收集需求 1 项：“Dark mode”。'],
    ]);
    assert.deepEqual(results[0]?.cases, [urgent.caseId]);
  });

  it('stays a summary: the rest of many is a number', () => {
    const many = Array.from({ length: 11 }, (_, index) =>
      closed(issueAt('2026-09-01 10:00', { customer: `C${String(index).padStart(2, '0')}` }), '2026-09-09 10:00'),
    );
    const { results } = report('2026-09', many).drafts;
    assert.equal(results.length, 9);
    assert.equal(results.at(-1)?.text.zh, '另完成升级 3 次。');
    assert.equal(results.at(-1)?.cases.length, 3);
  });

  it('names no upgrade whose check at the customer failed', () => {
    const story = issueAt('2026-09-01 10:00').until('4.2').usual('verifyInternal').usual('appoint').usual('upgrade');
    story.usual('verifyCustomer', { result: 'failed', newUrgency: 'keep' });
    assert.deepEqual(report('2026-09', [story]).drafts.results, []);
  });
});

describe('the draft of the plan', () => {
  it('proposes training, articles and tests by rules', () => {
    const of = (customer: string, problemType: string) => issueAt('2026-09-02 10:00', { customer, problemType });
    const failed = of('A', 'Performance')
      .until('4.2')
      .usual('verifyInternal', { result: 'failed', newUrgency: 'keep' });
    const { plan } = report('2026-09', [
      failed,
      of('A', 'Performance'),
      of('A', 'Usage'),
      of('B', 'Performance'),
    ]).drafts;
    assert.deepEqual(said(plan), [
      [
        'training:A',
        'Special training for A: 3 cases in this period, most of them Performance.',
        '为 A 安排专项培训：本期提交 3 件，以 Performance 为主。',
      ],
      [
        'article:Performance',
        'Write or extend articles on Performance: 3 issues (75% of all), 0 with an article.',
        '完善“Performance”类知识库文章：本期 3 件（占 75%），其中 0 件已有文章。',
      ],
      [
        'testing:ERP',
        'Test ERP more closely before release: 1 verification failed, 0 at customers.',
        '发布前加强 ERP 的测试：本期验证未通过 1 次，其中客户环境 0 次。',
      ],
    ]);
  });

  it('keeps its keys when the report is made again with other figures', () => {
    const stories = [1, 2, 3].map(() => issueAt('2026-09-02 10:00'));
    const keys = (all: readonly Told[]) => report('2026-09', all).drafts.plan.map(({ key }) => key);
    assert.deepEqual(keys(stories), keys([...stories, issueAt('2026-09-03 10:00')]));
  });
});

describe('figures in words', () => {
  it('say times to the minute below a day, and to the hour above', () => {
    const words = [0.4 / 60, 0.5, 1, 2.5, 23.99, 24, 100.2].map((hours) => durationWords(hours * HOUR));
    assert.deepEqual(
      words.map(({ en }) => en),
      ['0 min', '30 min', '1 h', '2 h 30 min', '23 h 59 min', '24 h', '100 h'],
    );
    assert.equal(words[3]?.zh, '2 小时 30 分钟');
  });

  it('round no share to all or nothing that is neither', () => {
    assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(percentText), ['0', '1', '50', '99', '100']);
  });

  it('say a change, and "new" where there was none before', () => {
    const changes = [changeOf(3, 0), changeOf(0, 0), changeOf(3, 3), changeOf(112, 100), changeOf(1, 4)];
    assert.deepEqual(
      changes.map((change) => changeWords(change).en),
      ['new', 'unchanged', 'unchanged', '+12%', '−75%'],
    );
    assert.equal(changes[0]?.ratio, undefined);
  });

  it('put the space between Chinese and Latin that a name brings in', () => {
    const words = w('{0} of {1}', '{1}的{0}版本，{0}');
    assert.equal(fillSpaced(words, '2.0', 'Acme').zh, 'Acme 的 2.0 版本，2.0');
    assert.equal(fillSpaced(words, '新', '某厂').zh, '某厂的新版本，新');
    assert.equal(fillSpaced(words, '2.0', 'Acme').en, '2.0 of Acme');
  });
});
