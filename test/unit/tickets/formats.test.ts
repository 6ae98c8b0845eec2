/** A ticket's text in each system's format: nothing is lost, and nothing of a customer's text becomes markup. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { blocksOf } from '../../../src/domain/tickets/body';
import { type AdfNode, toAdf, toHtml, toMarkdownText, toTextile, toWiki } from '../../../src/domain/tickets/formats';

const text = `【问题描述】
导出 CSV 用 Excel 打开中文乱码
第二行 <b>不是粗体</b>

【复现步骤】
1. 打开报表 & 导出
2. 用 Excel 打开 *.csv

【环境信息】
CPU 使用率：8 核，负载 6.1
内存使用率：31 / 32 GB

2026-11-22 09:05:00 ERROR could not resize {shared} memory
    at report.export(Report.java:12)

案例编号：ISS-20261122-7K3F`;

describe("a ticket's text", () => {
  it('is taken apart into headings, paragraphs, lists, tables and logs', () => {
    assert.deepEqual(blocksOf(text), [
      { is: 'heading', text: '问题描述', written: '【问题描述】' },
      { is: 'paragraph', lines: ['导出 CSV 用 Excel 打开中文乱码', '第二行 <b>不是粗体</b>'] },
      { is: 'heading', text: '复现步骤', written: '【复现步骤】' },
      { is: 'list', items: ['打开报表 & 导出', '用 Excel 打开 *.csv'] },
      { is: 'heading', text: '环境信息', written: '【环境信息】' },
      {
        is: 'table',
        rows: [
          ['CPU 使用率', '8 核，负载 6.1'],
          ['内存使用率', '31 / 32 GB'],
        ],
      },
      {
        is: 'code',
        text: '2026-11-22 09:05:00 ERROR could not resize {shared} memory\n    at report.export(Report.java:12)',
      },
      { is: 'paragraph', lines: ['案例编号：ISS-20261122-7K3F'] },
    ]);
  });

  it('has its English headings alone in their lines, at the beginning of a passage', () => {
    const english = 'Description:\nIt fails:\nalways\n\nSteps to reproduce:\n1. Open it\n\nNote:\n\nRatio 1:2:\nx';
    assert.deepEqual(blocksOf(english), [
      { is: 'heading', text: 'Description', written: 'Description:' },
      { is: 'paragraph', lines: ['It fails:', 'always'] },
      { is: 'heading', text: 'Steps to reproduce', written: 'Steps to reproduce:' },
      { is: 'list', items: ['Open it'] },
      { is: 'paragraph', lines: ['Note:'] },
      { is: 'paragraph', lines: ['Ratio 1:2:', 'x'] },
    ]);
    assert.match(toHtml(english), /^<p><b>Description:<\/b><\/p><p>It fails:<br \/>always<\/p>/);
    assert.match(toWiki(english), /^h3\. Description\n/);
  });

  it('is HTML for ZenTao', () => {
    const html = toHtml(text);
    assert.match(html, /<p><b>【问题描述】<\/b><\/p><p>导出.*<br \/>第二行 &lt;b&gt;不是粗体&lt;\/b&gt;<\/p>/);
    assert.match(html, /<ol><li>打开报表 &amp; 导出<\/li><li>用 Excel 打开 \*\.csv<\/li><\/ol>/);
    assert.match(html, /<tr><td>CPU 使用率<\/td><td>8 核，负载 6\.1<\/td><\/tr>/);
    assert.match(html, /<pre>2026-11-22 09:05:00 ERROR could not resize \{shared\} memory\n {4}at report/);
  });

  it('is wiki text for Jira Data Center', () => {
    const wiki = toWiki(text);
    assert.match(wiki, /^h3\. 问题描述$/m);
    assert.match(wiki, /^# 用 Excel 打开 \\\*\.csv$/m);
    assert.match(wiki, /^\|\|CPU 使用率\|8 核，负载 6\.1\|$/m);
    assert.match(wiki, /\{noformat\}\n2026-11-22 09:05:00 ERROR could not resize \{shared\} memory\n/);
  });

  it('is Textile or Markdown for Redmine', () => {
    assert.match(toTextile(text), /^# <notextile>用 Excel 打开 \*\.csv<\/notextile>$/m);
    assert.match(toTextile(text), /<pre>\n2026-11-22 09:05:00 ERROR/);
    assert.match(toMarkdownText(text), /^2\. 用 Excel 打开 \\\*\.csv$/m);
    assert.match(toMarkdownText(text), /```\n2026-11-22 09:05:00 ERROR/);
  });

  const messy = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(
          '1. one',
          '2. two',
          '【h】',
          'Label: value',
          'a: b',
          '',
          '    at x(y)',
          '```',
          '{noformat}',
          '<script>',
          'ERROR x',
        ),
      ),
    )
    .map((lines) => lines.join('\n'));

  const words = (content: string) => content.replace(/[\s【】]/gu, '');

  it('loses no character on the way into blocks', () => {
    fc.assert(
      fc.property(messy, (content) => {
        const told = blocksOf(content).map((block) => {
          switch (block.is) {
            case 'heading':
            case 'code':
              return block.text;
            case 'paragraph':
              return block.lines.join('');
            case 'list':
              return block.items.map((item, index) => `${index + 1}.${item}`).join('');
            case 'table':
              return block.rows.map(([label, value]) => `${label}:${value}`).join('');
          }
        });
        assert.equal(words(told.join('')).replaceAll('：', ':'), words(content).replaceAll('：', ':'));
      }),
    );
  });

  it('is never markup of its own in HTML', () => {
    const known = /<\/?(?:p|b|ol|li|table|tbody|tr|td|pre)>|<br \/>|<table border="1">/g;
    fc.assert(fc.property(messy, (content) => assert.doesNotMatch(toHtml(content).replace(known, ''), /[<>]/)));
  });

  it('is a document that Jira takes: no empty text, only known nodes', () => {
    const walk = (node: AdfNode): void => {
      if (node.type === 'text') assert.ok(node.text !== undefined && node.text !== '');
      else assert.equal(node.text, undefined);
      node.content?.forEach(walk);
    };
    fc.assert(fc.property(messy, (content) => walk(toAdf(content))));
    assert.equal(toAdf('').type, 'doc');
  });

  it('does not end a log early', () => {
    assert.match(toMarkdownText('ERROR ``` inside'), /^````\nERROR ``` inside\n````$/);
    assert.doesNotMatch(toWiki('ERROR {noformat} inside').slice(10, -10), /\{noformat\}/);
  });
});
