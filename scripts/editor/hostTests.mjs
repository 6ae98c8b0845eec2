// Runs the host tests in a desktop VS Code, or in a window of the server build: the same files in both.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';
import { cleanEnv, start } from './processes.mjs';
import { startServer } from './server.mjs';
import { testHome, writeSettings } from './settings.mjs';

const patience = 600_000;

/**
 * @typedef {object} HostRun
 * @property {string} extension the folder of the extension under development
 * @property {string} tests the file that exports run()
 * @property {string} folder the folder that the window opens
 * @property {string} temp where the editor may keep its data
 * @property {Record<string, string>} env what the tests find in their environment
 */

/**
 * @param {import('./desktop.mjs').Desktop} desktop
 * @param {HostRun} options
 * @returns {Promise<number>} 0 when all passed
 */
export const runInDesktop = (desktop, { extension, tests, folder, temp, env }) => {
  const data = join(temp, 'desktop');
  writeSettings(join(data, 'User', 'settings.json'), {});
  const args = [
    folder,
    `--user-data-dir=${data}`,
    `--extensions-dir=${join(temp, 'extensions')}`,
    `--extensionDevelopmentPath=${extension}`,
    `--extensionTestsPath=${tests}`,
    '--disable-workspace-trust',
    '--disable-updates',
    '--disable-telemetry',
    '--disable-gpu',
    '--password-store=basic',
    '--skip-release-notes',
    '--skip-welcome',
  ];
  const child = start(desktop.command, [...desktop.args, ...args], {
    env: cleanEnv({ ...testHome(join(temp, 'home')), ...env }),
    timeout: patience,
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', print);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
};

/**
 * @param {import('./editor.d.mts').ServerBuild} build
 * @param {HostRun} options
 * @returns {Promise<number>} 0 when all passed
 */
export const runInServer = async (build, { extension, tests, folder, temp, env }) => {
  const browserHome = await findChromium(build);
  const server = await startServer({
    build,
    dataDir: join(temp, 'server'),
    driver: true,
    env: { ...testHome(join(temp, 'home')), ...env },
  });
  const browser = await chromium.launch({
    executablePath: browserHome.executablePath,
    args: chromiumFlags,
    env: cleanEnv(browserHome.env),
  });
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const ended = new Promise((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      page.once('crash', () => reject(new Error('The window of the host tests crashed')));
      setTimeout(() => reject(new Error('The host tests did not end in time')), patience).unref();
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      print(args.map(String).join(' '));
    });
    await page.goto(
      server.url(folder, [
        ['extensionDevelopmentPath', server.remote(extension)],
        ['extensionTestsPath', server.remote(tests)],
        ['skipWelcome', 'true'],
      ]),
    );
    return Number(await ended);
  } finally {
    await browser.close();
    await server.stop();
  }
};

/** How the host tests mark their own lines among those of the editor. */
const mark = '[test] ';

/** @param {string} line */
const print = (line) => {
  if (line.startsWith(mark)) console.log(line.slice(mark.length));
  else if (process.env.CASEBOOK_VERBOSE || line.includes('casebook.casebook')) console.log(line);
};
