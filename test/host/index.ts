// Runs the host tests inside VS Code: every built *.test.js beside this file.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** VS Code calls this; a rejection ends the editor with an error. */
export const run = async (): Promise<void> => {
  const { CASEBOOK_TEST_GREP: grep, CASEBOOK_TEST_RESULT: resultFile } = process.env;
  // Marked, so that our lines can be told from those of the editor
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    for (const line of format(...args).split('\n')) console.log(`[test] ${line}`);
  };
  const mocha = new Mocha({
    color: false,
    forbidOnly: true,
    timeout: 60_000,
    reporter: 'spec',
    ...(grep ? { grep } : {}),
  });
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.js'),
  );
  for (const name of tests.toSorted()) mocha.addFile(join(__dirname, name));

  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    // The counts go through a file, since the last console lines of a closing editor may be lost
    runner.once('end', () => {
      if (resultFile && runner.stats) writeFileSync(resultFile, JSON.stringify(runner.stats));
    });
  });
  if (failures > 0) throw new Error(`${failures} of the tests failed`);
};
