/** The lead's group and the other groups, from a form's answer to the case's log, over local servers of each system. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openClaims } from '../../../src/adapters/machine/claims';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { type BotSystem, BotError } from '../../../src/domain/notify/bot';
import { GroupTeller } from '../../../src/domain/notify/groupTeller';
import { botChannel, forLead, leadOf, ownLeadGroup } from '../../../src/domain/notify/leadGroup';
import { duesOf } from '../../../src/domain/dues';
import { defaultTimings } from '../../../src/domain/casebook';
import { toIso } from '../../../src/domain/time';
import { historyEvents } from '../../../src/domain/transfer/events';
import { aCase, type HandClock, handClock, seededRandom } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { secretsInMemory } from '../tickets/secretsInMemory';
import { openWorld, type World } from '../tickets/world';

const MINUTE = 60_000;
const TOKEN = 'webhook-token-that-nobody-may-see';
const SECRET = 'signing-secret-that-nobody-may-see';
const LEAD = '赵磊';
const urgent = { coreAffected: true, workaround: false };

interface Answer {
  readonly status?: number;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly dies?: boolean;
}

/** How each system says that the group was told, and how it refuses with "200 OK" where it does. */
const systems: Readonly<
  Record<BotSystem, { readonly told: Answer; readonly refused: Answer; readonly reason: string }>
> = {
  wecom: {
    told: { text: '{"errcode":0,"errmsg":"ok"}' },
    refused: { text: '{"errcode":93000,"errmsg":"invalid webhook url"}' },
    reason: 'address',
  },
  dingtalk: {
    told: { text: '{"errcode":0,"errmsg":"ok"}' },
    refused: { text: '{"errcode":310000,"errmsg":"keywords not in content"}' },
    reason: 'keyword',
  },
  feishu: {
    told: { text: '{"code":0,"msg":"success","StatusCode":0}' },
    refused: { text: '{"code":19021,"msg":"sign match fail"}' },
    reason: 'signature',
  },
  slack: { told: { text: 'ok' }, refused: { status: 403, text: 'invalid_token' }, reason: 'address' },
  teams: { told: { status: 202 }, refused: { status: 400, text: '{}' }, reason: 'refused' },
};

