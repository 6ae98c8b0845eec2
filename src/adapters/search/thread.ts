/** The index in a thread of its own: reading thousands of files never takes the editor's turn. */
import { parentPort, workerData } from 'node:worker_threads';
import { FolderWatch } from '../knowledge/folderWatch';
import { Catalog } from './catalog';
import type { Reply, Request, ThreadData } from './messages';

/** Milliseconds of silence in the knowledge folder before it is looked at. */
const QUIET = 200;

const data = workerData as ThreadData;
const say = (reply: Reply) => parentPort?.postMessage(reply);
const catalog = new Catalog(data, () => say({ progress: catalog.progress() }));
let watch: FolderWatch | undefined;

parentPort?.on('message', (request: Request) => {
  answer(request).then(say, (error: unknown) =>
    say({ number: request.number, failure: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(request: Request): Promise<Reply> {
  const { number } = request;
  if (request.do === 'find') return { number, hits: await catalog.find(request.query) };
  watch ??= new FolderWatch(
    data.knowledgeFolder,
    () => void catalog.refresh(['articles']).catch(() => undefined),
    QUIET,
  );
  await catalog.refresh(request.parts, request.cases);
  return { number, hits: [] };
}
