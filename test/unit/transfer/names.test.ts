/** Names of imported cases in the team's lists, and what Restricted Mode keeps from being imported. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breathing } from '../../../src/adapters/machine/breathing';
import { openCasebook } from '../../../src/adapters/openCasebook';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { defaultSettings } from '../../../src/domain/casebook';
import { StoreError } from '../../../src/domain/ports';
import { newNamesOf } from '../../../src/domain/transfer/names';
import { li } from '../../builders';
import { cleanUp, newCasebook, tempFolder } from '../store/folders';
import { secretsInMemory } from '../tickets/secretsInMemory';
import { serviceNow, untilTheEnd } from './files';

const cases = [
  { customer: '华东某厂', product: 'Report server', version: '4.2', channel: 'Phone', problemType: '安装' },
  { customer: '华东某厂', product: 'Report server', version: '4.3' },
  { customer: 'Northern Heavy', product: 'Portal', channel: '门户' },
  { customer: 'Old name', version: '1.0' },
].map((intake) => ({ intake }));

describe('names of imported cases', () => {
  afterEach(cleanUp);

  it('are offered where the lists lack them, and are learned with one writing', async () => {
    const folder = await newCasebook();
    const settings = await openSettingsFile({ folder });
    await settings.learn([{ customer: 'New name' }, { product: 'Report server', version: '4.2' }]);
    const { customers } = settings.current();
    const renamed = {
      ...settings.current(),
      customers: customers.map((one) => ({ ...one, formerNames: ['Old name'] })),
    };
    const { forms, ...counts } = await newNamesOf(cases, renamed, breathing());
    assert.deepEqual(counts, { customers: 2, products: 1, versions: 1, channels: 1, problemTypes: 1 });
    await settings.learn(forms);
    const learned = settings.current();
    assert.deepEqual(
      learned.customers.map(({ name }) => name),
      ['New name', '华东某厂', 'Northern Heavy'],
    );
    assert.deepEqual(
      learned.products.map(({ name, versions }) => [name, versions]),
      [
        ['Report server', ['4.2', '4.3']],
        ['Portal', []],
      ],
    );
    assert.deepEqual(learned.channels, [...defaultSettings.channels, '门户']);
    assert.deepEqual(learned.problemTypes, [...defaultSettings.problemTypes, '安装']);
    assert.deepEqual((await newNamesOf(cases, { ...learned, customers: renamed.customers }, breathing())).products, 0);
  });
});

describe('importing in Restricted Mode', () => {
  afterEach(cleanUp);

  it('reads no file and writes none', async () => {
    const folder = await newCasebook();
    const before = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
    const settings = readFileSync(join(folder, 'casebook.json'), 'utf8');
    const casebook = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: tempFolder(),
      language: 'en',
      version: '1',
      engineer: () => li,
      secretStorage: secretsInMemory(),
      connections: { trackers: () => [], bots: () => [] },
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted: false,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: join(folder, 'no-thread.js'),
      sheetThread: '',
      reportThread: '',
    });
    const { transfer, store } = casebook;
    const refused = [
      () => transfer.read(join(folder, 'casebook.json')),
      () => transfer.readCasebook(folder),
      () => transfer.alone(async () => assert.fail('it began')),
      () => transfer.write(join(folder, 'out.csv'), []),
      () => transfer.saveMapping(serviceNow()),
      () => transfer.writeUsage('usage', []),
      () => store.createMany(li, [], untilTheEnd),
      () => store.copyMany([], untilTheEnd),
    ];
    try {
      for (const doing of refused) {
        await assert.rejects(doing(), (error) => error instanceof StoreError && error.reason === 'restricted');
      }
      assert.deepEqual(readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted(), before);
      assert.equal(readFileSync(join(folder, 'casebook.json'), 'utf8'), settings);
    } finally {
      casebook.dispose();
    }
  });
});
