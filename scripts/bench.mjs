// `npm run bench`: runs every built benchmark, one after the other; prints tables and never fails on time.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './editor/processes.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'test-build', 'test', 'bench');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bench.js')) : [];
for (const name of names.toSorted()) {
  console.log(`\n== ${name}`);
  if ((await run(process.execPath, [join(folder, name)])) !== 0) process.exitCode = 1;
}
