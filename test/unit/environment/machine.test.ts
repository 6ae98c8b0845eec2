import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { systemClock } from '../../../src/adapters/machine/clock';
import { thisMachine } from '../../../src/adapters/machine/snapshot';
import { openCasebook } from '../../../src/adapters/openCasebook';
import { skewOf } from '../../../src/domain/environment/clock';
import { itemsOf } from '../../../src/domain/environment/items';
import { StoreError } from '../../../src/domain/ports';
import { cleanUp, newCasebook, tempFolder } from '../store/folders';
import { secretsInMemory } from '../tickets/secretsInMemory';

describe('this machine', () => {
  afterEach(cleanUp);

  it('tells of itself what a collector tells of a server', async () => {
    const before = Date.now();
    const snapshot = await thisMachine(systemClock).snapshot();
    const items = itemsOf(snapshot, skewOf(snapshot.at ?? '', before, Date.now()), 'en');
    assert.match(items.cpu ?? '', /^\d+ × .+, \d+ % busy$/);
    assert.match(items.memory ?? '', /^[\d.]+ of [\d.]+ [GMT]B used \(\d+ %\)/);
    assert.match(items.disk ?? '', / \d+ % of [\d.]+ [KMGT]B/);
    assert.match(items.os ?? '', / up \d+/);
    assert.match(items.processes ?? '', / [KMGT]B/);
    assert.ok(items.clock?.startsWith(`${hostname()}: `));
    assert.doesNotMatch(items.clock ?? '', /ahead|behind/);
    for (const item of Object.values(items)) assert.doesNotMatch(item, /undefined|NaN/);
  });

  it('is not looked at in Restricted Mode', async () => {
    const folder = await newCasebook();
    const casebook = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: tempFolder(),
      language: 'en',
      version: '1',
      engineer: () => '',
      secretStorage: secretsInMemory(),
      connections: { trackers: () => [], bots: () => [] },
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted: false,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: join(folder, 'no-thread.js'),
      sheetThread: '',
      reportThread: '',
    });
    try {
      await assert.rejects(
        casebook.machine.snapshot(),
        (error) => error instanceof StoreError && error.reason === 'restricted',
      );
    } finally {
      casebook.dispose();
    }
  });
});
