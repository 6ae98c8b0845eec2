/** A real server on this machine that keeps what it was asked, and that can be made to fail. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Below the path of the site. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export abstract class LocalServer {
  readonly asked: Asked[] = [];
  /** True: the work is done, and the connection cut before the answer. */
  diesAfter: (asked: Asked) => boolean = () => false;
  /** An answer instead of the usual one, and nothing is done. */
  instead: (asked: Asked) => Answer | undefined = () => undefined;
  /** Another answer for what was done. */
  answersInstead: (asked: Asked) => Answer | undefined = () => undefined;
  private readonly server: Server;
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  /** @returns the address of the site, below a path */
  async start(): Promise<string> {
    this.server.listen(this.port, '127.0.0.1');
    await new Promise((done) => this.server.once('listening', done));
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}/zentao`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  sent(method: string, path: RegExp): readonly Asked[] {
    return this.asked.filter((asked) => asked.method === method && path.test(asked.path));
  }

  protected abstract answer(asked: Asked): Promise<Answer>;

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: Asked = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/zentao/, ''),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.asked.push(asked);
    const { status, headers, body } = this.instead(asked) ?? (await this.done(asked));
    if (this.diesAfter(asked)) request.socket.destroy();
    // a connection that is kept would make "nobody there" look like "no answer"
    else response.writeHead(status, { Connection: 'close', ...headers }).end(body ?? '');
  }

  private async done(asked: Asked): Promise<Answer> {
    const usual = await this.answer(asked);
    return this.answersInstead(asked) ?? usual;
  }
}
