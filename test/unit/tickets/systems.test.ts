/** The ticket desk over each system: the same case, the same answers lost, exactly one ticket and one comment. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { TicketFieldValue, TrackerSystem } from '../../../src/domain/tickets/tracker';
import { aCase, handClock, seededRandom } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { JiraLike } from './jira/jiraLike';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld } from './world';
import { ZenTaoLike } from './zentao/zentaoLike';

interface Site {
  readonly url: string;
  readonly system: TrackerSystem;
  readonly account: string;
  readonly secret: string;
  readonly place: string;
  readonly tickets: () => number;
  /** Answers to these are lost once the work is done; none for all get through. */
  readonly lose: (method: string, path: RegExp | undefined) => void;
  readonly stop: () => void | Promise<void>;
}

async function redmine(): Promise<Site> {
  const server = new RedmineLike();
  const lose: Site['lose'] = (method, path) => {
    server.diesAfter = (asked) => asked.method === method && path?.test(asked.path) === true;
  };
  const tickets = () => server.issues.length;
  const url = await server.start();
  const stop = () => server.stop();
  return { url, system: 'redmine', account: '', secret: RedmineLike.key, place: 'vision', tickets, lose, stop };
}

async function zentao(): Promise<Site> {
  const server = new ZenTaoLike();
  const lose: Site['lose'] = (method, path) => {
    server.diesAfter = (asked) => asked.method === method && path?.test(asked.path) === true;
  };
  return {
    url: await server.start(),
    system: 'zentao',
    account: 'support1',
    secret: ZenTaoLike.password,
    place: '1',
    tickets: () => server.kept.length,
    lose,
    stop: () => server.stop(),
  };
}

const jira = (isCloud: boolean) => async (): Promise<Site> => {
  const server = new JiraLike(isCloud);
  return {
    url: await server.start(),
    system: 'jira',
    account: isCloud ? JiraLike.account : '',
    secret: JiraLike.secret,
    place: 'VIS',
    tickets: () => server.issues.length,
    lose: (method, path) => {
      server.afterwards = (asked) => (asked.method === method && path?.test(asked.path) ? 'dies' : undefined);
    },
    stop: () => server.stop(),
  };
};

interface Lost {
  readonly name: string;
  readonly open: () => Promise<Site>;
  /** Of the requests whose answers are lost. */
  readonly create: RegExp;
  readonly comment: readonly [method: string, path: RegExp];
  /** It looks by itself at once, and needs nobody to come again. */
  readonly looksAgain?: true;
}

const systems: readonly Lost[] = [
  { name: 'Redmine', open: redmine, create: /^\/issues\.json/, comment: ['PUT', /^\/issues\/1\.json/] },
  {
    name: '禅道',
    open: zentao,
    create: /\/products\/1\/bugs/,
    comment: ['POST', /f=comment|action-comment/],
    looksAgain: true,
  },
  { name: 'Jira Cloud', open: jira(true), create: /\/issue$/, comment: ['POST', /\/comment$/] },
  { name: 'Jira Data Center', open: jira(false), create: /\/issue$/, comment: ['POST', /\/comment$/] },
];

