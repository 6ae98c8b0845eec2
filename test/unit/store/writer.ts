/** A window of its own: adds notes to cases until it is stopped, and says so on stdout once each is on disk. */
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { StoreError } from '../../../src/domain/ports';

const [folder = '', name = '', count = '0', ...ids] = process.argv.slice(2);

async function main(): Promise<void> {
  const settings = await openSettingsFile({ folder });
  const store = openCaseStore({
    folder,
    indexFile: join(folder, '.casebook', `${name}.jsonl`),
    version: '1',
    clock: systemClock,
    random: systemRandom,
    settings,
  });
  for (let index = 0; index < Number(count); index += 1) {
    const id = ids[index % ids.length] ?? '';
    const text = `${name}-${index}`;
    const values = { type: 'note', data: { step: '1.1', round: 1, values: { text } } };
    try {
      await store.append(id, `${name} <${name}@example.com>`, () => [values]);
      process.stdout.write(`${id} ${text}\n`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      process.stdout.write(`refused ${error.reason}\n`);
    }
  }
}

void main();
