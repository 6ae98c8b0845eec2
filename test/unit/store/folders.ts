/** Real folders, stores and waiting for the tests of the store. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { createCasebook } from '../../../src/adapters/store/layout';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { yearOf } from '../../../src/domain/case/ids';
import type { CaseStore } from '../../../src/domain/ports';
import type { CaseInHand } from '../../builders';

const opened: { dispose(): void }[] = [];
const folders: string[] = [];

/** An empty folder; gone after the test. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-store-')));
  folders.push(folder);
  return folder;
}

/** To be run after each test. */
export function cleanUp(): void {
  for (const item of opened.splice(0)) item.dispose();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export async function newCasebook(): Promise<string> {
  const folder = join(tempFolder(), 'casebook');
  await createCasebook(folder);
  return folder;
}

/** A store over the folder, not loaded yet; each has an index file of its own unless one is named. */
export async function storeOver(folder: string, indexFile = join(tempFolder(), 'index.jsonl')): Promise<CaseStore> {
  const settings = await openSettingsFile({ folder });
  const store = openCaseStore({
    folder,
    indexFile,
    version: '1',
    clock: systemClock,
    random: systemRandom,
    settings,
  });
  opened.push(store);
  return store;
}

export function fileOf(folder: string, id: string): string {
  return join(folder, 'cases', yearOf(id), `${id}.jsonl`);
}

/** Writes a case's file as git or another machine would bring it. */
export function place(folder: string, item: Pick<CaseInHand, 'id' | 'text'>): string {
  const file = fileOf(folder, item.id);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, item.text());
  return file;
}

/** Waits until something holds; fails when it does not within ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not happen: ${what}`);
    await delay(10);
  }
}

export const noteEvent = (text: string) => ({ type: 'note', data: { step: '1.1', round: 1, values: { text } } });
