/** Reports of a casebook on disk, as the editor and other programs ask for them. */
import { strict as assert } from 'node:assert';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { breathing } from '../../../src/adapters/machine/breathing';
import { openCaseLogs } from '../../../src/adapters/report/caseLogs';
import { openUsageFiles } from '../../../src/adapters/report/usageFiles';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { StoreError } from '../../../src/domain/ports';
import { PeriodError } from '../../../src/domain/report/period';
import { type ReportSources, reportsOf } from '../../../src/domain/report/reports';
import type { CaseLogs, Reports } from '../../../src/domain/report/sources';
import { aCase } from '../../builders';
import { cleanUp, fileOf, newCasebook, place, storeOver } from '../store/folders';

const now = Date.parse('2026-12-01T09:00:00+08:00');

async function reportsIn(folder: string, changes: Partial<ReportSources> = {}): Promise<Reports> {
  return reportsOf({
    store: await storeOver(folder),
    settings: await openSettingsFile({ folder }),
    clock: { now: () => now, offsetAt: () => 480 },
    logs: openCaseLogs(folder),
    usage: openUsageFiles(folder),
    machineZone: 'Asia/Shanghai',
    breathing,
    ...changes,
  });
}

describe('reports of a casebook', () => {
  afterEach(cleanUp);

  it('count its cases and usage files as they are now, without being told of a change', async () => {
    const folder = await newCasebook();
    const first = aCase('issue', { seed: 1 }).until('3.2');
    place(folder, first);
    const reports = await reportsIn(folder);
    assert.deepEqual((await reports.generate('2026-11')).service.received.cases, [first.id]);
    const second = aCase('request', { seed: 2 }).until('2.1');
    place(folder, second);
    await mkdir(join(folder, 'usage'));
    const lines =
      'customer,period,logins,coreUses,source,legalBasis\nAcme,2026-11,0,,portal,contract\nAcme,bad,1,,a,b\n';
    await writeFile(join(folder, 'usage', 'november.csv'), lines);
    await appendFile(fileOf(folder, first.id), '<<<<<<< HEAD\n');
    const report = await reports.generate('2026-Q4', { zone: 'Europe/Berlin' });
    assert.deepEqual(report.service.received.cases, [first.id, second.id].toSorted());
    assert.equal(report.period.zone, 'Europe/Berlin');
    assert.equal(report.isProvisional, true);
    assert.equal(report.usage.customers.find(({ customer }) => customer === 'Acme')?.standing, 'silent');
    const codes = report.quality.map(({ code, count }) => `${code} ${count}`);
    assert.deepEqual(codes, ['unreadable 1', 'usage 1', 'holidays 1']);
  });

  it('are of the month or quarter that is now', async () => {
    const reports = await reportsIn(await newCasebook());
    assert.deepEqual([reports.current('month').id, reports.current('quarter').id], ['2026-12', '2026-Q4']);
    assert.deepEqual(reports.options(), { zone: 'Asia/Shanghai', fiscalYearStartMonth: 1 });
  });

  it('are refused for what is no period, or has not begun', async () => {
    const reports = await reportsIn(await newCasebook());
    for (const [text, reason] of [
      ['December', 'form'],
      ['2027-01', 'future'],
    ] as const) {
      await assert.rejects(reports.generate(text), (error) => error instanceof PeriodError && error.reason === reason);
    }
    await assert.rejects(
      reports.generate('2026-11', { zone: 'Asia/Nowhere' }),
      (error) => error instanceof PeriodError && error.reason === 'zone',
    );
  });

  it('say when the list of cases was read: what another window writes later is not in them', async () => {
    const folder = await newCasebook();
    const first = aCase('issue', { seed: 1 }).until('2.1');
    place(folder, first);
    const reports = await reportsIn(folder);
    let reads = 0;
    const onRead = () => {
      reads += 1;
      place(folder, aCase('issue', { seed: 2 }).until('2.1'));
    };
    const { service } = await reports.generate('2026-11', { onRead });
    assert.deepEqual(service.received.cases, [first.id]);
    assert.equal(reads, 1);
  });

  it('end between two slices when nobody waits for them any more', async () => {
    const folder = await newCasebook();
    for (let seed = 1; seed <= 40; seed += 1) place(folder, aCase('issue', { seed }).until('2.1'));
    const making = new AbortController();
    const reason = new Error('nobody waits');
    const read: string[] = [];
    const logs: CaseLogs = {
      async *read(ids) {
        for await (const batch of openCaseLogs(folder).read(ids)) {
          read.push(...batch.map(({ id }) => id));
          yield batch;
        }
        assert.fail('went on to the end');
      },
    };
    let turns = 0;
    const reports = await reportsIn(folder, {
      logs,
      breathing: () => async () => {
        turns += 1;
        // the list of 40 takes three turns: the first one among the logs
        if (turns === 4) making.abort(reason);
      },
    });
    const ended = (error: unknown) => error === reason;
    await assert.rejects(reports.generate('2026-11', { signal: making.signal }), ended);
    assert.deepEqual([read.length, turns], [40, 4]);
    await assert.rejects(reports.generate('2026-11', { signal: making.signal }), ended);
    assert.equal(turns, 4);
  });

  it('are not made of a folder that is gone', async () => {
    const folder = await newCasebook();
    const reports = await reportsIn(folder);
    await reports.generate('2026-11');
    await rm(folder, { recursive: true });
    await assert.rejects(
      reports.generate('2026-11'),
      (error) => error instanceof StoreError && error.reason === 'folder-missing',
    );
  });
});
