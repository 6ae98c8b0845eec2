/** Jira, of the cloud and of a data center: what is sent, understood and not believed, against servers of both kinds. */
import { strict as assert } from 'node:assert';
import { JiraTracker } from '../../../../src/adapters/tickets/jira/jira';
import type { NewTicket, TrackerConnection } from '../../../../src/domain/tickets/tracker';
import type { Exchange } from './document';
import { JiraLike } from './jiraLike';

const caseId = 'ISS-20261122-7K3F';
const label = 'casebook-iss-20261122-7k3f';

const ticket: NewTicket = {
  caseId,
  kind: 'issue',
  place: 'VIS',
  title: '相机断线后\n检测程序崩溃 😀',
  text: '【复现步骤】\n1. 拔掉相机网线\n2. 等 30 秒\n\n*加粗* & C:\\temp\u001b',
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

for (const isCloud of [true, false]) {
  describe(`Jira ${isCloud ? 'Cloud' : 'Data Center'}`, () => {
    let server: JiraLike;
    let tracker: JiraTracker;
    let url: string;

    beforeEach(async () => {
      server = new JiraLike(isCloud);
      url = await server.start();
      tracker = new JiraTracker(connection(`${url}/`), JiraLike.secret, Date.now);
    });
    afterEach(() => {
      server.stop();
      assert.deepEqual(server.wrong, [], 'what is sent is what the document wants');
    });

    const sent = (method: string, path: RegExp) =>
      server.asked.filter((asked) => asked.method === method && path.test(asked.path));
    const isCreate = ({ method, path }: Exchange) => method === 'POST' && path.endsWith('/issue');
    const issue = () => server.issues[0] ?? assert.fail('there is no ticket');

    it('proves who is signed in, below a path of the site, and knows which Jira it is', async () => {
      assert.deepEqual(await tracker.test(), {
        account: isCloud ? JiraLike.account : 'support1',
        displayName: '售后 李',
        version: isCloud ? 'Cloud' : 'Data Center 9.12.4',
      });
      await assert.rejects(new JiraTracker(connection(url), 'wrong', Date.now).test(), { reason: 'sign-in' });
    });

    it('tells all pages of places and people', async () => {
      const vision = { id: 'VIS', name: '视觉检测平台' };
      assert.deepEqual(await tracker.places(), isCloud ? [vision, { id: 'OPS', name: '运维' }] : [vision]);
      assert.deepEqual(await tracker.people('VIS'), [
        { id: 'dev1', name: '开发 张' },
        { id: 'support1', name: '售后 李' },
      ]);
    });

    it("asks for a type first, then for that type's own fields, those that must be filled in before the others", async () => {
      const fields = await tracker.fields('VIS', 'issue');
      assert.deepEqual(
        fields.map(({ key, type, required, initial }) => [key, type, required, initial]),
        [
          ['issuetype', 'choice', true, '10001'],
          ['versions', 'choices', true, ''],
          ['customfield_10010', 'choice', true, ''],
          ['labels', 'text', false, ''],
          ['priority', 'choice', false, '3'],
          ['duedate', 'date', false, ''],
          ['fixVersions', 'choices', false, ''],
          ['components', 'choices', false, ''],
          ['environment', 'longText', false, ''],
          ['customfield_10011', 'choices', false, ''],
          ['customfield_10012', 'longText', false, ''],
          ['customfield_10013', 'number', false, ''],
          ['customfield_10014', 'date', false, ''],
          ['customfield_10015', 'person', false, ''],
          ['customfield_10016', 'choice', false, ''],
          ['customfield_10017', 'text', false, ''],
        ],
      );
      const choices = (key: string) =>
        fields.find((field) => field.key === key)?.choices.map(({ label: name }) => name);
      assert.deepEqual(choices('issuetype'), ['故障处理', '缺陷', '需求'], 'no subtasks');
      assert.deepEqual(choices('fixVersions'), ['V3.2.2'], 'neither released nor archived');
      assert.deepEqual(choices('versions'), ['V3.2.2', 'V3.2.1']);
      assert.deepEqual(choices('customfield_10010'), ['致命'], 'nothing disabled');
      assert.deepEqual(choices('customfield_10016'), ['视觉', '视觉 / 线扫']);
      const wish = await tracker.fields('VIS', 'request');
      assert.deepEqual([wish[0]?.initial, wish.length], ['10002', 4]);
      assert.equal((await tracker.fields('VIS', 'issue', undefined, { issuetype: '10002' })).length, 4);
    });

    it('sends exactly what the preview shows', async () => {
      const preview = await tracker.preview(ticket);
      await tracker.create(ticket);
      const [post] = sent('POST', /\/issue$/);
      const { description, ...values } = (JSON.parse(post?.body ?? '') as { fields: Record<string, unknown> }).fields;
      const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
      assert.deepEqual(
        Object.entries(values).map(([name, value]) => [name, shown(value)]),
        preview.values,
      );
      assert.equal(preview.request, `POST ${post?.path}`);
      assert.equal(preview.replaced, 'U+001B → \uFFFD');
      assert.deepEqual(isCloud ? JSON.parse(preview.text) : preview.text, description);
      assert.equal(values['summary'], `相机断线后 检测程序崩溃 😀 [${caseId}]`);
      assert.deepEqual(values['labels'], [label]);
      if (!isCloud)
        assert.equal(preview.text.split('\n').at(-1), String.raw`\*加粗\* & C&#92;temp`.replace('C', 'C:') + '\uFFFD');
    });

    it('puts each kind of field as Jira wants it', async () => {
      await tracker.create({
        ...ticket,
        fields: {
          ...ticket.fields,
          priority: '1',
          duedate: '2026-12-05',
          fixVersions: ['20'],
          components: ['30'],
          environment: '现场',
          labels: 'night shift',
          customfield_10011: ['50'],
          customfield_10012: '停线',
          customfield_10013: '3',
          customfield_10014: '2026-11-22',
          customfield_10015: 'dev1',
          customfield_10016: '60:61',
          customfield_10017: '',
        },
      });
      const { summary: _s, description: _d, environment, customfield_10012: impact, ...fields } = issue().fields;
      assert.deepEqual(fields, {
        project: { key: 'VIS' },
        issuetype: { id: '10001' },
        labels: [label, 'night', 'shift'],
        versions: [{ id: '21' }],
        priority: { id: '1' },
        duedate: '2026-12-05',
        fixVersions: [{ id: '20' }],
        components: [{ id: '30' }],
        customfield_10010: { id: '40' },
        customfield_10011: [{ id: '50' }],
        customfield_10013: 3,
        customfield_10014: '2026-11-22T00:00:00.000+0800',
        customfield_10015: isCloud ? { accountId: 'dev1' } : { name: 'dev1' },
        customfield_10016: { id: '60', child: { id: '61' } },
      });
      const document = (text: string) => ({
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
      });
      assert.deepEqual([environment, impact], isCloud ? [document('现场'), document('停线')] : ['现场', '停线']);
    });

    it('makes a ticket with its files, and reads back what it became', async () => {
      const files = [
        { name: '现场日志.log', bytes: new TextEncoder().encode('line\n') },
        { name: 'shot.png', bytes: new Uint8Array([65, 66]) },
      ];
      const fields = { ...ticket.fields, fixVersions: ['20'] };
      const made = await tracker.create({ ...ticket, fields, files });
      assert.deepEqual(
        [made.key, made.id, made.progress, made.fixVersion, made.dueDate, made.files, made.url, made.updatedAt],
        [
          'VIS-1',
          '10007',
          'open',
          'V3.2.2',
          '2026-12-20',
          ['现场日志.log', 'shot.png'],
          `${isCloud ? 'https://jira.example.com' : url}/browse/VIS-1`,
          '2026-11-22T10:19:17.000+00:00',
        ],
      );
    });

    it('leaves the label out where the screen has none: the title has the mark', async () => {
      server.hidden = ['labels'];
      await tracker.create(ticket);
      assert.deepEqual(issue().fields['labels'], []);
      assert.equal((await tracker.find(ticket))?.key, 'VIS-1');
    });

    it('takes no ticket of somebody else for its own, whatever its title speaks of', async () => {
      await tracker.create({ ...ticket, caseId: 'ISS-20261120-AAAA', title: `与 ${caseId} 同一现场` });
      const titled = { ...ticket, title: `${caseId} 相机断线` };
      server.hidden = ['labels'];
      assert.equal((await tracker.create(titled)).key, 'VIS-2', 'made, and not adopted');
      assert.equal((await tracker.create(titled)).key, 'VIS-2', 'found behind the other, by its title as it was sent');
      assert.equal(server.issues.length, 2);
    });

    for (const isSearchSlow of [false, true]) {
      it(`never makes a second ticket when an answer was lost${isSearchSlow ? ', also while the search does not know the first' : ''}`, async () => {
        server.isSearchSlow = isSearchSlow;
        await tracker.create({ ...ticket, caseId: 'ISS-20261120-AAAA' });
        server.afterwards = (asked) => (isCreate(asked) ? 'dies' : undefined);
        await assert.rejects(tracker.create(ticket), { reason: 'no-answer', isUndone: false });
        server.afterwards = () => undefined;
        const again = new JiraTracker(connection(url), JiraLike.secret, Date.now);
        assert.equal((await again.create(ticket)).key, 'VIS-2');
        assert.equal(server.issues.length, 2);
      });
    }

    it('says that something was done when only the reading after it is refused', async () => {
      server.instead = ({ method, path }) =>
        method === 'GET' && path.includes('/issue/10007')
          ? { status: 429, headers: { 'Retry-After': '3' } }
          : undefined;
      await assert.rejects(tracker.create(ticket), { reason: 'no-answer', isUndone: false });
      server.instead = () => undefined;
      assert.equal((await tracker.create(ticket)).key, 'VIS-1');
      assert.equal(server.issues.length, 1);
    });

    it('tells the ticket when a file is too large for it, and sends only what is missing the next time', async () => {
      const files = [
        { name: 'a.log', bytes: new TextEncoder().encode('a') },
        { name: 'b.log', bytes: new TextEncoder().encode('b') },
      ];
      server.instead = ({ path, body }) =>
        path.endsWith('/attachments') && body.includes('b.log') ? { status: 413 } : undefined;
      await assert.rejects(tracker.create({ ...ticket, files }), ({ reason, isUndone, details }) => {
        assert.deepEqual([reason, isUndone, details.made.key], ['too-large', false, 'VIS-1']);
        return true;
      });
      server.instead = () => undefined;
      assert.deepEqual((await tracker.create({ ...ticket, files })).files, ['a.log', 'b.log']);
      assert.deepEqual([server.issues.length, issue().attachments.length], [1, 2]);
    });

    it('makes no ticket as nobody, where a refused token may still search', async () => {
      server.instead = ({ path }) => (path.endsWith('/myself') ? { status: 401 } : undefined);
      await assert.rejects(tracker.create(ticket), { reason: 'sign-in' });
      assert.deepEqual(sent('POST', /./), []);
      await assert.rejects(tracker.read('VIS-9', 'issue'), { reason: 'sign-in' }, 'to nobody every ticket is unknown');
      server.instead = () => undefined;
      await assert.rejects(tracker.read('VIS-9', 'issue'), { reason: 'not-found' });
    });

    it('follows a ticket from R&D to the customer and back, by its id when it is moved to another project', async () => {
      const { id } = await tracker.create(ticket);
      const assigned = await tracker.assign(id, 'issue', 'dev1', '请处理');
      assert.deepEqual(assigned.assignee, { id: 'dev1', name: '开发 张' });
      await tracker.comment(id, 'issue', '第二条');
      const commented = await tracker.comment(id, 'issue', '补充：*不是粗体* [x]\n第二行 https://a.cn/b-c_d');
      assert.deepEqual(
        commented.comments.map(({ by, at, text }) => [by, at, text]),
        [
          ['售后 李', '2026-11-22T18:19:00.000+08:00', '请处理'],
          ['售后 李', '2026-11-22T18:19:01.000+08:00', '第二条'],
          ['售后 李', '2026-11-22T18:19:02.000+08:00', '补充：*不是粗体* [x]\n第二行 https://a.cn/b-c_d'],
        ],
      );
      Object.assign(issue(), { key: 'OPS-4', status: 4 });
      const waiting = await tracker.read(id, 'issue');
      assert.deepEqual([waiting.key, waiting.progress, waiting.status], ['OPS-4', 'toVerify', '待验证']);
      const closed = await tracker.close(id, 'issue', { comment: '客户已确认', resolution: '' });
      assert.deepEqual(
        [closed.progress, closed.resolution, closed.comments.at(-1)?.text],
        ['done', '已修复', '客户已确认'],
      );
      const active = await tracker.reactivate(id, 'issue', '验证未通过');
      assert.deepEqual(
        [active.progress, active.resolution, active.comments.at(-1)?.text],
        ['inProgress', '', '验证未通过'],
      );
      assert.equal(active.comments.length, 5, 'each comment is there once, whether the screen took it or not');
    });

    it('offers the resolutions of the screens that lead to an end, else the ends, and takes the way of the chosen one', async () => {
      const { id } = await tracker.create(ticket);
      const offered = async (status: number) => {
        issue().status = status;
        return (await tracker.resolutions(id, 'issue')).map(({ value }) => value);
      };
      const screen = ['不予解决', '无法重现', '已修复'];
      assert.deepEqual((await offered(1)).toSorted(), screen.toSorted());
      assert.deepEqual(await offered(5), ['已关闭']);
      assert.deepEqual(await offered(7), []);
      await offered(1);
      const closed = await tracker.close(id, 'issue', { comment: '', resolution: '无法重现' });
      assert.deepEqual([closed.status, closed.resolution], ['已关闭', '无法重现']);
    });

    it('closes what was resolved, where resolving is the end, and with a resolution of choice', async () => {
      const { id } = await tracker.create(ticket);
      issue().status = 3;
      const resolved = await tracker.close(id, 'issue', { comment: '', resolution: '无法重现' });
      assert.deepEqual([resolved.status, resolved.progress, resolved.resolution], ['Resolved', 'toVerify', '无法重现']);
      assert.equal((await tracker.close(id, 'issue', { comment: 'ok', resolution: '' })).status, '已关闭');
      const again = await tracker.close(id, 'issue', { comment: 'ok', resolution: '' });
      assert.deepEqual([again.progress, again.comments.length], ['done', 1], 'a second try says nothing twice');
      await tracker.reactivate(id, 'issue', '');
      Object.assign(issue(), { status: 1 });
      assert.equal(
        (await tracker.close(id, 'issue', { comment: '', resolution: '' })).status,
        '已关闭',
        'never as refused',
      );
      Object.assign(issue(), { status: 1 });
      const refused = await tracker.close(id, 'issue', { comment: '', resolution: '不予解决' });
      assert.deepEqual([refused.status, refused.resolution], ['不予解决', '不予解决'], 'unless that was said');
      await assert.rejects(tracker.reactivate(id, 'issue', ''), { reason: 'unsupported' }, 'no way leads back');
      Object.assign(issue(), { status: 8 });
      await assert.rejects(tracker.close(id, 'issue', { comment: '', resolution: '' }), {
        reason: 'refused',
        said: '根本原因',
        details: { fields: { customfield_10020: '根本原因' } },
      });
      issue().status = 9;
      const only = tracker.close(id, 'issue', { comment: '', resolution: '' });
      await assert.rejects(only, { reason: 'unsupported', said: '不予解决' }, 'where no other way leads there');
      issue().status = 8;
      issue().fields['customfield_10020'] = '接线';
      const filled = await tracker.close(id, 'issue', { comment: '', resolution: '' });
      assert.equal(filled.progress, 'done', 'what R&D filled in is not asked for');
    });

    const ignored = [
      ['comment', (id: string) => tracker.comment(id, 'issue', '没有保存')],
      ['assignee', (id: string) => tracker.assign(id, 'issue', 'dev1', '')],
      ['attachments', (id: string) => tracker.attach(id, 'issue', [{ name: 'a.log', bytes: new Uint8Array([1]) }])],
      ['transitions', (id: string) => tracker.close(id, 'issue', { comment: '', resolution: '' })],
    ] as const;
    for (const [part, write] of ignored) {
      it(`does not believe "done" of ${part}`, async () => {
        const { id } = await tracker.create(ticket);
        server.ignores = ({ path }) => path.endsWith(part);
        await assert.rejects(write(id), { reason: 'not-applied', said: '待办' });
      });
    }

    for (const status of [4, 5]) {
      it(`closes once and says once what was said, when the answer was lost on the way from ${status}`, async () => {
        const { id } = await tracker.create(ticket);
        issue().status = status;
        server.ignores = ({ method, path }) => method === 'POST' && path.endsWith('/transitions');
        const closing = { comment: '客户已确认', resolution: '' };
        await assert.rejects(tracker.close(id, 'issue', closing), { reason: 'not-applied' });
        server.ignores = () => false;
        server.afterwards = ({ method, path }) =>
          method === 'POST' && path.endsWith('/transitions') ? 'dies' : undefined;
        await assert.rejects(tracker.close(id, 'issue', closing), { reason: 'no-answer' });
        server.afterwards = () => undefined;
        const closed = await tracker.close(id, 'issue', closing);
        assert.deepEqual([closed.status, closed.comments.map(({ text }) => text)], ['已关闭', ['客户已确认']]);
        assert.equal(sent('POST', /transitions/).length, 2);
      });
    }

    it('says how a request stands', async () => {
      const wish = { ...ticket, kind: 'request', fields: {} } as const;
      const { id } = await tracker.create(wish);
      assert.deepEqual(issue().fields['issuetype'], { id: '10002' });
      const told = async (change: object, fields: object = {}) => {
        Object.assign(issue(), change);
        Object.assign(issue().fields, fields);
        return (await tracker.read(id, 'request')).request;
      };
      assert.deepEqual(
        [
          await told({}),
          await told({ assignee: 'dev1' }),
          await told({ status: 8 }),
          await told({ status: 1 }, { fixVersions: [{ id: '20' }] }),
          await told({ status: 3 }),
          await told({ status: 6, resolution: '已修复' }),
          await told({}, { fixVersions: [{ id: '21' }] }),
          await told({ resolution: '不予解决' }),
        ],
        [
          'waiting',
          'evaluating',
          'evaluating',
          'scheduled',
          'inDevelopment',
          'inDevelopment',
          'released',
          'notAdopted',
        ],
      );
    });

    it('says at which field Jira refuses what was typed', async () => {
      const refused = tracker.create({
        ...ticket,
        fields: { issuetype: '10001', customfield_99: 'gone' },
        text: 'x'.repeat(40_000),
      });
      await assert.rejects(refused, {
        reason: 'refused',
        isUndone: true,
        details: {
          status: 400,
          fields: {
            versions: '影响版本 is required.',
            customfield_10010: '严重程度 is required.',
            customfield_99: "Field 'customfield_99' cannot be set. It is not on the appropriate screen, or unknown.",
            text: 'The entered text is too long.',
          },
        },
      });
      assert.equal(server.issues.length, 0);
    });
  });
}
