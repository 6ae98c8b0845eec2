import assert from 'node:assert/strict';
import type { StoredReport } from '../../../src/domain/report/reportShelf';
import { rowsOf, stampOf } from '../../../src/features/reports/rows';

const options = { zone: 'Asia/Shanghai', fiscalYearStartMonth: 1 };
const now = Date.parse('2026-11-22T18:00:00+08:00');
const stored = (name: string, changes: Partial<StoredReport> = {}): StoredReport => ({
  name,
  period: name.split('.')[0] ?? name,
  files: [`${name}.md`],
  isFrozen: false,
  modifiedAt: 1_000,
  ...changes,
});
const idsOf = (reports: readonly StoredReport[], hasCases = true) =>
  rowsOf(reports, hasCases, now, options).map(({ period }) => period.id);

describe('the rows of the Reports view', () => {
  it('are none where there is neither a case nor a report', () => {
    assert.deepEqual(idsOf([], false), []);
    assert.deepEqual(idsOf([stored('2025-07')], false), ['2025-07']);
  });

  it('are the last months and quarters, and older ones that have a report, each once and the newest first', () => {
    const others = [stored('2024-Q1'), stored('2026-10'), stored('2025-07'), stored('notes'), stored('2026-13')];
    assert.deepEqual(idsOf(others), [
      '2026-11',
      '2026-10',
      '2026-09',
      '2025-07',
      '2026-Q4',
      '2026-Q3',
      '2026-Q2',
      '2026-Q1',
      '2024-Q1',
    ]);
  });

  it('say what lies in the folder: all files of a period together, frozen if one of them is', () => {
    const rows = rowsOf(
      [stored('2026-10', { isFrozen: true }), stored('2026-10.product-ERP', { modifiedAt: 2_000 }), stored('2026-11')],
      true,
      now,
      options,
    );
    const [running, last, before] = rows;
    assert.deepEqual([running?.isRunning, running?.kept?.isFrozen], [true, false]);
    assert.deepEqual(last?.kept, {
      isFrozen: true,
      isWritten: true,
      files: ['2026-10.md', '2026-10.product-ERP.md'],
      modifiedAt: 1_000,
    });
    assert.deepEqual([before?.isRunning, before?.kept], [false, undefined]);
  });

  it('are told when any case has changed, be it not the latest one', () => {
    const one = { updatedAt: '2026-11-01T10:00:00+08:00', conflicts: 0, quarantined: 0, unknown: 0 };
    const latest = { ...one, updatedAt: '2026-11-20T10:00:00+08:00' };
    const before = stampOf([one, latest]);
    assert.equal(stampOf([latest, one]), before);
    for (const changed of [
      [latest],
      [{ ...one, updatedAt: '2026-11-02T10:00:00+08:00' }, latest],
      [{ ...one, conflicts: 1 }, latest],
      [{ ...one, quarantined: 1 }, latest],
    ]) {
      assert.notEqual(stampOf(changed), before);
    }
  });

  it('do not take the report of one customer for the whole one', () => {
    const kept = rowsOf([stored('2026-10.customer-Acme')], true, now, options)[1]?.kept;
    assert.deepEqual(kept, {
      isFrozen: false,
      isWritten: false,
      files: ['2026-10.customer-Acme.md'],
      modifiedAt: 0,
    });
  });

  it('do not take texts that were begun for a report', () => {
    assert.equal(rowsOf([stored('2026-10', { files: [] })], true, now, options)[1]?.kept, undefined);
    assert.equal(
      rowsOf([stored('2026-10', { files: [], isFrozen: true })], true, now, options)[1]?.kept?.isFrozen,
      true,
    );
  });
});
