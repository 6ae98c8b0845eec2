import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { noEdits } from '../../../../src/domain/report/edits';
import { isForeign, isTouched, markedList, sealed, withHandEdits } from '../../../../src/domain/report/handEdits';
import { escapeMarkdown, printable, unescapeMarkdown } from '../../../../src/domain/report/plainText';

const awkward = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('\\', '&', '<', '>', '-', '!', '`', '*', '#', '1', '.', ' ', 'a', '培', '|', ';', 'l', 't'),
  }),
  fc.constantFrom(
    '<!-- casebook:plan -->',
    '<!-- /casebook:plan -->',
    '- item',
    '1. item',
    '&lt;',
    '\\&lt;',
    '# x',
    '--> x',
  ),
);
const line = fc.record({ key: fc.string({ minLength: 1 }), text: awkward.filter((text) => printable(text) !== '') });
const lines = fc.uniqueArray(line, { selector: ({ key }) => key });

const around = (list: string) => `---\ndigest: ""\n---\n\n# Report\n\n${list}\n\nmore\n`;

describe('What a hand writes in the markdown', () => {
  it('is told from what stood there, whatever stood there', () => {
    fc.assert(
      fc.property(lines, (written) => {
        const markdown = sealed(around(markedList('plan', written)));
        assert.equal(withHandEdits(noEdits, markdown), noEdits);
        assert.equal(isTouched(markdown), false);
        assert.equal(isTouched(markdown.replaceAll('\n', '\r\n')), false);
      }),
    );
  });

  it('is found line by line', () => {
    fc.assert(
      fc.property(lines, fc.nat(), awkward, (written, at, raw) => {
        const text = printable(raw);
        fc.pre(text !== '' && written.every((one) => printable(one.text) !== text));
        const markdown = around(markedList('plan', written)).split('\n');
        const first = markdown.findIndex((row) => row.startsWith('- '));
        const row = first === -1 ? 7 : first + (at % written.length);
        const added = withHandEdits(noEdits, markdown.toSpliced(row, 0, `- ${escapeMarkdown(text)}`).join('\n')).plan;
        const place = first === -1 ? 0 : row - first;
        assert.deepEqual(
          added?.lines.map((one) => one.text ?? one.key),
          written.map(({ key }) => key).toSpliced(place, 0, text),
        );
        if (first === -1) return;
        const gone = withHandEdits(noEdits, markdown.toSpliced(row, 1).join('\n')).plan;
        const expected = written.map(({ key }) => key).toSpliced(place, 1);
        assert.deepEqual(
          gone?.lines.map(({ key }) => key),
          expected,
        );
        assert.deepEqual(
          gone?.removed,
          written.map(({ key }) => key).filter((key) => !expected.includes(key) && !key.startsWith('own:')),
        );
      }),
    );
  });

  it('elsewhere makes the file foreign, and in the texts it does not', () => {
    const markdown = sealed(around(markedList('plan', [{ key: 'a', text: 'one' }])));
    assert.equal(isForeign(markdown), false);
    assert.equal(isForeign(markdown.replace('one', 'two')), false);
    assert.equal(isTouched(markdown.replace('one', 'two')), true);
    assert.equal(isForeign(markdown.replace('# Report', '# Our report')), true);
    assert.equal(isForeign(markdown.replace('<!-- /casebook:plan -->', '')), true);
    assert.equal(isForeign(''), true);
  });

  it('is plain text, there and back', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        assert.equal(unescapeMarkdown(escapeMarkdown(text)), printable(text));
      }),
    );
  });
});
