/** How the recorded sign-ins, lists and readings are brought about with the adapter. */
import { strict as assert } from 'node:assert';
import { bodyOf, type Driver, idIn, kindIn, text } from './driver';
import { answerOf, type Body, told } from './replay';

export const signIn: Driver = async (replay) => {
  await replay.begin();
  replay.on('GET', /\/user$/, answerOf(replay.other('my-user').response));
  assert.equal((await replay.tracker.test()).account, 'admin');
  const { version } = replay.other('getconfig').response.body as Body;
  assert.equal((await replay.tracker.test()).version, version);
};

export const refusedSignIn: Driver = async (replay) => {
  await replay.begin();
  replay.instead = ({ path }) => (path.endsWith('/tokens') ? answerOf(replay.recording.response) : undefined);
  await assert.rejects(replay.tracker.test(), { reason: 'sign-in', said: bodyOf(replay)['error'] });
};

export const products: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/products/, answerOf(replay.other('list-products').response));
  assert.deepEqual(await replay.tracker.places(), [{ id: '1', name: '视觉检测平台' }]);
};

export const runOut: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/products/, answerOf(replay.recording.response));
  replay.on('GET', /\/products/, answerOf(replay.other('list-products').response));
  assert.equal((await replay.tracker.places()).length, 1);
  assert.equal(replay.sent('POST', /tokens$/).length, 2);
};

export const users: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/users/, answerOf(replay.recording.response));
  const people = await replay.tracker.people('1');
  assert.deepEqual(
    people.find(({ id }) => id === 'dev1'),
    { id: 'dev1', name: '张开发' },
  );
};

export const options: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/options\/bug/, answerOf(replay.recording.response));
  const [builds, severity, , type] = await replay.tracker.fields('1', 'issue');
  assert.ok(builds?.choices.some(({ value, label }) => value === 'trunk' && label === '主干'));
  assert.ok(builds?.choices.every(({ value }) => value !== ''));
  assert.deepEqual(
    severity?.choices.map(({ value }) => value),
    ['1', '2', '3', '4'],
  );
  assert.equal(type?.choices.find(({ value }) => value === 'codeerror')?.label, '代码错误');
};

export const plans: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/plans/, answerOf(replay.recording.response));
  replay.on('GET', /\/users/, answerOf(replay.other('list-users').response));
  const fields = await replay.tracker.fields('1', 'request');
  assert.deepEqual(fields.find(({ key }) => key === 'plan')?.choices, [{ value: '1', label: 'V3.3 计划' }]);
};

export const read: Driver = async (replay) => {
  const body = bodyOf(replay);
  (await replay.begin()).on('GET', /\/(?:bugs|stories)\/\d+$/, answerOf(replay.recording.response));
  const ticket = await replay.tracker.read(idIn(replay), kindIn(replay));
  const actions = body['actions'] as { comment: string; date: string; actor: string }[];
  const comments = actions.filter(({ comment }) => comment !== '');
  const build = body['resolvedBuild'] as { title: string } | '' | undefined;
  const assignee = body['assignedTo'] as { account: string; realname: string } | null;
  assert.deepEqual(
    [ticket.key, ticket.title, ticket.status, ticket.dueDate, ticket.fixVersion, ticket.assignee],
    [
      String(body['id']),
      body['title'],
      body['status'],
      text(body['deadline']),
      (build ? build.title : '') || text(body['planName']),
      assignee ? { id: assignee.account, name: assignee.realname } : undefined,
    ],
  );
  assert.deepEqual(
    ticket.files,
    Object.values(body['files'] as object).map(({ title }: { title: string }) => title),
  );
  assert.deepEqual(
    ticket.comments.map(({ at, by }) => [at, by]),
    comments.map(({ date, actor }) => [`${date.replace(' ', 'T')}+08:00`, actor]),
  );
  const last = text(body['lastEditedDate']) || text(body['openedDate']);
  assert.ok(Date.parse(ticket.updatedAt) >= Date.parse(last), ticket.updatedAt);
};

export const notThere: Driver = async (replay) => {
  (await replay.begin()).on('GET', /\/(?:bugs|stories)\/\d+$/, answerOf(replay.recording.response));
  await assert.rejects(replay.tracker.read(idIn(replay) || '1', kindIn(replay)), { reason: 'not-found' });
};

export const find: Driver = async (replay) => {
  const body = bodyOf(replay);
  const items = (body['bugs'] ?? body['stories']) as Body[];
  (await replay.begin()).on('GET', /\/products\/1\/(?:bugs|stories)\?/, answerOf(replay.recording.response));
  for (const item of items) {
    const kind = kindIn(replay);
    replay.on('GET', new RegExp(`/(?:bugs|stories)/${String(item['id'])}$`), told({ ...item, actions: [] }));
    const found = await replay.tracker.find({ caseId: text(item['title']), kind, place: '1', title: '' });
    assert.equal(found?.title, item['title']);
  }
};

/** v2 on a server that has none: an edition whose numbers say nothing is asked, and the first interface taken. */
export const noSecond: Driver = async (replay) => {
  const config = replay.other('getconfig').response.body as Body;
  await replay.begin(told({ ...config, version: `biz${String(config['version'])}` }));
  replay.on('POST', /v2\/users\/login$/, answerOf(replay.recording.response));
  replay.on('GET', /\/user$/, answerOf(replay.other('my-user').response));
  assert.equal((await replay.tracker.test()).account, 'admin');
};
