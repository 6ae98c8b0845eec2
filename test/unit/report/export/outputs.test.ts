/** Every form of a report says the same, to the last figure, and none says what it must not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { parseDocument } from 'yaml';
import { renderReport } from '../../../../src/adapters/report/render';
import { threadRenderer } from '../../../../src/adapters/report/threadRenderer';
import { reportDocument } from '../../../../src/domain/report/document/build';
import { type RenderedFile, reportFormats } from '../../../../src/domain/report/reportShelf';
import { cleanUp } from '../../store/folders';
import { bundleScript } from '../../store/writers';
import { contact, customers, sampleReport } from '../document/sampleReport';
import {
  assertHolds,
  partsOfXlsx,
  rowsInCsv,
  sheetsInXlsx,
  shown,
  tablesInHtml,
  tablesInMarkdown,
  tablesOf,
} from './readBack';

const languages = ['en', 'zh-CN'] as const;
const named = (files: readonly RenderedFile[], name: string): string => {
  const content = files.find((file) => file.name === name)?.content;
  return typeof content === 'string' ? content : assert.fail(`no text in ${name}`);
};
const workbook = (files: readonly RenderedFile[]): Uint8Array => {
  const content = files.find((file) => file.name.endsWith('.xlsx'))?.content;
  return content instanceof Uint8Array ? content : assert.fail('no workbook');
};
const textOfXlsx = (content: Uint8Array): string => Object.values(partsOfXlsx(content)).join('\n');

describe('What a report goes out as', () => {
  for (const language of languages) {
    for (const size of [0, 4, 142]) {
      it(`says the same in markdown, HTML, CSV and a workbook (${language}, ${size} cases)`, async () => {
        const document = reportDocument(sampleReport(size), language);
        const files = await renderReport(document, '2026-Q3', reportFormats);
        assert.deepEqual(tablesInMarkdown(named(files, '2026-Q3.md')), shown(document));
        assert.deepEqual(tablesInHtml(named(files, '2026-Q3.html')), shown(document));
        assertHolds(rowsInCsv(named(files, '2026-Q3.csv')), tablesOf(document));
        const sheets = await sheetsInXlsx(workbook(files));
        assertHolds(
          sheets.flatMap(({ data }) => data),
          tablesOf(document),
        );
        const [overview, ...others] = sheets;
        for (const { cell } of document.headline) {
          assert.ok(named(files, '2026-Q3.html').includes(`<div class="figure">${cell.text}</div>`), cell.text);
        }
        assert.equal(overview?.data.length, document.headline.length + document.facts.length + 3);
        assert.equal(others.length, document.sections.length + 1);
        for (const { name, content } of files) {
          if (typeof content === 'string') assert.doesNotMatch(content, /NaN|undefined|Infinity|\[object/, name);
        }
      });
    }
  }

  it('is drawn the same every time, by pictures that anybody can have read to them', async () => {
    const document = reportDocument(sampleReport(), 'zh-CN');
    const files = await renderReport(document, '2026-Q3', ['markdown']);
    assert.deepEqual(await renderReport(document, '2026-Q3', ['markdown']), files);
    const pictures = files.filter(({ name }) => name.endsWith('.svg'));
    assert.equal(pictures.length, 10);
    for (const { name, content } of pictures) {
      const svg = String(content);
      assert.match(svg, /^<svg [^>]*role="img"/, name);
      assert.doesNotMatch(svg, /<script|<style|ecmeta|zr\d|on\w+=/, name);
      assert.match(named(files, '2026-Q3.md'), new RegExp(`\\(${name}\\)`));
      assert.equal(svg.match(/<(?!\/|\?|!)[^>]*[^/]>/g)?.length, svg.match(/<\/[a-z]+>/gi)?.length, name);
      // text and attributes are escaped
      for (const [tag] of svg.matchAll(/<[^>]*>/g))
        assert.match(tag, /^<(?:\/\w+ *|\w+(?: [\w:-]+="[^"<]*")*\s*\/?)>$/, name);
      assert.doesNotMatch(svg.replace(/<\/?[a-z][^<>]*>/gi, ''), /[<>]|&(?!amp;|lt;|gt;|quot;|#39;|#\d+;)/, name);
    }
  });

  it('has front matter that says what it was made of', async () => {
    const report = { ...sampleReport(), filter: { products: ['ERP: "新"'] } };
    const files = await renderReport(reportDocument(report, 'zh-CN', { isFrozen: true }), '2026-Q3', ['markdown']);
    const [, matter = ''] = named(files, '2026-Q3.md').split(/^---$/m);
    const read: unknown = parseDocument(matter).toJS();
    const { digest, ...rest } = read as Record<string, unknown>;
    assert.match(String(digest), /^[0-9a-f]{14}$/);
    assert.deepEqual(rest, {
      title: '售后服务报告 · 2026 年第 3 季度 · 产品：ERP: "新"',
      period: '2026-Q3',
      start: '2026-07-01T00:00:00+08:00',
      end: '2026-10-01T00:00:00+08:00',
      zone: 'Asia/Shanghai',
      asOf: '2026-10-01T00:00:00+08:00',
      generatedAt: '2026-10-01T09:12:00+08:00',
      language: 'zh-CN',
      filters: { products: ['ERP: "新"'] },
      provisional: false,
      pseudonymised: false,
      frozen: true,
    });
  });

  it('has no cell that a spreadsheet would calculate', async () => {
    const edits = {
      results: {
        lines: [
          { key: 'own:1', text: '=1+1' },
          { key: 'own:2', text: '＝cmd|calc' },
          { key: 'own:3', text: '\t@SUM(A1)' },
        ],
        removed: [],
      },
    };
    const document = reportDocument(sampleReport(), 'zh-CN', { edits });
    const files = await renderReport(document, '2026-Q3', ['csv', 'xlsx']);
    const cells = rowsInCsv(named(files, '2026-Q3.csv')).flat();
    assert.ok(cells.includes("'=1+1"));
    for (const cell of cells) {
      assert.ok(!/^\s*[=+\-@＝＋－＠]/.test(cell) || /^-?[\d.:]+%?$/.test(cell), cell);
    }
    const xml = textOfXlsx(workbook(files));
    assert.doesNotMatch(xml, /<f[ >]/);
    assert.match(xml, /=HYPERLINK/);
  });

  it('prints its workbook on pages that can be read, each with the head of its table', async () => {
    const files = await renderReport(reportDocument(sampleReport(), 'en'), '2026-Q3', ['xlsx']);
    const parts = partsOfXlsx(workbook(files));
    const sheets = Object.keys(parts).filter((name) => name.startsWith('xl/worksheets/sheet'));
    assert.equal(sheets.length, 6);
    for (const name of sheets) {
      const xml = parts[name] ?? '';
      // the format asks for this order
      assert.match(xml, /<worksheet [^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>/, name);
      assert.match(xml, /<pageSetup (?=[^>]*paperSize="9")(?=[^>]*fitToHeight="0")[^>]*\/><\/worksheet>$/, name);
    }
    const cases = parts['xl/worksheets/sheet6.xml'] ?? '';
    assert.match(cases, /<pageSetup (?=[^>]*orientation="landscape")(?=[^>]*fitToWidth="2")/);
    assert.match(parts['xl/worksheets/sheet1.xml'] ?? '', /orientation="portrait" fitToWidth="1"/);
    const titles = /localSheetId="5">([^<]*)</.exec(parts['xl/workbook.xml'] ?? '')?.[1];
    assert.equal(titles, "'Cases'!$A:$A,'Cases'!$1:$1");
  });

  it('lets nothing in it act as markup', async () => {
    const files = await renderReport(reportDocument(sampleReport(), 'en'), '2026-Q3', ['markdown', 'html']);
    for (const name of ['2026-Q3.html', '2026-Q3.md']) {
      assert.doesNotMatch(named(files, name), /<script|<b>/, name);
    }
    assert.doesNotMatch(named(files, '2026-Q3.html'), /(?:src|href)="(?!#)|url\((?!#)|@import/);
  });

  it('names nobody who must not be named, in any byte of any file', async () => {
    const edits = {
      plan: { lines: [{ key: 'own:1', text: `与${contact}约定东海银行的培训，13800138000` }], removed: [] },
    };
    const pseudonyms = {
      customers: [{ name: '东海银行股份有限公司', contacts: [contact], formerNames: ['东海信用社'] }],
    };
    const report = { ...sampleReport(), filter: { customers: [...customers] } };
    for (const language of languages) {
      const plain = await bytesOf(reportDocument(report, language, { edits }));
      const hidden = await bytesOf(reportDocument(report, language, { edits, pseudonyms }));
      for (const name of [
        '东海银行',
        'Great Northern',
        '华西钢铁',
        '南方',
        '北辰',
        contact,
        '13800138000',
        '10.20.30.40',
      ]) {
        for (const [file, text] of plain) {
          const isSvg = file.endsWith('.svg');
          assert.ok(isSvg || text.includes(name), `${name} should be in ${file}`);
        }
        for (const [file, text] of hidden) {
          assert.ok(!text.includes(name) && !text.includes(encodeURIComponent(name)), `${name} is in ${file}`);
        }
      }
    }
  });

  const bytesOf = async (document: Parameters<typeof renderReport>[0]): Promise<[string, string][]> =>
    (await renderReport(document, '2026-Q3', reportFormats)).map(({ name, content }) => [
      name,
      typeof content === 'string' ? content : textOfXlsx(content),
    ]);

  describe('in a thread', () => {
    let thread = '';
    before(async () => {
      thread = await bundleScript('src/adapters/report/thread.ts');
    });
    after(cleanUp);

    it('is the same', async () => {
      const work = { report: sampleReport(1_200), language: 'en', options: {}, stem: 'x' } as const;
      const formats = ['markdown', 'html', 'csv'] as const;
      const document = reportDocument(work.report, 'en');
      assert.deepEqual(
        await threadRenderer(thread).render({ ...work, formats }),
        await renderReport(document, 'x', formats),
      );
      const [file] = await threadRenderer(thread).render({ ...work, formats: ['xlsx'] });
      assert.equal(file?.name, 'x.xlsx');
      assert.ok(file?.content instanceof Uint8Array);
    });

    it('fails with a reason where the thread is not there', async () => {
      const work = { report: sampleReport(0), language: 'en', options: {}, stem: 'x', formats: ['csv'] } as const;
      await assert.rejects(threadRenderer(`${thread}.gone`).render(work));
    });
  });
});
