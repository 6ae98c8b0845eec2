/** ZenTao when things go wrong: each has a reason, no login is tried twice, and there is one ticket for a case. */
import { strict as assert } from 'node:assert';
import { ZenTaoTracker } from '../../../../src/adapters/tickets/zentao/tracker';
import type { Asked } from './localServer';
import { connection, request, ticket } from './tickets';
import { ZenTaoLike } from './zentaoLike';

const isCreate = ({ method, path }: Asked) => method === 'POST' && /\/(?:bugs|stories)$/.test(path);

describe('ZenTao when things go wrong', () => {
  let server: ZenTaoLike;
  let tracker: ZenTaoTracker;

  beforeEach(async () => {
    server = new ZenTaoLike();
    tracker = new ZenTaoTracker(connection(await server.start()), ZenTaoLike.password, () => 0);
  });
  afterEach(() => server.stop());

  const logins = () => server.sent('POST', /tokens$/).length;

  it('makes one ticket when the server dies after it took a create, and finds it when it is back', async () => {
    server.diesAfter = (asked) => {
      if (isCreate(asked)) void server.stop();
      return isCreate(asked);
    };
    await assert.rejects(tracker.create(ticket), { reason: 'no-answer', isUndone: false });
    server.diesAfter = () => false;
    server.tokens.clear();
    server.clock += 60_000;
    await server.start();
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal(server.kept.length, 1);
  });

  it('finds the ticket at once where only the answer was lost', async () => {
    server.diesAfter = isCreate;
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal((await tracker.create(request)).key, '2');
    assert.equal(server.kept.length, 2);
  });

  for (const [what, answer] of [
    ['an empty answer', { status: 200 }],
    ['half an answer', { status: 201, body: '{"id":' }],
    ['a page for an answer', { status: 200, body: '<html>ok</html>' }],
    ['a broken server', { status: 502, body: '<html>Bad Gateway</html>' }],
  ] as const) {
    it(`finds the ticket behind ${what} to a create`, async () => {
      server.answersInstead = (asked) => (isCreate(asked) ? answer : undefined);
      assert.equal((await tracker.create(ticket)).key, '1');
      assert.equal(server.kept.length, 1);
    });

    it(`says so when ${what} to a create meant nothing`, async () => {
      server.instead = (asked) => (isCreate(asked) ? answer : undefined);
      const reason = answer.status === 502 ? 'broken' : 'not-understood';
      await assert.rejects(tracker.create(ticket), { reason, isUndone: false });
      assert.equal(server.kept.length, 0);
    });
  }

  it('makes one ticket of two clicks', async () => {
    const both = await Promise.all([tracker.create(ticket), tracker.create(ticket)]);
    assert.deepEqual(
      both.map(({ key }) => key),
      ['1', '1'],
    );
    assert.equal(server.sent('POST', /\/bugs$/).length, 1);
  });

  it('is not fooled by the server giving an older bug for a new one', async () => {
    const other = { ...ticket, caseId: 'ISS-20261122-AAAA' };
    await tracker.create(other);
    server.answersInstead = (asked) => (isCreate(asked) ? { status: 201, body: JSON.stringify({ id: 1 }) } : undefined);
    await assert.rejects(tracker.create(ticket), { reason: 'not-applied' });
  });

  it('gets the ticket of thirty seconds ago, and not another one, when the list does not have it yet', async () => {
    await tracker.create(ticket);
    server.instead = ({ method, path }) =>
      method === 'GET' && path.includes('/bugs?')
        ? { status: 200, body: '{"page":1,"total":0,"limit":100,"bugs":[]}' }
        : undefined;
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal(server.kept.length, 1);
  });

  it('adds the files that are still missing when a create is tried again', async () => {
    const files = [{ name: 'crash.log', bytes: new Uint8Array([1]) }];
    await tracker.create(ticket);
    assert.deepEqual((await tracker.create({ ...ticket, files })).files, ['crash.log']);
    assert.equal(server.kept.length, 1);
  });

  it('makes no bug for a product that is not there: the server would, where nobody sees it', async () => {
    await assert.rejects(tracker.create({ ...ticket, place: '999' }), { reason: 'not-found', said: '999' });
    assert.equal(server.kept.length, 0);
  });

  it('signs in again once when the token has run out, in the interface and on the classic pages', async () => {
    const { key } = await tracker.create(ticket);
    server.tokens.clear();
    await tracker.read(key, 'issue');
    assert.equal(logins(), 2);
    server.diesAfter = ({ path }) => {
      if (path.includes('/bugs/1')) server.tokens.clear();
      return false;
    };
    const { comments } = await tracker.comment(key, 'issue', '补充');
    assert.equal(comments.length, 1);
    server.instead = ({ path }) =>
      path.includes('/api.php/v1/bugs/') ? { status: 401, body: '{"error":"Unauthorized"}' } : undefined;
    const before = logins();
    await assert.rejects(tracker.read(key, 'issue'), { reason: 'sign-in' });
    assert.equal(logins() - before, 1);
  });

  it('signs in once for many calls at a time', async () => {
    await Promise.all([tracker.places(), tracker.people('1'), tracker.fields('1', 'issue')]);
    assert.equal(logins(), 1);
  });

  it('does not take a bug that quotes the way to the login for a token that has run out', async () => {
    const { key } = await tracker.create({ ...ticket, text: '打开 user-login.html 后白屏' });
    await tracker.attach(key, 'issue', [{ name: 'a.log', bytes: new Uint8Array([1]) }]);
    assert.equal(logins(), 1);
  });

  it('tries a refused login once, however often it is called, until a person tests it', async () => {
    const wrong = new ZenTaoTracker(connection(await restarted()), 'wrong', () => 0);
    const refused = {
      reason: 'sign-in',
      said: '登录失败，请检查您的用户名或密码是否填写正确。',
      details: { status: 400 },
    };
    await assert.rejects(wrong.places(), refused);
    for (let times = 0; times < 8; times += 1) await assert.rejects(wrong.read('1', 'issue'), { reason: 'sign-in' });
    assert.deepEqual([server.failedLogins, logins()], [1, 1]);
    await assert.rejects(wrong.test(), refused);
    assert.equal(server.failedLogins, 2);
    server.failedLogins = 6;
    await assert.rejects(tracker.test(), {
      reason: 'sign-in',
      said: '密码尝试次数太多，请联系管理员解锁，或10分钟后重试。',
    });
  });

  async function restarted(): Promise<string> {
    await server.stop();
    return server.start();
  }

  it('puts what the server says at the field it says it of', async () => {
    const without = (key: string) => ({
      ...ticket,
      fields: Object.fromEntries(Object.entries(ticket.fields).filter(([name]) => name !== key)),
    });
    await assert.rejects(tracker.create(without('openedBuild')), {
      reason: 'refused',
      said: '『影响版本』不能为空。',
      details: { status: 400, fields: { openedBuild: '『影响版本』不能为空。' } },
    });
    const late = { ...ticket, fields: { ...ticket.fields, deadline: '2026-13-45x' } };
    await assert.rejects(tracker.create(late), {
      reason: 'refused',
      details: { status: 400, fields: { deadline: '『截止日期』应当为合法的日期。' } },
    });
  });

  const failures = [
    [{ status: 400, body: '{"error":"error"}' }, { reason: 'not-found' }],
    [
      { status: 403, body: '{"error":"Access not allowed"}' },
      { reason: 'forbidden', said: 'Access not allowed' },
    ],
    [{ status: 404, body: '{"error":"not found"}' }, { reason: 'not-found' }],
    [{ status: 409 }, { reason: 'conflict' }],
    [{ status: 413, body: '<html>nginx</html>' }, { reason: 'too-large' }],
    [
      { status: 429, headers: { 'Retry-After': '7' } },
      { reason: 'too-many', details: { status: 429, retryAfter: 7000 } },
    ],
    [{ status: 500, body: '<html>Uncaught Error</html>' }, { reason: 'broken' }],
    [{ status: 200, body: '<html>sign in</html>' }, { reason: 'not-understood' }],
    [{ status: 200, body: '' }, { reason: 'not-understood' }],
    [{ status: 200, body: '{"id":1,"title":' }, { reason: 'not-understood' }],
    [{ status: 200, body: '{"status":"fail","message":"没有权限"}' }, { reason: 'forbidden' }],
  ] as const;
  for (const [answer, expected] of failures) {
    it(`has a reason for ${answer.status} ${'body' in answer ? answer.body : ''}`, async () => {
      server.instead = ({ path }) => (path.includes('/bugs/') ? answer : undefined);
      await assert.rejects(tracker.read('1', 'issue'), expected);
    });
  }

  it('says nothing of the password or the token', async () => {
    await tracker.places();
    const [token = ''] = server.tokens;
    server.instead = ({ path }) =>
      path.includes('/bugs/')
        ? { status: 400, body: JSON.stringify({ error: `${token} ${ZenTaoLike.password}` }) }
        : undefined;
    await assert.rejects(tracker.read('1', 'issue'), { reason: 'refused', said: '*** ***' });
  });

  it('does not believe "200": what is not there, and what did not happen', async () => {
    const { key } = await tracker.create(ticket);
    server.instead = ({ path }) => (path.endsWith('/close') ? { status: 200, body: '' } : undefined);
    const closing = { comment: '关闭', resolution: '' };
    await assert.rejects(tracker.close(key, 'issue', closing), { reason: 'not-applied', said: 'active' });
    await assert.rejects(tracker.close('99999', 'issue', closing), { reason: 'not-found' });
  });

  it('settles a lost answer by reading again: what was done is done', async () => {
    const { key } = await tracker.create(ticket);
    server.diesAfter = ({ method, path }) => method === 'POST' && !path.endsWith('tokens');
    assert.equal((await tracker.comment(key, 'issue', '补充')).comments.length, 1);
    assert.equal((await tracker.assign(key, 'issue', 'admin', '')).assignee?.id, 'admin');
    assert.equal((await tracker.close(key, 'issue', { comment: '完成', resolution: '' })).progress, 'done');
    assert.deepEqual(
      server.kept[0]?.actions.map(({ action }) => action),
      ['opened', 'commented', 'assigned', 'closed'],
    );
  });

  it('tells a server that is not there, an address that is no ZenTao, and a call that was called off', async () => {
    await assert.rejects(tracker.places(AbortSignal.abort()), { reason: 'cancelled' });
    server.instead = () => ({ status: 200, body: '<html>company portal</html>' });
    await assert.rejects(tracker.test(), { reason: 'not-understood' });
    await server.stop();
    await assert.rejects(tracker.test(), { reason: 'offline', isUndone: true });
    await server.start();
    server.instead = () => undefined;
    assert.equal((await tracker.test()).account, 'support1');
  });
});
