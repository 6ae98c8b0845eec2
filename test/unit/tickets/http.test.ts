/** What becomes of a call: real servers that answer, refuse, stall, or are not there. */
import { strict as assert } from 'node:assert';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { failureOf, Http, patienceFor, read, retryAfter } from '../../../src/adapters/tickets/http';

describe('a call to a ticket system', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(answer: RequestListener): Promise<string> {
    server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((done) => server?.once('listening', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub/path/`;
  }

  it('waits longer for what takes longer to send', () => {
    const form = new FormData();
    form.append('comment', 'x'.repeat(500));
    form.append('files[]', new Blob([new Uint8Array(20_000_000)]), 'core.dump');
    assert.deepEqual(
      [patienceFor(undefined), patienceFor({ a: 1 }), patienceFor(new Uint8Array(1_000_000)), patienceFor(form, 1_000)],
      [30_000, 30_000, 50_000, 401_010],
    );
  });

  it('goes below the path of the site, and hands any answer back', async () => {
    const url = await serve((request, response) => {
      response
        .writeHead(404, { 'X-Told': String(request.headers['content-type']) })
        .end(`${request.method} ${request.url}`);
    });
    const reply = await new Http({ url, secrets: [] }).send({ method: 'POST', path: '/api?x=1', body: { a: 1 } });
    assert.deepEqual([reply.status, reply.text], [404, 'POST /sub/path/api?x=1']);
    assert.equal(reply.headers.get('x-told'), 'application/json');
  });

  it('is sent on within its own site only, and a write never', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(`elsewhere ${JSON.stringify(request.headers)}`);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => elsewhere.once('listening', done));
    const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const url = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === '/new') response.end('moved here');
      else response.writeHead(302, { Location: request.url === '/sub/path/here' ? '/new' : other }).end();
    });
    const http = new Http({ url, secrets: [] });
    const headers = { 'X-Redmine-API-Key': 'key' };
    assert.equal((await http.send({ method: 'GET', path: '/here', headers })).text, 'moved here');
    const lost = { reason: 'not-understood', said: `→ ${other.slice(0, -1)}`, isUndone: false };
    await assert.rejects(http.send({ method: 'GET', path: '/away', headers }), lost);
    await assert.rejects(http.send({ method: 'POST', path: '/here', headers, body: {} }), { reason: 'not-understood' });
    assert.deepEqual(asked, ['GET /sub/path/here', 'GET /new', 'GET /sub/path/away', 'POST /sub/path/here']);
    elsewhere.close();
  });

  it('tells an answer that never comes from one that was called off', async () => {
    const url = await serve(() => undefined);
    const slow = new Http({ url, secrets: [], timeout: 50 });
    await assert.rejects(slow.send({ method: 'GET', path: '/' }), { reason: 'no-answer' });
    const patient = new Http({ url, secrets: [] });
    await assert.rejects(patient.send({ method: 'GET', path: '/', signal: AbortSignal.abort() }), {
      reason: 'cancelled',
    });
  });

  it('tells a server that dies while it answers from one that is not there', async () => {
    const url = await serve((request) => request.socket.destroy());
    const http = new Http({ url, secrets: [] });
    await assert.rejects(http.send({ method: 'POST', path: '/', body: {} }), { reason: 'no-answer', isUndone: false });
    server?.close();
    await new Promise((done) => server?.once('close', done));
    await assert.rejects(http.send({ method: 'POST', path: '/', body: {} }), { reason: 'offline', isUndone: true });
    const nowhere = new Http({ url: 'not an address', secrets: [] });
    await assert.rejects(nowhere.send({ method: 'GET', path: '/' }), { reason: 'offline' });
  });

  it('takes half an answer for a lost one', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"id":');
      setImmediate(() => request.socket.destroy());
    });
    await assert.rejects(new Http({ url, secrets: [] }).send({ method: 'GET', path: '/' }), { reason: 'no-answer' });
  });

  it('says what it could not read, and nothing of a secret', async () => {
    const url = await serve((_request, response) => response.end('<html>token s3cret</html>'));
    const http = new Http({ url, secrets: ['s3cret', ''] });
    const reply = await http.send({ method: 'GET', path: '/' });
    assert.throws(() => read(v.object({ id: v.number() }), reply), { reason: 'not-understood' });
    assert.equal(http.clean(reply.text), '<html>token ***</html>');
  });

  it('knows when to come again', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    const after = (value: string) => retryAfter(new Headers({ 'Retry-After': value }), now);
    assert.equal(after('17'), 17_000);
    assert.equal(after('Sun, 22 Nov 2026 10:01:00 GMT'), 60_000);
    assert.equal(after('Sun, 22 Nov 2026 09:00:00 GMT'), 0);
    assert.equal(after('soon'), undefined);
    assert.equal(retryAfter(new Headers(), now), undefined);
  });

  it('has a reason for every status', () => {
    const reasons = [200, 400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 503].map(failureOf);
    assert.deepEqual(reasons, [
      undefined,
      'refused',
      'sign-in',
      'forbidden',
      'not-found',
      'conflict',
      'too-large',
      'refused',
      'refused',
      'too-many',
      'broken',
      'broken',
    ]);
  });
});
