/** Filters in the search box. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { FindQuery } from '../../../src/domain/search/find';
import { typedQuery } from '../../../src/domain/search/typedQuery';

describe('the search box', () => {
  const examples: readonly [string, FindQuery][] = [
    ['共享内存 不足', { text: '共享内存 不足' }],
    ['product:ERP shm', { text: 'shm', product: 'ERP' }],
    ['锁 产品：ERP 版本:8.3', { text: '锁    ', product: 'ERP', version: '8.3' }],
    ['tag:"shared memory" x', { text: 'x', tag: 'shared memory' }],
    ['Customer:Acme', { text: '', customer: 'Acme' }],
    ['is:article shm', { text: 'shm', only: 'article' }],
    ['类型:案例 锁', { text: '锁', only: 'case' }],
    ['is:red', { text: 'is:red' }],
    ['tag: shm', { text: 'tag: shm' }],
    ['http://host:8080/version:1', { text: 'http://host:8080/version:1' }],
    ['tag:a tag:b', { text: '', tag: 'b' }],
  ];
  for (const [typed, query] of examples) it(`reads ${typed}`, () => assert.deepEqual(typedQuery(typed), query));

  it('loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('锁', 'shm', 'tag', 'is:', 'ORA-00942', 'product:ERP', '版本：8.3')),
        (words) => {
          const { text } = typedQuery(words.join(' '));
          const kept = words.filter((word) => !/^(?:product|版本)/.test(word));
          assert.deepEqual(text.split(' ').filter(Boolean), kept);
        },
      ),
    );
  });
});
