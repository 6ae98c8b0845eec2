import assert from 'node:assert/strict';
import { emptyCase } from '../../../src/domain/case/state';
import { type CasebookSettings, defaultSettings } from '../../../src/domain/casebook';
import { matching, suggestionsFor } from '../../../src/features/caseForm/view/suggest';

const settings: CasebookSettings = {
  ...defaultSettings,
  customers: [
    { name: 'Acme', contacts: ['Wang Fang'] },
    { name: '北方重工', contacts: ['刘强'] },
  ],
  products: [
    { name: 'ERP', versions: ['3.2.1'] },
    { name: 'MES', versions: ['1.0'] },
  ],
  people: [{ name: 'Chen Hao', mail: 'chen.hao@example.com', team: 'storage' }, { name: 'Li Wei' }],
};
const state = emptyCase('ISS-20261122-7K3F', 'issue');

describe('suggestions', () => {
  it('of contacts and versions are those of the chosen customer and product', () => {
    assert.deepEqual(suggestionsFor('contacts', settings, state, { customer: 'Acme' }), ['Wang Fang']);
    assert.deepEqual(suggestionsFor('versions', settings, state, { product: 'MES' }), ['1.0']);
    assert.deepEqual(suggestionsFor('contacts', settings, state, {}), ['Wang Fang', '刘强']);
  });

  it('follow the case where the form does not ask', () => {
    const known = { ...state, values: { receive: { customer: '北方重工', product: 'ERP' } } };
    assert.deepEqual(suggestionsFor('contacts', settings, known, {}), ['刘强']);
    assert.deepEqual(suggestionsFor('versions', settings, known, {}), ['3.2.1']);
  });

  it('name people as the log does', () => {
    assert.deepEqual(suggestionsFor('people', settings, state, {}), ['Chen Hao <chen.hao@example.com>', 'Li Wei']);
    assert.deepEqual(suggestionsFor('teams', settings, state, {}), ['storage']);
  });

  it('name ticket systems as they are connected, so that what is entered by hand is followed', () => {
    const offered = suggestionsFor('trackers', { ...settings, trackers: ['Jira', 'Redmine'] }, state, {}, [
      '禅道',
      'Jira',
    ]);
    assert.deepEqual(offered, ['禅道', 'Jira', 'Redmine']);
  });

  it('match every word, the ones that begin with it first', () => {
    assert.deepEqual(matching(['ERP', 'My ERP', 'MES'], 'erp'), ['ERP', 'My ERP']);
    assert.deepEqual(matching(['Chen Hao', 'Li Wei'], 'hao chen'), ['Chen Hao']);
    assert.deepEqual(matching(['a', 'b'], ' '), ['a', 'b']);
  });
});
