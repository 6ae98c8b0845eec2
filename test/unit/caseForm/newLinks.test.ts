import assert from 'node:assert/strict';
import { issueProcedure } from '../../../src/domain/sop/issue';
import type { Value } from '../../../src/domain/sop/field';
import { draftFields } from '../../../src/features/caseForm/view/draftForms';
import { editsFrom } from '../../../src/features/caseForm/view/formValues';
import { linksField, linksIn, withLinkTurned } from '../../../src/features/caseForm/view/newLinks';

const draftOf = (rows: Value | undefined) => new Map(rows === undefined ? [] : [[linksField.key, rows]]);
const shm = { path: 'databases/shm.md', title: 'Shared memory\nin a container' };
const csv = { path: 'application/csv.md', title: '' };

describe('links chosen for a case that is not recorded yet', () => {
  it('are kept in its draft, and taken back by the second press', () => {
    const one = withLinkTurned(new Map(), shm);
    const two = withLinkTurned(draftOf(one), csv);
    assert.deepEqual(linksIn(draftOf(two)), [
      { path: shm.path, title: 'Shared memory in a container' },
      { path: csv.path, title: csv.path },
    ]);
    assert.deepEqual(linksIn(draftOf(withLinkTurned(draftOf(two), shm))), [{ path: csv.path, title: csv.path }]);
    assert.equal(withLinkTurned(draftOf(one), shm), undefined);
  });

  it('come back from what the editor kept, whatever else it holds', () => {
    const kept = { title: 'T', links: withLinkTurned(new Map(), shm), unknown: 1 };
    const edits = editsFrom(draftFields(issueProcedure, 'open'), JSON.parse(JSON.stringify(kept)) as typeof kept);
    assert.deepEqual(linksIn(edits), [{ path: shm.path, title: 'Shared memory in a container' }]);
    for (const wrong of ['x', 5, ['']]) assert.deepEqual(linksIn(draftOf(wrong)), []);
  });
});
