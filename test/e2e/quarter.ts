/** What a report tells must not depend on the day on which the tests run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * In its first month a quarter has next to nothing to report: then the casebook's fiscal year begins a month earlier,
 * and its running quarter with it.
 * @param folder of the casebook
 */
export function quarterUnderWay(folder: string, now = new Date()): void {
  const month = now.getMonth() + 1;
  if (month % 3 !== 1) return;
  const file = join(folder, 'casebook.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { report?: object };
  const fiscalYearStartMonth = month === 1 ? 12 : month - 1;
  writeFileSync(file, JSON.stringify({ ...settings, report: { ...settings.report, fiscalYearStartMonth } }));
}
