// `npm start`: opens VS Code with the extension as it is in this checkout, on a sample casebook.
// Options after `--`: --fresh (a new sample), --empty (an empty folder instead), --host=desktop|server.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './editor/cache.mjs';
import { findDesktop } from './editor/desktop.mjs';
import { run, start } from './editor/processes.mjs';
import { startServer } from './editor/server.mjs';
import { serverBuild } from './editor/serverBuild.mjs';
import { writeSettings } from './editor/settings.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const options = process.argv.slice(2);
const host = options.find((option) => option.startsWith('--host='))?.slice('--host='.length);
for (const option of options) {
  if (!['--fresh', '--empty', '--host=desktop', '--host=server'].includes(option)) {
    console.error(`There is no option ${option}; there are --fresh, --empty, --host=desktop and --host=server`);
    process.exit(2);
  }
}

process.chdir(root);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    console.log('\nStopped.');
    process.exit(0);
  });
}

/** A folder of our own for the editor's data, so that the user's profile stays as it is. */
const data = join(cacheRoot(), 'start');

/** @returns {Promise<string>} the folder that the window opens */
const chooseFolder = async () => {
  if (options.includes('--empty')) {
    const empty = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-empty-')));
    process.on('exit', () => rmSync(empty, { recursive: true, force: true }));
    return empty;
  }
  const sample = join(cacheRoot(), 'sample');
  if (options.includes('--fresh')) rmSync(sample, { recursive: true, force: true });
  const make = join(root, 'dist', 'test-build', 'sample', 'make.js');
  if (!existsSync(make)) console.log('There is no sample casebook in this checkout yet; the folder is empty.');
  else if (existsSync(join(sample, 'casebook.json')))
    console.log('The sample is as you left it; `-- --fresh` renews it.');
  else if ((await run(process.execPath, [make, sample])) !== 0)
    throw new Error('The sample casebook could not be made');
  mkdirSync(sample, { recursive: true });
  return realpathSync(sample);
};

/** @param {string} folder */
const settingsFor = (folder) => (existsSync(join(folder, 'casebook.json')) ? { 'casebook.folder': folder } : {});

/**
 * @param {import('./editor/desktop.mjs').Desktop} desktop
 * @param {string} folder
 */
const openDesktop = async (desktop, folder) => {
  const userData = join(data, 'desktop');
  writeSettings(join(userData, 'User', 'settings.json'), settingsFor(folder));
  console.log(`Opening ${desktop.name}. Close its window, or press Ctrl+C here, to end.`);
  const window = start(
    desktop.command,
    [
      ...desktop.args,
      folder,
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${join(data, 'extensions')}`,
      '--disable-workspace-trust',
      '--disable-updates',
      '--skip-release-notes',
      '--skip-welcome',
    ],
    { stdio: 'ignore' },
  );
  await new Promise((resolve, reject) => {
    window.once('error', reject);
    window.once('exit', resolve);
  });
};

/**
 * Registers this checkout as an installed extension: a reload of the page then shows a new build, and the window is an
 * ordinary one. (Under its test driver the server build shows no notifications.)
 * @param {string} dataDir
 */
const registerCheckout = (dataDir) => {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const location = { $mid: 1, path: root.startsWith('/') ? root : `/${root.replaceAll('\\', '/')}`, scheme: 'file' };
  mkdirSync(join(dataDir, 'extensions'), { recursive: true });
  writeFileSync(
    join(dataDir, 'extensions', 'extensions.json'),
    JSON.stringify([{ identifier: { id: `${publisher}.${name}` }, version, location, metadata: {} }]),
  );
};

/** @param {string} folder */
const openServer = async (folder) => {
  const dataDir = join(data, 'server');
  registerCheckout(dataDir);
  const server = await startServer({
    build: await serverBuild(),
    dataDir,
    token: randomBytes(16).toString('hex'),
    settings: settingsFor(folder),
  });
  const address = server.url(folder);
  console.log(
    `Open this address in a browser, if none has opened it yet:\n\n  ${address}\n\nPress Ctrl+C here to end.`,
  );
  openBrowser(address);
  await server.ended;
  throw new Error('The VS Code server ended by itself');
};

/** @param {string} address */
const openBrowser = (address) => {
  /** @type {Partial<Record<NodeJS.Platform, [string, string[]]>>} */
  const openers = { darwin: ['open', [address]], win32: ['rundll32', ['url.dll,FileProtocolHandler', address]] };
  const [command, args] = openers[process.platform] ?? ['xdg-open', [address]];
  // Where there is no browser the printed address is enough
  start(command, args, { stdio: 'ignore' }).once('error', () => {});
};

if ((await run(process.execPath, ['esbuild.mjs'])) !== 0) process.exit(1);
const folder = await chooseFolder();
const desktop = host === 'server' ? { missing: '--host=server was asked for' } : await findDesktop();
if (!('missing' in desktop)) {
  await openDesktop(desktop, folder);
} else if (host === 'desktop') {
  throw new Error(`There is no desktop VS Code: ${desktop.missing}`);
} else {
  console.log(`VS Code in the browser, because ${desktop.missing}`);
  await openServer(folder);
}
process.exit(0);
