/** A window of its own that imports a file, and says how many cases are made each time it rests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { readCsv } from '../../../src/adapters/transfer/csv';
import { dryRun, importCases } from '../../../src/domain/transfer/importer';
import { guessMapping } from '../../../src/domain/transfer/mapping';

const [folder = '', file = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const settings = await openSettingsFile({ folder });
  const indexFile = join(folder, '.casebook', 'importing.jsonl');
  const store = openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
  const [headers = [], ...rows] = await readCsv(readFileSync(file));
  const table = { headers, rows };
  const mapping = guessMapping(table, 'Tickets', 'Asia/Shanghai');
  const plan = await dryRun(table, mapping, store, Date.now(), { rest: async () => undefined });
  const progress = (done: number) => void process.stdout.write(`made ${done}\n`);
  await importCases(plan.cases, mapping.source, 'Li', store, { isCancelled: () => false, progress });
}

void main();
