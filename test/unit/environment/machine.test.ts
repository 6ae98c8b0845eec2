import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { describe, it } from 'mocha';
import { systemClock } from '../../../src/adapters/machine/clock';
import { thisMachine } from '../../../src/adapters/machine/snapshot';
import { itemsOf } from '../../../src/domain/environment/items';
import { skewOf } from '../../../src/domain/environment/clock';

describe('this machine', () => {
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
});
