/** What the index is made of: articles of the knowledge folder and cases of the casebook, as they lie on disk. */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArticleEntry, StoredCase } from '../../domain/ports';
import {
  articleFacets,
  articleReading,
  articleText,
  caseFacets,
  caseReading,
  caseText,
  type Facets,
  type SearchText,
} from '../../domain/search/document';
import { readEntry } from '../knowledge/articleEntry';
import { listMarkdown } from '../knowledge/listing';
import { listCases, stampAll } from '../store/caseFiles';
import { type FileStamp, storedCase } from '../store/caseLog';
import { readLines } from '../store/jsonLines';
import { caseFileOf, caseIdAt, casePathOf } from '../store/layout';

export type Kind = 'case' | 'article';

/** What is known of an indexed document without reading it. */
export interface Known extends FileStamp {
  readonly is: Kind;
  readonly title: string;
  readonly facets: Facets;
  /** ISO-8601 of a case, milliseconds since the epoch of an article. */
  readonly changed: number;
  /** What counts less: archived, withdrawn, merged. */
  readonly isPast: boolean;
  readonly article?: ArticleEntry;
}

export interface Source {
  readonly is: Kind;
  /** The id of every document that there is. */
  list(): Promise<readonly string[]>;
  /** In the order of the ids; undefined where there is nothing to read. */
  stamp(ids: readonly string[]): Promise<readonly (FileStamp | undefined)[]>;
  /** Reads one document. @throws the system's error */
  read(id: string, stamp: FileStamp): { readonly known: Known; readonly text: SearchText };
  /** Its text as it reads. @throws the system's error */
  reading(id: string): string;
}

/** Articles stamped before others get their turn. */
const STAMPED_AT_ONCE = 200;

async function stampFiles(paths: readonly string[]): Promise<(FileStamp | undefined)[]> {
  const stamps: (FileStamp | undefined)[] = [];
  for (const [index, path] of paths.entries()) {
    // waiting for each costs several times what the answer costs
    const stats = statSync(path, { throwIfNoEntry: false });
    stamps.push(stats?.isFile() ? { size: stats.size, mtimeMs: stats.mtimeMs } : undefined);
    if (index % STAMPED_AT_ONCE === STAMPED_AT_ONCE - 1) await nextTurn();
  }
  return stamps;
}

export function articleSource(folder: string): Source {
  return {
    is: 'article',
    list: () => listMarkdown(folder),
    stamp: stampFiles,
    read: (path, stamp) => {
      const text = readFileSync(path, 'utf8');
      const article = readEntry(path, basename(relative(folder, dirname(path))), text, stamp.mtimeMs);
      const known: Known = {
        ...stamp,
        is: 'article',
        title: article.title,
        facets: articleFacets(article),
        changed: stamp.mtimeMs,
        isPast: article.state === 'archived',
        article,
      };
      return { known, text: articleText(article, text) };
    },
    reading: (path) => articleReading(readFileSync(path, 'utf8')),
  };
}

export function caseSource(folder: string): Source {
  const fileOf = (id: string) => caseFileOf(folder, casePathOf(id));
  const parse = (id: string, text: string): StoredCase => storedCase(id, readLines(text));
  return {
    is: 'case',
    list: async () =>
      (await listCases(folder)).paths.flatMap((path) => {
        const id = caseIdAt(path);
        return id === undefined ? [] : [id];
      }),
    stamp: async (ids) =>
      (await stampAll(folder, ids.map(casePathOf))).map((stamp) => (stamp instanceof Error ? undefined : stamp)),
    read: (id, stamp) => {
      const { state } = parse(id, readFileSync(fileOf(id), 'utf8'));
      const text = caseText(state);
      const known: Known = {
        ...stamp,
        is: 'case',
        title: text.title,
        facets: caseFacets(state),
        changed: Date.parse(state.lastEvent?.at ?? '') || stamp.mtimeMs,
        isPast: state.status === 'withdrawn' || state.status === 'merged' || state.status === 'converted',
      };
      return { known, text };
    },
    reading: (id) => caseReading(caseText(parse(id, readFileSync(fileOf(id), 'utf8')).state)),
  };
}
