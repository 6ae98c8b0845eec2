/** Jira when it refuses, fails, is slow or not there: each a reason, nothing twice, no secret in a message. */
import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JiraTracker } from '../../../../src/adapters/tickets/jira/jira';
import { type NewTicket, type TrackerConnection, TrackerError } from '../../../../src/domain/tickets/tracker';
import { JiraLike } from './jiraLike';

const ticket: NewTicket = {
  caseId: 'ISS-20261122-7K3F',
  kind: 'issue',
  place: 'VIS',
  title: '相机断线',
  text: '崩溃',
  fields: { issuetype: '10001', versions: ['21'], customfield_10010: '40' },
  files: [],
};

const connection = (url: string): TrackerConnection => ({
  name: 'Jira',
  system: 'jira',
  url,
  account: JiraLike.account,
  places: {},
  assignees: {},
  utcOffset: 480,
  textFormat: 'textile',
});

const now = () => Date.parse('2026-11-22T10:00:00Z');

const html = '<!DOCTYPE html><html><body>Log in</body></html>';
const refusals = [
  ['401 with nothing', { status: 401 }, { reason: 'sign-in', said: '' }],
  ['401 with HTML', { status: 401, body: html }, { reason: 'sign-in', said: '' }],
  [
    'a login that needs a person',
    {
      status: 403,
      headers: {
        'X-Seraph-LoginReason': 'AUTHENTICATION_DENIED',
        'X-Authentication-Denied-Reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp',
      },
    },
    { reason: 'sign-in', details: { status: 403, signInAt: 'https://jira.example.com/login.jsp' } },
  ],
  [
    'a refused token that counts as nobody',
    { status: 200, body: '{"issues":[]}', headers: { 'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED' } },
    { reason: 'sign-in' },
  ],
  ['403 with HTML', { status: 403, body: html }, { reason: 'forbidden', said: '' }],
  ['403 with nothing', { status: 403 }, { reason: 'forbidden' }],
  ['409', { status: 409, body: '{"errorMessages":["being moved"]}' }, { reason: 'conflict', said: 'being moved' }],
  [
    '410',
    { status: 410, body: '{"errorMessages":["removed"],"errors":{}}' },
    { reason: 'unsupported', said: 'removed' },
  ],
  ['413', { status: 413 }, { reason: 'too-large' }],
  [
    '400 with fields',
    { status: 400, body: '{"errorMessages":["Sorry."],"errors":{"summary":"is required","customfield_1":"is bad"}}' },
    {
      reason: 'refused',
      said: 'Sorry. is required is bad',
      details: { status: 400, fields: { title: 'is required', customfield_1: 'is bad' } },
    },
  ],
  [
    '429 in seconds',
    { status: 429, headers: { 'Retry-After': '7' } },
    { reason: 'too-many', details: { status: 429, retryAfter: 7_000 } },
  ],
  [
    '429 with the time of its next window',
    { status: 429, headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '2026-11-22T10:01Z' } },
    { reason: 'too-many', details: { status: 429, retryAfter: 60_000 } },
  ],
  ['429 that does not say when', { status: 429 }, { reason: 'too-many', details: { status: 429 } }],
  [
    '503',
    { status: 503, headers: { 'Retry-After': '2' } },
    { reason: 'broken', details: { status: 503, retryAfter: 2_000 } },
  ],
  ['500 with HTML', { status: 500, body: html }, { reason: 'broken', said: '' }],
  ['HTML for JSON', { status: 200, body: html }, { reason: 'not-understood' }],
  ['nothing for JSON', { status: 200, body: '' }, { reason: 'not-understood' }],
  ['half an answer', { status: 200, body: '{"id":"10007","key":"VIS-1","fie' }, { reason: 'not-understood' }],
  ['something else', { status: 200, body: '{"id":"1","key":"VIS-1","fields":{}}' }, { reason: 'not-understood' }],
] as const;

