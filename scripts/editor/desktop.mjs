// Finds a desktop VS Code: an installed one, else a downloaded one; or says in words why there is none.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot } from './cache.mjs';

/** How long a download may take to begin, and to end. A refused network must not hold anybody up. */
const beginWithin = 10_000;
const endWithin = 300_000;

/**
 * @typedef {object} Desktop
 * @property {string} command what starts it
 * @property {string[]} args what goes before its own arguments
 * @property {string} name for people: its version and where it comes from
 */

/**
 * @returns {Promise<Desktop | { missing: string }>}
 */
export const findDesktop = async () => {
  const screen = findScreen();
  if ('missing' in screen) return screen;
  const installed = installedDesktop();
  if (installed) return { ...through(screen.prefix, installed), name: `VS Code ${versionOf(installed)}, installed` };
  try {
    const executable = await download();
    return { ...through(screen.prefix, executable), name: `VS Code ${versionOf(executable)}, downloaded` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: `no desktop build is installed and none could be downloaded (${why})` };
  }
};

/** @returns {{ prefix: string[] } | { missing: string }} */
const findScreen = () => {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return { prefix: [] };
  const xvfb = onPath('xvfb-run');
  return xvfb
    ? { prefix: [xvfb, '-a'] }
    : { missing: 'a desktop build needs a display, and there is neither one nor xvfb-run' };
};

/**
 * @param {string[]} prefix
 * @param {string} executable
 */
const through = (prefix, executable) => {
  const [command, ...args] = [...prefix, executable];
  // Chromium's sandbox refuses to run as root
  return { command, args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args };
};

/** @param {string} name */
const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

const installedDesktop = () => {
  const script = process.platform === 'linux' ? onPath('code') : undefined;
  const windows = [process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'Programs'), process.env.PROGRAMFILES];
  /** @type {Partial<Record<NodeJS.Platform, string[]>>} */
  const places = {
    // `code` on the PATH is a script in the bin folder beside the program
    linux: [
      ...(script ? [join(dirname(realpathSync(script)), '..', 'code')] : []),
      '/usr/share/code/code',
      '/opt/visual-studio-code/code',
      '/snap/code/current/usr/share/code/code',
    ],
    darwin: ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      ['Electron', 'Code'].map((name) => join(folder, 'Visual Studio Code.app', 'Contents', 'MacOS', name)),
    ),
    win32: windows.flatMap((folder) => (folder ? [join(folder, 'Microsoft VS Code', 'Code.exe')] : [])),
  };
  return places[process.platform]?.find((path) => existsSync(path));
};

/** @param {string} executable */
const versionOf = (executable) => {
  const root = dirname(executable);
  const manifest = [join(root, 'resources'), join(root, '..', 'Resources')]
    .map((folder) => join(folder, 'app', 'package.json'))
    .find((file) => existsSync(file));
  return manifest ? String(JSON.parse(readFileSync(manifest, 'utf8')).version) : '(unknown version)';
};

/** @returns {Promise<string>} */
const download = () =>
  new Promise((resolve, reject) => {
    /**
     * @param {number} within
     * @param {string} why
     */
    const giveUp = (within, why) => setTimeout(() => reject(new Error(why)), within);
    const end = giveUp(endWithin, `not finished within ${endWithin / 1000} s`);
    const begin = giveUp(beginWithin, `no answer within ${beginWithin / 1000} s`);
    let announced = false;
    downloadAndUnzipVSCode({
      cachePath: join(cacheRoot(), 'desktop'),
      timeout: beginWithin,
      reporter: {
        report: (progress) => {
          if (!('bytesSoFar' in progress) || announced) return;
          announced = true;
          clearTimeout(begin);
          console.log('Downloading VS Code, once …');
        },
        error: () => {},
      },
    })
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(begin);
        clearTimeout(end);
      });
  });
