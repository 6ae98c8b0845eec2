/** Makes a report's files in a thread, which is loaded when one is asked for and ends with it. */
import { Worker } from 'node:worker_threads';
import type { ReportDocument } from '../../domain/report/document/reportDocument';
import type { RenderedFile, ReportFormat, ReportRenderer } from '../../domain/report/reportShelf';

export interface RenderWork {
  readonly document: ReportDocument;
  readonly stem: string;
  readonly formats: readonly ReportFormat[];
}

/** @param thread absolute path of the built `thread.ts` */
export function threadRenderer(thread: string): ReportRenderer {
  return {
    render: (document, stem, formats) =>
      new Promise<readonly RenderedFile[]>((resolve, reject) => {
        const work: RenderWork = { document, stem, formats };
        const worker = new Worker(thread, { workerData: work });
        worker.once('message', resolve);
        worker.once('error', reject);
        // after a message this changes nothing any more
        worker.once('exit', (code) => reject(new Error(`the report's thread ended with ${code}`)));
      }),
  };
}
