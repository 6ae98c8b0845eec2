/** Writes, draws and packs one report in a thread of its own: none of that takes the editor's turn. */
import { parentPort } from 'node:worker_threads';
import { reportDocument } from '../../domain/report/document/build';
import type { RenderWork } from '../../domain/report/reportShelf';
import type { CaseRow } from '../../domain/report/serviceReport';
import type { Request } from './messages';
import { renderReport } from './render';

let work: RenderWork | undefined;
const cases: CaseRow[] = [];

parentPort?.on('message', (request: Request) => {
  switch (request.do) {
    case 'begin':
      work = request.work;
      break;
    case 'cases':
      cases.push(...request.cases);
      break;
    case 'make':
      // what goes wrong becomes the worker's `error`
      if (work) void make(work);
      break;
  }
});

async function make({ report, language, options, stem, formats }: RenderWork): Promise<void> {
  const document = reportDocument({ ...report, cases }, language, options);
  parentPort?.postMessage(await renderReport(document, stem, formats));
}
