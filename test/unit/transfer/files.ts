/** Files and helpers for the tests of importing and exporting. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breathing } from '../../../src/adapters/machine/breathing';
import { readCsv } from '../../../src/adapters/transfer/csv';
import { openTransferFiles } from '../../../src/adapters/transfer/transferFiles';
import type { CaseStore } from '../../../src/domain/ports';
import { dryRun, type ImportInto, importCases } from '../../../src/domain/transfer/importer';
import { type Mapping, readMapping } from '../../../src/domain/transfer/mapping';
import type { Plan } from '../../../src/domain/transfer/plan';
import type { Table } from '../../../src/domain/transfer/table';
import { li } from '../../builders';

const fixtures = join('test', 'fixtures', 'transfer');

/** 1,500 real rows; beside the checkout where they are at hand. */
export const realLog = join('..', 'shared', 'data', 'servicenow-incidents.csv');
export const hasRealLog = existsSync(realLog);

export const now = Date.parse('2026-11-22T09:00:00+08:00');
export const untilTheEnd = { isCancelled: () => false, progress: () => undefined };

export async function tableOf(bytes: Uint8Array): Promise<Table> {
  const [headers = [], ...rows] = await readCsv(bytes);
  return { headers, rows };
}

export const tableIn = (text: string): Promise<Table> => tableOf(Buffer.from(text));

export const auditLog = (): Promise<Table> => tableOf(readFileSync(join(fixtures, 'audit-log.csv')));

export function serviceNow(): Mapping {
  const mapping = readMapping(JSON.parse(readFileSync(join(fixtures, 'servicenow.mapping.json'), 'utf8')));
  if (!mapping) throw new Error('the saved mapping can no longer be read');
  return mapping;
}

export const planOf = (table: Table, mapping: Mapping, store?: CaseStore): Promise<Plan> =>
  dryRun(table, mapping, store ?? { summaries: () => [] }, now, breathing());

/** What importing needs of a casebook, as a window of its own has it. */
export const into = (store: CaseStore): ImportInto => ({
  store,
  transfer: openTransferFiles(store.folder, ''),
  breathe: breathing(),
});

/** Plans and imports; everything that can be. */
export async function importInto(store: CaseStore, table: Table, mapping: Mapping): Promise<Plan> {
  const plan = await planOf(table, mapping, store);
  await importCases(plan.cases, mapping.source, li, into(store), untilTheEnd);
  return plan;
}
