import assert from 'node:assert/strict';
import type { EditedList } from '../../../src/domain/report/edits';
import { withOthers } from '../../../src/features/reports/merging';

const list = (...lines: EditedList['lines']): EditedList => ({ lines, removed: [] });

describe('texts of a report that are changed in two places', () => {
  const before = list({ key: 'urgent:1' }, { key: 'own:1', text: 'A first line' });

  it('are the page’s where nobody else wrote', () => {
    const typed = list({ key: 'own:1', text: 'A better line' });
    assert.equal(withOthers(typed, before, before), typed);
    assert.equal(withOthers(typed, undefined, undefined), typed);
  });

  it('keep what was written elsewhere after the page’s own, also under the same key', () => {
    const typed = list({ key: 'urgent:1' }, { key: 'own:1', text: 'Written on the page' });
    const now = list(
      { key: 'urgent:1', text: 'By hand' },
      { key: 'own:1', text: 'By hand too' },
      { key: 'own:2', text: 'New' },
    );
    assert.deepEqual(withOthers(typed, before, now).lines, [
      ...typed.lines,
      { key: 'own:2', text: 'By hand' },
      { key: 'own:3', text: 'By hand too' },
      { key: 'own:4', text: 'New' },
    ]);
  });

  it('do not come back where the page took out what it knew', () => {
    assert.deepEqual(withOthers(list({ key: 'urgent:1' }), before, before).lines, [{ key: 'urgent:1' }]);
  });

  it('bring back a draft that a hand rewrote and the page took out', () => {
    const typed: EditedList = { lines: [], removed: ['urgent:1'] };
    const now = list({ key: 'urgent:1', text: 'By hand' });
    assert.deepEqual(withOthers(typed, before, now), { lines: [{ key: 'urgent:1', text: 'By hand' }], removed: [] });
  });
});
