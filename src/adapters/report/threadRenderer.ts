/** Makes a report's files in a thread, which is loaded when one is asked for and ends with it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { RenderedFile, ReportRenderer } from '../../domain/report/reportShelf';
import type { ServiceReport } from '../../domain/report/serviceReport';
import type { Request } from './messages';

/** Cases that are sent at once: a few milliseconds. */
const PIECE = 500;

/** @param thread absolute path of the built `thread.ts` */
export function threadRenderer(thread: string): ReportRenderer {
  return {
    render: async (work) => {
      const worker = new Worker(thread);
      const files = new Promise<readonly RenderedFile[]>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        // after a message this changes nothing any more
        worker.once('exit', (code) => reject(new Error(`the report's thread ended with ${code}`)));
      });
      const send = (request: Request) => worker.postMessage(request);
      const sending = (async () => {
        const { cases } = work.report;
        send({ do: 'begin', work: { ...work, report: withoutIds({ ...work.report, cases: [] }) } });
        for (let at = 0; at < cases.length; at += PIECE) {
          send({ do: 'cases', cases: cases.slice(at, at + PIECE) });
          await nextTurn();
        }
        send({ do: 'make' });
      })();
      try {
        const [made] = await Promise.all([files, sending]);
        return made;
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** Files name no cases behind their figures, and a large report names each of its thousands dozens of times. */
function withoutIds(report: ServiceReport): ServiceReport {
  const { articles } = report.service.knowledge;
  const bare = bareOf(report) as ServiceReport;
  const { service } = bare;
  return { ...bare, service: { ...service, knowledge: { ...service.knowledge, articles } } };
}

function bareOf(value: unknown, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return /^others$|[cC]ases$/.test(key) ? [] : value.map((entry) => bareOf(entry));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bareOf(part, name)]));
}
