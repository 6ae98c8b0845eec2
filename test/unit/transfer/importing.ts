/** A window of its own that imports a file, and says now and then how many cases are made, or why none are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breathing } from '../../../src/adapters/machine/breathing';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { readCsv } from '../../../src/adapters/transfer/csv';
import { openTransferFiles } from '../../../src/adapters/transfer/transferFiles';
import { TransferError } from '../../../src/domain/transfer/files';
import { dryRun, importCases } from '../../../src/domain/transfer/importer';
import { guessMapping } from '../../../src/domain/transfer/mapping';
import { surveyOf } from '../../../src/domain/transfer/survey';

const [folder = '', file = '', patience] = process.argv.slice(2);

async function main(): Promise<void> {
  const settings = await openSettingsFile({ folder });
  const indexFile = join(folder, '.casebook', 'importing.jsonl');
  const store = openCaseStore({ folder, indexFile, version: '1', clock: systemClock, random: systemRandom, settings });
  const [headers = [], ...rows] = await readCsv(readFileSync(file));
  const table = { headers, rows };
  const mapping = guessMapping(await surveyOf(table, breathing()), 'Tickets', 'Asia/Shanghai');
  const plan = await dryRun(table, mapping, store, Date.now(), breathing());
  const progress = (done: number) => void process.stdout.write(`made ${done}\n`);
  const transfer = openTransferFiles(folder, '', patience === undefined ? undefined : Number(patience));
  const into = { store, transfer, breathe: breathing() };
  await importCases(plan.cases, mapping.source, 'Li', into, { isCancelled: () => false, progress }).catch(
    (error: unknown) => {
      if (!(error instanceof TransferError)) throw error;
      process.stdout.write(`refused ${error.reason}\n`);
    },
  );
}

void main();
