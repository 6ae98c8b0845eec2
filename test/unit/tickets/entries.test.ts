/** The settings of connections as they are written: nothing is touched that was not meant. */
import { strict as assert } from 'node:assert';
import { entriesIn, namesIn, withEntry, withMapping, withoutEntry } from '../../../src/domain/tickets/entries';

describe('writing the settings of connections', () => {
  const jira = { name: 'Jira', system: 'jira', url: 'https://a.example.com', note: 'of a later version' };
  const faulty = { name: ' Old ', system: 'bugzilla' };
  const before = [jira, faulty, 'junk'];

  it('leaves what is no list to whoever wrote it', () => {
    assert.deepEqual(entriesIn(undefined), []);
    assert.equal(entriesIn({ name: 'Jira' }), undefined);
    assert.equal(entriesIn('Jira'), undefined);
    assert.deepEqual(namesIn(before, 'name'), ['Jira', 'Old']);
    assert.deepEqual(namesIn(7, 'name'), []);
  });

  it('adds, replaces and removes one entry', () => {
    const added = { name: '禅道', system: 'zentao' };
    assert.deepEqual(withEntry(before, 'name', added), [...before, added]);
    const mended = { name: 'Old', system: 'redmine' };
    assert.deepEqual(withEntry(before, 'name', mended), [jira, mended, 'junk']);
    assert.deepEqual(withoutEntry(before, 'name', 'Jira'), [faulty, 'junk']);
    assert.deepEqual(withoutEntry([{ group: 'A' }, { name: 'A' }], 'group', 'A'), [{ name: 'A' }]);
  });

  it('maps a name, maps it otherwise, and takes the last line away with its map', () => {
    const once = withMapping(before, 'Jira', 'places', 'ERP', 'SUP');
    assert.deepEqual(once, [{ ...jira, places: { ERP: 'SUP' } }, faulty, 'junk']);
    const twice = withMapping(once, 'Jira', 'places', 'MES', 'MES');
    assert.deepEqual(twice[0], { ...jira, places: { ERP: 'SUP', MES: 'MES' } });
    assert.deepEqual(withMapping(twice, 'Jira', 'places', 'MES', undefined), once);
    assert.deepEqual(withMapping(once, 'Jira', 'places', 'ERP', undefined), before);
    assert.deepEqual(withMapping(before, 'Nobody', 'assignees', 'A', 'b'), before);
    const typed = [{ name: 'Jira', assignees: 'x' }];
    assert.deepEqual(withMapping(typed, 'Jira', 'assignees', '存储组', 'dev1'), [
      { name: 'Jira', assignees: { 存储组: 'dev1' } },
    ]);
  });
});
