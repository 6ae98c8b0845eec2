/** Redmine: what is sent and understood, against a server that behaves as the real one and against its recordings. */
import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RedmineTracker } from '../../../src/adapters/tickets/redmine';
import type { NewTicket, TrackerConnection } from '../../../src/domain/tickets/tracker';
import { recordings } from './recordings';
import { RedmineLike } from './redmineLike';

const caseId = 'ISS-20261122-7K3F';

const ticket: NewTicket = {
  caseId,
  kind: 'issue',
  place: 'vision',
  title: '相机断线后检测程序崩溃',
  text: '【复现步骤】\n1. 拔掉相机网线\n2. 等 30 秒\n\n*加粗* & <b>HTML</b>',
  fields: { tracker_id: '1', priority_id: '4', due_date: '2026-12-05' },
  files: [],
};

const connection = (url: string): TrackerConnection => ({
  name: 'Redmine',
  system: 'redmine',
  url,
  account: '',
  places: {},
  assignees: {},
  utcOffset: 480,
  textFormat: 'textile',
});

describe('Redmine', () => {
  let server: RedmineLike;
  let tracker: RedmineTracker;

  beforeEach(async () => {
    server = new RedmineLike();
    tracker = new RedmineTracker(connection(`${await server.start()}/`), RedmineLike.key, Date.now);
  });
  afterEach(() => server.stop());

  const sent = (method: string, path: RegExp) =>
    server.asked.filter((asked) => asked.method === method && path.test(asked.path));

  it('proves who is signed in, also below a path of the site', async () => {
    assert.deepEqual(await tracker.test(), { account: 'support1', displayName: '售后 李', version: '' });
    const wrong = new RedmineTracker(
      connection(await server.start().catch(() => tracker['connection'].url)),
      'wrong',
      Date.now,
    );
    await assert.rejects(wrong.test(), { reason: 'sign-in' });
  });

  it('tells places, people and what it asks for', async () => {
    assert.deepEqual(await tracker.places(), [{ id: 'vision', name: '视觉检测平台' }]);
    assert.deepEqual(await tracker.people('vision'), [
      { id: '5', name: '开发 张' },
      { id: '6', name: '售后 李' },
    ]);
    const fields = await tracker.fields('vision', 'request');
    assert.deepEqual(
      fields.map(({ key, required, initial }) => [key, required, initial]),
      [
        ['tracker_id', true, '2'],
        ['priority_id', false, ''],
        ['fixed_version_id', false, ''],
        ['due_date', false, ''],
      ],
    );
    assert.deepEqual(fields[2]?.choices, [{ value: '1', label: 'V3.2.2' }]);
  });

  it('sends exactly what the preview shows', async () => {
    const preview = tracker.preview(ticket);
    await tracker.create(ticket);
    const [post] = sent('POST', /^\/issues\.json/);
    assert.deepEqual(JSON.parse(post?.body ?? ''), {
      issue: { description: preview.text, ...Object.fromEntries(preview.values) },
    });
    assert.equal(preview.format, 'Textile');
    assert.match(
      preview.text,
      /# 拔掉相机网线\n# 等 30 秒\n\n<notextile>\*加粗\* &amp; &lt;b&gt;HTML&lt;\/b&gt;<\/notextile>/,
    );
    assert.ok(post?.headers['content-type']?.startsWith('application/json'));
  });

  it('makes a ticket with its files, and reads back what it became', async () => {
    const files = [{ name: '现场日志.log', bytes: new TextEncoder().encode('line\n') }];
    const made = await tracker.create({ ...ticket, files });
    assert.deepEqual(
      [made.key, made.progress, made.dueDate, made.files, made.title],
      ['1', 'open', '2026-12-05', ['现场日志.log'], `相机断线后检测程序崩溃 [${caseId}]`],
    );
    assert.equal(made.url, `${tracker['connection'].url.replace(/\/$/, '')}/issues/1`);
    assert.equal(sent('POST', /^\/uploads/)[0]?.headers['content-type'], 'application/octet-stream');
  });

  it('never makes a second ticket for a case, also when the answer was lost', async () => {
    server.diesAfter = ({ method, path }) => method === 'POST' && path.startsWith('/issues.json');
    await assert.rejects(tracker.create(ticket), { reason: 'no-answer', isUndone: false });
    server.diesAfter = () => false;
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal(server.issues.length, 1);
  });

  it('does not say that nothing was done where only the reading after it was refused', async () => {
    const { key } = await tracker.create(ticket);
    for (const status of [401, 403, 422, 429]) {
      let isWritten = false;
      server.instead = ({ method }) => {
        const isRefused = isWritten && method === 'GET';
        if (method !== 'GET') isWritten = true;
        return isRefused ? { status, body: '{}' } : undefined;
      };
      await assert.rejects(tracker.comment(key, 'issue', `${status}`), { reason: 'no-answer', isUndone: false });
      isWritten = false;
      const other = { ...ticket, caseId: `ISS-20261122-${status}A` };
      await assert.rejects(tracker.create(other), { reason: 'no-answer', isUndone: false });
    }
    assert.equal(server.issues.length, 5);
    // refused before anything was written
    server.instead = () => ({ status: 403, body: '{}' });
    await assert.rejects(tracker.comment(key, 'issue', 'x'), { reason: 'forbidden', isUndone: true });
  });

  it('follows a ticket from R&D to the customer and back', async () => {
    const { key } = await tracker.create(ticket);
    assert.deepEqual((await tracker.assign(key, 'issue', '5', '请处理')).assignee, { id: '5', name: '开发 张' });
    const commented = await tracker.comment(key, 'issue', '补充：*不是粗体*\n第二行');
    assert.deepEqual(commented.comments.at(-1), {
      id: '2',
      by: '售后 李',
      at: '2026-11-22T10:19:17Z',
      text: '补充：*不是粗体*\n第二行',
    });
    const issue = server.issues[0] ?? assert.fail();
    Object.assign(issue, { status: 3, fixed_version_id: 1 });
    const resolved = await tracker.read(key, 'issue');
    assert.deepEqual([resolved.progress, resolved.fixVersion], ['toVerify', 'V3.2.2']);
    assert.equal((await tracker.close(key, 'issue', { comment: '客户已确认', resolution: '' })).progress, 'done');
    assert.equal((await tracker.reactivate(key, 'issue', '验证未通过')).progress, 'inProgress');
  });

  it('is closed as what its server offers, and as refused only where that was said', async () => {
    const { key } = await tracker.create(ticket);
    assert.deepEqual(
      (await tracker.resolutions(key, 'issue')).map(({ value }) => value),
      ['Rejected', 'Closed'],
    );
    assert.equal((await tracker.close(key, 'issue', { comment: '', resolution: '' })).status, 'Closed');
    await tracker.reactivate(key, 'issue', '');
    assert.equal((await tracker.close(key, 'issue', { comment: '', resolution: ' rejected ' })).status, 'Rejected');
  });

  it('does not believe "204": what was not done is said', async () => {
    const { key } = await tracker.create(ticket);
    server.maySet = [];
    const closing = tracker.close(key, 'issue', { comment: '关闭', resolution: '' });
    await assert.rejects(closing, { reason: 'not-applied', said: 'New' });
  });

  it('says how a request stands', async () => {
    const { key } = await tracker.create({ ...ticket, kind: 'request' });
    const issue = server.issues[0] ?? assert.fail();
    const told = async (change: object) => {
      Object.assign(issue, change);
      return (await tracker.read(key, 'request')).request;
    };
    assert.deepEqual(
      [
        await told({}),
        await told({ assigned_to_id: 5 }),
        await told({ fixed_version_id: 1 }),
        await told({ status: 2 }),
        await told({ status: 5 }),
      ],
      ['waiting', 'evaluating', 'scheduled', 'inDevelopment', 'released'],
    );
  });

  const failures = [
    [{ status: 401 }, { reason: 'sign-in' }],
    [{ status: 403 }, { reason: 'forbidden' }],
    [{ status: 404 }, { reason: 'not-found' }],
    [{ status: 409 }, { reason: 'conflict' }],
    [{ status: 413 }, { reason: 'too-large' }],
    [
      { status: 422, body: '{"errors":["主题 不能为空字符"]}' },
      { reason: 'refused', said: '主题 不能为空字符' },
    ],
    [
      { status: 429, headers: { 'Retry-After': '7' } },
      { reason: 'too-many', details: { status: 429, retryAfter: 7000 } },
    ],
    [{ status: 500, body: '<html>' }, { reason: 'broken' }],
    [{ status: 200, body: '<html>sign in</html>' }, { reason: 'not-understood' }],
    [{ status: 200, body: '' }, { reason: 'not-understood' }],
    [{ status: 200, body: '{"issue":' }, { reason: 'not-understood' }],
  ] as const;
  for (const [answer, expected] of failures) {
    it(`has a reason for ${answer.status} ${'body' in answer ? answer.body : ''}`, async () => {
      server.instead = () => answer;
      await assert.rejects(tracker.read('1', 'issue'), expected);
    });
  }

  it('understands what a real server answered, and asks as it was asked', async () => {
    const all = recordings('redmine');
    const reads = all.filter(
      ({ request, response }) =>
        request.method === 'GET' && /^\/issues\/\d+\.json\?/.test(request.path) && response.status === 200,
    );
    const { request, response } = reads.at(-1) ?? written;
    let asked: { method: string | undefined; url: string | undefined; key: unknown } | undefined;
    const real = createServer((incoming, outgoing) => {
      asked = { method: incoming.method, url: incoming.url, key: incoming.headers['x-redmine-api-key'] };
      outgoing.writeHead(response.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(response.body));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => real.once('listening', done));
    const url = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
    const key = request.headers['X-Redmine-API-Key'] ?? '';
    const read = await new RedmineTracker(connection(url), key, Date.now).read('1', 'issue');
    real.close();
    assert.deepEqual(asked, { method: request.method, url: request.path, key });
    assert.deepEqual(
      [read.progress, read.fixVersion, read.dueDate, read.files, read.assignee?.name],
      ['done', 'V3.2.2', '2026-12-05', ['现场日志.log'], '开发 张'],
    );
    assert.equal(read.comments[0]?.text, '补充日志，*加粗* & <b>HTML</b>');
  });
});

const written = {
  request: {
    method: 'GET',
    path: '/issues/1.json?include=journals,attachments,allowed_statuses',
    headers: { 'X-Redmine-API-Key': 'key' } as Record<string, string>,
  },
  response: {
    status: 200,
    body: {
      issue: {
        id: 1,
        subject: '相机断线',
        status: { id: 5, name: 'Closed', is_closed: true },
        assigned_to: { id: 5, name: '开发 张' },
        fixed_version: { id: 1, name: 'V3.2.2' },
        due_date: '2026-12-05',
        done_ratio: 100,
        updated_on: '2026-11-22T10:19:18Z',
        attachments: [{ id: 1, filename: '现场日志.log' }],
        journals: [
          {
            id: 1,
            user: { id: 6, name: '售后 李' },
            notes: '补充日志，*加粗* & <b>HTML</b>',
            created_on: '2026-11-22T10:19:17Z',
          },
        ],
      },
    },
  },
};
