/** The imported usage figures of a casebook: every CSV file in its `usage` folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsageData, UsageEntry, UsageStore } from '../../domain/report/sources';
import { readUsageEntry, readUsageHeader } from '../../domain/report/usageRow';
import { realPathInside } from '../store/insideFolder';
import { isHidden } from '../store/layout';
import { codeOf } from '../store/storeErrors';
import { readCsv } from '../transfer/csv';

export const USAGE_FOLDER = 'usage';

/** @param folder absolute path of the casebook */
export function openUsageFiles(folder: string): UsageStore {
  return { read: () => readUsage(folder) };
}

/** In the order of their names: of a customer's figures for the same days and source the last ones count. */
async function readUsage(folder: string): Promise<UsageData> {
  const entries: UsageEntry[] = [];
  const problems: { file: string; line: number }[] = [];
  for (const file of await filesIn(join(folder, USAGE_FOLDER))) {
    const rows = await rowsOf(folder, file);
    const places = readUsageHeader(rows[0] ?? []);
    if (!places) {
      problems.push({ file, line: 1 });
      continue;
    }
    rows.slice(1).forEach((row, index) => {
      if (row.every((cell) => cell.trim() === '')) return;
      const cell = (column: keyof typeof places) => row[places[column]] ?? '';
      const entry = readUsageEntry({
        customer: cell('customer'),
        period: cell('period'),
        logins: cell('logins'),
        coreUses: cell('coreUses'),
        source: cell('source'),
        legalBasis: cell('legalBasis'),
      });
      if (entry) entries.push(entry);
      else problems.push({ file, line: index + 2 });
    });
  }
  return { entries, problems };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.toLowerCase().endsWith('.csv') && !isHidden(name)).toSorted();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/** None where the file can't be read, or lies outside the casebook: it is then named as one without a header. */
async function rowsOf(folder: string, file: string): Promise<readonly (readonly string[])[]> {
  try {
    return await readCsv(await readFile(await realPathInside(folder, join(folder, USAGE_FOLDER, file))));
  } catch {
    return [];
  }
}
