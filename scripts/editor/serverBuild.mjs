// Installs a VS Code server build, the Node it needs and a Chromium from npm, once, into the cache.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFor, once } from './cache.mjs';
import { npm } from './processes.mjs';

const manifest = join(dirname(fileURLToPath(import.meta.url)), 'server');
const nodeMajor = 24;
const nodePackages = ['linux-x64', 'linux-arm64', 'darwin-x64', 'bin-darwin-arm64', 'win-x64'];

/** @type {typeof import('./editor.d.mts').serverBuild} */
export const serverBuild = async () => {
  const folder = cacheFor('server', join(manifest, 'package-lock.json'));
  await once(folder, install);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const { version } = JSON.parse(readFileSync(join(vscode, 'package.json'), 'utf8'));
  return { folder, version, ...findNode(folder), main: join(vscode, 'out', 'server-main.js') };
};

/** @param {string} folder */
const install = async (folder) => {
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(manifest, name), join(folder, name));
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const begun = Date.now();
  console.log('Installing the VS Code server build from npm, once (about 300 MB) …');
  const progress = setInterval(
    () => console.log(`  still installing, ${Math.round((Date.now() - begun) / 1000)} s`),
    15_000,
  );
  try {
    // Its native modules stay unbuilt: it says so in its log and runs without them
    const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // The two inner lock files do not agree with their manifests to the last package, so `ci` would refuse them
    const steps = [
      ['ci', folder],
      ['install', vscode],
      ['install', join(vscode, 'extensions')],
    ];
    for (const [command = '', cwd = ''] of steps) {
      const code = await npm([command, ...flags], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
      if (code !== 0) throw new Error(`npm could not install what the VS Code server build needs in ${cwd}`);
    }
  } finally {
    clearInterval(progress);
  }
  console.log(`  installed in ${Math.round((Date.now() - begun) / 1000)} s`);
};

/** @param {string} folder */
const findNode = (folder) => {
  for (const name of nodePackages) {
    const root = join(folder, 'node_modules', `node-${name}`);
    const node = join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(node)) continue;
    return { node, nodeVersion: String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version) };
  }
  if (Number(process.versions.node.split('.')[0]) >= nodeMajor) {
    return { node: process.execPath, nodeVersion: process.versions.node };
  }
  throw new Error(
    `The VS Code server build needs Node ${nodeMajor}, which npm does not carry for ${process.platform} ${process.arch}. ` +
      `Install VS Code, or run this with Node ${nodeMajor}.`,
  );
};
