/** One of hundreds: found by what is typed, and chosen only where it can't be another. */
import assert from 'node:assert/strict';
import { found, meant } from '../../../src/features/caseForm/view/find';

const people = Array.from({ length: 300 }, (_, index) => ({
  value: `dev${index}`,
  label: `开发 ${index} (dev${index})`,
}));
const zhang = { value: 'zhangwei', label: '张伟 (zhangwei)' };
const other = { value: 'zhangwei2', label: '张伟 (zhangwei2)' };
const all = [...people, zhang, other];

describe('one of many', () => {
  it('is found by any part of the name, and what does not fit on the list is counted', () => {
    const { shown, more } = found(all, '');
    assert.deepEqual([shown.length, more], [50, 252]);
    assert.deepEqual(found(all, '张'), { shown: [zhang, other], more: 0 });
    assert.deepEqual(
      found(all, 'DEV 299').shown.map(({ value }) => value),
      ['dev299'],
    );
    assert.deepEqual(found(all, 'nobody'), { shown: [], more: 0 });
  });

  it('is chosen where only one can be meant', () => {
    assert.equal(meant(all, '299')?.value, 'dev299');
    assert.equal(meant(all, ' ZhangWei '), zhang);
    assert.equal(meant(all, zhang.label), zhang);
    assert.deepEqual([meant(all, '张伟'), meant(all, ''), meant(all, 'nobody')], [undefined, undefined, undefined]);
  });
});
