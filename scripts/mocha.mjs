// Runs a built test, or those of a folder, in plain Node: node scripts/mocha.mjs <path>
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Mocha from 'mocha';

const path = resolve(process.argv[2] ?? '.');
const { CASEBOOK_TEST_GREP: grep, CASEBOOK_TEST_RESULT: resultFile, CASEBOOK_TEST_TIMEOUT: timeout } = process.env;

const mocha = new Mocha({
  timeout: Number(timeout ?? 30_000),
  reporter: 'spec',
  forbidOnly: true,
  ...(grep ? { grep } : {}),
});
if (existsSync(path) && statSync(path).isFile()) mocha.addFile(path);
else if (existsSync(path)) {
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(path, name));
  }
}
// An orderly end also ends the editors that the tests have started
process.on('SIGTERM', () => process.exit(143));
const runner = mocha.run((failures) => process.exit(failures > 0 ? 1 : 0));
runner.once('end', () => {
  if (resultFile) writeFileSync(resultFile, JSON.stringify(runner.stats));
});
