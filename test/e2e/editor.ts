// Starts and ends what a window needs: the server with the packaged extension in it, and the browser that shows it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium } from 'playwright-core';

type Scripts = typeof import('../../scripts/editor/editor.mjs');
export type Server = Awaited<ReturnType<Scripts['startServer']>>;

// Loaded at run time, not bundled: it finds its own files beside itself. The tests run in the repository's root.
export const scripts = async (): Promise<Scripts> => {
  const loaded: Scripts = await import(pathToFileURL(resolve('scripts/editor/editor.mjs')).href);
  return loaded;
};

/** A new folder that the system throws away. Its real path, since an editor shows what is behind a link. */
export const temporaryFolder = (name: string): string => {
  const base = process.env['CASEBOOK_E2E_TEMP'] ?? tmpdir();
  mkdirSync(base, { recursive: true });
  return realpathSync(mkdtempSync(join(base, `${name}-`)));
};

/** The packaged extension, installed once a run whichever test comes first; every window gets a copy. */
const installed = async (vsix: string): Promise<string> => {
  const { installExtensions, once, serverBuild } = await scripts();
  const key = createHash('sha256')
    .update(`${vsix} ${statSync(vsix).mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const template = join(process.env['CASEBOOK_E2E_TEMP'] ?? tmpdir(), `casebook-installed-${key}`);
  const build = await serverBuild();
  await once(template, (folder) => installExtensions(build, folder, [vsix]));
  return join(template, 'extensions');
};

export interface EditorOptions {
  vsix: string;
  dataDir: string;
  trusted: boolean;
  settings: Record<string, unknown>;
  env: Record<string, string>;
  viewport: { width: number; height: number };
}

export const startEditor = async (options: EditorOptions): Promise<{ server: Server; context: BrowserContext }> => {
  const { chromiumFlags, cleanEnv, findChromium, serverBuild, startServer, testHome } = await scripts();
  const { dataDir } = options;
  if (!existsSync(join(dataDir, 'extensions'))) {
    cpSync(await installed(options.vsix), join(dataDir, 'extensions'), { recursive: true });
  }
  const build = await serverBuild();
  const browser = await findChromium(build);
  const context = await chromium.launchPersistentContext(join(dataDir, 'browser'), {
    executablePath: browser.executablePath,
    args: chromiumFlags,
    env: cleanEnv(browser.env),
    viewport: options.viewport,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  try {
    const server = await startServer({
      build,
      dataDir,
      // The browser keeps the window's state by address, port included: a second window on it must find it again
      ...(existsSync(join(dataDir, 'port')) ? { port: Number(readFileSync(join(dataDir, 'port'), 'utf8')) } : {}),
      workspaceTrust: !options.trusted,
      settings: options.settings,
      env: { ...testHome(join(dataDir, 'home')), ...options.env },
    });
    return { server, context };
  } catch (error) {
    await context.close();
    throw error;
  }
};

/** Asks again and again until there is an answer: for what no event tells. */
export const waitFor = async <T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`There was no ${what} in time`);
    await new Promise((next) => setTimeout(next, 50));
  }
};

/** The process in which the server runs the extensions. */
export const extensionHostOf = (server: Server): number | undefined => {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
      if (Number(parent) !== server.pid) continue;
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('extensionHost')) return Number(name);
    } catch {
      // It has ended meanwhile
    }
  }
  return undefined;
};

/** The page of the editor reports what this server does not have, its key for secrets among it: no concern of ours. */
const noise = /code 404|404 \(|Method Not Allowed|code \(404\)|ServiceWorker|net::ERR_|Canceled/;

/** The editor writes its whole log to the console; ours are the entries that name our extension. */
export const concernsUs = (error: string): boolean =>
  error.startsWith('%c') ? error.includes('casebook.casebook') : !noise.test(error);
