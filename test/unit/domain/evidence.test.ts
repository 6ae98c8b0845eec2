import assert from 'node:assert/strict';
import { presentAttachments } from '../../../src/domain/sop/evidence';
import { anIssue } from './play';

const file = { name: 'error.log', size: 12, sha256: 'ab' };

describe('files of a case', () => {
  it('are listed with what is known of them, and removed with a reason; the events stay', () => {
    const play = anIssue().does('attach', { ...file, note: 'at noon', masked: 2 });
    assert.deepEqual(
      play.state.attachments.map(({ name, size, sha256, note, masked, kept, by }) => [
        name,
        size,
        sha256,
        note,
        masked,
        kept,
        by,
      ]),
      [['error.log', 12, 'ab', 'at noon', 2, 0, 'Li Wei <li.wei@example.com>']],
    );
    play.refuses('removeAttachment', { name: 'error.log' }, ['required:reason']);
    play.does('removeAttachment', { name: 'error.log', reason: 'not ours' });
    assert.deepEqual(presentAttachments(play.state), []);
    assert.equal(play.state.attachments[0]?.removed?.reason, 'not ours');
    play.refuses('removeAttachment', { name: 'error.log', reason: 'again' }, ['attachment-removed@name']);
    play.refuses('removeAttachment', { name: 'other.log', reason: 'no' }, ['attachment-unknown@name']);
  });

  it('may be added to a case that has ended', () => {
    const play = anIssue().does('withdraw', { reason: 'twice' });
    play.does('attach', file);
    assert.equal(play.state.status, 'withdrawn');
    assert.equal(presentAttachments(play.state).length, 1);
  });

  for (const name of ['../error.log', '..', '', 'a/b.log', 'C:\\a.log', 'NUL', 'x. ', '/etc/passwd', 7]) {
    it(`a log changed by hand can't name ${JSON.stringify(name)}`, () => {
      const play = anIssue().write('attach', { values: { ...file, name } });
      assert.deepEqual(play.state.attachments, []);
      assert.deepEqual(
        play.state.conflicts.map(({ kind, missing }) => [kind, missing[0]?.code]),
        [['guard', 'attachment-name']],
      );
    });
  }

  it('two copies that give one name to two files end with one of them, alike in both', () => {
    const [mine, theirs] = [anIssue(), anIssue().copy('Wu Lan')];
    theirs.events = mine.events;
    theirs.state = mine.state;
    mine.does('attach', file);
    theirs.wait(60_000).does('attach', { ...file, sha256: 'cd' });
    const merged = mine.copy('Li Wei').take(theirs.events.slice(-1));
    assert.deepEqual(
      merged.state.attachments.map(({ sha256 }) => sha256),
      ['cd'],
    );
  });
});
