import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chartOption, chartSize, chartThemes } from '../../../../src/domain/report/charts';
import { reportDocument, scopeText } from '../../../../src/domain/report/document/build';
import { Cells, percentText } from '../../../../src/domain/report/document/cells';
import type { Block, ReportDocument, Table } from '../../../../src/domain/report/document/reportDocument';
import type { Row } from '../../../../src/domain/report/figure';
import { customersSentence, typesSentence, versionsSentence } from '../../../../src/domain/report/sentences';
import type { CustomerRow, VersionRow } from '../../../../src/domain/report/serviceReport';
import { personName } from '../../../../src/domain/person';
import { w } from '../../../../src/domain/words';
import { contact, customers, sampleReport } from './sampleReport';

const blocksOf = (document: ReportDocument): Block[] =>
  document.sections.flatMap(({ parts }) => parts.flatMap(({ blocks }) => blocks));
const tablesOf = (document: ReportDocument): Table[] => blocksOf(document).filter((block) => block.kind === 'table');

const MINUTE = 60_000;

describe('The document of a report', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    for (const size of [0, 3, 142]) {
      it(`follows the outline and fills every column (${language}, ${size} cases)`, () => {
        const document = reportDocument(sampleReport(size), language);
        assert.deepEqual(
          document.sections.map(({ id, number }) => `${number} ${id}`),
          ['1 concentration', '2 activity', '3 outlook', '4 appendix'],
        );
        for (const { id, columns, rows } of tablesOf(document)) {
          for (const row of rows) assert.equal(row.length, columns.length, id);
        }
        const text = JSON.stringify(document);
        assert.doesNotMatch(text, /NaN|Infinity|undefined|\[object/);
        const tableIds = tablesOf(document).map(({ id }) => id);
        assert.equal(new Set(tableIds).size, tableIds.length);
        assert.equal(
          new Set(blocksOf(document).flatMap((block) => (block.kind === 'chart' ? [block.id] : []))).size > 3,
          size > 0,
        );
      });
    }
  }

  it('says values as people write them', () => {
    const [en, zh] = [new Cells('en', 'Asia/Shanghai'), new Cells('zh-CN', 'Asia/Shanghai')];
    const spans = [0, 10_000, 38 * MINUTE, 130 * MINUTE, 120 * MINUTE, 51 * 60 * MINUTE, 7_000 * 60 * MINUTE];
    assert.deepEqual(
      spans.map((span) => en.duration(span).text),
      ['0 min', '< 1 min', '38 min', '2 h 10 min', '2 h', '51 h', '7,000 h'],
    );
    assert.deepEqual(
      spans.map((span) => zh.duration(span).text),
      ['0 分钟', '不足 1 分钟', '38 分钟', '2 小时 10 分', '2 小时', '51 小时', '7,000 小时'],
    );
    assert.deepEqual([0, 0.0001, 0.9132, 0.99999, 1].map(percentText), ['0%', '0.1%', '91.3%', '99.9%', '100%']);
    assert.equal(en.number(1_234_567.891).text, '1,234,567.89');
    assert.equal(zh.instant('2026-09-30T18:30:00Z').text, '2026-10-01 02:30');
    assert.equal(zh.p90({ n: 4, isTooFew: true, cases: [] }).text, '样本不足');
    assert.equal(en.p90({ n: 0, isTooFew: true, cases: [] }).text, '–');
    assert.equal(en.countChange({ previous: 0, difference: 4, isNew: true }).text, 'new');
    assert.equal(en.totalChange({ previous: 0, difference: 1_400, isNew: true }).text, '+1,400 (none before)');
    assert.equal(zh.totalChange({ previous: 0, difference: 4, isNew: true }).text, '+4（上期为 0）');
    assert.equal(en.totalChange({ previous: 10, difference: -1, ratio: -0.1, isNew: false }).text, '−1 (−10.0%)');
    assert.equal(en.durationChange({ previous: 0, difference: 5 * MINUTE, isNew: true }).text, '+5 min');
    assert.equal(en.countChange({ previous: 1, difference: 24, ratio: 24, isNew: false }).text, '+24 (+2,400%)');
    assert.equal(en.countChange({ previous: 10, difference: -1, ratio: -0.1, isNew: false }).text, '−1 (−10.0%)');
    assert.equal(zh.shareChange({ previous: 0.5, difference: 0.05, isNew: false }).text, '+5.0 个百分点');
  });

  it('separates thousands wherever people read them, and calls no total new', () => {
    const report = sampleReport(3_000);
    const { received } = report.headline;
    assert.ok(received.count >= 1_000);
    const first = { ...received, change: { previous: 0, difference: received.count, isNew: true } };
    const told = { ...report, headline: { ...report.headline, received: first } };
    for (const language of ['en', 'zh-CN'] as const) {
      const document = reportDocument(told, language);
      const read = [
        ...document.headline.flatMap(({ cell, detail, change }) => [cell.text, detail, change]),
        ...blocksOf(document).flatMap((block) => {
          if (block.kind === 'paragraph' || block.kind === 'draft') return [];
          if (block.kind === 'chart') return [block.description];
          const isRead = (index: number) =>
            ['number', 'percent', 'duration'].includes(block.columns[index]?.kind ?? '');
          return block.rows.flatMap((row) => row.filter((_cell, index) => isRead(index)).map(({ text }) => text));
        }),
      ];
      // a week's name begins with its year
      const plain = read.filter((text) => /\d{4}/.test(text.replace(/20\d\d-W/g, '')));
      assert.deepEqual(plain, []);
      assert.match(document.headline[0]?.change ?? '', language === 'en' ? /none before/ : /上期为 0/);
    }
    const row: Row = { key: 'Acme', label: w('Acme', 'Acme'), count: 2_500, cases: [] };
    const rows = [row, { ...row, key: '', count: 1_000 }];
    assert.equal(customersSentence([row] as CustomerRow[]).en, '2,500 cases came in, all from Acme.');
    assert.equal(customersSentence([row] as CustomerRow[]).zh, '本期共提交 2,500 件，均来自 Acme。');
    assert.match(versionsSentence(rows as VersionRow[]).en, /Of 3,500 issues .* Acme \(2,500\).*1,000 without/);
    assert.match(typesSentence(rows).zh, /Acme（2,500）.*1,000 件未填/);
    const option = chartOption(
      {
        isLying: true,
        isStacked: false,
        unit: '',
        categories: ['a', 'b'],
        series: [{ name: '', values: [999, 1_000], cases: [], tone: 0 }],
      },
      chartThemes.light,
      { width: 400, height: 200 },
    );
    const [series] = option['series'] as { data: unknown[] }[];
    assert.deepEqual(series?.data, [999, { value: 1_000, label: { formatter: '1,000' } }]);
  });

  it('has behind every number the cases that it counts, each once', () => {
    const report = sampleReport();
    for (const { id, columns, rows } of tablesOf(reportDocument(report, 'en'))) {
      rows.forEach((row) =>
        row.forEach(({ cases, value }, index) => {
          if (cases === undefined) return;
          const where = `${id} ${columns[index]?.id}`;
          assert.equal(new Set(cases).size, cases.length, where);
          // of events there may be more than cases
          if (value?.kind === 'number') assert.ok(cases.length <= value.value, where);
        }),
      );
    }
  });

  it('counts one thing in the singular', () => {
    const row: Row = { key: 'Acme', label: w('Acme', 'Acme'), count: 1, share: 1, cases: [] };
    const other: Row = { ...row, key: 'Bolt', label: w('Bolt', 'Bolt') };
    assert.equal(customersSentence([row] as CustomerRow[]).en, '1 case came in from Acme.');
    assert.equal(customersSentence([row] as CustomerRow[]).zh, '本期共提交 1 件，来自 Acme。');
    assert.equal(versionsSentence([row] as VersionRow[]).en, 'The only issue concerns Acme.');
    assert.equal(versionsSentence([{ ...row, count: 3 }] as VersionRow[]).zh, '3 件问题均涉及 Acme。');
    assert.match(
      versionsSentence([row, other] as VersionRow[]).en,
      /^Of 2 issues most concern Acme \(1\) and Bolt \(1\)/,
    );
    assert.match(typesSentence([row]).en, /^The most common type of issue is Acme \(1\); Acme makes up 100%/);
    const report = sampleReport();
    const byKind = report.service.byKind.map((kind) => ({ ...kind, count: 1 }));
    const [received] = reportDocument({ ...report, service: { ...report.service, byKind } }, 'en').headline;
    assert.equal(received?.detail, '1 issue, 1 request');
  });

  it('calls what it counts cases where issues and requests are counted together', () => {
    for (const [language, words] of [
      ['en', /^Cases received by customer$/],
      ['zh-CN', /^各客户受理案例数$/],
    ] as const) {
      const blocks = blocksOf(reportDocument(sampleReport(), language));
      const chart = blocks.find((block) => block.kind === 'chart' && block.id === 'customers');
      assert.match(chart?.kind === 'chart' ? chart.title : '', words);
      const titles = blocks.flatMap((block) => (block.kind === 'chart' || block.kind === 'table' ? [block.title] : []));
      assert.deepEqual(
        titles.filter((title) => /requests received|服务请求|请求量/i.test(title)),
        [],
      );
    }
  });

  it('leaves forced steps and owners out of a report on one customer, and says so', () => {
    const report = sampleReport();
    const [owner = ''] = report.cases.map((row) => personName(row.owner)).filter((name) => name !== '');
    assert.ok(owner !== '' && report.deviations.length > 0);
    const appendixOf = (names: readonly string[] | undefined) => {
      const about = { ...report, filter: names ? { customers: names } : {} };
      return JSON.stringify(reportDocument(about, 'en').sections.find(({ id }) => id === 'appendix'));
    };
    for (const names of [undefined, customers.slice(0, 2)]) {
      for (const text of ['Steps that were forced', '"owner"', owner])
        assert.ok(appendixOf(names).includes(text), text);
    }
    const told = appendixOf(customers.slice(0, 1));
    for (const text of ['Steps that were forced', '"owner"', owner]) assert.ok(!told.includes(text), text);
    assert.match(told, /forced steps and the owners of cases are left out/);
    const [table] = tablesOf(reportDocument({ ...report, filter: { customers: ['A'] } }, 'en')).filter(
      ({ id }) => id === 'cases',
    );
    for (const row of table?.rows ?? []) assert.equal(row.length, table?.columns.length);
  });

  it('says on one line what a filter leaves', () => {
    const filter = { customers: ['A', 'B', 'C', 'D'], products: ['ERP'] };
    assert.equal(scopeText(filter, 'en'), 'Customers: A, B, C, D; Product: ERP');
    assert.equal(scopeText(filter, 'en', 3), 'Customers: A, B, C and 1 more; Product: ERP');
    assert.equal(scopeText(filter, 'zh-CN', 3), '客户：A、B、C 等 4 个；产品：ERP');
    assert.equal(scopeText({}, 'en'), '');
  });

  it('says of a running period that it is compared with a whole one, and of an empty one that it is', () => {
    const fact = (isProvisional: boolean) =>
      reportDocument({ ...sampleReport(), isProvisional }, 'en').facts.find(({ id }) => id === 'previous')?.text;
    assert.match(fact(true) ?? '', /^the whole of .*, while this period still runs$/);
    assert.doesNotMatch(fact(false) ?? '', /whole/);
    assert.equal(reportDocument(sampleReport(), 'en').nothing, '');
    const empty = { ...sampleReport(0).headline, backlog: { count: 0, cases: [] } };
    assert.match(reportDocument({ ...sampleReport(0), headline: empty }, 'en').nothing, /^No case was received/);
  });

  it('names no customer and no contact where pseudonyms are asked for', () => {
    const report = sampleReport();
    const options = { pseudonyms: { customers: [{ name: '东海银行股份有限公司', contacts: [contact] }] } };
    for (const language of ['en', 'zh-CN'] as const) {
      const plain = JSON.stringify(reportDocument(report, language));
      const text = JSON.stringify(reportDocument(report, language, options));
      for (const name of [
        ...customers,
        '东海银行',
        'Great Northern Manufacturing',
        '南方',
        contact,
        '13800138000',
        '10.20.30.40',
      ]) {
        const written = JSON.stringify(name).slice(1, -1);
        assert.ok(plain.includes(written), name);
        assert.ok(!text.includes(written), name);
      }
      assert.match(text, language === 'en' ? /Customer A/ : /客户 A/);
      assert.match(text, /3\.2\.1/);
      assert.match(text, /李伟/);
    }
  });

  it('keeps figures and the order of rows under pseudonyms', () => {
    const report = sampleReport();
    const [plain, hidden] = [{}, { pseudonyms: { customers: [] } }].map((options) =>
      tablesOf(reportDocument(report, 'zh-CN', options))
        .filter(({ id }) => id !== 'usage')
        .map(({ rows }) => rows.map((row) => row.map(({ value, cases }) => ({ value, cases })))),
    );
    assert.deepEqual(hidden, plain);
  });

  it('draws every chart in every theme without a gap in its numbers', () => {
    const charts = blocksOf(reportDocument(sampleReport(), 'zh-CN')).filter((block) => block.kind === 'chart');
    assert.deepEqual(
      charts.map(({ id }) => id),
      [
        'customers',
        'versions',
        'types',
        'usage',
        'weeks',
        'channels',
        'responseTimes',
        'resolutionTimes',
        'verification',
        'ages',
      ],
    );
    for (const { bars, id } of charts) {
      for (const series of bars.series) {
        assert.equal(series.values.length, bars.categories.length, id);
        assert.equal(series.cases.length, bars.categories.length, id);
      }
      for (const theme of Object.values(chartThemes)) {
        const option = chartOption(bars, theme, chartSize(bars, 640));
        assert.deepEqual(structuredClone(option), option);
      }
    }
  });
});
