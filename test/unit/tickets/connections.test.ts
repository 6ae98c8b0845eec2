/** The connections of the settings: what is read, what is named as wrong, and where secrets are kept. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { openBots } from '../../../src/adapters/notify/connectedBots';
import { openCasebook } from '../../../src/adapters/openCasebook';
import { openTrackers } from '../../../src/adapters/tickets/connectedTrackers';
import { botUrl, readBots, readTrackers, siteUrl } from '../../../src/domain/tickets/connections';
import { aCase, handClock } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';

describe('connections in the settings', () => {
  it('are read whole', () => {
    const { connections, problems } = readTrackers(
      [
        {
          name: ' 禅道 ',
          system: 'zentao',
          url: 'https://dev.example.com/zentao/?m=my#top',
          account: 'support1',
          places: { 视觉检测平台: 3 },
          assignees: { 存储组: 'dev1' },
          utcOffset: 0,
        },
        { name: 'Redmine', system: 'redmine', url: 'http://localhost:3000/', textFormat: 'markdown' },
      ],
      480,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(connections, [
      {
        name: '禅道',
        system: 'zentao',
        url: 'https://dev.example.com/zentao',
        account: 'support1',
        places: { 视觉检测平台: '3' },
        assignees: { 存储组: 'dev1' },
        utcOffset: 0,
        textFormat: 'textile',
      },
      {
        name: 'Redmine',
        system: 'redmine',
        url: 'http://localhost:3000',
        account: '',
        places: {},
        assignees: {},
        utcOffset: 480,
        textFormat: 'markdown',
      },
    ]);
  });

  it('are left out or mended by name where they are wrong, and the rest is used', () => {
    const good = { name: 'A', system: 'jira', url: 'https://a.example.com' };
    const raw = [
      good,
      'jira',
      { ...good, name: ' ' },
      good,
      { ...good, name: 'B', system: 'bugzilla' },
      { ...good, name: 'C', url: 'ftp://a.example.com' },
      { ...good, name: 'D', url: 'https://me:secret@a.example.com' },
      { ...good, name: 'E', url: 'http://a.example.com' },
      { ...good, name: 'F', url: 'http://a.example.com', allowHttp: true, utcOffset: 'east', places: [] },
      { ...good, name: 'G', account: 1, assignees: { team: null }, textFormat: 'html' },
    ];
    const { connections, problems } = readTrackers(raw, 60);
    assert.deepEqual(
      connections.map(({ name }) => name),
      ['A', 'F', 'G'],
    );
    assert.deepEqual(
      problems.map(({ index, name, problem, isLeftOut }) => [index, name, problem, isLeftOut]),
      [
        [1, '', 'shape', true],
        [2, '', 'name', true],
        [3, 'A', 'twice', true],
        [4, 'B', 'system', true],
        [5, 'C', 'url', true],
        [6, 'D', 'url', true],
        [7, 'E', 'http', true],
        [8, 'F', 'places', false],
        [8, 'F', 'utcOffset', false],
        [9, 'G', 'account', false],
        [9, 'G', 'assignees', false],
        [9, 'G', 'textFormat', false],
      ],
    );
    assert.deepEqual([connections[1]?.utcOffset, connections[1]?.places], [60, {}]);
    for (const junk of [null, {}, 'x', 7]) {
      assert.deepEqual(readTrackers(junk, 0).problems, [{ index: -1, name: '', problem: 'shape', isLeftOut: true }]);
    }
    assert.deepEqual(readTrackers(undefined, 0), { connections: [], problems: [] });
  });

  it('go unencrypted to this machine only', () => {
    for (const url of ['http://localhost/x', 'http://127.0.0.1:8080', 'http://[::1]:1', 'http://zentao.localhost']) {
      assert.equal(siteUrl(url), url);
    }
    for (const url of ['http://127.example.com', 'http://localhost.example.com', 'http://10.0.0.1']) {
      assert.deepEqual(siteUrl(url), { fault: 'http' });
    }
    assert.equal(siteUrl('http://10.0.0.1/', true), 'http://10.0.0.1');
    for (const url of ['', 'dev.example.com', 'javascript:alert(1)', 'https://', 7, undefined]) {
      assert.deepEqual(siteUrl(url, true), { fault: 'url' });
    }
    assert.equal(botUrl(' https://hooks.example.com/send?key=1 '), 'https://hooks.example.com/send?key=1');
    assert.equal(botUrl('http://hooks.example.com/send?key=1'), undefined);
  });

  it('of bots name their group', () => {
    const { connections, problems } = readBots([
      { group: '存储组研发群', system: 'wecom', mentions: [' 13800001111 ', ''], lead: ' 赵磊 ' },
      { group: 'B', system: 'icq' },
      { system: 'slack' },
      { group: 'C', system: 'slack', mentions: 'all', keyword: 7, lead: {} },
    ]);
    assert.deepEqual(connections, [
      { group: '存储组研发群', system: 'wecom', keyword: '', mentions: ['13800001111'], lead: '赵磊' },
      { group: 'C', system: 'slack', keyword: '', mentions: [], lead: '' },
    ]);
    assert.deepEqual(
      problems.map(({ index, problem, isLeftOut }) => [index, problem, isLeftOut]),
      [
        [1, 'system', true],
        [2, 'name', true],
        [3, 'keyword', false],
        [3, 'mentions', false],
        [3, 'lead', false],
      ],
    );
  });
});

describe('signing in', () => {
  let server: RedmineLike;
  let setting: Record<string, unknown>[];
  const secrets = secretsInMemory();
  const trackers = openTrackers({ setting: () => setting, secrets, clock: handClock() });

  beforeEach(async () => {
    secrets.kept.clear();
    server = new RedmineLike();
    setting = [{ name: 'Redmine', system: 'redmine', url: await server.start() }];
  });
  afterEach(() => server.stop());

  it('keeps a secret once the system has said whose it is', async () => {
    await assert.rejects(trackers.open('Redmine'), { reason: 'sign-in' });
    await assert.rejects(trackers.signIn('Redmine', 'wrong'), { reason: 'sign-in' });
    assert.equal(secrets.kept.size, 0);
    assert.equal((await trackers.signIn('Redmine', RedmineLike.key)).account, 'support1');
    assert.equal((await trackers.signedIn('Redmine'))?.displayName, '售后 李');
    const tracker = await trackers.open('Redmine');
    assert.deepEqual(await tracker.places(), [{ id: 'vision', name: '视觉检测平台' }]);
    assert.equal(await trackers.open('Redmine'), tracker);
    assert.ok(!JSON.stringify(trackers.connections()).includes(RedmineLike.key));
    await trackers.signIn('Redmine', RedmineLike.key);
    assert.notEqual(await trackers.open('Redmine'), tracker, 'one that was refused would remember it');
    await trackers.signOut('Redmine');
    await assert.rejects(trackers.open('Redmine'), { reason: 'sign-in' });
    assert.equal(await trackers.signedIn('Redmine'), undefined);
  });

  it('signs in to a connection that the settings do not name yet', async () => {
    const [entry] = readTrackers(setting, 0).connections;
    setting = [];
    assert.ok(entry);
    await assert.rejects(trackers.signIn(entry, 'wrong'), { reason: 'sign-in' });
    assert.equal(secrets.kept.size, 0);
    await trackers.signIn(entry, RedmineLike.key);
    setting = [{ name: entry.name, system: entry.system, url: entry.url }];
    assert.equal((await trackers.signedIn('Redmine'))?.account, 'support1');
  });

  it('never sends a secret to another site under the same name', async () => {
    await trackers.signIn('Redmine', RedmineLike.key);
    const other = new RedmineLike();
    setting = [{ name: 'Redmine', system: 'redmine', url: await other.start() }];
    await assert.rejects(trackers.open('Redmine'), { reason: 'sign-in' });
    assert.deepEqual(other.asked, []);
    other.stop();
  });

  it('knows no connection that the settings do not name', async () => {
    await assert.rejects(trackers.open('Jira'), { reason: 'not-found' });
  });

  it("keeps a bot's address out of the settings", async () => {
    const bots = openBots({ setting: () => [{ group: 'storage', system: 'wecom' }], secrets, clock: handClock() });
    await assert.rejects(bots.open('storage'), { reason: 'address' });
    await assert.rejects(bots.keep('storage', 'http://example.com/send?key=1', ''), { reason: 'address', said: '' });
    await bots.keep('storage', 'https://example.com/send?key=1', ' SEC ');
    assert.deepEqual([await bots.isKept('storage'), await bots.isKept('other')], [true, false]);
    const bot = await bots.open('storage');
    assert.equal(await bots.open('storage'), bot);
    await assert.rejects(bots.open('other'), { reason: 'address' });
    assert.deepEqual(JSON.parse(secrets.kept.get('bot/storage') ?? ''), {
      url: 'https://example.com/send?key=1',
      secret: 'SEC',
    });
    await bots.forget('storage');
    await assert.rejects(bots.open('storage'), { reason: 'address' });
  });
});

describe('Restricted Mode', () => {
  afterEach(cleanUp);

  it('signs in nowhere and sends nothing', async () => {
    const folder = await newCasebook();
    const item = aCase().until('2.2');
    place(folder, item);
    const casebook = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: tempFolder(),
      searchThread: join(folder, 'no-thread.js'),
      sheetThread: '',
      reportThread: '',
      language: 'en',
      version: '1',
      secretStorage: secretsInMemory(),
      connections: {
        trackers: () => [{ name: 'Redmine', system: 'redmine', url: 'http://127.0.0.1:9' }],
        bots: () => [{ group: 'storage', system: 'wecom' }],
      },
      engineer: () => '',
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted: false,
      onProblem: (error) => assert.fail(String(error)),
    });
    try {
      const { trackers, bots, tickets } = casebook;
      assert.deepEqual([trackers.connections(), bots.connections()], [[], []]);
      const act = { action: 'note', values: { text: 'x' } };
      await assert.rejects(tickets.tell(item.id, 'storage', 'x', act), { reason: 'restricted' });
      await assert.rejects(tickets.signIn('Redmine', 'key'), { reason: 'restricted' });
      await assert.rejects(bots.keep('storage', 'https://example.com', ''), { reason: 'restricted' });
      assert.deepEqual(await tickets.outbox(), []);
    } finally {
      casebook.dispose();
    }
  });
});
