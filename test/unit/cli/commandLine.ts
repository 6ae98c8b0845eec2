/** Runs the built command line as a server would: copied away from everything that it could lean on. */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { tempFolder } from '../store/folders';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Run = (...args: readonly string[]) => Promise<Ended>;

/** The part of the extension's folder that the command line needs. @returns absolute path of the script */
export function shipped(): string {
  const folder = tempFolder();
  mkdirSync(join(folder, 'dist'));
  for (const name of ['package.json', join('dist', 'casebook.js'), join('dist', 'reportThread.js')]) {
    copyFileSync(name, join(folder, name));
  }
  return join(folder, 'dist', 'casebook.js');
}

/** @param variables beside what finding git and a home takes */
export function runner(script: string, variables: Readonly<Record<string, string>> = {}): Run {
  const { PATH, SystemRoot } = process.env;
  const home = tempFolder();
  const env = { PATH, SystemRoot, HOME: home, USERPROFILE: home, ...variables };
  return (...args) =>
    new Promise((resolve) => {
      const child = execFile(process.execPath, [script, ...args], { cwd: home, env }, (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      });
    });
}

/** Every file below a folder with what is in it, git's own left out. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths.filter((path) => !path.split(sep).includes('.git')).map((path) => [path, readFileSync(path, 'base64')]),
  );
}

export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}
