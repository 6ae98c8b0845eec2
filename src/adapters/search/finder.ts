/** The finder: asks the thread that keeps the index, and joins its answers with the list of cases. */
import { Worker } from 'node:worker_threads';
import { isCaseId } from '../../domain/case/ids';
import type { CaseStore } from '../../domain/ports';
import { StoreError } from '../../domain/ports';
import type { Finder, FindProgress, FindQuery, Found } from '../../domain/search/find';
import type { CaseSummary } from '../../domain/summary';
import type { Hit } from './catalog';
import type { Reply, Request, ThreadData } from './messages';

export interface FinderOptions extends ThreadData {
  /** Absolute path of the built `thread.ts`. */
  readonly thread: string;
  readonly store: Pick<CaseStore, 'load' | 'summaries' | 'onDidChange'>;
}

export function openFinder(options: FinderOptions): Finder & { dispose(): void } {
  return new ThreadFinder(options);
}

const CLOSED = 'the casebook was closed';

type Unnumbered<T> = T extends unknown ? Omit<T, 'number'> : never;

interface Waiting {
  readonly resolve: (hits: readonly Hit[]) => void;
  readonly reject: (error: Error) => void;
}

class ThreadFinder implements Finder {
  readonly #options: FinderOptions;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #subscription: { dispose(): void };
  #worker: Worker | undefined;
  #isDisposed = false;
  #number = 0;
  #progress: FindProgress | undefined;
  #byId: { readonly of: readonly CaseSummary[]; readonly map: ReadonlyMap<string, CaseSummary> } | undefined;

  constructor(options: FinderOptions) {
    this.#options = options;
    this.#subscription = options.store.onDidChange((ids) => {
      // before the first question there is nothing to keep in line
      if (this.#worker) this.#refreshQuietly(ids === 'all' ? undefined : ids.filter(isCaseId));
    });
  }

  async find(query: FindQuery): Promise<readonly Found[]> {
    const [hits] = await Promise.all([this.#ask({ do: 'find', query }), this.#options.store.load()]);
    const cases = this.#cases();
    return hits.flatMap(({ is, article, ...text }): Found[] => {
      if (is === 'article') return article ? [{ is, article, ...text }] : [];
      const summary = cases.get(text.id);
      return summary ? [{ is, case: summary, ...text }] : [];
    });
  }

  async refresh(): Promise<void> {
    await this.#ask({ do: 'refresh', parts: ['articles', 'cases'] });
  }

  progress(): FindProgress | undefined {
    return this.#progress;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscription.dispose();
    this.#listeners.clear();
    void this.#worker?.terminate();
    this.#end(new Error(CLOSED));
  }

  #refreshQuietly(cases?: readonly string[]): void {
    const request = { do: 'refresh', parts: ['cases'], ...(cases ? { cases } : {}) } as const;
    this.#askQuietly(request);
  }

  /** Nobody waits for it; whoever asks next is told what is wrong. */
  #askQuietly(request: Unnumbered<Request>): void {
    this.#ask(request).catch(() => undefined);
  }

  #cases(): ReadonlyMap<string, CaseSummary> {
    const summaries = this.#options.store.summaries();
    // the store hands over the same list until something changes
    if (this.#byId?.of !== summaries) {
      this.#byId = { of: summaries, map: new Map(summaries.map((summary) => [summary.id, summary])) };
    }
    return this.#byId.map;
  }

  #ask(request: Unnumbered<Request>): Promise<readonly Hit[]> {
    if (this.#isDisposed) return Promise.reject(this.#failure(new Error(CLOSED)));
    const worker = (this.#worker ??= this.#start());
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      worker.ref();
      worker.postMessage({ ...request, number });
    });
  }

  #start(): Worker {
    const { folder, knowledgeFolder, file, version, thread } = this.#options;
    const workerData: ThreadData = { folder, knowledgeFolder, file, version };
    const worker = new Worker(thread, { workerData });
    worker.on('message', (reply: Reply) => {
      this.#hear(reply);
      // the index alone keeps no process alive
      if (this.#waiting.size === 0) worker.unref();
    });
    const end = (error: Error) => {
      if (this.#worker === worker) this.#end(error);
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('the search index ended')));
    this.#worker = worker;
    this.#askQuietly({ do: 'refresh', parts: ['articles', 'cases'] });
    return worker;
  }

  #hear(reply: Reply): void {
    if ('progress' in reply) {
      this.#progress = reply.progress;
      for (const listener of this.#listeners) listener();
      return;
    }
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('hits' in reply) waiting?.resolve(reply.hits);
    else waiting?.reject(this.#failure(new Error(reply.failure)));
  }

  /** The next question starts a new thread. */
  #end(cause: Error): void {
    this.#worker = undefined;
    this.#progress = undefined;
    for (const { reject } of this.#waiting.values()) reject(this.#failure(cause));
    this.#waiting.clear();
  }

  #failure(cause: Error): StoreError {
    return new StoreError('failed', this.#options.folder, { cause });
  }
}
