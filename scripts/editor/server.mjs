// Starts VS Code's own server on this machine's loopback, and tells where its windows are.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, start, stop } from './processes.mjs';
import { writeSettings } from './settings.mjs';

const patience = 60_000;

/** @type {typeof import('./editor.d.mts').settingsFile} */
export const settingsFile = (dataDir) => join(dataDir, 'data', 'Machine', 'settings.json');

/** @type {typeof import('./editor.d.mts').startServer} */
export const startServer = async ({ build, dataDir, port = 0, token, workspaceTrust, driver, settings, env }) => {
  mkdirSync(dataDir, { recursive: true });
  writeSettings(settingsFile(dataDir), settings ?? {});
  const args = [
    build.main,
    '--host=127.0.0.1',
    `--port=${port}`,
    ...common(dataDir),
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(driver ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = start(build.node, args, { env: cleanEnv(env) });
  const bound = await listening(child);
  const origin = `127.0.0.1:${bound}`;
  return {
    port: bound,
    pid: child.pid ?? 0,
    url: (folder, payload) => {
      const address = new URL(`http://${origin}/`);
      if (token) address.searchParams.set('tkn', token);
      address.searchParams.set('folder', asUriPath(folder));
      if (payload) address.searchParams.set('payload', JSON.stringify(payload));
      return address.href;
    },
    remote: (path) => `vscode-remote://${origin}${encodeURI(asUriPath(path))}`,
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
    stop: () => stop(child),
  };
};

/** @param {string} dataDir */
const common = (dataDir) => ['--server-data-dir', dataDir, '--accept-server-license-terms', '--telemetry-level=off'];

/** @param {string} path */
const asUriPath = (path) => (path.startsWith('/') ? path : `/${path.replaceAll('\\', '/')}`);

/**
 * The port a server listens on, once it does.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
const listening = (child) =>
  new Promise((resolve, reject) => {
    let said = '';
    /** @param {string} why */
    const fail = (why) => {
      void stop(child);
      reject(new Error(`The VS Code server ${why}:\n${said}`));
    };
    const tooLong = setTimeout(() => fail('did not answer in time'), patience);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    /** @param {number | null} code */
    const ended = (code) => fail(`ended with ${code}`);
    child.once('exit', ended);
    child.stderr?.on('data', (chunk) => (said += chunk));
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const port = /agent listening on (\d+)/.exec(said)?.[1];
      if (!port) return;
      clearTimeout(tooLong);
      child.off('exit', ended);
      for (const stream of [child.stdout, child.stderr]) stream?.removeAllListeners('data').resume();
      resolve(Number(port));
    });
  });

/** @type {typeof import('./editor.d.mts').installExtensions} */
export const installExtensions = async (build, dataDir, vsix) => {
  const files = vsix.flatMap((file) => ['--install-extension', file]);
  const child = start(build.node, [build.main, ...common(dataDir), ...files]);
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The extension could not be installed:\n${said}`);
};
