/** What is told: one digest a day, and an urgent lead when the limit is near and when it has passed, each once. */
import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { openClaims } from '../../../src/adapters/machine/claims';
import { alarmsOf, digestOf, nextAlarm } from '../../../src/features/followUps/digest';
import { cleanUp, tempFolder } from '../store/folders';
import { due, item, shanghai } from './summaries';

const at = (clock: string) => Date.parse(`2026-11-22T${clock}+08:00`);
const overdue = item('a', due('2026-11-20T11:00:00+08:00'));
const today = item('b', due('2026-11-22T18:00:00+08:00'));
const later = item('c', due('2026-12-22T18:00:00+08:00'));
const lead = item('d', due('2026-11-22T12:00:00+08:00', 'notifyLead'), { urgency: 'urgent' });

describe('Reminders', () => {
  it('count what is overdue and due today, under the name of the local day', () => {
    const morning = digestOf([overdue, today, later], at('00:10:00'), shanghai);
    const evening = digestOf([overdue, today, later], at('23:50:00'), shanghai);
    assert.deepEqual([morning?.overdue, morning?.today], [1, 1]);
    assert.deepEqual([evening?.overdue, evening?.today], [2, 0]);
    assert.equal(morning?.key, evening?.key);
    assert.notEqual(digestOf([overdue], at('23:50:00') + 600_000, shanghai)?.key, morning?.key);
    assert.equal(digestOf([later], at('12:00:00'), shanghai), undefined);
  });

  it('call for the lead five minutes before the limit, and once it has passed', () => {
    const keys = (now: number) => alarmsOf([lead, overdue], now).map(({ key }) => key);
    assert.deepEqual(keys(at('11:54:59')), []);
    assert.deepEqual(keys(at('11:55:00')), ['lead|d|2026-11-22T12:00:00+08:00|near']);
    assert.deepEqual(keys(at('12:00:00')), keys(at('11:55:00')));
    assert.deepEqual(keys(at('12:00:01')), ['lead|d|2026-11-22T12:00:00+08:00|over']);
    assert.equal(nextAlarm([lead, overdue], at('11:00:00')), at('11:55:00'));
    assert.equal(nextAlarm([lead], at('11:55:00')), at('12:00:00') + 1);
    assert.equal(nextAlarm([lead], at('12:00:01')), undefined);
  });
});

describe('A claim', () => {
  afterEach(cleanUp);

  it('is had by one of many windows at once, and by nobody after it', async () => {
    const folder = join(tempFolder(), 'claims');
    const windows = Array.from({ length: 8 }, () => openClaims(folder));
    const won = await Promise.all(windows.map((window) => window.claim('digest|20779')));
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal(await openClaims(folder).claim('digest|20779'), false);
    assert.equal(await openClaims(folder).claim('digest|20780'), true);
  });

  it('is forgotten when it is old, so that the folder does not grow', async () => {
    const folder = join(tempFolder(), 'claims');
    const claims = openClaims(folder);
    await claims.claim('old');
    const [old = ''] = readdirSync(folder);
    utimesSync(join(folder, old), 0, 0);
    await claims.claim('new');
    assert.equal(readdirSync(folder).length, 1);
    assert.ok(!readdirSync(folder).includes(old));
  });

  it('says why it cannot be made', async () => {
    await assert.rejects(openClaims(join('package.json', 'claims')).claim('x'));
  });
});
