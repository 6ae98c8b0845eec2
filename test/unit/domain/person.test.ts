import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isSamePerson, personName } from '../../../src/domain/person';

describe('People', () => {
  it('are named without their mail address, where they have a name', () => {
    assert.equal(personName('Li Wei <li.wei@example.com>'), 'Li Wei');
    assert.equal(personName('<li.wei@example.com>'), '<li.wei@example.com>');
    assert.equal(personName('王小明'), '王小明');
  });

  const same: readonly (readonly [string, string])[] = [
    ['Li Wei <li.wei@example.com>', 'Li Wei <LI.WEI@example.com>'],
    ['Li Wei <li.wei@example.com>', 'Wei L. <li.wei@example.com>'],
    ['Li Wei <li.wei@example.com>', 'li.wei'],
    ['Li Wei <lw@example.com>', 'Wei, Li'],
    ['Li Wei <li.wei@example.com>', 'li.wei@example.com'],
    ['李伟 <li.wei@example.com>', 'li.wei'],
    ['王小明', '王小明 <wxm@example.com>'],
    ['Ｌｉ Wei', 'li wei'],
  ];
  const others: readonly (readonly [string, string])[] = [
    ['Li Wei <li.wei@example.com>', 'Li Wei <li.wei@other.example>'],
    ['Li Wei', 'Li Na'],
    ['Li Wei', 'Li'],
    ['王小明', '明小王'],
    ['', ''],
    ['Li Wei', ''],
    ['<>', ''],
  ];
  for (const [a, b] of same) {
    it(`“${a}” is “${b}”`, () => assert.ok(isSamePerson(a, b) && isSamePerson(b, a)));
  }
  for (const [a, b] of others) {
    it(`“${a}” is not “${b}”`, () => assert.ok(!isSamePerson(a, b) && !isSamePerson(b, a)));
  }
});
