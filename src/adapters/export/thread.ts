/** Draws and packs one report in a thread of its own: neither takes the editor's turn. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RenderWork } from './threadRenderer';
import { renderReport } from './render';

const { document, stem, formats } = workerData as RenderWork;

// what goes wrong becomes the worker's `error`
void renderReport(document, stem, formats).then((files) => parentPort?.postMessage(files));
