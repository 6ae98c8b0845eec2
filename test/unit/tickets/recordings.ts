/** Exchanges with real ticket systems, recorded: those of `../shared` where they are there, and those written here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: unknown;
    readonly bodyIsJson: boolean;
  };
}

const shared = join(process.cwd(), '..', 'shared', 'trackers');

/** @returns nothing where the recordings are not on this machine; says so once */
export function recordings(system: string): readonly Recording[] {
  const folder = join(shared, system);
  if (!existsSync(folder)) {
    console.log(`    (no recordings of ${system} on this machine: the ones written for the tests are used alone)`);
    return [];
  }
  const files = readdirSync(folder).filter((name) => /^\d+-.*\.json$/.test(name));
  console.log(`    (${files.length} recordings of ${system})`);
  return files.toSorted().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recording);
}
