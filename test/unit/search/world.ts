// A casebook, a knowledge folder and a place for the index, as they lie on a machine.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Catalog } from '../../../src/adapters/search/catalog';
import type { FindQuery } from '../../../src/domain/search/find';
import { yearOf } from '../../../src/domain/case/ids';
import { aCase, type CaseInHand } from '../../builders';

export class World {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'casebook-search-')));
  readonly folder = join(this.root, 'book');
  readonly knowledgeFolder = join(this.root, 'knowledge');
  readonly file = join(this.root, 'state', 'search.json');

  constructor() {
    mkdirSync(join(this.folder, 'cases'), { recursive: true });
    mkdirSync(this.knowledgeFolder, { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  get options() {
    const { folder, knowledgeFolder, file } = this;
    return { folder, knowledgeFolder, file, version: '1' };
  }

  /** @returns its absolute path */
  article(name: string, text: string): string {
    const path = join(this.knowledgeFolder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  write(written: CaseInHand): void {
    const year = join(this.folder, 'cases', yearOf(written.id));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(year, `${written.id}.jsonl`), written.text());
  }

  case(intake: Readonly<Record<string, unknown>>, kind: 'issue' | 'request' = 'issue'): string {
    const written = aCase(kind, { intake });
    this.write(written);
    return written.id;
  }
}

/** Titles of what is found, best first. */
export async function titles(catalog: Catalog, query: string | FindQuery): Promise<string[]> {
  const found = await catalog.find(typeof query === 'string' ? { text: query } : query);
  return found.map(({ title }) => title);
}
