/** Texts on their way to Jira and back: what a customer wrote stays text, and what R&D wrote is read. */
import { strict as assert } from 'node:assert';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { markedTitle } from '../../../../src/adapters/tickets/marks';
import { toAdf, toWiki } from '../../../../src/domain/tickets/formats';
import { adfText, wikiText } from '../../../../src/domain/tickets/plainText';
import { storable } from '../../../../src/domain/tickets/storable';
import { documentShape } from './documentShape';

const isDocument = new Ajv({ strict: false }).compile(documentShape);

const line = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '1. one',
    '2. two',
    '【h】',
    'Label: value',
    'a: b',
    '',
    '    at x(y)',
    '{noformat}',
    '{code}x',
    '\\\\server\\share {x}',
    'h1. big',
    'bq. said',
    '|a|b|',
    '[x|y] *b* _i_ -s- ??c?? (x) :) (/)',
    '&lt;b&gt; &amp;amp;',
    'see https://a.cn/b-c_d?e=f*g[h]',
    'ERROR x \\ {y}',
  ),
);
const messy = fc.array(line).map((lines) => lines.join('\n'));

const words = (text: string) => text.replace(/[\s【】|:：]|%[0-9A-F]{2}|^\d+\.|(?<=\n)\d+\./gu, '');

describe("Jira's texts", () => {
  it("are documents by Atlassian's own schema, whatever was written", () => {
    fc.assert(
      fc.property(messy, (text) => {
        assert.ok(isDocument(toAdf(storable(text).text)), JSON.stringify(isDocument.errors));
      }),
    );
  });

  it('come back from a document as they were', () => {
    fc.assert(fc.property(messy, (text) => assert.equal(words(adfText(toAdf(text))), words(text))));
  });

  it('come back from wiki text as they were: no sign of it became markup', () => {
    const plain = fc
      .array(fc.oneof(line.filter((each) => !/\{(?:noformat|code)|https?:|ERROR/.test(each))))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(plain, (text) => assert.equal(words(wikiText(toWiki(text))), words(text.replace(/\r\n?/g, '\n')))),
    );
  });

  it('are no markup as wiki text', () => {
    assert.equal(
      toWiki('C:\\\\a\\b {x} h1. no\nh1. no\n(x) :) a&lt;b'),
      'C:&#92;&#92;a&#92;b \\{x\\} h1. no\nh1&#46; no\n&#40;x) &#58;) a&amp;lt;b',
    );
    assert.equal(toWiki('see https://a.cn/b-c_d?e=f*g[h]'), 'see https://a.cn/b-c_d?e=f%2Ag%5Bh%5D');
  });

  it('of R&D are read: mentions, links, lists, code, tables, cards and dates', () => {
    const text = (value: string, marks?: object[]) => ({ type: 'text', text: value, ...(marks ? { marks } : {}) });
    const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
    const item = (value: string) => ({ type: 'listItem', content: [paragraph(text(value))] });
    const cell = (value: string) => ({ type: 'tableCell', content: [paragraph(text(value))] });
    const content = [
      paragraph(
        { type: 'mention', attrs: { id: '5b10', text: '@李' } },
        text(' 已修复，见 '),
        text('提交', [{ type: 'strong' }, { type: 'link', attrs: { href: 'https://git.cn/1' } }]),
        { type: 'hardBreak' },
        { type: 'emoji', attrs: { shortName: ':smile:', text: '😄' } },
        { type: 'status', attrs: { text: '完成', color: 'green' } },
        { type: 'date', attrs: { timestamp: '1796428800000' } },
      ),
      { type: 'orderedList', attrs: { order: 3 }, content: [item('三'), item('四')] },
      { type: 'bulletList', content: [item('点')] },
      { type: 'codeBlock', attrs: { language: 'c' }, content: [text('a\n  b')] },
      { type: 'table', content: [{ type: 'tableRow', content: [cell('键'), cell('值')] }] },
      { type: 'panel', attrs: { panelType: 'info' }, content: [paragraph(text('注意'))] },
      { type: 'expand', attrs: { title: '更多' }, content: [paragraph(text('内里'))] },
      { type: 'blockCard', attrs: { url: 'https://a.cn' } },
      { type: 'mediaSingle', content: [{ type: 'media', attrs: { id: 'x', type: 'file' } }] },
      { type: 'something-new', content: [paragraph(text('也在'))] },
    ];
    assert.equal(
      adfText({ type: 'doc', version: 1, content }),
      '@李 已修复，见 提交 (https://git.cn/1)\n😄完成2026-12-05\n\n3. 三\n4. 四\n\n- 点\n\na\n  b\n\n键 | 值\n\n注意\n\n更多\n\n内里\n\nhttps://a.cn\n\n也在',
    );
    assert.deepEqual([undefined, null, 'text', 7, { content: 'x' }].map(adfText), ['', '', '', '', '']);
    assert.equal(
      wikiText(
        'h2. 修复\r\n# 一\r\n# 二\r\n[~dev1] 见 [提交|https://git.cn/1] {color:red}红{color}\r\n||键|值|\r\n{code:java}\na \\{ b\n{code}',
      ),
      '修复\n1. 一\n2. 二\n@dev1 见 提交 (https://git.cn/1) 红\n键 | 值\na \\{ b',
    );
  });

  it('hold no character that cannot be kept, and say so', () => {
    assert.deepEqual(storable('a\u0000b\r\n\u001b[0m\tc😀\ud800'), {
      text: 'a\uFFFDb\n\uFFFD[0m\tc😀\uFFFD',
      replaced: 'U+0000 → \uFFFD, U+001B → \uFFFD, U+D800 → \uFFFD',
    });
  });

  it('bear the mark of the case in a title that is never too long', () => {
    const id = 'ISS-20261122-7K3F';
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (title) => {
        const marked = markedTitle(title, id);
        assert.ok(marked.length <= 255 && marked.includes(id) && !/[\r\n]/.test(marked));
      }),
    );
    assert.equal(markedTitle(`${'👨‍👩‍👧'.repeat(100)} ${id}`, id).length <= 255, true);
    assert.equal(markedTitle(`again ${id}`, id), `again ${id}`);
  });
});
