/** What a system or a group has told this machine to wait for: every window knows, and nobody else waits for it. */
import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openOrderedRests } from '../../../src/adapters/store/orderedRests';
import type { OrderedRests } from '../../../src/domain/tickets/orderedRests';
import { trackerQueue } from '../../../src/domain/tickets/queue';
import { Rests } from '../../../src/domain/tickets/rests';
import { TrackerError } from '../../../src/domain/tickets/tracker';
import { aCase, type HandClock, handClock, seededRandom } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld, type World } from './world';

const MINUTE = 60_000;
const every = 10 * MINUTE;
const shutOut = { status: 429, headers: { 'Retry-After': '900' } };

describe('what is to be left alone', () => {
  let server: RedmineLike;
  let url: string;
  let folder: string;
  let outbox: string;
  let clock: HandClock;
  let windows: World[];
  let desk: World;
  let told: string[];
  let answers: string[];
  const secrets = secretsInMemory();
  let seed = 0;
  const bot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      told.push(Buffer.concat(chunks).toString('utf8'));
      response.end(answers.shift() ?? '{"errcode":0}');
    });
  });
  before((done) => void bot.listen(0, '127.0.0.1', done));
  after(() => {
    bot.closeAllConnections();
    bot.close();
  });

  /** A system and a group of the same name. */
  const openWindow = async (at = url) => {
    seed += 1;
    const opened = await openWorld({
      folder,
      outbox,
      indexFile: join(tempFolder(), 'index.jsonl'),
      trackers: [{ name: 'storage', system: 'redmine', url: at, places: { DataHub: 'vision' } }],
      bots: [{ group: 'storage', system: 'wecom' }],
      secrets,
      clock,
      random: seededRandom(19_000 + seed),
    });
    windows.push(opened);
    return opened;
  };

  beforeEach(async () => {
    [told, answers, windows] = [[], [], []];
    secrets.kept.clear();
    server = new RedmineLike();
    url = await server.start();
    folder = await newCasebook();
    outbox = join(tempFolder(), 'outbox');
    clock = handClock('2026-11-22T12:00:00+08:00');
    desk = await openWindow();
    await desk.tickets.signIn('storage', RedmineLike.key);
    await desk.bots.keep('storage', botAddress('first'), '');
  });
  afterEach(() => {
    for (const opened of windows) opened.dispose();
    server.stop();
    cleanUp();
  });

  const botAddress = (key: string) => `http://127.0.0.1:${(bot.address() as AddressInfo).port}/send?key=${key}-key`;
  const withTicket = async () => {
    const item = aCase().until('2.2');
    place(folder, item);
    const stored = await desk.store.get(item.id);
    assert.ok(stored);
    await desk.tickets.create(desk.tickets.prepare(stored.state, 'storage', 'zh-CN'));
    server.asked.length = 0;
    return item.id;
  };
  const values = { to: 'group', purpose: 'other', channel: '企业微信', sender: 'Li Wei', text: '请看' };
  const message = { action: 'logMessage', values };
  const standing = async () => (await desk.tickets.outbox()).map(({ job, state }) => `${job.is} ${state}`);

  it('is known to every window and after a restart, and each way to ask it waits', async () => {
    const id = await withTicket();
    server.instead = () => shutOut;
    const { failures } = await desk.tickets.follow([id], { every });
    const until = desk.tickets.heldUntil('storage') ?? 0;
    assert.ok(until >= clock.now() + 900_000);
    assert.deepEqual(failures[0]?.failure, { is: 'tracker', reason: 'too-many', said: '', until });
    server.instead = () => undefined;
    server.asked.length = 0;
    clock.advance(899_000);
    const later = await openWindow();
    const asked = await later.tickets.follow([id], { every, isAsked: true });
    assert.deepEqual(
      [asked.read, asked.failures],
      [0, [{ connection: 'storage', failure: { is: 'tracker', reason: 'too-many', said: '', until } }]],
    );
    const sent = await later.tickets.comment(id, '补充');
    assert.ok(sent.is === 'waiting' && sent.nextAt === until);
    const [item] = await later.tickets.outbox();
    assert.deepEqual([item?.state, item?.attempts, item?.isUncertain], ['waiting', 0, false]);
    const retried = await later.tickets.retry(item?.id ?? '');
    assert.ok(retried.is === 'waiting' && retried.nextAt === until);
    const form = later.tickets.ask('storage', async (tracker) => tracker.places());
    await assert.rejects(form, (error) => error instanceof TrackerError && error.details.until === until);
    assert.equal(await later.tickets.drain(), until);
    assert.equal(server.asked.length, 0);
    clock.advance(until - clock.now());
    assert.equal(await later.tickets.drain(), undefined);
    assert.equal(server.issues[0]?.journals.length, 1);
    assert.equal((await desk.tickets.follow([id], { every, isAsked: true })).read, 1);
  });

  it('is told by a form, too', async () => {
    const id = await withTicket();
    server.instead = () => shutOut;
    await assert.rejects(
      desk.tickets.ask('storage', async (tracker) => tracker.places()),
      (error) => error instanceof TrackerError && (error.details.until ?? 0) >= clock.now() + 900_000,
    );
    server.asked.length = 0;
    const later = await openWindow();
    assert.equal((await later.tickets.comment(id, '补充')).is, 'waiting');
    assert.equal(server.asked.length, 0);
  });

  it('is asked once by all windows where a password was refused, until somebody enters it', async () => {
    const id = await withTicket();
    server.instead = ({ method }) => (method === 'PUT' ? { status: 503 } : undefined);
    await desk.tickets.comment(id, 'one');
    await desk.tickets.comment(id, 'two');
    server.instead = () => ({ status: 401 });
    server.asked.length = 0;
    clock.advance(60 * MINUTE);
    await desk.tickets.drain();
    const restarted = await openWindow();
    clock.advance(60 * MINUTE);
    await restarted.tickets.drain();
    assert.equal((await restarted.tickets.follow([id], { every, isAsked: true })).failures.length, 1);
    assert.equal(server.asked.length, 1);
    assert.ok(restarted.tickets.needsSignIn('storage'));
    // signed in while no window had this casebook open
    server.instead = () => undefined;
    await openOrderedRests(join(outbox, '..', 'looks', 'rests.json')).lift(trackerQueue('storage'), clock.now());
    const later = await openWindow();
    await later.tickets.drain();
    assert.deepEqual([await standing(), server.issues[0]?.journals.length], [[], 2]);
  });

  it('keeps a group and a system of the same name apart', async () => {
    const id = await withTicket();
    server.instead = () => ({ status: 401 });
    await desk.tickets.follow([id], { every });
    assert.ok(desk.tickets.needsSignIn('storage'));
    answers = ['{"errcode":45009}'];
    assert.equal((await desk.tickets.tell(id, 'storage', '请看', message)).is, 'waiting');
    const [item] = await desk.tickets.outbox();
    assert.equal(item && desk.tickets.lacksSecret(item), false);
    clock.advance(60 * MINUTE);
    // the system waits for its sign-in; the group is told
    assert.equal(await desk.tickets.drain(), undefined);
    assert.deepEqual([told.length, await standing()], [2, []]);
    // a new address of the bot is no sign-in
    await desk.tickets.secretEntered('bot/storage');
    assert.ok(desk.tickets.needsSignIn('storage'));
    await desk.tickets.secretEntered('tracker/storage');
    assert.equal(desk.tickets.needsSignIn('storage'), false);
  });

  it('goes on by itself once the address of a bot is entered', async () => {
    const id = await withTicket();
    answers = ['{"errcode":45009}', '{"errcode":93000,"errmsg":"invalid webhook url"}'];
    await desk.tickets.tell(id, 'storage', '请看', message);
    clock.advance(60 * MINUTE);
    await desk.tickets.drain();
    assert.deepEqual(await standing(), ['tell needsPerson']);
    // no other window tries the address that was refused
    const later = await openWindow();
    await later.tickets.drain();
    const [item] = await later.tickets.outbox();
    assert.deepEqual([told.length, item && later.tickets.lacksSecret(item)], [2, true]);
    await desk.bots.keep('storage', botAddress('second'), '');
    await desk.tickets.secretEntered('bot/storage');
    assert.deepEqual(await standing(), ['tell waiting']);
    assert.equal(await later.tickets.drain(), undefined);
    assert.deepEqual([told.length, await standing()], [3, []]);
    assert.equal((await desk.store.get(id))?.state.messages.length, 1);
  });

  describe('by its own word', () => {
    const queue = trackerQueue('storage');
    const tooMany = new TrackerError('too-many', '', { retryAfter: 900_000 });
    let file: string;
    let opened: OrderedRests[];
    beforeEach(() => {
      opened = [];
      file = join(tempFolder(), 'tickets', 'rests.json');
    });
    afterEach(() => opened.forEach((each) => each.dispose()));
    const rests = async (at = 'https://dev.example.com') => {
      const kept = openOrderedRests(file);
      opened.push(kept);
      const made = new Rests(kept, () => at);
      await made.refresh();
      return made;
    };

    it('holds though an earlier question is answered meanwhile, and ends with a later answer', async () => {
      const first = await rests();
      await first.failed(queue, tooMany, 2_000, 0);
      await first.works(queue, 1_000);
      const second = await rests();
      assert.deepEqual([first.heldUntil(queue, 3_000), second.heldUntil(queue, 3_000)], [902_000, 902_000]);
      await second.works(queue, 4_000);
      await first.refresh();
      assert.deepEqual([first.heldUntil(queue, 5_000), second.heldUntil(queue, 5_000)], [undefined, undefined]);
    });

    it('is no word of another site, nor of a time that has not come', async () => {
      await (await rests()).failed(queue, tooMany, 2_000, 0);
      assert.equal((await rests('https://other.example.com')).heldUntil(queue, 3_000), undefined);
      assert.equal((await rests()).heldUntil(queue, 1_000), undefined);
    });

    it('is not shortened by what is said later', async () => {
      const one = await rests();
      await one.failed(queue, tooMany, 2_000, 0);
      await one.failed(queue, new TrackerError('too-many', '', { retryAfter: 1_000 }), 2_000, 0);
      assert.equal(one.heldUntil(queue, 3_000), 902_000);
    });

    it('is kept by this window where no file can be written', async () => {
      mkdirSync(file, { recursive: true });
      const one = await rests();
      await one.failed(queue, tooMany, 2_000, 0);
      await one.refresh();
      assert.equal(one.heldUntil(queue, 3_000), 902_000);
      await one.works(queue, 4_000);
      assert.equal(one.heldUntil(queue, 5_000), undefined);
    });
  });
});