for (const isCloud of [true, false]) {
  describe(`Jira ${isCloud ? 'Cloud' : 'Data Center'} that fails`, () => {
    let server: JiraLike;
    let tracker: JiraTracker;
    let url: string;

    beforeEach(async () => {
      server = new JiraLike(isCloud);
      url = await server.start();
      tracker = new JiraTracker(connection(url), JiraLike.secret, now);
    });
    afterEach(() => server.stop());

    for (const [name, answer, expected] of refusals) {
      it(`has a reason for ${name}`, async () => {
        await tracker.create(ticket);
        server.instead = ({ path }) => (/\/issue\/VIS-1\?/.test(path) ? answer : undefined);
        await assert.rejects(tracker.read('VIS-1', 'issue'), expected);
      });
    }

    const losses = [
      ['dies', 'no-answer'],
      [{ status: 500, body: html }, 'broken'],
      [{ status: 201, body: '' }, 'not-understood'],
      [{ status: 201, body: '{"id":"100' }, 'not-understood'],
      [{ status: 201, body: html }, 'not-understood'],
    ] as const;
    for (const [answer, reason] of losses) {
      it(`makes one ticket when making it is answered with ${JSON.stringify(answer)}`, async () => {
        server.isSearchSlow = true;
        server.afterwards = ({ method, path }) => (method === 'POST' && path.endsWith('/issue') ? answer : undefined);
        await assert.rejects(tracker.create(ticket), { reason, isUndone: false });
        server.afterwards = () => undefined;
        assert.equal((await tracker.create(ticket)).key, 'VIS-1');
        assert.equal(server.issues.length, 1);
      });
    }

    it('does nothing by itself after a refusal: a write is sent once', async () => {
      const { id } = await tracker.create(ticket);
      server.instead = ({ method }) => (method === 'POST' ? { status: 429 } : undefined);
      const before = server.asked.length;
      await assert.rejects(tracker.comment(id, 'issue', '一次'), { reason: 'too-many', isUndone: true });
      assert.equal(server.asked.length, before + 1);
    });

    it('says nothing secret, even when the server repeats it', async () => {
      const basic = Buffer.from(`${JiraLike.account}:${JiraLike.secret}`).toString('base64');
      const body = JSON.stringify({
        errorMessages: [`bad ${JiraLike.secret} ${basic}`],
        errors: { x: JiraLike.secret },
      });
      server.instead = ({ path }) => (path.endsWith('/myself') ? { status: 400, body } : undefined);
      const error: unknown = await tracker.test().catch((reason: unknown) => reason);
      assert.ok(error instanceof TrackerError);
      assert.doesNotMatch(
        `${error.message} ${JSON.stringify(error.details)}`,
        new RegExp(`${JiraLike.secret}|${basic}`),
      );
    });

    it('takes ids as numbers, no person, no version and no date', async () => {
      const fields = {
        summary: '相机',
        status: { id: 3, name: '处理中', statusCategory: { key: 'indeterminate' } },
        assignee: null,
      };
      const comment = { id: 5, author: null, body: isCloud ? null : '好', created: '2026-11-22T18:19:17.000+0800' };
      server.instead = ({ path }) => {
        if (path.includes('/comment?')) return { status: 200, body: JSON.stringify({ comments: [comment], total: 1 }) };
        return path.includes('/issue/')
          ? { status: 200, body: JSON.stringify({ id: 10_007, key: 'VIS-1', fields }) }
          : undefined;
      };
      assert.deepEqual(await tracker.read('10007', 'issue'), {
        key: 'VIS-1',
        id: '10007',
        url: `${isCloud ? 'https://jira.example.com' : url}/browse/VIS-1`,
        title: '相机',
        status: '处理中',
        progress: 'inProgress',
        resolution: '',
        fixVersion: '',
        dueDate: '',
        comments: [{ id: '5', by: '', at: '2026-11-22T18:19:17.000+08:00', text: isCloud ? '' : '好' }],
        files: [],
        updatedAt: '',
      });
    });

    it('signs in to ask what it is only where that is not open', async () => {
      assert.equal(
        server.asked.some(({ headers }) => headers['authorization'] !== undefined),
        false,
      );
      server.instead = ({ path, headers }) =>
        path.endsWith('/serverInfo') && !headers['authorization'] ? { status: 401 } : undefined;
      await tracker.test();
      const [first, second] = server.asked;
      assert.deepEqual(
        [first?.headers['authorization'], second?.headers['authorization']],
        [undefined, `Bearer ${JiraLike.secret}`],
      );
    });

    it('asks again what it is after it could not be asked', async () => {
      server.instead = () => ({ status: 502 });
      await assert.rejects(tracker.test(), { reason: 'broken' });
      server.instead = () => undefined;
      await tracker.test();
    });

    it('is left alone when the user has had enough', async () => {
      const stop = new AbortController();
      server.instead = () => {
        stop.abort();
        return undefined;
      };
      await assert.rejects(tracker.read('VIS-1', 'issue', stop.signal), { reason: 'cancelled' });
    });
  });
}

describe('Jira that is not there', () => {
  it('is said to be so: nobody listens, nobody answers, an answer that breaks off', async () => {
    const silent = createServer((request, response) => {
      // half of what was announced, and then nothing more
      if (request.url?.endsWith('/serverInfo'))
        response.writeHead(200, { 'Content-Length': '500' }).write('{"deployment');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => silent.once('listening', done));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const slow = new JiraTracker(connection(url), JiraLike.secret, now, 50);
    await assert.rejects(slow.test(), { reason: 'no-answer', isUndone: false });
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
    await assert.rejects(slow.test(), { reason: 'offline', isUndone: true });
  });
});
