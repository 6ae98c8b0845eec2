/** Two windows that show one case keep each other's drafts. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withChanges } from '../../../src/features/caseForm/sharedDraft';

const plan = { approach: 'Raise the limit' };
const note = { text: 'Called back' };

describe('A draft that two windows type', () => {
  it('a form of the other window stays, whether this one knew of it or not', () => {
    assert.deepEqual(withChanges({ plan }, {}, { note }), { plan, note });
    const later = { approach: 'Raise the limit to 4 GB' };
    assert.deepEqual(withChanges({ plan: later }, { plan }, { plan, note }), { plan: later, note });
  });

  it('what was sent or discarded here is gone, and only that', () => {
    assert.deepEqual(withChanges({ plan, note }, { plan }, {}), { note });
    assert.deepEqual(withChanges({ plan }, { plan }, {}), {});
  });

  it('the same form typed in both: the later hand wins', () => {
    assert.deepEqual(withChanges({ note }, { note: { text: 'Call' } }, { note: { text: 'Called' } }), {
      note: { text: 'Called' },
    });
  });
});
