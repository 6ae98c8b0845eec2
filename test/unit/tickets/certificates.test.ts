/**
 * A company's own certificates. The fixtures were made with openssl: a root, and a server's certificate for 127.0.0.1 with
 * its key, which protects nothing. Both are valid from 2020 to 2120.
 */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Http } from '../../../src/adapters/tickets/http';
import { cleanUp } from '../store/folders';
import { bundleScript } from '../store/writers';

const fixture = (name: string) => join('test', 'fixtures', 'certificates', name);

describe('certificates of a company', () => {
  let server: Server;
  let port: number;

  before(async () => {
    const options = { key: readFileSync(fixture('server.key')), cert: readFileSync(fixture('server.pem')) };
    server = createServer(options, (_, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    cleanUp();
  });

  it('that nobody here knows are told from every other failure, and nothing was sent', async () => {
    const http = new Http({ url: `https://127.0.0.1:${port}/zentao`, secrets: [] });
    await assert.rejects(http.send({ method: 'GET', path: '/' }), {
      reason: 'certificate',
      said: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      isUndone: true,
    });
  });

  it('are trusted where NODE_EXTRA_CA_CERTS names their root, for the name that they are made out to', async function () {
    this.timeout(60_000);
    const script = await bundleScript(join('test', 'unit', 'tickets', 'asker.ts'));
    const urls = [`https://127.0.0.1:${port}/zentao`, `https://localhost:${port}/zentao`];
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...urls], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: fixture('root.pem') },
    });
    assert.deepEqual(stdout.trim().split('\n'), ['200 ', 'certificate ERR_TLS_CERT_ALTNAME_INVALID']);
  });
});
