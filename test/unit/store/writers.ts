/** Starts writers in processes of their own, as other windows would be. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { tempFolder } from './folders';

export interface Writer {
  readonly process: ChildProcess;
  /** What it acknowledged so far: "<case id> <text of the note>", or "refused <reason>". */
  lines(): readonly string[];
  readonly ended: Promise<void>;
}

/** @returns the path of a script that plain Node runs */
export const bundleWriter = (): Promise<string> => bundleScript(join('test', 'unit', 'store', 'writer.ts'));

/** @param entry below the repository. @returns the path of a script that plain Node runs */
export async function bundleScript(entry: string): Promise<string> {
  const outfile = join(tempFolder(), 'writer.js');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'error',
  });
  return outfile;
}

/** @param user the user id it runs as, where the system knows such a thing */
export function startWriter(script: string, args: readonly string[], user?: number): Writer {
  if (user !== undefined) chmodSync(join(script, '..'), 0o755);
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  return {
    process: child,
    // a killed writer's last line may be torn: only whole ones are acknowledged
    lines: () => output.split('\n').slice(0, -1),
    ended: new Promise((resolve) => {
      child.once('close', () => resolve());
    }),
  };
}