describe('telling a group', () => {
  let server: Server;
  let answers: Answer[];
  let usual: Answer;
  let asked: { readonly url: string; readonly body: string }[];
  let folder: string;
  let outbox: string;
  let claims: string;
  let clock: HandClock;
  let windows: World[];
  const secrets = secretsInMemory();

  beforeEach(async () => {
    [answers, asked, windows, usual] = [[], [], [], {}];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push({ url: request.url ?? '', body: Buffer.concat(chunks).toString('utf8') });
        const { status = 200, text = '', headers = {}, dies = false } = answers.shift() ?? usual;
        if (dies) request.socket.destroy();
        else response.writeHead(status, headers).end(text);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    secrets.kept.clear();
    folder = await newCasebook();
    [outbox, claims] = [join(tempFolder(), 'outbox'), join(tempFolder(), 'claims')];
    clock = handClock('2026-11-22T12:00:00+08:00');
  });
  afterEach(() => {
    for (const window of windows) window.dispose();
    server.closeAllConnections();
    server.close();
    cleanUp();
  });

  async function openWindow(bots: unknown = [{ group: 'storage', system: 'wecom', lead: LEAD }]) {
    const world = await openWorld({
      folder,
      outbox,
      indexFile: join(tempFolder(), 'index.jsonl'),
      trackers: [],
      bots,
      secrets,
      clock,
      random: seededRandom(4_000 + windows.length),
    });
    windows.push(world);
    const me = async () => 'Li Wei <li.wei@example.com>';
    const teller = new GroupTeller({ ...world, claims: openClaims(claims), clock, me, secrets: secretScanner });
    return { ...world, teller };
  }
  type Window = Awaited<ReturnType<typeof openWindow>>;

  async function connected(system: BotSystem, given: object = {}): Promise<Window> {
    const window = await openWindow([{ group: 'storage', system, lead: LEAD, ...given }]);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=${TOKEN}`;
    await window.bots.keep('storage', address, SECRET);
    usual = systems[system].told;
    return window;
  }

  /** An issue at this step, received at this minute. */
  function placed(step: string, receivedBefore = 0): string {
    const start = toIso(clock.now(), 480);
    const receivedAt = toIso(clock.now() - receivedBefore, 480);
    const item = aCase('issue', { start, intake: { receivedAt, occurredAt: receivedAt } }).until(step);
    place(folder, item);
    clock.advance(4 * 60 * MINUTE);
    return item.id;
  }
  const stateOf = async ({ store }: Window, id: string) => {
    const stored = await store.get(id);
    assert.ok(stored);
    return stored.state;
  };
  const forms = { leadLead: LEAD, leadText: '不会被使用', ...urgent };
  const assess = (text = '【紧急】生产停了') => ({ group: 'storage', text, action: 'assess', values: forms });
  /** Whatever is on disk of case and outbox. */
  const written = () =>
    [folder, outbox].flatMap((root) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    );
  const assertNoSecrets = (...more: string[]) => {
    for (const text of [...written(), ...more]) assert.doesNotMatch(text, /nobody-may-see/);
  };
  const errorOf = async (work: Promise<unknown>): Promise<BotError> => {
    const error: unknown = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    assert.ok(error instanceof BotError, String(error));
    return error;
  };

  for (const system of Object.keys(systems) as BotSystem[]) {
    describe(`by ${system}`, () => {
      it('logs "lead notified" once the bot itself says so', async () => {
        const window = await connected(system);
        const id = placed('1.2');
        assert.equal((await window.teller.tell(id, assess(), 'zh-CN')).is, 'sent');
        const { emergency, messages, values } = await stateOf(window, id);
        assert.deepEqual(
          [
            emergency?.notified?.lead,
            emergency?.notified?.at,
            messages.map(({ to, purpose, text }) => [to, purpose, text]),
          ],
          [LEAD, window.desk.nowIso(), [['lead', 'urgent', '【紧急】生产停了']]],
        );
        assert.deepEqual([values['assess']?.['coreAffected'], values['assess']?.['leadLead']], [true, undefined]);
        assert.ok(asked[0]?.body.includes('【紧急】生产停了'));
        assert.deepEqual([asked.length, await window.tickets.outbox()], [1, []]);
        assertNoSecrets();
      });

      it('logs nothing where the bot refuses, and the time goes on running', async () => {
        const window = await connected(system);
        const id = placed('1.2');
        answers = [systems[system].refused];
        const error = await errorOf(window.teller.tell(id, assess(), 'zh-CN'));
        assert.equal(error.reason, systems[system].reason);
        const state = await stateOf(window, id);
        assert.deepEqual([state.urgency, state.emergency?.notified, state.messages], ['urgent', undefined, []]);
        assert.ok(duesOf(state, defaultTimings).some(({ kind }) => kind === 'notifyLead'));
        assert.deepEqual(await window.tickets.outbox(), []);
        assertNoSecrets(error.message, error.stack ?? '', String(error.cause));
      });

      it('asks a person where there was no answer, and takes their word for it', async () => {
        const window = await connected(system);
        const id = placed('1.2');
        answers = [{ dies: true }];
        const error = await errorOf(window.teller.tell(id, assess(), 'zh-CN'));
        assert.equal(error.reason, 'no-answer');
        clock.advance(60 * MINUTE);
        await window.tickets.drain();
        const [item] = await window.tickets.outbox();
        assert.deepEqual([asked.length, item?.state, item?.isUncertain], [1, 'needsPerson', true]);
        assert.equal((await stateOf(window, id)).emergency?.notified, undefined);
        assertNoSecrets(error.message, error.stack ?? '');
        assert.equal((await window.tickets.wasTold(item?.id ?? '')).is, 'sent');
        assert.deepEqual([asked.length, await window.tickets.outbox()], [1, []]);
        assert.equal((await stateOf(window, id)).emergency?.notified?.at, item?.madeAt);
      });

      it('waits where it is called too often, says so, and is sent by itself later', async () => {
        const window = await connected(system);
        const id = placed('1.2');
        answers = [{ status: 429, text: 'rate_limited', headers: { 'Retry-After': '90' } }];
        const waits = await window.teller.tell(id, assess(), 'zh-CN');
        assert.ok(waits.is === 'waiting' && waits.nextAt >= clock.now() + 90_000);
        assert.equal((await stateOf(window, id)).emergency?.notified, undefined);
        assert.equal((await window.teller.tell(id, assess(), 'zh-CN')).is, 'busy');
        clock.advance(89_000);
        await window.tickets.drain();
        assert.equal(asked.length, 1);
        clock.advance(MINUTE);
        await window.tickets.drain();
        assert.equal((await stateOf(window, id)).emergency?.notified?.at, window.desk.nowIso());
        assertNoSecrets();
      });
    });
  }

  it('signs what goes to DingTalk and Feishu, and calls nothing else', async () => {
    for (const system of ['dingtalk', 'feishu'] as const) {
      const window = await connected(system);
      await window.teller.tell(placed('1.2'), assess(), 'zh-CN');
    }
    assert.match(asked[0]?.url ?? '', /^\/send\?key=[\w-]+&timestamp=\d+&sign=[\w%]+$/);
    assert.match(asked[1]?.body ?? '', /"timestamp":"\d+","sign":"[\w+/=]+"/);
  });

  it('says no more than the case allows: without a lead nothing is sent or saved', async () => {
    const window = await connected('wecom', { lead: '' });
    const id = placed('1.2');
    const telling = { ...assess(), values: urgent };
    await assert.rejects(window.teller.tell(id, telling, 'en'), { missing: ['required:lead'] });
    assert.deepEqual([asked.length, (await stateOf(window, id)).urgency], [0, undefined]);
  });

  it('logs a follow-up and a message to a group with what was told', async () => {
    const window = await connected('slack');
    const id = placed('3.2');
    const followUp = { group: 'storage', text: '进展如何？', action: 'followUp', values: { group: 'storage' } };
    assert.equal((await window.teller.tell(id, followUp, 'zh-CN')).is, 'sent');
    // Slack takes one message a second
    clock.advance(1_001);
    const values = { to: 'group', purpose: 'status', sender: 'Li Wei', channel: 'by hand' };
    const message = { group: 'storage', text: 'standing', action: 'logMessage', values };
    assert.equal((await window.teller.tell(id, message, 'en')).is, 'sent');
    const { followUps, messages } = await stateOf(window, id);
    assert.deepEqual([followUps[0]?.group, followUps[0]?.content], ['storage', '进展如何？']);
    assert.deepEqual([messages[0]?.to, messages[0]?.channel, messages[0]?.text], ['group', 'Slack', 'standing']);
  });

  it('writes down a changed urgency with the message that tells of it', async () => {
    const window = await connected('wecom');
    const id = placed('1.2');
    await window.desk.act(id, { action: 'assess', values: { coreAffected: false, workaround: false } });
    const values = { newUrgency: 'urgent', urgencyReason: '全部停产' };
    answers = [systems.wecom.refused];
    await errorOf(window.teller.tell(id, { group: 'storage', text: '紧急', action: 'changeUrgency', values }, 'zh-CN'));
    assert.equal((await stateOf(window, id)).urgency, 'normal');
    await window.teller.tell(id, { group: 'storage', text: '紧急', action: 'changeUrgency', values }, 'zh-CN');
    const { urgency, emergency } = await stateOf(window, id);
    assert.deepEqual([urgency, emergency?.notified?.lead, emergency?.notified?.channel], ['urgent', LEAD, 'WeCom']);
  });

  it('takes no word for what was never uncertain', async () => {
    const window = await connected('wecom');
    answers = [{ status: 429, headers: { 'Retry-After': '900' } }];
    await window.teller.tell(placed('1.2'), assess(), 'zh-CN');
    const [item] = await window.tickets.outbox();
    assert.equal((await window.tickets.wasTold(item?.id ?? '')).is, 'busy');
    assert.equal((await window.tickets.outbox()).length, 1);
  });

  describe('by itself', () => {
    const makeUrgent = ({ desk }: Window, id: string) =>
      desk.act(id, { action: 'save', for: 'assess', values: urgent });

    it('is done once though two windows see it, and not again', async () => {
      const [one, two] = [await connected('wecom'), await connected('wecom')];
      const id = placed('1.2');
      await makeUrgent(one, id);
      const told = await Promise.all([one, two, one, two].map(({ teller }) => teller.tellLeadItself(id, 'zh-CN')));
      assert.deepEqual(told.map(({ is }) => is).toSorted(), ['notOurs', 'notOurs', 'notOurs', 'sent']);
      assert.equal(asked.length, 1);
      assert.match(asked[0]?.body ?? '', /【紧急】/);
      const { emergency, messages } = await stateOf(one, id);
      assert.deepEqual([emergency?.notified?.lead, messages.length], [LEAD, 1]);
    });

    it('is not done beside a click in the form', async () => {
      const [one, two] = [await connected('wecom'), await connected('wecom')];
      const id = placed('1.2');
      const unasked: Promise<unknown>[] = [];
      for (const { store, teller } of [one, two]) {
        store.onDidChange(() => unasked.push(teller.tellLeadItself(id, 'zh-CN')));
      }
      await one.teller.tell(id, assess('by hand'), 'zh-CN');
      await two.store.refresh();
      assert.ok(unasked.length >= 2);
      for (const outcome of await Promise.all(unasked)) assert.deepEqual(outcome, { is: 'notOurs' });
      assert.equal(asked.length, 1);
    });

    it('stays due where it fails, and is left to a person then', async () => {
      const window = await connected('wecom');
      const id = placed('1.2');
      await makeUrgent(window, id);
      answers = [systems.wecom.refused];
      const error = await errorOf(window.teller.tellLeadItself(id, 'zh-CN'));
      assert.equal(error.reason, 'address');
      assert.deepEqual(await window.teller.tellLeadItself(id, 'zh-CN'), { is: 'notOurs' });
      const state = await stateOf(window, id);
      assert.equal(state.emergency?.notified, undefined);
      assert.ok(duesOf(state, defaultTimings).some(({ kind }) => kind === 'notifyLead'));
    });

    it('masks secrets, since nobody looks at it', async () => {
      const window = await connected('wecom');
      const id = placed('1.2');
      const said = 'mysql -uroot -pS3cretPassw0rd! fails';
      await window.desk.act(id, { action: 'save', for: 'assess', values: { ...urgent, leadText: said } });
      await window.teller.tellLeadItself(id, 'en');
      assert.equal(asked.length, 1);
      assert.doesNotMatch(asked[0]?.body ?? '', /S3cretPassw0rd/);
    });

    it('says where nobody knows the lead', async () => {
      const window = await connected('wecom', { lead: '' });
      const id = placed('1.2');
      await makeUrgent(window, id);
      assert.deepEqual([await window.teller.tellLeadItself(id, 'en'), asked.length], [{ is: 'noLead' }, 0]);
    });

    it("is not done for old cases, for what was filled in afterwards, nor for a colleague's", async () => {
      const window = await connected('wecom');
      const old = placed('1.2');
      await makeUrgent(window, old);
      clock.advance(16 * MINUTE);
      const late = placed('1.2', 2 * 24 * 60 * MINUTE);
      await makeUrgent(window, late);
      const start = toIso(clock.now(), 480);
      const receivedAt = toIso(clock.now(), 480);
      const theirs = aCase('issue', { start, intake: { receivedAt, occurredAt: receivedAt } }).until('1.2');
      theirs.act({ action: 'save', for: 'assess', values: urgent }, 'Chen Hao <chen.hao@example.com>');
      place(folder, theirs);
      clock.advance(2 * 60 * MINUTE);
      for (const id of [old, late, theirs.id]) {
        assert.deepEqual(await window.teller.tellLeadItself(id, 'en'), { is: 'notOurs' }, id);
      }
      assert.equal(asked.length, 0);
    });

    it('is not done for a case that was imported as urgent', async () => {
      const window = await connected('wecom');
      const at = (minutes: number) => toIso(clock.now() - minutes * MINUTE, 480);
      const history = { urgency: 'urgent', closedAt: [at(20)], reopenedAt: [at(5)] };
      const intake = { title: '批量任务失败', customer: '北方重工', product: 'DataHub', receivedAt: at(60) };
      const planned = historyEvents({ row: 1, kind: 'issue', id: 'OLD-1', intake, history }, 'table');
      const [id = ''] = await window.store.createMany('Li Wei <li.wei@example.com>', [planned], {
        isCancelled: () => false,
        progress: () => undefined,
      });
      const { urgency, emergency } = await stateOf(window, id);
      assert.deepEqual([urgency, emergency?.at, emergency?.by], ['urgent', at(5), 'Li Wei <li.wei@example.com>']);
      assert.deepEqual([await window.teller.tellLeadItself(id, 'en'), asked.length], [{ is: 'notOurs' }, 0]);
    });

    it('is done again for the next emergency of the case', async () => {
      const window = await connected('wecom');
      const id = placed('1.2');
      for (let time = 1; time <= 2; time += 1) {
        await makeUrgent(window, id);
        assert.equal((await window.teller.tellLeadItself(id, 'en')).is, 'sent');
        await window.desk.act(id, { action: 'save', for: 'assess', values: { workaround: true } });
      }
      assert.equal(asked.length, 2);
    });
  });

  it('finds the group and its lead', () => {
    const bots = [{ group: 'a' }, { group: 'b', lead: 'Zhao Lei' }, { group: 'c', lead: 'Chen Hao' }];
    assert.deepEqual(
      forLead(bots, 'chen.hao').map(({ group }) => group),
      ['c', 'b', 'a'],
    );
    assert.equal(ownLeadGroup(bots, '')?.group, 'b');
    assert.equal(ownLeadGroup([{ group: 'a' }], '')?.group, 'a');
    assert.equal(ownLeadGroup([{ group: 'a' }, { group: 'b' }], ''), undefined);
    const people = [{ name: 'Zhao Lei', mail: 'zhao@example.com', role: 'LD' as const }];
    assert.equal(leadOf({ group: 'b', lead: 'Zhao Lei' }, people), 'Zhao Lei <zhao@example.com>');
    assert.equal(leadOf({ group: 'a' }, people), 'Zhao Lei <zhao@example.com>');
    assert.equal(leadOf({ group: 'a' }, []), '');
    assert.equal(botChannel('dingtalk', ['电话', '钉钉'], 'en'), '钉钉');
    assert.equal(botChannel('teams', ['电话'], 'en'), 'Teams');
  });
});
