/** Finding a case while somebody types. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findCases } from '../../../src/features/cases/find';
import { summary } from './summaries';

describe('Finding a case', () => {
  const cases = [
    summary('ISS-20261120-AAAA', { title: 'Report fails: shared memory', customer: '华东银行', ticketKey: 'ERP-1' }),
    summary('ISS-20261121-BBBB', { title: 'Shared memory full', tags: ['month end'], status: 'archived' }),
    summary('ISS-20261122-CCCC', { title: '月报 报错', customer: 'Acme', updatedAt: '2026-11-22T09:00:00+08:00' }),
    summary('REQ-20261122-DDDD', { title: 'ERP-1 should say why', owner: 'Li Wei <li.wei@example.com>' }),
  ];
  const find = (typed: string, most = 10) => findCases(cases, typed, most).cases.map(({ id }) => id.slice(-4));

  it('by title, customer, ticket, id, tag and owner, every word in any order and in any capitals', () => {
    assert.deepEqual(find('MEMORY fails'), ['AAAA']);
    assert.deepEqual(find('华东'), ['AAAA']);
    assert.deepEqual(find('月报'), ['CCCC']);
    assert.deepEqual(find('20261122 cccc'), ['CCCC']);
    assert.deepEqual(find('month end'), ['BBBB']);
    assert.deepEqual(find('li.wei'), ['DDDD']);
    assert.deepEqual(find('ａｃｍｅ'), ['CCCC'], 'full-width letters');
    assert.deepEqual(find('shared nothing'), []);
  });

  it('by how it stands, in both languages', () => {
    const standing = [
      summary('a', { urgency: 'urgent' }),
      summary('b', { status: 'archived' }),
      summary('c', { conflicts: 1 }),
    ];
    const found = (typed: string) => findCases(standing, typed, 10).cases.map(({ id }) => id);
    assert.deepEqual(
      [found('urgent'), found('已归档'), found('conflict'), found('冲突')],
      [['a'], ['b'], ['c'], ['c']],
    );
  });

  it('the ticket or id that was typed comes first, then titles that begin with it, then open ones', () => {
    assert.deepEqual(find('erp-1'), ['AAAA', 'DDDD']);
    assert.deepEqual(find('shared memory'), ['BBBB', 'AAAA']);
    assert.deepEqual(find('memory'), ['AAAA', 'BBBB']);
    assert.deepEqual(find(''), ['CCCC', 'AAAA', 'DDDD', 'BBBB']);
  });

  it('gives the first few and says how many there are', () => {
    const { cases: found, total } = findCases(cases, '2026', 2);
    assert.deepEqual([found.length, total], [2, 4]);
  });
});
