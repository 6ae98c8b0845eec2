/** Tickets from a case and back, with a server that fails in every way it can; nothing is made twice, nothing is lost. */
import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GuardError } from '../../../src/domain/sop/missing';
import { ticketStanding } from '../../../src/domain/sop/ticketLog';
import { changeText } from '../../../src/domain/tickets/changeText';
import { lacksSignIn } from '../../../src/domain/tickets/looks';
import { isHeldUp, type OutboxItem, pauseAfter } from '../../../src/domain/tickets/outbox';
import { keyThere } from '../../../src/domain/tickets/ownTicket';
import { isClosedUnverified, planOffer } from '../../../src/domain/tickets/standing';
import { aCase, type CaseInHand, type HandClock, handClock, seededRandom } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld, type World } from './world';

const MINUTE = 60_000;
const every = 10 * MINUTE;

describe('the ticket desk', () => {
  let server: RedmineLike;
  let url: string;
  let folder: string;
  let outboxFolder: string;
  let clock: HandClock;
  let windows: World[];
  let desk: World;
  const secrets = secretsInMemory();
  let seed = 0;

  async function openWindow(trackers?: readonly object[]): Promise<World> {
    seed += 1;
    const opened = await openWorld({
      folder,
      outbox: outboxFolder,
      indexFile: join(tempFolder(), 'index.jsonl'),
      trackers: trackers ?? [{ name: 'Redmine', system: 'redmine', url, places: { DataHub: 'vision' } }],
      bots: [{ group: 'storage', system: 'wecom' }],
      secrets,
      clock,
      random: seededRandom(9_000 + seed),
    });
    windows.push(opened);
    return opened;
  }

  beforeEach(async () => {
    secrets.kept.clear();
    server = new RedmineLike();
    url = await server.start();
    folder = await newCasebook();
    outboxFolder = join(tempFolder(), 'outbox');
    clock = handClock('2026-11-22T12:00:00+08:00');
    windows = [];
    desk = await openWindow();
    await desk.tickets.signIn('Redmine', RedmineLike.key);
    server.asked.length = 0;
  });
  afterEach(() => {
    for (const opened of windows) opened.dispose();
    server.stop();
    cleanUp();
  });

  const placed = (item: CaseInHand) => {
    place(folder, item);
    return item;
  };
  const stateOf = async (id: string) => {
    const stored = await desk.store.get(id);
    assert.ok(stored);
    return stored.state;
  };
  const prepared = async (item: CaseInHand) => desk.tickets.prepare(await stateOf(item.id), 'Redmine', 'zh-CN');
  /** A case whose ticket was made from here. */
  const withTicket = async (step = '2.2') => {
    const item = placed(aCase().until(step));
    await desk.tickets.create(await prepared(item));
    return item.id;
  };
  const issue = () => server.issues[0] ?? assert.fail('there is a ticket');
  /** A case that has come far; its ticket was made by hand, in a system of another name. @param status of the ticket */
  const withOwnTicket = async (step: string, status = 1) => {
    const { id } = placed(aCase().until(step));
    const { ticket } = await stateOf(id);
    server.issues.push({ ...blank(), id: Number(ticket?.key.replace(/\D/g, '')), status });
    const values = { system: 'Redmine', ticketKey: String(issue().id), reason: 'moved' };
    await desk.desk.act(id, { action: 'correct', for: 'createTicket', values });
    return id;
  };
  /** A case whose fix failed, and whose ticket is to be re-activated. @param files that are new in its folder */
  const failedAgain = async (files: readonly string[] = []) => {
    const id = await withOwnTicket('4.2', 5);
    const failed = { build: 'rc1', cases: 'x', result: 'failed', newUrgency: 'keep' };
    await desk.desk.act(id, { action: 'verifyInternal', values: failed });
    await desk.desk.act(id, { action: 'carryOver' });
    await desk.desk.act(id, { action: 'reproduce' });
    for (const name of files) {
      await desk.attachments.write(id, name, new TextEncoder().encode('line\n'), []);
      await desk.desk.act(id, { action: 'attach', values: { name, size: 5 } });
    }
    return { id, text: desk.tickets.prepare(await stateOf(id), 'Redmine', 'zh-CN').ticket.text };
  };
  const posts = () => server.asked.filter(({ method, path }) => method === 'POST' && path.startsWith('/issues'));
  const waiting = async () => (await desk.tickets.outbox()).map(({ state, job }) => `${job.is} ${state}`);

  describe('making a ticket', () => {
    it('prepares it from the case, shows exactly what is sent, and takes the case on', async () => {
      const item = placed(aCase().until('2.2'));
      await desk.attachments.write(item.id, '现场.log', new TextEncoder().encode('line\n'), []);
      await desk.desk.act(item.id, { action: 'attach', values: { name: '现场.log', size: 5 } });
      const ticket = await prepared(item);
      assert.deepEqual([ticket.ticket.place, ticket.ticket.files], ['vision', ['现场.log']]);
      const preview = await desk.tickets.preview(ticket);
      const sent = await desk.tickets.create(ticket, { severity: '2' });
      assert.equal(sent.is, 'sent');
      const body = JSON.parse(posts()[0]?.body ?? '') as { issue: Record<string, unknown> };
      assert.equal(body.issue['description'], preview.text);
      assert.deepEqual(issue().attachments, ['现场.log']);
      const state = await stateOf(item.id);
      assert.deepEqual(
        [state.step, state.ticket, state.values['createTicket']?.['severity']],
        ['3.1', { system: 'Redmine', key: '1', url: `${url}/issues/1` }, '2'],
      );
      assert.equal(state.values['createTicket']?.['sent'], ticket.ticket.text);
      assert.equal(ticketStanding(state)?.status, 'New');
      assert.deepEqual(await waiting(), []);
    });

    it('sends nothing that the case would refuse to write down', async () => {
      const item = placed(aCase().until('2.2'));
      const { connection, ticket } = await prepared(item);
      const short = { connection, ticket: { ...ticket, text: 'It crashes.' } };
      await assert.rejects(desk.tickets.create(short), (error) => {
        assert.ok(error instanceof GuardError);
        assert.ok(error.missing.includes('sent:description'));
        return true;
      });
      assert.deepEqual([server.asked, await waiting()], [[], []]);
    });

    it('gives the form its errors back, and keeps nothing of it', async () => {
      const item = placed(aCase().until('2.2'));
      server.instead = ({ path }) =>
        path === '/issues.json' ? { status: 422, body: '{"errors":["项目 无效"]}' } : undefined;
      await assert.rejects(desk.tickets.create(await prepared(item)), { reason: 'refused', said: '项目 无效' });
      assert.deepEqual(await waiting(), []);
      assert.equal((await stateOf(item.id)).step, '2.2');
    });

    it('makes exactly one ticket where the server dies after it took it', async () => {
      const item = placed(aCase().until('2.2'));
      server.diesAfter = ({ method, path }) => method === 'POST' && path.startsWith('/issues.json');
      const sent = await desk.tickets.create(await prepared(item));
      assert.equal(sent.is, 'waiting');
      assert.deepEqual([server.issues.length, await waiting()], [1, ['create waiting']]);
      assert.equal((await stateOf(item.id)).step, '2.2');
      // not before its time
      await desk.tickets.drain();
      assert.equal(posts().length, 1);
      server.diesAfter = () => false;
      clock.advance(60 * MINUTE);
      assert.equal(await desk.tickets.drain(), undefined);
      assert.deepEqual([server.issues.length, await waiting()], [1, []]);
      assert.deepEqual([(await stateOf(item.id)).step, (await stateOf(item.id)).ticket?.key], ['3.1', '1']);
    });

    it('keeps what could not be sent offline, over a restart, and sends it when the server is back', async () => {
      const item = placed(aCase().until('2.2'));
      const ticket = await prepared(item);
      server.stop();
      const sent = await desk.tickets.create(ticket);
      assert.ok(sent.is === 'waiting' && sent.failure.is === 'tracker' && sent.failure.reason === 'offline');
      const back = new RedmineLike();
      await back.start(Number(new URL(url).port));
      try {
        clock.advance(60 * MINUTE);
        const later = await openWindow();
        assert.equal(await later.tickets.drain(), undefined);
        assert.equal(back.issues.length, 1);
        assert.equal((await stateOf(item.id)).ticket?.key, '1');
      } finally {
        back.stop();
      }
    });

    it('is not made any more once a person wrote another key down', async () => {
      const item = placed(aCase().until('2.2'));
      server.instead = ({ path }) => (path === '/issues.json' ? { status: 503 } : undefined);
      const ticket = await prepared(item);
      assert.equal((await desk.tickets.create(ticket)).is, 'waiting');
      const values = { sent: ticket.ticket.text, system: 'Jira', ticketKey: 'ED-24' };
      await desk.desk.act(item.id, { action: 'createTicket', values });
      server.instead = () => undefined;
      clock.advance(60 * MINUTE);
      await desk.tickets.drain();
      assert.deepEqual([server.issues, await waiting()], [[], ['create needsPerson']]);
      const [kept] = await desk.tickets.outbox();
      assert.ok(kept?.failure?.is === 'case' && kept.failure.items[0]?.code === 'ticket-exists');
      assert.equal(await desk.tickets.cancel(kept.id), true);
      assert.deepEqual(await waiting(), []);
      assert.equal(await desk.tickets.cancel(kept.id), false);
    });

    it('submits a request to its manager', async () => {
      const item = placed(aCase('request').until('1.2'));
      await desk.tickets.create(await prepared(item), { manager: '陈静', routedAt: desk.desk.nowIso() });
      const state = await stateOf(item.id);
      assert.deepEqual([state.step, state.ticket?.key, ticketStanding(state)?.request], ['2.1', '1', 'waiting']);
    });

    it('is sent by one of two windows', async () => {
      const item = placed(aCase().until('2.2'));
      server.instead = ({ path }) => (path === '/issues.json' ? { status: 503 } : undefined);
      await desk.tickets.create(await prepared(item));
      server.instead = () => undefined;
      clock.advance(60 * MINUTE);
      const other = await openWindow();
      server.asked.length = 0;
      await Promise.all([desk.tickets.drain(), other.tickets.drain()]);
      assert.equal(posts().length, 1);
      assert.deepEqual(await waiting(), []);
      assert.equal((await desk.store.get(item.id))?.events.filter(({ type }) => type === 'createTicket').length, 1);
    });
  });

  describe('a ticket on its way', () => {
    it('is assigned with step 3.1, closed with step 5.1, and what was sent stands in the log', async () => {
      const id = await withTicket();
      const act = { action: 'route', values: { team: '存储组', routedAt: desk.desk.nowIso() } };
      await desk.tickets.assign(id, { id: '5', name: '开发 张' }, '请处理', act);
      await desk.tickets.comment(id, '补充：*不是粗体*');
      const state = await stateOf(id);
      assert.deepEqual([state.step, issue().assigned_to_id, ticketStanding(state)?.assignee], ['3.2', 5, '开发 张']);
      assert.deepEqual(
        state.ticketDeeds.map(({ deed, text, person }) => [deed, text, person]),
        [
          ['assign', '请处理', '开发 张'],
          ['comment', '补充：*不是粗体*', ''],
        ],
      );
    });

    it('is closed with its case: final status and time come from the tracker', async () => {
      const id = await withOwnTicket('5.1');
      const closing = { action: 'close', values: { disposition: 'fixed', closedAt: desk.desk.nowIso() } };
      await desk.tickets.close(id, { comment: '客户已确认', resolution: '' }, closing);
      const state = await stateOf(id);
      assert.deepEqual([state.step, state.values['close']?.['ticketStatus']], ['5.2', 'Closed']);
      assert.equal(state.values['close']?.['ticketClosedAt'], desk.desk.nowIso());
    });

    it('is commented once, where the answer was lost', async () => {
      const id = await withTicket();
      server.diesAfter = ({ method }) => method === 'PUT';
      assert.equal((await desk.tickets.comment(id, '第一行 *x*\n第二行')).is, 'waiting');
      server.diesAfter = () => false;
      clock.advance(60 * MINUTE);
      await desk.tickets.drain();
      assert.equal(issue().journals.length, 1);
      assert.deepEqual([(await stateOf(id)).ticketDeeds.length, await waiting()], [1, []]);
    });

    it('is commented again where a person says the same again', async () => {
      const id = await withTicket();
      await desk.tickets.comment(id, '有进展吗？');
      clock.advance(24 * 60 * MINUTE);
      await desk.tickets.comment(id, '有进展吗？');
      assert.deepEqual([issue().journals.length, (await stateOf(id)).ticketDeeds.length], [2, 2]);
    });

    it('keeps the order of what was decided', async () => {
      const id = await withTicket();
      server.instead = ({ method }) => (method === 'PUT' ? { status: 500 } : undefined);
      await desk.tickets.comment(id, 'one');
      clock.advance(1_000);
      await desk.tickets.comment(id, 'two');
      server.instead = () => undefined;
      clock.advance(60 * MINUTE);
      await desk.tickets.drain();
      assert.deepEqual(
        issue().journals.map(({ notes }) => notes),
        ['one', 'two'],
      );
    });

    it('is re-activated for the next round with what is new, and the case goes on', async () => {
      const { id, text } = await failedAgain();
      await desk.tickets.reactivate(id, text, [], {});
      const state = await stateOf(id);
      assert.deepEqual([state.step, state.round, ticketStanding(state)?.progress], ['3.1', 2, 'inProgress']);
      assert.equal(state.ticketDeeds.at(-1)?.deed, 'reactivate');
      assert.equal(issue().journals.length, 1);
    });

    for (const [what, status] of [
      ['too large', 413],
      ['refused for a while', 503],
    ] as const) {
      it(`is re-activated once where its files are ${what}: they go after it`, async () => {
        const { id, text } = await failedAgain(['复现.log']);
        server.instead = ({ path }) => (path.startsWith('/uploads') ? { status } : undefined);
        assert.equal((await desk.tickets.reactivate(id, text, ['复现.log'], {})).is, 'sent');
        const state = await stateOf(id);
        assert.deepEqual([state.step, issue().journals.length], ['3.1', 1]);
        assert.deepEqual(await waiting(), [status === 413 ? 'attach needsPerson' : 'attach waiting']);
        server.instead = () => undefined;
        const [files] = await desk.tickets.outbox();
        assert.equal((await desk.tickets.retry(files?.id ?? '')).is, 'sent');
        assert.deepEqual([issue().journals.length, issue().attachments], [1, ['复现.log']]);
        assert.deepEqual(
          (await stateOf(id)).ticketDeeds.map(({ deed, files: names }) => [deed, names]),
          [
            ['reactivate', []],
            ['attach', ['复现.log']],
          ],
        );
      });
    }

    it('is not touched where a file of it cannot be read', async () => {
      const { id, text } = await failedAgain();
      await assert.rejects(desk.tickets.reactivate(id, text, ['gone.log'], {}));
      assert.deepEqual([issue().status, issue().journals, await waiting()], [5, [], []]);
    });
  });

  describe('following', () => {
    it('writes down what has changed, once, and offers the plan', async () => {
      const id = await withTicket();
      const act = { action: 'route', values: { team: '存储组', routedAt: desk.desk.nowIso() } };
      await desk.tickets.assign(id, { id: '5', name: '开发 张' }, '', act);
      assert.deepEqual((await desk.tickets.follow([id], { every })).changes, []);
      Object.assign(issue(), { status: 3, fixed_version_id: 1, due_date: '2026-12-05' });
      clock.advance(every);
      const { changes, nextAt } = await desk.tickets.follow([id], { every });
      assert.deepEqual(
        changes.map(({ key, changed, before, after }) => [key, changed, before?.status, after.status]),
        [['1', ['status', 'fixVersion', 'dueDate'], 'New', 'Resolved']],
      );
      assert.equal(nextAt, clock.now() + every);
      const told = changes.map((change) => changeText(change, 'zh-CN'));
      assert.deepEqual(told, [
        '#1 · 夜间批量任务失败：连接池耗尽：状态 Resolved，修复版本 V3.2.2，截止日期 2026-12-05',
      ]);
      issue().journals.push({ id: 9, notes: 'Fixed;\r\nplease verify' });
      delete issue().fixed_version_id;
      clock.advance(every);
      const [next] = (await desk.tickets.follow([id], { every })).changes;
      assert.equal(
        next && changeText(next, 'en'),
        '#1 · 夜间批量任务失败：连接池耗尽: no fix version any more, 售后 李: "Fixed; please verify"',
      );
      issue().fixed_version_id = 1;
      clock.advance(every);
      await desk.tickets.follow([id], { every });
      const events = (await desk.store.get(id))?.events.length;
      clock.advance(every);
      assert.deepEqual((await desk.tickets.follow([id], { every })).changes, []);
      assert.equal((await desk.store.get(id))?.events.length, events);
      const offer = planOffer(await stateOf(id), 'zh-CN');
      assert.deepEqual(offer?.values, { fixVersion: 'V3.2.2', fixDate: '2026-12-05' });
      issue().status = 5;
      clock.advance(every);
      await desk.tickets.follow([id], { every });
      const state = await stateOf(id);
      assert.deepEqual([state.step, state.status, isClosedUnverified(state)], ['3.2', 'open', true]);
    });

    it('follows a ticket that was entered by hand, however its key is written', async () => {
      const item = placed(aCase().until('2.2'));
      server.issues.push({ ...blank(), id: 7, status: 2 });
      const values = { sent: (await prepared(item)).ticket.text, system: 'redmine', ticketKey: 'Bug #7' };
      await desk.desk.act(item.id, { action: 'createTicket', values });
      assert.equal((await desk.tickets.follow([item.id], { every })).read, 1);
      assert.equal((await desk.tickets.comment(item.id, '补充')).is, 'sent');
      const state = await stateOf(item.id);
      assert.deepEqual([ticketStanding(state)?.status, issue().journals.length], ['In Progress', 1]);
      assert.deepEqual(
        ['#1042', 'Bug#1042', '任务 #1042', '1042', 'ED-24'].map((key) => keyThere('zentao', key)),
        ['1042', '1042', '1042', '1042', 'ED-24'],
      );
      assert.equal(keyThere('jira', ' ed-24 '), 'ED-24');
    });

    it('waits for its interval, and not where somebody asks', async () => {
      const id = await withTicket();
      await desk.tickets.follow([id], { every });
      server.asked.length = 0;
      clock.advance(every - 1);
      await desk.tickets.follow([id], { every });
      assert.equal(server.asked.length, 0);
      await desk.tickets.follow([id], { every, isAsked: true });
      assert.equal(server.asked.length, 1);
    });

    it('asks once after "401", and goes on when somebody has signed in', async () => {
      const ids = [await withTicket(), await withTicket()];
      server.instead = () => ({ status: 401 });
      server.asked.length = 0;
      const { failures } = await desk.tickets.follow(ids, { every });
      assert.deepEqual(
        failures.map(({ connection, caseId, failure }) => [connection, caseId, 'reason' in failure && failure.reason]),
        [['Redmine', undefined, 'sign-in']],
      );
      clock.advance(24 * 60 * MINUTE);
      await desk.tickets.follow(ids, { every, isAsked: true });
      assert.equal(server.asked.length, 1);
      assert.ok(desk.tickets.needsSignIn('Redmine'));
      server.instead = () => undefined;
      await desk.tickets.signIn('Redmine', RedmineLike.key);
      assert.deepEqual((await desk.tickets.follow(ids, { every })).failures, []);
    });

    it('honours "Retry-After", also where somebody asks', async () => {
      const id = await withTicket();
      server.instead = () => ({ status: 429, headers: { 'Retry-After': '900' } });
      server.asked.length = 0;
      await desk.tickets.follow([id], { every });
      server.instead = () => undefined;
      clock.advance(899_000);
      await desk.tickets.follow([id], { every, isAsked: true });
      assert.equal(server.asked.length, 1);
      clock.advance(100_000);
      await desk.tickets.follow([id], { every, isAsked: true });
      assert.equal(server.asked.length, 2);
    });

    it('is done by one of two windows, and both know when', async () => {
      const ids = [await withTicket(), await withTicket()];
      const other = await openWindow();
      server.asked.length = 0;
      let release = () => undefined as void;
      const held = new Promise<void>((done) => (release = done));
      let arrived = () => undefined as void;
      const begun = new Promise<void>((done) => (arrived = done));
      server.beforeAnswer = () => {
        arrived();
        return held;
      };
      const first = desk.tickets.follow(ids, { every });
      await begun;
      const second = await other.tickets.follow(ids, { every });
      assert.deepEqual([second.read, second.nextAt], [0, clock.now() + 30_000]);
      release();
      assert.equal((await first).read, 2);
      clock.advance(30_000);
      const later = await other.tickets.follow(ids, { every });
      assert.deepEqual([later.read, later.nextAt], [0, clock.now() - 30_000 + every]);
      assert.equal(server.asked.length, 2);
      const looks = Object.values(await other.tickets.looks()).map(({ connection, at }) => [connection, at]);
      assert.deepEqual(
        looks,
        [0, 1].map(() => ['Redmine', clock.now() - 30_000]),
      );
      // who asks is not made to wait for whoever looks
      assert.equal((await other.tickets.follow([ids[0] ?? ''], { every, isAsked: true })).read, 1);
    });

    it('keeps each ticket to its own time: one that was asked for does not put the others off', async () => {
      const ids = [await withTicket(), await withTicket()];
      await desk.tickets.follow(ids, { every });
      clock.advance(every / 2);
      await desk.tickets.follow(ids.slice(0, 1), { every, isAsked: true });
      clock.advance(every / 2);
      server.asked.length = 0;
      const { read, nextAt } = await desk.tickets.follow(ids, { every });
      assert.deepEqual([read, server.asked.length, nextAt], [1, 1, clock.now() + every / 2]);
    });

    it('is not refused twice: what one window was told counts for the other, until somebody signs in', async () => {
      const id = await withTicket();
      const other = await openWindow();
      await desk.tickets.follow([id], { every });
      const seenAt = clock.now();
      clock.advance(every);
      server.instead = () => ({ status: 401 });
      server.asked.length = 0;
      await desk.tickets.follow([id], { every });
      clock.advance(24 * 60 * MINUTE);
      assert.deepEqual((await other.tickets.follow([id], { every })).failures, []);
      assert.equal(server.asked.length, 1);
      const look = (await other.tickets.looks())[id];
      assert.deepEqual([look?.at, look && lacksSignIn(look)], [seenAt, true]);
      server.instead = () => undefined;
      await other.tickets.signIn('Redmine', RedmineLike.key);
      // the editor tells every window that a secret has changed
      await desk.tickets.signedIn('Redmine');
      assert.equal(desk.tickets.needsSignIn('Redmine'), false);
      assert.equal((await desk.tickets.follow([id], { every })).read, 1);
    });

    it('stops where it is cancelled, and says nothing of what it did not read', async () => {
      const ids = [await withTicket(), await withTicket()];
      const stop = new AbortController();
      server.beforeAnswer = async () => stop.abort();
      const round = await desk.tickets.follow(ids, { every, isAsked: true, signal: stop.signal });
      assert.deepEqual([round.failures, round.followed.length], [[], 2]);
      assert.ok(round.read < 2);
    });

    it('is not put off by a clock that was put back', async () => {
      const id = await withTicket();
      await desk.tickets.follow([id], { every });
      clock.advance(-24 * 60 * MINUTE);
      assert.equal((await desk.tickets.follow([id], { every })).read, 1);
      assert.equal((await desk.tickets.follow([id], { every })).read, 0);
    });

    it('needs no file that can be read: the tickets are looked at once more', async () => {
      const id = await withTicket();
      await desk.tickets.follow([id], { every });
      writeFileSync(join(outboxFolder, '..', 'looks', 'tickets.json'), '{"half": ');
      assert.equal((await desk.tickets.follow([id], { every })).read, 1);
      assert.equal((await desk.tickets.looks())[id]?.at, clock.now());
    });

    it('goes on with the others where one case cannot be read', async () => {
      const ids = [await withTicket(), await withTicket()];
      const [broken = ''] = ids;
      const path = join(folder, 'cases', broken.slice(4, 8), `${broken}.jsonl`);
      rmSync(path);
      mkdirSync(path);
      const { read, failures } = await desk.tickets.follow(ids, { every });
      assert.deepEqual([read, failures.map(({ caseId, failure }) => [caseId, failure.is])], [1, [[broken, 'store']]]);
    });

    it('tells what has changed though it cannot be noted when that was read', async () => {
      const id = await withTicket();
      await desk.tickets.follow([id], { every });
      issue().status = 2;
      clock.advance(every);
      // a lock that nobody can take over: no folder
      const lock = join(outboxFolder, '..', 'looks', 'tickets.json.write.lock');
      writeFileSync(lock, '');
      utimesSync(lock, 0, 0);
      const { changes, failures } = await desk.tickets.follow([id], { every });
      assert.deepEqual([changes.length, failures.map(({ failure }) => failure.is)], [1, ['store']]);
    });

    it('looks at all of them in one round, however long it takes', async () => {
      const ids = [await withTicket(), await withTicket(), await withTicket()];
      server.beforeAnswer = async () => clock.advance(20_000);
      const first = await desk.tickets.follow(ids, { every });
      assert.equal(first.read, 3);
      clock.advance(first.nextAt - clock.now());
      for (const each of server.issues) each.status = 2;
      assert.equal((await desk.tickets.follow(ids, { every })).changes.length, 3);
    });

    it('reads every ticket in turn where the system lets through fewer than there are', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 8; count += 1) ids.push(await withTicket());
      clock.advance(every);
      const rounds: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        let left = 3;
        server.instead = () => ((left -= 1) < 0 ? { status: 429, headers: { 'Retry-After': '3600' } } : undefined);
        server.asked.length = 0;
        const { read, nextAt } = await desk.tickets.follow(ids, { every });
        // not one more after it was told to wait
        assert.ok(server.asked.length <= 4 && nextAt >= clock.now());
        rounds.push(read);
        clock.advance(70 * MINUTE);
      }
      assert.deepEqual(rounds, [3, 3, 3]);
      const looks = await desk.tickets.looks();
      assert.deepEqual(
        ids.filter((id) => (looks[id]?.at ?? 0) === 0),
        [],
      );
    });

    it('goes on with the others where the server chokes on one ticket', async () => {
      const ids = [await withTicket(), await withTicket(), await withTicket()];
      server.instead = ({ path }) => (path.startsWith('/issues/1.') ? { status: 500 } : undefined);
      const { read, failures, nextAt } = await desk.tickets.follow(ids, { every });
      assert.deepEqual([read, failures.map(({ caseId }) => caseId), nextAt], [2, [ids[0]], clock.now() + every]);
    });

    it('leaves a server alone that fails twice in a row, and asks for other tickets first then', async () => {
      const ids = [await withTicket(), await withTicket(), await withTicket()];
      server.instead = ({ path }) => (/^\/issues\/[12]\./.test(path) ? { status: 500 } : undefined);
      server.asked.length = 0;
      const { failures } = await desk.tickets.follow(ids, { every });
      assert.deepEqual([server.asked.length, failures.map(({ caseId }) => caseId)], [2, [undefined]]);
      assert.deepEqual(Object.keys(await desk.tickets.looks()).toSorted(), ids.toSorted());
      clock.advance(MINUTE);
      const { read } = await desk.tickets.follow(ids, { every });
      assert.deepEqual([read, server.asked.at(-1)?.path.split('?')[0]], [1, '/issues/3.json']);
    });

    it('looks seldom for a ticket that is gone, and at once where somebody asks', async () => {
      const id = await withTicket();
      server.issues.length = 0;
      await desk.tickets.follow([id], { every });
      server.asked.length = 0;
      clock.advance(2 * every);
      await desk.tickets.follow([id], { every });
      assert.equal(server.asked.length, 0);
      await desk.tickets.follow([id], { every, isAsked: true });
      assert.equal(server.asked.length, 1);
    });

    it('goes on with the others where one ticket is gone', async () => {
      const ids = [await withTicket(), await withTicket()];
      server.issues.splice(0, 1);
      issue().status = 2;
      const { changes, failures } = await desk.tickets.follow(ids, { every });
      assert.deepEqual(
        failures.map(({ caseId, failure }) => [caseId, 'reason' in failure && failure.reason]),
        [[ids[0], 'not-found']],
      );
      assert.deepEqual(
        changes.map(({ caseId }) => caseId),
        [ids[1]],
      );
    });
  });

  describe('the outbox', () => {
    it('does not try at once again what was put off while somebody else was at it', async () => {
      const id = await withTicket();
      let release = () => undefined as void;
      const held = new Promise<void>((done) => (release = done));
      let arrived = () => undefined as void;
      const begun = new Promise<void>((done) => (arrived = done));
      server.instead = ({ method }) => (method === 'PUT' ? { status: 503 } : undefined);
      server.beforeAnswer = () => {
        arrived();
        return held;
      };
      server.asked.length = 0;
      const told: string[] = [];
      const sending = desk.tickets.comment(id, '补充');
      await begun;
      const draining = desk.tickets.drain(undefined, (_item, { is }) => told.push(is));
      release();
      assert.equal((await sending).is, 'waiting');
      const nextAt = await draining;
      // who lists the outbox once it was put off has nothing to try
      assert.deepEqual(
        told.filter((is) => is !== 'busy'),
        [],
      );
      assert.equal(server.asked.filter(({ method }) => method === 'PUT').length, 1);
      server.instead = () => undefined;
      clock.advance((nextAt ?? 0) - clock.now());
      assert.equal(await desk.tickets.drain(undefined, (_item, { is }) => told.push(is)), undefined);
      assert.equal(told.at(-1), 'sent');
    });

    it('shows as waiting what failed, or takes long, and not what goes out just now', async () => {
      const id = await withTicket();
      let release = () => undefined as void;
      const held = new Promise<void>((done) => (release = done));
      let arrived = () => undefined as void;
      const begun = new Promise<void>((done) => (arrived = done));
      server.beforeAnswer = () => {
        arrived();
        return held;
      };
      const shown = async () => (await desk.tickets.outbox()).map((item) => isHeldUp(item, clock.now()));
      const sending = desk.tickets.comment(id, '补充');
      await begun;
      assert.deepEqual(await shown(), [false]);
      clock.advance(11_000);
      assert.deepEqual(await shown(), [true]);
      release();
      await sending;
      server.instead = () => ({ status: 503 });
      await desk.tickets.comment(id, '再次补充');
      assert.deepEqual(await shown(), [true]);
    });

    it('honours "Retry-After" before it sends again', async () => {
      const id = await withTicket();
      server.instead = ({ method }) =>
        method === 'PUT' ? { status: 429, headers: { 'Retry-After': '900' } } : undefined;
      const sent = await desk.tickets.comment(id, 'one');
      assert.ok(sent.is === 'waiting' && sent.nextAt >= clock.now() + 900_000);
      server.instead = () => undefined;
      server.asked.length = 0;
      clock.advance(899_000);
      assert.equal(await desk.tickets.drain(), sent.nextAt);
      assert.equal(server.asked.length, 0);
      clock.advance(100_000);
      await desk.tickets.drain();
      assert.equal(issue().journals.length, 1);
    });

    it('leaves an item to a person after "401", and sends it once somebody has signed in', async () => {
      const id = await withTicket();
      server.instead = ({ method }) => (method === 'PUT' ? { status: 502 } : undefined);
      await desk.tickets.comment(id, 'one');
      server.instead = () => ({ status: 401 });
      clock.advance(60 * MINUTE);
      await desk.tickets.drain();
      assert.deepEqual(await waiting(), ['comment needsPerson']);
      server.asked.length = 0;
      clock.advance(24 * 60 * MINUTE);
      assert.equal(await desk.tickets.drain(), undefined);
      assert.equal(server.asked.length, 0);
      server.instead = () => undefined;
      await desk.tickets.signIn('Redmine', RedmineLike.key);
      await desk.tickets.drain();
      assert.deepEqual([issue().journals.length, await waiting()], [1, []]);
    });

    it('keeps what arrived and could not be written down, and writes it down later without sending it again', async () => {
      const id = await withTicket();
      const act = { action: 'route', values: { team: '存储组', routedAt: desk.desk.nowIso() } };
      clock.advance(MINUTE);
      const other = await openWindow();
      const moved: Promise<unknown>[] = [];
      // while it is sent, a colleague routes the case
      server.beforeAnswer = async ({ method }) => {
        if (method !== 'PUT') return;
        moved.push(other.desk.act(id, act));
        await moved[0];
      };
      await assert.rejects(desk.tickets.assign(id, { id: '5', name: '开发 张' }, '', act), { action: 'route' });
      const [kept] = await desk.tickets.outbox();
      assert.deepEqual([kept?.state, kept?.done?.key, kept?.failure?.is], ['needsPerson', '1', 'case']);
      assert.deepEqual([issue().assigned_to_id, (await stateOf(id)).ticketDeeds.length], [5, 1]);
      // the colleague takes it back
      await other.desk.act(id, { action: 'goBack', values: { to: '3.1', reason: 'another team' } });
      assert.equal((await desk.tickets.retry(kept?.id ?? '')).is, 'sent');
      assert.equal(server.asked.filter(({ method }) => method === 'PUT').length, 1);
      assert.deepEqual([(await stateOf(id)).step, (await stateOf(id)).ticketDeeds.length], ['3.2', 1]);
    });

    it('leaves to a person what lost its connection or its case, and goes on when they are back', async () => {
      const id = await withTicket();
      server.instead = ({ method }) => (method === 'PUT' ? { status: 503 } : undefined);
      await desk.tickets.comment(id, 'one');
      server.instead = () => undefined;
      clock.advance(60 * MINUTE);
      const without = await openWindow([]);
      assert.equal(await without.tickets.drain(), undefined);
      const [item] = await without.tickets.outbox();
      assert.ok(item?.failure?.is === 'tracker' && item.failure.reason === 'not-found');
      assert.deepEqual([item.state, item.failure.said], ['needsPerson', 'Redmine']);
      const path = join(folder, 'cases', id.slice(4, 8), `${id}.jsonl`);
      const kept = readFileSync(path);
      rmSync(path);
      await desk.store.refresh();
      assert.equal((await desk.tickets.retry(item.id)).is, 'needsPerson');
      const [homeless] = await desk.tickets.outbox();
      assert.ok(homeless?.failure?.is === 'store' && homeless.failure.reason === 'case-missing');
      assert.equal((await desk.tickets.follow([id], { every })).read, 0);
      writeFileSync(path, kept);
      await desk.store.refresh();
      assert.equal((await desk.tickets.retry(item.id)).is, 'sent');
      assert.equal(issue().journals.length, 1);
    });

    /** What the outbox held when everything was written down, and the window was killed before it was taken out. */
    const leftBehind = async (send: () => Promise<unknown>) => {
      const arrived: OutboxItem[] = [];
      const listening = desk.tickets.onDidChange(() => {
        for (const name of readdirSync(outboxFolder).filter((each) => each.endsWith('.json'))) {
          const item = JSON.parse(readFileSync(join(outboxFolder, name), 'utf8')) as OutboxItem;
          if (item.done !== undefined) arrived.push(item);
        }
      });
      await send();
      listening.dispose();
      return arrived.at(-1) ?? assert.fail('it was kept as arrived');
    };

    it('writes nothing down twice where a window was killed after it wrote', async () => {
      const item = placed(aCase().until('2.2'));
      const ticket = await prepared(item);
      const again = await failedAgain();
      const closed = await withOwnTicket('5.1');
      const close = { action: 'close', values: { disposition: 'fixed', closedAt: desk.desk.nowIso() } };
      const route = { action: 'route', values: { team: '存储组' } };
      const sends: readonly (readonly [id: string, send: () => Promise<unknown>])[] = [
        [closed, () => desk.tickets.close(closed, { comment: '', resolution: '' }, close)],
        [again.id, () => desk.tickets.reactivate(again.id, again.text, [], {})],
        [item.id, () => desk.tickets.create(ticket)],
        [item.id, () => desk.tickets.assign(item.id, { id: '5', name: '开发 张' }, '请处理', route)],
        [item.id, () => desk.tickets.comment(item.id, '补充')],
      ];
      for (const [id, send] of sends) {
        clock.advance(MINUTE);
        const left = await leftBehind(send);
        const count = (await desk.store.get(id))?.events.length;
        clock.advance(MINUTE);
        server.asked.length = 0;
        await desk.outbox.add(left);
        assert.equal((await desk.tickets.retry(left.id)).is, 'sent', left.job.is);
        assert.deepEqual([(await desk.store.get(id))?.events.length, server.asked.length], [count, 0], left.job.is);
      }
    });

    it('tells listeners, and holds no secret', async () => {
      const id = await withTicket();
      let told = 0;
      const listening = desk.tickets.onDidChange(() => (told += 1));
      server.instead = ({ method }) => (method === 'PUT' ? { status: 500, body: RedmineLike.key } : undefined);
      await desk.tickets.comment(id, 'one');
      listening.dispose();
      assert.ok(told > 0);
      for (const name of readdirSync(outboxFolder)) {
        assert.ok(!readFileSync(join(outboxFolder, name), 'utf8').includes(RedmineLike.key), name);
      }
    });

    it('sets aside what nobody can read, and shows the rest of its own casebook', async () => {
      const id = await withTicket();
      server.instead = ({ method }) => (method === 'PUT' ? { status: 500 } : undefined);
      await desk.tickets.comment(id, 'one');
      const [item] = await desk.tickets.outbox();
      assert.ok(item);
      const [foreign = '', torn = ''] = ['0', '1', '2']
        .map((last) => `${item.id.slice(0, -1)}${last}`)
        .filter((each) => each !== item.id);
      await desk.outbox.add({ ...item, id: foreign, casebook: '/elsewhere' });
      writeFileSync(join(outboxFolder, `${torn}.json`), '{"torn');
      assert.deepEqual(await waiting(), ['comment waiting']);
      assert.ok(readdirSync(outboxFolder).some((name) => name.endsWith('.broken')));
    });

    it('comes back later each time, never before it was asked to', () => {
      assert.deepEqual(
        [1, 2, 3, 9].map((attempts) => [pauseAfter(attempts, 0), pauseAfter(attempts, 1)]),
        [
          [15_000, 30_000],
          [30_000, 60_000],
          [60_000, 120_000],
          [1_800_000, 3_600_000],
        ],
      );
      assert.deepEqual([pauseAfter(5, 0, 7_000), pauseAfter(1, 1, 7_000)], [7_000, 7_700]);
    });
  });

  describe("the lead's group", () => {
    let answers: string[];
    let told: string[];
    const bot = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        told.push(Buffer.concat(chunks).toString('utf8'));
        const answer = answers.shift() ?? '{"errcode":0}';
        if (answer === 'dies') request.socket.destroy();
        else response.end(answer);
      });
    });
    before((done) => void bot.listen(0, '127.0.0.1', done));
    after(() => {
      bot.closeAllConnections();
      bot.close();
    });

    const act = { action: 'notifyLead', values: { lead: '赵总', channel: '企业微信' } };
    let id: string;
    beforeEach(async () => {
      [answers, told] = [[], []];
      const address = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/send?key=secret-key-of-the-bot`;
      await desk.bots.keep('storage', address, '');
      const item = placed(aCase().until('1.2'));
      await desk.desk.act(item.id, {
        action: 'save',
        for: 'assess',
        values: { coreAffected: true, workaround: false },
      });
      id = item.id;
    });

    it('counts as told only once its bot says so', async () => {
      answers = ['{"errcode":93000,"errmsg":"invalid webhook"}'];
      await assert.rejects(desk.tickets.tell(id, 'storage', '紧急', act), { reason: 'address' });
      assert.equal((await stateOf(id)).emergency?.notified, undefined);
      assert.deepEqual(await waiting(), []);
      assert.equal((await desk.tickets.tell(id, 'storage', '紧急', act)).is, 'sent');
      const { emergency } = await stateOf(id);
      assert.deepEqual([emergency?.notified?.lead, emergency?.notified?.at], ['赵总', desk.desk.nowIso()]);
    });

    it('is not told twice unasked: without an answer a person decides', async () => {
      answers = ['dies'];
      await assert.rejects(desk.tickets.tell(id, 'storage', '紧急', act), { reason: 'no-answer' });
      assert.deepEqual(await waiting(), ['tell needsPerson']);
      clock.advance(24 * 60 * MINUTE);
      await desk.tickets.drain();
      assert.equal(told.length, 1);
      const [kept] = await desk.tickets.outbox();
      assert.equal((await desk.tickets.retry(kept?.id ?? '')).is, 'sent');
      assert.equal(told.length, 2);
      assert.ok((await stateOf(id)).emergency?.notified);
    });

    it('is told on the form of step 1.2, which is saved', async () => {
      const values = { leadLead: '赵总', leadChannel: '企业微信', leadText: '紧急' };
      await desk.tickets.tell(id, 'storage', '紧急', { action: 'save', for: 'assess', values });
      const kept = (await stateOf(id)).values['assess'];
      assert.deepEqual([kept?.['leadLead'], kept?.['leadNotifiedAt']], ['赵总', desk.desk.nowIso()]);
    });
  });
});

const blank = () => ({ subject: '相机断线', description: '', status: 1, attachments: [], journals: [] });
