/** ZenTao's many ways to write one thing. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { holds, plainText, replacedIn, storable } from '../../../../src/adapters/tickets/zentao/html';
import { requestProgressOf } from '../../../../src/adapters/tickets/zentao/snapshot';
import {
  accountsOf,
  buildsOf,
  dateOf,
  idOf,
  instantOf,
  itemOf,
  listOf,
  personOf,
} from '../../../../src/adapters/tickets/zentao/values';
import { toHtml } from '../../../../src/domain/tickets/formats';

describe('What ZenTao writes', () => {
  it('is read as a person reads it', () => {
    const read = (html: string) => plainText(html);
    assert.equal(read('<p>一 <b>二</b></p><p>三<br />四</p>'), '一 二\n\n三\n四');
    assert.equal(read('<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>'), '1. a\n2. b\n\n- c');
    assert.equal(
      read('<table><tr><td>型号</td><td>X1</td></tr><tr><td>版本</td><td>V3</td></tr></table>'),
      '型号 | X1\n版本 | V3',
    );
    assert.equal(read('<pre>a  b\n  c</pre>'), 'a  b\n  c');
    assert.equal(read('&lt;b&gt; &amp;amp; &#39;x&#x27; &nbsp;&unknown;'), "<b> &amp; 'x' &unknown;");
    assert.equal(read('看图 <img src="x" /> <!-- no -->'), '看图 [image]');
    assert.equal(read('1 < 2'), '1 < 2');
    assert.equal(read(''), '');
  });

  it('holds what was sent, whatever it did to spaces and tags', () => {
    assert.ok(holds('<div>a&nbsp;b<br>c</div> more', '<p>a b</p><p>c</p>'));
    assert.ok(!holds('<p>a ????</p>', '<p>a 😀</p>'));
    fc.assert(fc.property(fc.string(), (text) => holds(toHtml(text), toHtml(text))));
  });

  it('never gets a character of four bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(Array.from(storable(text)).every((character) => (character.codePointAt(0) ?? 0) < 0x1_00_00));
        assert.equal(replacedIn(text) === '', storable(text) === text);
      }),
    );
    assert.equal(storable('é 中 ✓ 👍'), 'é 中 ✓ [U+1F44D]');
  });

  it('has times with and without a zone, dates that are none', () => {
    assert.equal(instantOf('2026-11-22T10:18:27Z', 480), '2026-11-22T10:18:27Z');
    assert.equal(instantOf('2026-11-22 18:18:27', 480), '2026-11-22T18:18:27+08:00');
    assert.equal(instantOf('2026-11-22 18:18:27', -210), '2026-11-22T18:18:27-03:30');
    for (const none of ['', null, '0000-00-00 00:00:00', '1970-01-01T00:00:00Z', 'soon', 0])
      assert.equal(instantOf(none, 0), '');
    assert.deepEqual(['2026-12-05', '2026-12-05 00:00:00', '0000-00-00', '', null].map(dateOf), [
      '2026-12-05',
      '2026-12-05',
      '',
      '',
      '',
    ]);
  });

  it('has people, builds, lists and ids in many shapes', () => {
    assert.deepEqual(personOf({ id: 2, account: 'dev1', realname: '张开发' }), { id: 'dev1', name: '张开发' });
    assert.deepEqual(personOf('dev1'), { id: 'dev1', name: 'dev1' });
    assert.deepEqual(['', null, 'closed', undefined].map(personOf), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(accountsOf(',dev1, admin,'), ['dev1', 'admin']);
    assert.deepEqual(accountsOf([{ account: 'dev1' }]), ['dev1']);
    assert.deepEqual(accountsOf(null), []);
    const [one, trunk] = [
      { id: '1', title: '' },
      { id: 'trunk', title: '' },
    ];
    assert.deepEqual(buildsOf('1,trunk'), [one, trunk]);
    assert.deepEqual(buildsOf([{ id: '1', title: 'V1' }]), [{ id: '1', title: 'V1' }]);
    assert.deepEqual(buildsOf({ id: 2, title: 'V2' }), [{ id: '2', title: 'V2' }]);
    assert.deepEqual([buildsOf(''), buildsOf(null), buildsOf(['1', 'trunk'])], [[], [], [one, trunk]]);
    assert.deepEqual([listOf([1]), listOf({ 4: 'a' }), listOf('')], [[1], ['a'], []]);
    assert.deepEqual([idOf(7), idOf('7'), idOf(0), idOf('0'), idOf(null)], ['7', '7', '', '', '']);
  });

  it('is nothing where there is no id or no title, and has its history in order', () => {
    assert.deepEqual(
      [itemOf(null, 0), itemOf([], 0), itemOf({ id: 1 }, 0), itemOf({ title: 'x' }, 0)],
      [undefined, undefined, undefined, undefined],
    );
    const item = itemOf({ id: '1', title: 'A &amp; B', actions: { 10: { id: 10 }, 9: { id: '9' } } }, 0);
    assert.deepEqual([item?.title, item?.actions?.map(({ id }) => id)], ['A & B', ['9', '10']]);
    assert.equal(itemOf({ id: 1, title: '' }, 0)?.actions, undefined);
  });

  it('says of a request where it stands', () => {
    const stands = (raw: object) => requestProgressOf(itemOf({ id: 1, title: 's', ...raw }, 0) ?? assert.fail());
    const told = [
      [{ status: 'draft', stage: 'wait' }, 'waiting'],
      [{ status: 'draft', stage: 'wait', assignedTo: 'pm' }, 'evaluating'],
      [{ status: 'reviewing', stage: 'wait' }, 'evaluating'],
      [{ status: 'changing', stage: 'wait' }, 'evaluating'],
      [{ status: 'active', stage: 'wait' }, 'evaluating'],
      [{ status: 'active', stage: 'wait', plan: '0' }, 'evaluating'],
      [{ status: 'active', stage: 'wait', plan: ',3' }, 'scheduled'],
      [{ status: 'active', stage: 'planned' }, 'scheduled'],
      [{ status: 'active', stage: 'projected' }, 'scheduled'],
      [{ status: 'active', stage: 'developing', plan: '3' }, 'inDevelopment'],
      [{ status: 'active', stage: 'tested' }, 'inDevelopment'],
      [{ status: 'active', stage: 'released' }, 'released'],
      [{ status: 'closed', stage: 'closed', closedReason: 'done' }, 'released'],
      [{ status: 'closed', stage: 'closed', closedReason: 'willnotdo' }, 'notAdopted'],
      [{ status: 'closed', stage: 'closed', closedReason: 'cancel' }, 'notAdopted'],
      [{ status: 'closed', stage: 'closed', closedReason: 'bydesign' }, 'notAdopted'],
      [{ status: 'closed', stage: 'closed', closedReason: 'postponed' }, 'waiting'],
      [{ status: 'closed', stage: 'closed', closedReason: 'duplicate' }, 'evaluating'],
      [{ status: 'closed', stage: 'closed', closedReason: '' }, 'evaluating'],
    ] as const;
    for (const [raw, progress] of told) assert.equal(stands(raw), progress, JSON.stringify(raw));
  });
});
