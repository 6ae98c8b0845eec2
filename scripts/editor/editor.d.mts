/** VS Code's server as it is installed in the cache. */
export interface ServerBuild {
  folder: string;
  /** The version of VS Code. */
  version: string;
  /** The path of the Node it runs on. */
  node: string;
  nodeVersion: string;
  /** The path of VS Code's own server-main.js. */
  main: string;
}

/** The server build, installed if it is not yet. */
export function serverBuild(): Promise<ServerBuild>;

export interface ServerOptions {
  build: ServerBuild;
  /** Settings, extensions and state are kept here: one folder a server. */
  dataDir: string;
  /** The port; a free one when it is left out. */
  port?: number;
  /** What a browser must show to be let in; without one the server lets in everybody on this machine. */
  token?: string;
  /** Whether the editor asks if the folder is trusted. */
  workspaceTrust?: boolean;
  /** Makes the page honour an extension under development and its tests; it then shows no notifications. */
  driver?: boolean;
  /** Added to the settings that keep the editor quiet. */
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Server {
  port: number;
  pid: number;
  /** The address of a window on a folder; `payload` reaches the window as its options. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** Where this machine's file is, in the window's words. */
  remote(path: string): string;
  /** When the server has ended, by itself or by `stop`. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export function startServer(options: ServerOptions): Promise<Server>;

/** The file of the settings that a running server watches. */
export function settingsFile(dataDir: string): string;

/** Installs packaged extensions into a data folder. */
export function installExtensions(build: ServerBuild, dataDir: string, vsix: readonly string[]): Promise<void>;

/** What playwright needs to start a browser: an installed Chromium or Chrome, else the one the server build carries. */
export function findChromium(build: ServerBuild): Promise<{ executablePath: string; env: Record<string, string> }>;

/** Keeps the browser from looking anything up on its own. */
export const chromiumFlags: string[];

/** Our environment without what leaks from a surrounding editor, npm or git. */
export function cleanEnv(extra?: Record<string, string | undefined>): Record<string, string>;

/** Writes settings on top of those that keep the editor quiet. */
export function writeSettings(file: string, settings: Record<string, unknown>): void;

/** Makes a home folder in which git knows a name, and returns the environment that points to it. */
export function testHome(folder: string): Record<string, string>;

/** Fills a folder once, also where several processes want it at the same moment; nobody ever sees half of it. */
export function once(target: string, fill: (folder: string) => Promise<void>): Promise<void>;
