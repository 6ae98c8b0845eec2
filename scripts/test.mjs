// `npm test`: builds, checks, and runs the tests in plain Node, inside VS Code and in a real window.
// Options after `--`: --only=checks,unit,host,e2e and --grep=<part of a test's name>.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './editor/cache.mjs';
import { findDesktop } from './editor/desktop.mjs';
import { runInDesktop, runInServer } from './editor/hostTests.mjs';
import { cleanEnv, npm, outputOf, run } from './editor/processes.mjs';
import { serverBuild } from './editor/serverBuild.mjs';
import { testHome } from './editor/settings.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'dist', 'test-build', 'test');
const vsix = join(root, 'dist', 'casebook.vsix');

/** @param {string} name */
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(`--${name}=`.length);

const grep = option('grep');
const only = option('only')?.split(',');
for (const name of only ?? []) {
  if (!['checks', 'unit', 'host', 'e2e'].includes(name)) throw new Error(`There is no stage ${name}`);
}
/** @param {string} name */
const wanted = (name) => !only || only.includes(name);

process.chdir(root);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
// Real path: on some systems the temporary folder is a link, and an editor shows what is behind it
const temp = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-test-')));
process.on('exit', () => rmSync(temp, { recursive: true, force: true, maxRetries: 3 }));

const total = { passed: 0, failed: 0 };
const begun = performance.now();

/** @param {number} since */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one stage, whatever became of those before it, and counts it as a failure when it does not do its work.
 * @param {string} name
 * @param {() => Promise<string>} work returns what to say about it
 */
const stage = async (name, work) => {
  console.log(`\n== ${name}`);
  const since = performance.now();
  try {
    console.log(`== ${name}: ${await work()} (${seconds(since)})`);
    return true;
  } catch (error) {
    total.failed += 1;
    console.log(`== ${name}: failed, ${error instanceof Error ? error.message : String(error)} (${seconds(since)})`);
    return false;
  }
};

/** @param {string} script */
const npmRun = async (script) => {
  if ((await npm(['run', '--silent', script])) !== 0) throw new Error(`npm run ${script} found something`);
};

/**
 * Runs tests that leave their counts in a file, and adds them up.
 * @param {string} name
 * @param {(env: Record<string, string>, folder: string) => Promise<unknown>} work
 */
const tests = async (name, work) => {
  const folder = join(temp, name);
  const resultFile = join(folder, 'result.json');
  mkdirSync(folder, { recursive: true });
  await work({ ...testEnv, CASEBOOK_TEST_RESULT: resultFile }, folder);
  return counted([resultFile]);
};

const testEnv = { CI: 'true', ...(grep ? { CASEBOOK_TEST_GREP: grep } : {}) };

/** @param {string[]} resultFiles */
const counted = (resultFiles) => {
  const stats = { tests: 0, passes: 0, failures: 0, pending: 0 };
  let ended = true;
  for (const file of resultFiles) {
    if (!existsSync(file)) ended = false;
    else {
      const part = JSON.parse(readFileSync(file, 'utf8'));
      for (const key of /** @type {const} */ (['tests', 'passes', 'failures', 'pending'])) stats[key] += part[key];
    }
  }
  total.passed += stats.passes;
  total.failed += stats.failures;
  if (!ended) throw new Error('it ended before all tests had run');
  if (stats.pending > 0) throw new Error(`${stats.pending} tests are skipped, and a skipped test says nothing`);
  if (stats.tests === 0 && !grep) throw new Error('there was not one test');
  return `${stats.passes} passed, ${stats.failures} failed`;
};

/** @param {string} path of a test or of a folder of them */
const mocha = (path) => ['--enable-source-maps', join('scripts', 'mocha.mjs'), path];

const inPlainNode = () =>
  tests('unit', (env, folder) =>
    run(process.execPath, mocha(join(built, 'unit')), {
      env: cleanEnv({ ...testHome(join(folder, 'home')), ...env }),
      timeout: 1_200_000,
    }),
  );

/**
 * Every file in a process of its own, several at a time: a window often waits, so that two on two cores save a fifth of the time.
 * @param {Record<string, string>} extra
 */
const inWindows = async (extra) => {
  const waiting = readdirSync(join(built, 'e2e')).filter((name) => name.endsWith('.test.js'));
  /** @type {string[]} */
  const results = [];
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const folder = join(temp, 'e2e', name);
      const resultFile = join(folder, 'result.json');
      mkdirSync(folder, { recursive: true });
      results.push(resultFile);
      const env = { ...testHome(join(folder, 'home')), ...testEnv, CASEBOOK_TEST_RESULT: resultFile, ...extra };
      // all that one file says stands together
      console.log(
        await outputOf(process.execPath, mocha(join(built, 'e2e', name)), { env: cleanEnv(env), timeout: 600_000 }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, lane));
  return counted(results);
};

const host = () =>
  tests('host', async (env, folder) => {
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    const options = { extension: root, tests: join(built, 'host', 'index.js'), folder: workspace, temp: folder, env };
    const desktop = await findDesktop();
    if (!('missing' in desktop)) {
      console.log(`Editor: ${desktop.name}`);
      return runInDesktop(desktop, options);
    }
    const build = await serverBuild();
    console.log(`Editor: server build ${build.version} (Node ${build.nodeVersion}), because ${desktop.missing}`);
    return runInServer(build, options);
  });

const builds = await stage('build', async () => {
  if ((await run(process.execPath, ['esbuild.mjs'])) !== 0) throw new Error('it does not build');
  return 'done';
});
if (builds) {
  if (wanted('checks')) {
    await stage('types', async () => {
      await npmRun('typecheck');
      if ((await npm(['exec', '--', 'tsc', '-p', 'scripts'])) !== 0) throw new Error('types of the scripts');
      return 'clean';
    });
    await stage('lint', async () => npmRun('lint').then(() => 'clean'));
  }
  if (wanted('unit')) await stage('unit', inPlainNode);
  if (wanted('host')) await stage('host', host);
  if (wanted('e2e')) {
    const packaged = await stage('package', async () => npmRun('package').then(() => 'done'));
    const env = {
      CASEBOOK_CACHE: cacheRoot(),
      CASEBOOK_VSIX: vsix,
      CASEBOOK_E2E_TEMP: join(temp, 'windows'),
      CASEBOOK_TEST_TIMEOUT: '180000',
    };
    if (packaged) await stage('e2e', () => inWindows(env));
  }
}

if (grep && total.passed + total.failed === 0) {
  console.error(`No test has "${grep}" in its name`);
  total.failed += 1;
}
console.log(`\nAll in ${seconds(begun)}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
