/** ZenTao over v1: what is sent and understood, against a server that behaves as the real ones were seen to. */
import { strict as assert } from 'node:assert';
import { ZenTaoTracker } from '../../../../src/adapters/tickets/zentao/tracker';
import type { NewTicket } from '../../../../src/domain/tickets/tracker';
import { caseId, connection, request, ticket } from './tickets';
import { fieldsOf, ZenTaoLike } from './zentaoLike';

const files: NewTicket['files'] = [
  { name: '现场日志 1.log', bytes: new TextEncoder().encode('line\n') },
  { name: 'dump.zip', bytes: new Uint8Array([80, 75]) },
];

describe('ZenTao', () => {
  let server: ZenTaoLike;
  let tracker: ZenTaoTracker;
  let url: string;

  beforeEach(async () => {
    server = new ZenTaoLike();
    url = await server.start();
    tracker = new ZenTaoTracker(connection(url), ZenTaoLike.password, () => 0);
  });
  afterEach(async () => {
    await server.stop();
    // an edit by PUT empties the due date
    assert.equal(server.sent('PUT', /./).length, 0);
  });

  const made = () => server.kept[0] ?? assert.fail('nothing was made');

  it('proves who is signed in, below a path of the site, and says which version it is', async () => {
    assert.deepEqual(await tracker.test(), { account: 'support1', displayName: '李售后', version: '18.10' });
    const [login] = server.sent('POST', /tokens$/);
    assert.deepEqual(JSON.parse(login?.body ?? ''), { account: 'support1', password: ZenTaoLike.password });
  });

  it('tells products, people, and what it asks for from its own lists', async () => {
    assert.deepEqual(await tracker.places(), [{ id: '1', name: '视觉检测平台' }]);
    assert.deepEqual((await tracker.people('1'))[1], { id: 'dev1', name: '张开发' });
    const fields = await tracker.fields('1', 'issue');
    assert.deepEqual(
      fields.map(({ key, required, initial }) => [key, required, initial]),
      [
        ['openedBuild', true, 'trunk'],
        ['severity', true, '3'],
        ['pri', true, '3'],
        ['type', true, 'codeerror'],
        ['assignedTo', false, ''],
        ['deadline', false, ''],
      ],
    );
    const labels = fields[0]?.choices.map(({ value, label }) => `${value} ${label}`).toSorted();
    assert.deepEqual(labels, ['1 V3.2.1', '2 V3.2.2', 'trunk 主干']);
    const asked = await tracker.fields('1', 'request');
    assert.deepEqual(
      asked.filter(({ required }) => required).map(({ key }) => key),
      ['category', 'pri'],
    );
    assert.deepEqual(asked.find(({ key }) => key === 'plan')?.choices, [{ value: '1', label: 'V3.3 计划' }]);
    assert.equal(asked.find(({ key }) => key === 'reviewer')?.choices.length, 3);
  });

  it('does not ask 18.4 for a due date: it takes one and forgets it', async () => {
    server.version = '18.4';
    const keys = (await tracker.fields('1', 'issue')).map(({ key }) => key);
    assert.ok(!keys.includes('deadline'));
    const late = tracker.create({ ...ticket, fields: { ...ticket.fields, deadline: '2026-12-05' } });
    await assert.rejects(late, { reason: 'not-applied', said: 'deadline' });
  });

  it('sends exactly what the preview shows', async () => {
    const preview = tracker.preview(ticket);
    await tracker.create(ticket);
    const [post] = server.sent('POST', /\/bugs$/);
    const sent = JSON.parse(post?.body ?? '') as Record<string, unknown>;
    assert.equal(preview.request, 'POST /api.php/v1/products/1/bugs');
    assert.equal(sent['steps'], preview.text);
    assert.match(
      preview.text,
      /<ol><li>拔掉相机网线<\/li><li>等 30 秒<\/li><\/ol><p>&lt;b&gt;HTML&lt;\/b&gt; &amp; \*<\/p>/,
    );
    delete sent['steps'];
    const values = Object.entries(sent).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]);
    assert.deepEqual(values, preview.values);
    assert.equal(sent['title'], `相机断线后检测程序崩溃 [${caseId}]`);
    assert.deepEqual([sent['severity'], sent['openedBuild']], [2, ['1']]);
  });

  it('replaces what three bytes a character cannot hold, and says so before', async () => {
    const odd = { ...ticket, title: '崩溃😀', text: '客户 𠮷野 😀😀' };
    assert.equal(tracker.preview(odd).replaced, '😀 → [U+1F600] 𠮷 → [U+20BB7]');
    assert.equal(tracker.preview(ticket).replaced, '');
    const { key } = await tracker.create(odd);
    assert.equal(made().title, `崩溃[U+1F600] [${caseId}]`);
    assert.ok(made().html.includes('[U+20BB7]野 [U+1F600][U+1F600]'));
    const commented = await tracker.comment(key, 'issue', '收到👍');
    assert.equal(commented.comments[0]?.text, '收到[U+1F44D]');
  });

  it('makes a bug with its files in one call, and reads back what it became', async () => {
    const bug = await tracker.create({ ...ticket, files });
    assert.deepEqual(bug, {
      key: '1',
      id: '1',
      url: `${url}/index.php?m=bug&f=view&bugID=1`,
      title: `相机断线后检测程序崩溃 [${caseId}]`,
      status: 'active',
      progress: 'open',
      resolution: '',
      assignee: { id: 'dev1', name: '张开发' },
      fixVersion: '',
      dueDate: '2026-12-05',
      comments: [],
      files: ['现场日志 1.log', 'dump.zip'],
      updatedAt: '2026-11-22T10:18:27Z',
    });
    const [post] = server.sent('POST', /\/bugs$/);
    assert.match(post?.headers['content-type'] ?? '', /^multipart\/form-data/);
    assert.equal(server.sent('POST', /index\.php/).length, 0);
  });

  it('adds files later by sending the whole bug again, so that nothing is emptied', async () => {
    const { key } = await tracker.create({
      ...ticket,
      fields: { ...ticket.fields, mailto: ['dev1', 'support1'], execution: '2' },
    });
    const before = structuredClone({ ...made(), files: [], actions: [] });
    const after = await tracker.attach(key, 'issue', files);
    assert.deepEqual(after.files, ['现场日志 1.log', 'dump.zip']);
    assert.deepEqual({ ...made(), files: [], actions: [] }, before);
    assert.deepEqual([before.mailto, before.execution, before.deadline], [['dev1', 'support1'], 2, '2026-12-05']);
    // the same name once more is one more
    assert.equal((await tracker.attach(key, 'issue', files.slice(0, 1))).files.length, 3);
  });

  it('does not escape a title again that the server keeps escaped', async () => {
    server.escapesTitles = true;
    const { key, title } = await tracker.create({ ...ticket, title: 'A & B' });
    assert.equal(title, `A & B [${caseId}]`);
    await tracker.attach(key, 'issue', files);
    assert.equal(made().title, `A &amp; B [${caseId}]`);
  });

  it('makes a story with its files, and says when they were lost', async () => {
    assert.deepEqual((await tracker.create({ ...request, files })).files, ['现场日志 1.log', 'dump.zip']);
    server.losesStoryFiles = true;
    const other = { ...request, caseId: 'REQ-20261122-AAAA', files };
    await assert.rejects(tracker.create(other), { reason: 'not-applied', said: '现场日志 1.log, dump.zip' });
    assert.equal((await tracker.create(other)).key, '2');
  });

  it('says what an edit emptied all the same', async () => {
    const { key } = await tracker.create(ticket);
    server.answersInstead = ({ path }) => {
      if (path.includes('f=edit')) made().deadline = '';
      return undefined;
    };
    await assert.rejects(tracker.attach(key, 'issue', files), { reason: 'not-applied', said: 'deadline' });
  });

  it('refuses a file that the server would drop in silence', async () => {
    const { key } = await tracker.create(ticket);
    const large = [{ name: 'dump.bin', bytes: new Uint8Array(1024 * 1024 + 1) }];
    await assert.rejects(tracker.attach(key, 'issue', large), { reason: 'too-large', said: 'dump.bin' });
    assert.equal(server.sent('POST', /f=edit/).length, 0);
  });

  it('follows a bug from R&D to the customer and back', async () => {
    const { key } = await tracker.create({ ...ticket, fields: { ...ticket.fields, mailto: ['support1'] } });
    const assigned = await tracker.assign(key, 'issue', 'admin', '请处理');
    assert.deepEqual([assigned.assignee?.id, assigned.comments.at(-1)?.text], ['admin', '请处理']);
    // who was copied in still is
    assert.deepEqual(made().mailto, ['support1']);
    const commented = await tracker.comment(key, 'issue', '补充：<b>不是粗体</b> & "引号"\n第二行');
    assert.deepEqual(commented.comments.at(-1), {
      id: '3',
      by: '李售后',
      at: '2026-11-22T18:18:27+08:00',
      text: '补充：<b>不是粗体</b> & "引号"\n第二行',
    });
    made().confirmed = 1;
    assert.equal((await tracker.read(key, 'issue')).progress, 'inProgress');
    Object.assign(made(), { status: 'resolved', resolution: 'fixed', resolvedBuild: '2', resolvedBy: 'dev1' });
    const resolved = await tracker.read(key, 'issue');
    assert.deepEqual([resolved.progress, resolved.fixVersion, resolved.resolution], ['toVerify', 'V3.2.2', 'fixed']);
    const again = await tracker.reactivate(key, 'issue', '验证未通过');
    assert.deepEqual(
      [again.progress, again.assignee?.id, again.comments.at(-1)?.text],
      ['inProgress', 'dev1', '验证未通过'],
    );
    assert.deepEqual(made().openedBuild, ['1', '2']);
    const closed = await tracker.close(key, 'issue', { comment: '客户已确认', resolution: '' });
    assert.deepEqual([closed.progress, closed.comments.at(-1)?.text], ['done', '客户已确认']);
  });

  it('writes nothing twice: closed stays closed, the last comment is not said again', async () => {
    const { key } = await tracker.create(ticket);
    await tracker.close(key, 'issue', { comment: '完成', resolution: '' });
    const again = await tracker.close(key, 'issue', { comment: '完成', resolution: '' });
    assert.deepEqual(
      again.comments.map(({ text }) => text),
      ['完成'],
    );
    assert.equal(server.sent('POST', /\/close$/).length, 1);
    await tracker.comment(key, 'issue', '完成');
    assert.equal(server.sent('POST', /f=comment/).length, 0);
  });

  it('comments by assigning to whom it is assigned to where the page loses comments', async () => {
    const { key } = await tracker.create({ ...ticket, fields: { ...ticket.fields, mailto: ['support1'] } });
    server.losesComments = true;
    assert.equal((await tracker.comment(key, 'issue', '补充')).comments.at(-1)?.text, '补充');
    assert.deepEqual([made().assignedTo, made().mailto], ['dev1', ['support1']]);
    made().assignedTo = '';
    await assert.rejects(tracker.comment(key, 'issue', '再补充'), { reason: 'not-applied' });
  });

  it('comments by the name that newer servers read it under', async () => {
    const { key } = await tracker.create(ticket);
    server.version = '21.5';
    await tracker.test();
    assert.equal((await tracker.comment(key, 'issue', '补充')).comments.length, 1);
    assert.equal(server.sent('POST', /\/assign$/).length, 0);
  });

  it('understands ids that are texts', async () => {
    server.idsAreTexts = true;
    assert.equal((await tracker.create(ticket)).key, '1');
    assert.equal((await tracker.find(ticket))?.key, '1');
  });

  it('makes a story for a request, and says where it stands', async () => {
    const { key, request: stands } = await tracker.create(request);
    assert.equal(stands, 'waiting');
    const [post] = server.sent('POST', /\/stories$/);
    const sent = await fieldsOf(post?.body ?? '', post?.headers ?? {});
    assert.deepEqual(
      [sent.get('category'), sent.get('pri'), sent.get('reviewer'), sent.get('spec')],
      ['feature', 2, ['admin'], '<p>一键导出诊断包</p>'],
    );
    const told = async (change: object) => {
      Object.assign(made(), change);
      const { request: progress, fixVersion } = await tracker.read(key, 'request');
      return fixVersion === '' ? progress : `${progress} ${fixVersion}`;
    };
    assert.equal(await told({ status: 'reviewing' }), 'evaluating');
    assert.equal(await told({ status: 'active', plan: '1' }), 'scheduled V3.3 计划');
    assert.equal(await told({ stage: 'developing', plan: '0' }), 'inDevelopment');
    assert.equal(await told({ stage: 'released' }), 'released');
    assert.equal(await told({ status: 'closed', stage: 'closed', closedReason: 'willnotdo' }), 'notAdopted');
  });

  it('closes a story with its reason, and says when one stayed closed', async () => {
    const { key } = await tracker.create(request);
    const closed = await tracker.close(key, 'request', { comment: '客户验收', resolution: 'willnotdo' });
    assert.deepEqual([closed.progress, closed.request, closed.resolution], ['done', 'notAdopted', 'willnotdo']);
    await assert.rejects(tracker.reactivate(key, 'request', '还需要'), { reason: 'not-applied', said: 'closed' });
    assert.equal((await tracker.find(request))?.key, key);
    await assert.rejects(tracker.attach(key, 'request', files), { reason: 'unsupported' });
  });

  it('finds a case by its mark on any page, also when the title was changed, and stops before its day', async () => {
    const others = Array.from({ length: 230 }, (_, index) => ({
      ...ticket,
      title: `别的 ${index}`,
      caseId: `ISS-20261122-${1000 + index}`,
    }));
    await tracker.create(ticket);
    const first = made();
    server.kept.push(...others.map((each, index) => ({ ...first, id: 2 + index, title: each.title, keywords: '' })));
    first.title = '改过的标题';
    assert.equal((await tracker.find(ticket))?.key, '1');
    assert.equal(server.sent('GET', /\/bugs\?/).filter(({ path }) => path.includes('page=3')).length, 1);
    for (const each of server.kept) each.openedDate = '2026-10-01T00:00:00Z';
    first.keywords = '';
    server.asked.length = 0;
    assert.equal(await tracker.find(ticket), undefined);
    assert.equal(server.sent('GET', /\/bugs\?/).length, 1);
  });

  it('does not take what is in the bin for a ticket', async () => {
    const { key } = await tracker.create(ticket);
    made().deleted = true;
    await assert.rejects(tracker.read(key, 'issue'), { reason: 'not-found' });
    assert.equal(await tracker.find(ticket), undefined);
  });

  it('says which of the values were not taken', async () => {
    const unknown = { ...ticket, fields: { ...ticket.fields, assignedTo: 'nobody' } };
    await assert.rejects(tracker.create(unknown), { reason: 'not-applied', said: 'assignedTo' });
    assert.equal((await tracker.create(unknown)).key, '1');
  });
});