describe('the ticket desk over each system', () => {
  afterEach(cleanUp);

  for (const { name, open, create, comment, looksAgain } of systems) {
    const answered = looksAgain ? 'sent' : 'waiting';
    it(`makes and comments once in ${name} where the answers are lost`, async () => {
      const site = await open();
      const folder = await newCasebook();
      const clock = handClock('2026-11-22T12:00:00+08:00');
      const { url, system, account } = site;
      const world = await openWorld({
        folder,
        outbox: join(tempFolder(), 'outbox'),
        indexFile: join(tempFolder(), 'index.jsonl'),
        trackers: [{ name, system, url, account, places: { DataHub: site.place } }],
        secrets: secretsInMemory(),
        clock,
        random: seededRandom(77),
      });
      try {
        await world.tickets.signIn(name, site.secret);
        const item = aCase().until('2.2');
        place(folder, item);
        const tracker = await world.trackers.open(name);
        const fields = await tracker.fields(site.place, 'issue');
        const chosen = fields.map(({ key, initial, choices, required }): [string, TicketFieldValue] => [
          key,
          initial === '' && required ? (choices[0]?.value ?? '现场') : initial,
        ]);
        const desired = { fields: Object.fromEntries(chosen.filter(([, value]) => value !== '')) };
        const prepared = world.tickets.prepare(item.state, name, 'zh-CN', desired);
        assert.ok((await world.tickets.preview(prepared)).text.length > 100);

        site.lose('POST', create);
        assert.equal((await world.tickets.create(prepared)).is, answered);
        assert.equal(site.tickets(), 1);
        site.lose('', undefined);
        clock.advance(3_600_000);
        assert.equal(await world.tickets.drain(), undefined);
        const made = (await world.store.get(item.id))?.state;
        assert.deepEqual([site.tickets(), made?.step, made?.ticket?.system], [1, '3.1', name]);

        site.lose(...comment);
        assert.equal((await world.tickets.comment(item.id, '补充：<b>日志</b> *已上传*\n第二行')).is, answered);
        site.lose('', undefined);
        clock.advance(3_600_000);
        assert.equal(await world.tickets.drain(), undefined);
        assert.deepEqual(await world.tickets.outbox(), []);
        const key = made?.ticket?.key ?? '';
        const said = (await tracker.read(key, 'issue')).comments.filter(({ text }) => text.includes('已上传'));
        assert.equal(said.length, 1);

        await world.tickets.close(item.id, { comment: '客户已确认', resolution: '' });
        const { changes } = await world.tickets.follow([item.id], { every: 1_000 });
        assert.deepEqual(changes, []);
        assert.equal((await world.store.get(item.id))?.state.sightings.at(-1)?.progress, 'done');
        await world.tickets.reactivate(item.id, '验证未通过', []);
        assert.notEqual((await world.store.get(item.id))?.state.sightings.at(-1)?.progress, 'done');
      } finally {
        world.dispose();
        await site.stop();
      }
    });
  }

  it('takes a ticket that was made without its files, and keeps those in the outbox', async () => {
    const server = new JiraLike(true);
    const url = await server.start();
    const folder = await newCasebook();
    const world = await openWorld({
      folder,
      outbox: join(tempFolder(), 'outbox'),
      indexFile: join(tempFolder(), 'index.jsonl'),
      trackers: [{ name: 'Jira', system: 'jira', url, account: JiraLike.account, places: { DataHub: 'VIS' } }],
      secrets: secretsInMemory(),
      clock: handClock('2026-11-22T12:00:00+08:00'),
      random: seededRandom(78),
    });
    try {
      await world.tickets.signIn('Jira', JiraLike.secret);
      const item = aCase().until('2.2');
      place(folder, item);
      await world.attachments.write(item.id, 'core.dump', new Uint8Array(9), []);
      await world.desk.act(item.id, { action: 'attach', values: { name: 'core.dump', size: 9 } });
      server.instead = ({ path }) => (path.endsWith('/attachments') ? { status: 413 } : undefined);
      const state = (await world.store.get(item.id))?.state;
      assert.ok(state);
      const tracker = await world.trackers.open('Jira');
      const fields = (await tracker.fields('VIS', 'issue'))
        .map(({ key, initial, choices, required }) => [key, initial || (required ? (choices[0]?.value ?? '1') : '')])
        .filter(([, value]) => value !== '');
      const prepared = world.tickets.prepare(state, 'Jira', 'zh-CN', { fields: Object.fromEntries(fields) });
      assert.equal((await world.tickets.create(prepared)).is, 'sent');
      assert.equal((await world.store.get(item.id))?.state.step, '3.1');
      const [kept] = await world.tickets.outbox();
      assert.deepEqual(
        [kept?.job, kept?.state, kept?.failure?.is === 'tracker' && kept.failure.reason],
        [{ is: 'attach', files: ['core.dump'] }, 'needsPerson', 'too-large'],
      );
      server.instead = () => undefined;
      assert.equal((await world.tickets.retry(kept?.id ?? '')).is, 'sent');
      assert.equal(server.issues[0]?.attachments.length, 1);
    } finally {
      world.dispose();
      server.stop();
    }
  });
});
