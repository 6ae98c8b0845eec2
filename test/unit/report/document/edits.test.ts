import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { edited, editsOf, readEdits } from '../../../../src/domain/report/edits';
import { w } from '../../../../src/domain/words';

const draft = (key: string, text = key) => ({ key, text: w(text, text), cases: [`ISS-${key}`] });
const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

describe('Edits of a report', () => {
  it('keep what was written, its order and what was taken out, and let new findings in', () => {
    const first = [draft('a'), draft('b'), draft('c')];
    const list = editsOf(
      first,
      [{ text: 'mine' }, { key: 'c', text: 'c' }, { key: 'a', text: 'A, better said' }, { text: '   ' }],
      'en',
    );
    assert.deepEqual(list.removed, ['b']);
    const later = edited([draft('a', 'a of today'), draft('b'), draft('c', 'c of today'), draft('d')], list, 'en');
    assert.deepEqual(texts(later), ['mine', 'c of today', 'A, better said', 'd']);
    assert.deepEqual(
      later.map(({ isEdited }) => isEdited),
      [true, false, true, false],
    );
    assert.equal(later[2]?.redrafted, 'a of today');
    assert.deepEqual(later[2]?.cases, ['ISS-a']);
  });

  it('keep an edited line whose finding is gone, and drop one that was left as drafted', () => {
    const list = editsOf(
      [draft('a'), draft('b')],
      [
        { key: 'a', text: 'said by hand' },
        { key: 'b', text: 'b' },
      ],
      'en',
    );
    assert.deepEqual(texts(edited([], list, 'en')), ['said by hand']);
  });

  it('are not stale in the other language', () => {
    const both = { key: 'a', text: w('One', '一'), cases: [] };
    const list = editsOf([both], [{ key: 'a', text: '改过的' }], 'zh-CN');
    assert.equal(edited([both], list, 'en')[0]?.redrafted, undefined);
    assert.deepEqual(texts(edited([both], list, 'en')), ['改过的']);
  });

  it('come back as they were typed, whatever was typed', () => {
    const line = fc.record({ key: fc.constantFrom('', 'a', 'b', 'own:1'), text: fc.string({ unit: 'grapheme' }) });
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (once, again) => {
        const drafts = [draft('a'), draft('b')];
        const list = editsOf(drafts, once, 'en');
        const second = editsOf(drafts, again, 'en', list);
        const typed = (lines: typeof once) => texts(lines).map((text) => text.replace(/\s+/g, ' ').trim());
        for (const [edits, lines] of [
          [list, once],
          [second, again],
        ] as const) {
          assert.deepEqual(
            texts(edited(drafts, edits, 'en')),
            typed(lines).filter((text) => text !== ''),
          );
          assert.deepEqual(readEdits(structuredClone({ results: edits })), { results: edits });
        }
      }),
    );
  });

  it('of another shape are none', () => {
    for (const raw of [null, [], { results: {} }, { plan: { lines: [{ key: 1 }], removed: [] } }]) {
      assert.equal(readEdits(raw), undefined);
    }
  });
});
