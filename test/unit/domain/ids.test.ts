import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isCaseId, kindOfId, newCaseId, newUlid, yearOf } from '../../../src/domain/case/ids';

const zeros = (size: number) => new Uint8Array(size);
const rising = (size: number) => Uint8Array.from({ length: size }, (_, index) => index);

describe('Case ids', () => {
  it('say kind, local date and four characters', () => {
    const day = new Date(2026, 10, 2, 23, 59);
    assert.equal(newCaseId('issue', day, zeros), 'ISS-20261102-0000');
    assert.equal(newCaseId('request', day, rising), 'REQ-20261102-0123');
    assert.equal(
      newCaseId('issue', new Date(2026, 0, 9), () => Uint8Array.of(31, 63, 255, 10)),
      'ISS-20260109-ZZZA',
    );
  });

  it('are the only texts that are ever turned into a file name', () => {
    for (const id of ['ISS-20261102-7K3F', 'REQ-20261102-0000']) assert.ok(isCaseId(id));
    const not = [
      '',
      'ISS-20261102-7K3',
      'ISS-20261102-7K3FX',
      'ISS-20261102-7KIF',
      'iss-20261102-7k3f',
      'BUG-20261102-7K3F',
    ];
    for (const id of [
      ...not,
      '../ISS-20261102-7K3F',
      'ISS-20261102-7K3F\n',
      'ISS-2026/102-7K3F',
      ' ISS-20261102-7K3F',
    ]) {
      assert.ok(!isCaseId(id), id);
    }
  });

  it('lie in the folder of their year', () => {
    assert.equal(yearOf('ISS-20261102-7K3F'), '2026');
    assert.throws(() => yearOf('../etc'), RangeError);
    assert.deepEqual([kindOfId('ISS-20261102-7K3F'), kindOfId('REQ-20261102-7K3F')], ['issue', 'request']);
  });
});

describe('ULIDs', () => {
  it("are the specification's: 10 characters of time, 16 of chance", () => {
    assert.equal(newUlid(1469918176385, zeros), '01ARYZ6S410000000000000000');
    assert.equal(newUlid(0, rising), '00000000000123456789ABCDEF');
    assert.match(newUlid(Date.parse('2026-11-02T09:00:00+08:00'), rising), /^[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('sort by time', () => {
    const times = [0, 1, 31, 32, 1_000, 1_469_918_176_385, 1_469_918_176_386, 2 ** 48 - 1];
    const ids = times.map((time) => newUlid(time, rising));
    assert.deepEqual(ids.toSorted(), ids);
    assert.equal(new Set(ids).size, ids.length);
  });
});
