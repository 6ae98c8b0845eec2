// Finds a Chromium to show the server build in: an installed one, else the one that the server build brings along.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { once } from './cache.mjs';

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];

/** Usual places of browsers that are not on the PATH. */
const places = () => {
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  return [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windows.flatMap((root) =>
      root
        ? [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Microsoft/Edge/Application/msedge.exe')]
        : [],
    ),
  ];
};

/**
 * CHROME_PATH names a browser; CASEBOOK_BROWSER=bundled ignores installed ones.
 * @type {typeof import('./editor.d.mts').findChromium}
 */
export const findChromium = async (build) => {
  const installed =
    process.env.CHROME_PATH ?? (process.env.CASEBOOK_BROWSER === 'bundled' ? undefined : installedChromium());
  if (installed) return { executablePath: installed, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found. Install one, or name one in CHROME_PATH.');
  }
  return bundledChromium(build.folder);
};

const installedChromium = () =>
  [
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    ...places(),
  ]
    .filter((path) => existsSync(path))
    // Some systems put a script there that only says how to install it; elsewhere asking the version opens a window
    .find((path) => process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0);

/** @param {string} folder */
const bundledChromium = async (folder) => {
  const target = join(folder, 'chromium');
  const packed = join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  await once(target, async (draft) => {
    await unpack(join(packed, 'chromium.br'), join(draft, 'chromium'));
    chmodSync(join(draft, 'chromium'), 0o755);
    // The second archive holds the libraries that a bare machine lacks
    for (const archive of ['swiftshader', 'fonts', 'al2023']) {
      const tar = join(draft, `${archive}.tar`);
      await unpack(join(packed, `${archive}.tar.br`), tar);
      mkdirSync(join(draft, archive));
      execFileSync('tar', ['-xf', tar, '-C', archive === 'swiftshader' ? draft : join(draft, archive)]);
      rmSync(tar);
    }
    writeFileSync(
      join(draft, 'fonts.conf'),
      `<fontconfig><dir>${join(target, 'fonts')}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>`,
    );
  });
  /** @type {Record<string, string>} */
  const env = { LD_LIBRARY_PATH: join(target, 'al2023', 'lib') };
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_FILE'] = join(target, 'fonts.conf');
  return { executablePath: join(target, 'chromium'), env };
};

/**
 * @param {string} from
 * @param {string} to
 */
const unpack = (from, to) => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

/** Keeps the browser from looking anything up on its own, and lets it run as root. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
