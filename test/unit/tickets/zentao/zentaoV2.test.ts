/** ZenTao over its second interface, against a server made from its document. */
import { strict as assert } from 'node:assert';
import { ZenTaoTracker } from '../../../../src/adapters/tickets/zentao/tracker';
import { TrackerError } from '../../../../src/domain/tickets/tracker';
import { assertByDocument } from './document';
import { connection, request, ticket } from './tickets';
import { ZenTaoLike } from './zentaoLike';
import { ZenTaoV2Like } from './zentaoV2Like';

describe('ZenTao from version 22', () => {
  let server: ZenTaoV2Like;
  let tracker: ZenTaoTracker;
  let url: string;

  beforeEach(async () => {
    server = new ZenTaoV2Like();
    url = await server.start();
    tracker = new ZenTaoTracker(connection(url), ZenTaoV2Like.password, () => 0);
  });
  afterEach(async () => {
    await server.stop();
    for (const asked of server.asked) assertByDocument(asked);
  });

  const made = () => server.kept[0] ?? assert.fail('nothing was made');

  it('is chosen by the version that the server says', async () => {
    assert.deepEqual(await tracker.test(), { account: 'support1', displayName: 'support1', version: '22.1' });
    assert.equal(server.sent('POST', /v1/).length, 0);
    const wrong = new ZenTaoTracker(connection(url), 'wrong', () => 0);
    await assert.rejects(wrong.test(), { reason: 'sign-in', said: '登录失败' });
  });

  it('is found out by asking where an edition counts otherwise', async () => {
    server.version = 'ipd5.5';
    await tracker.test();
    assert.equal(server.sent('POST', /users\/login$/).length, 1);
    const older = new ZenTaoLike();
    older.version = 'biz8.10';
    const first = new ZenTaoTracker(connection(await older.start()), ZenTaoLike.password, () => 0);
    assert.deepEqual(await first.test(), { account: 'support1', displayName: '李售后', version: 'biz8.10' });
    assert.equal(older.failedLogins, 0);
    await older.stop();
  });

  it('asks as delivered where the server has no lists, and as the company set it where the first is still there', async () => {
    assert.deepEqual(await tracker.places(), [{ id: '1', name: '智能照明' }]);
    assert.deepEqual(await tracker.people('1'), [{ id: 'support1', name: '李售后' }]);
    const delivered = await tracker.fields('1', 'issue');
    assert.deepEqual(delivered[0]?.choices, [{ value: 'trunk', label: 'Trunk' }]);
    server.hasFirst = true;
    const own = await tracker.fields('1', 'issue');
    assert.deepEqual(
      own.map(({ key, required, initial }) => [key, required, initial]),
      [
        ['openedBuild', true, '7'],
        ['severity', true, '1'],
        ['pri', true, '1'],
        ['type', true, 'mechanical'],
        ['assignedTo', false, ''],
        ['deadline', true, ''],
      ],
    );
  });

  it('sends what the preview shows, once it knows the server', async () => {
    await tracker.places();
    const preview = tracker.preview(ticket);
    await tracker.create(ticket);
    const [post] = server.sent('POST', /\/bugs$/);
    assert.equal(preview.request, 'POST /api.php/v2/bugs');
    const { steps, ...sent } = JSON.parse(post?.body ?? '') as Record<string, unknown>;
    assert.equal(steps, preview.text);
    assert.equal(sent['productID'], 1);
    assert.deepEqual(
      Object.keys(sent),
      preview.values.map(([name]) => name),
    );
  });

  it('says that the ticket is there where only its files were refused', async () => {
    server.instead = ({ path }) =>
      path.endsWith('/v2/files') ? { status: 413, body: '<html>nginx</html>' } : undefined;
    const files = [{ name: '现场日志.log', bytes: new Uint8Array([1]) }];
    await assert.rejects(tracker.create({ ...ticket, files }), (error) => {
      assert.ok(error instanceof TrackerError);
      assert.deepEqual([error.reason, error.isUndone, error.details.made?.key], ['too-large', false, '1']);
      return true;
    });
    assert.equal(server.kept.length, 1);
  });

  it('follows a bug, its files and its comments', async () => {
    const files = [{ name: '现场日志.log', bytes: new TextEncoder().encode('line') }];
    const bug = await tracker.create({ ...ticket, files });
    assert.deepEqual(
      [bug.files, bug.dueDate, bug.updatedAt, bug.url],
      [['现场日志.log'], '2026-12-05', '2026-11-22T18:18:27+08:00', `${url}/bug-view-1.html`],
    );
    assert.equal((await tracker.assign('1', 'issue', 'admin', '请处理')).comments.at(-1)?.text, '请处理');
    const commented = await tracker.comment('1', 'issue', '补充');
    assert.deepEqual(commented.comments.at(-1), {
      id: '2',
      by: 'support1',
      at: '2026-11-22T18:19:00+08:00',
      text: '补充',
    });
    Object.assign(made(), { status: 'resolved', resolution: 'fixed', resolvedBuild: '7', resolvedBy: 'dev1' });
    assert.equal((await tracker.read('1', 'issue')).fixVersion, 'V9.0.1');
    const again = await tracker.reactivate('1', 'issue', '未通过');
    assert.deepEqual([again.progress, again.assignee?.id, made()['openedBuild']], ['open', 'dev1', '1,7']);
    assert.equal((await tracker.attach('1', 'issue', files)).files.length, 2);
    const closed = await tracker.close('1', 'issue', { comment: '完成', resolution: '' });
    assert.deepEqual([closed.progress, closed.comments.at(-1)?.text], ['done', '完成']);
    assert.equal((await tracker.find(ticket))?.key, '1');
  });

  it('follows a story', async () => {
    await tracker.create(request);
    Object.assign(made(), { plan: '3', status: 'active' });
    const planned = await tracker.read('1', 'request');
    assert.deepEqual([planned.request, planned.fixVersion], ['scheduled', 'V9 计划']);
    assert.equal((await tracker.assign('1', 'request', 'admin', '')).assignee?.id, 'admin');
    const closed = await tracker.close('1', 'request', { comment: '', resolution: 'cancel' });
    assert.deepEqual([closed.request, closed.resolution], ['notAdopted', 'cancel']);
    assert.equal((await tracker.reactivate('1', 'request', '还需要')).status, 'active');
    const files = [{ name: 'a.log', bytes: new Uint8Array([1]) }];
    assert.deepEqual((await tracker.attach('1', 'request', files)).files, ['a.log']);
  });

  it('has a reason for a failure that comes with "200"', async () => {
    const { openedBuild: _, ...without } = ticket.fields;
    await assert.rejects(tracker.create({ ...ticket, fields: without }), {
      reason: 'refused',
      details: { status: 200, fields: { openedBuild: '『影响版本』不能为空。' } },
    });
    await assert.rejects(tracker.read('99', 'issue'), { reason: 'not-found', said: 'Bug does not exist.' });
  });

  it('makes one ticket when the server dies after it took a create', async () => {
    server.diesAfter = ({ method, path }) => {
      const isCreate = method === 'POST' && path.endsWith('/bugs');
      if (isCreate) void server.stop();
      return isCreate;
    };
    await assert.rejects(tracker.create(ticket), { reason: 'no-answer' });
    server.diesAfter = () => false;
    await server.start();
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal(server.kept.length, 1);
  });

  it('does not say that a comment is there where the server tells no history', async () => {
    await tracker.create(ticket);
    server.tellsHistory = false;
    await assert.rejects(tracker.comment('1', 'issue', '补充'), { reason: 'not-understood', said: 'actions' });
    assert.equal(server.sent('POST', /comment/).length, 0);
  });
});
