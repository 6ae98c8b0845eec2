import assert from 'node:assert/strict';
import { choicesOf, filterOf, readFilter } from '../../../src/domain/report/filters';

const summaries = [
  { customer: 'Acme', product: 'ERP' },
  { customer: 'Old Name', product: 'MES' },
  { customer: ' New Name ', product: 'MES' },
  { customer: '', product: '' },
];
const settings = { customers: [{ name: 'New Name', formerNames: ['Old Name'] }] };

describe('what a report can be narrowed down to', () => {
  it('are the customers by their present names and the products of the cases, the most cases first', () => {
    assert.deepEqual(choicesOf(summaries, settings, {}), {
      customers: [
        { name: 'New Name', count: 2 },
        { name: 'Acme', count: 1 },
      ],
      products: [
        { name: 'MES', count: 2 },
        { name: 'ERP', count: 1 },
      ],
    });
  });

  it('keeps what is chosen, though no case names it any more', () => {
    const { customers } = choicesOf([], settings, { customers: ['Gone'] });
    assert.deepEqual(customers, [{ name: 'Gone', count: 0 }]);
  });

  it('is everything where nothing is chosen, or what was remembered is no filter', () => {
    assert.deepEqual(filterOf([], []), {});
    assert.deepEqual(filterOf(['Acme'], []), { customers: ['Acme'] });
    for (const raw of [undefined, null, 'x', { customers: 'Acme' }, { products: [1] }]) {
      assert.deepEqual(readFilter(raw), {});
    }
    assert.deepEqual(readFilter({ customers: ['Acme'], products: ['ERP'], kind: 'issue' }), {
      customers: ['Acme'],
      products: ['ERP'],
    });
  });
});
