/** Cases of a casebook as the report reads them: many at a time, without blocking the editor. */
import { isCaseId } from '../../domain/case/ids';
import type { CaseLog, CaseLogs } from '../../domain/report/sources';
import { readAll } from '../store/caseFiles';
import { readLines } from '../store/jsonLines';
import { casePathOf } from '../store/layout';

/** So many texts are in memory at once. */
const BATCH = 64;

/** @param folder absolute path of the casebook */
export function openCaseLogs(folder: string): CaseLogs {
  return { read: (ids) => readBatches(folder, ids.filter(isCaseId)) };
}

async function* readBatches(folder: string, ids: readonly string[]): AsyncIterable<readonly CaseLog[]> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const logs: CaseLog[] = [];
    await readAll(folder, batch.map(casePathOf), (index, text) => {
      const id = batch[index];
      if (id === undefined || typeof text !== 'string' || text.trim() === '') return;
      const { events, quarantined } = readLines(text);
      logs.push({ id, events, quarantined: quarantined.length });
    });
    yield logs;
  }
}
