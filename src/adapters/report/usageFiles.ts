/** The imported usage figures of a casebook: every CSV file in its `usage` folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsageData, UsageEntry, UsageStore } from '../../domain/report/sources';
import { readUsageEntry, usageLines } from '../../domain/report/usageRow';
import { realPathInside } from '../store/insideFolder';
import { isHidden } from '../store/layout';
import { codeOf } from '../store/storeErrors';
import { readCsv } from '../transfer/csv';
import { unguard } from '../transfer/formulas';

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
    const lines = usageLines(await rowsOf(folder, file));
    if (!lines) {
      problems.push({ file, line: 1 });
      continue;
    }
    for (const { line, cells } of lines) {
      const entry = readUsageEntry(cells);
      if (entry) entries.push(entry);
      else problems.push({ file, line });
    }
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
    const rows = await readCsv(await readFile(await realPathInside(folder, join(folder, USAGE_FOLDER, file))));
    return rows.map((row) => row.map(unguard));
  } catch {
    return [];
  }
}
