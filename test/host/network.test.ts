import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../src/adapters/machine/clock';
import { openTrackers } from '../../src/adapters/tickets/connectedTrackers';
import { askingSentence } from '../../src/features/connections/words';
import { secretsInMemory } from '../unit/tickets/secretsInMemory';
import { ZenTaoLike } from '../unit/tickets/zentao/zentaoLike';
import { api } from './casebook';

const setting = (section: string, key: string, value: unknown) =>
  vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);

/** Passes on whatever it is asked for to one server, and notes for whom that was meant. */
function proxyTo(port: number, meant: string[]) {
  const server = createServer((incoming, outgoing) => {
    meant.push(new URL(incoming.url ?? '').host);
    const { pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const passed = request({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  server.on('connect', (incoming, socket, head) => {
    meant.push(incoming.url ?? '');
    const passed = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      passed.write(head);
      passed.pipe(socket);
      socket.pipe(passed);
    });
    const end = () => {
      passed.destroy();
      socket.destroy();
    };
    passed.on('error', end);
    socket.on('error', end);
  });
  return server;
}

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port;

describe("the way to a ticket system is the editor's own", () => {
  const closing: (() => unknown)[] = [];
  const trackers = openTrackers({
    setting: () => vscode.workspace.getConfiguration('casebook').get('trackers'),
    secrets: secretsInMemory(),
    clock: systemClock,
  });
  const connected = (url: string) =>
    setting('casebook', 'trackers', [{ name: '禅道', system: 'zentao', url, account: 'support1', allowHttp: true }]);

  afterEach(async () => {
    await setting('http', 'proxy', undefined);
    await setting('http', 'proxySupport', undefined);
    await setting('casebook', 'trackers', undefined);
    for (const close of closing.splice(0)) await close();
  });

  it('goes through the proxy of the setting http.proxy', async () => {
    await api();
    const zentao = new ZenTaoLike();
    const site = new URL(await zentao.start());
    const meant: string[] = [];
    const proxy = proxyTo(Number(site.port), meant).listen(0, '127.0.0.1');
    await new Promise((done) => proxy.once('listening', done));
    closing.push(
      () => zentao.stop(),
      () => proxy.closeAllConnections(),
      () => proxy.close(),
    );
    // a name that only the proxy knows the way to
    await connected('http://zentao.company.test/zentao');
    await setting('http', 'proxy', `http://127.0.0.1:${portOf(proxy)}`);
    await setting('http', 'proxySupport', 'override');
    const identity = await trackers.signIn('禅道', ZenTaoLike.password);
    assert.deepEqual(identity, { account: 'support1', displayName: '李售后', version: '18.10' });
    assert.ok(meant.length > 0 && meant.every((host) => host.startsWith('zentao.company.test')), meant.join());
  });

  it('says of a certificate that is not trusted whose it is and what helps', async () => {
    const fixture = (name: string) => readFileSync(join(__dirname, '../../../../test/fixtures/certificates', name));
    const options = { key: fixture('server.key'), cert: fixture('server.pem') };
    const server = createSecureServer(options, (_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const url = `https://127.0.0.1:${portOf(server)}/zentao`;
    await connected(url);
    const error: unknown = await trackers.signIn('禅道', 'x').catch((reason: unknown) => reason);
    const sentence = askingSentence(error, url);
    assert.match(
      sentence,
      /^The certificate of 127\.0\.0\.1:\d+ is not trusted here \(\w+\)\. Install your company's root/,
    );
    assert.match(sentence, /http\.systemCertificates.*NODE_EXTRA_CA_CERTS/);
  });
});
