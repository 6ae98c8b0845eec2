/** A window is killed at any moment of sending: whoever comes after it sends what is missing, and nothing twice. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { aCase } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder, until } from '../store/folders';
import { bundleScript, startWriter, type Writer } from '../store/writers';
import { type Asked, RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld } from './world';

/** When it is killed: as the server gets a request, or once the server has done what it asks. */
interface Moment {
  readonly at: 'arrival' | 'answer';
  readonly method: string;
  readonly path: RegExp;
}

const moments: Readonly<Record<'create' | 'comment', readonly Moment[]>> = {
  create: [
    { at: 'arrival', method: 'GET', path: /^\/issues\.json/ },
    { at: 'arrival', method: 'POST', path: /^\/issues\.json/ },
    { at: 'answer', method: 'POST', path: /^\/issues\.json/ },
    { at: 'answer', method: 'GET', path: /^\/issues\/1\.json/ },
  ],
  comment: [
    { at: 'arrival', method: 'GET', path: /^\/issues\/1\.json/ },
    { at: 'arrival', method: 'PUT', path: /^\/issues\/1\.json/ },
    { at: 'answer', method: 'PUT', path: /^\/issues\/1\.json/ },
  ],
};

describe('a window that is killed while it sends', () => {
  let script: string;
  let server: RedmineLike;

  before(async function () {
    this.timeout(60_000);
    script = await bundleScript(join('test', 'unit', 'tickets', 'sender.ts'));
  });
  after(cleanUp);
  afterEach(() => server.stop());

  async function begin(step: string) {
    server = new RedmineLike();
    const url = await server.start();
    const folder = await newCasebook();
    const outbox = join(tempFolder(), 'outbox');
    const item = aCase().until(step);
    place(folder, item);
    const secrets = secretsInMemory();
    const open = async (bot = '') => {
      const world = await openWorld({
        folder,
        outbox,
        indexFile: join(tempFolder(), 'index.jsonl'),
        trackers: [{ name: 'Redmine', system: 'redmine', url, places: { DataHub: 'vision' } }],
        bots: [{ group: 'storage', system: 'wecom' }],
        secrets,
        clock: systemClock,
        random: systemRandom,
      });
      await world.trackers.signIn('Redmine', RedmineLike.key);
      if (bot !== '') await world.bots.keep('storage', bot, '');
      return world;
    };
    /** The locks of a killed window go stale after seconds: here at once. */
    const forgetLocks = () => {
      const longAgo = new Date(Date.now() - 60_000);
      for (const locks of [outbox, join(folder, '.casebook', 'locks')]) {
        for (const name of readdirSync(locks)) {
          if (name.endsWith('.lock')) utimesSync(join(locks, name), longAgo, longAgo);
        }
      }
    };
    return { url, folder, outbox, id: item.id, open, forgetLocks };
  }

  /** Kills it at that moment of the server. */
  function killAt(moment: Moment, writer: () => Writer): void {
    const isIt = ({ method, path }: Asked) => method === moment.method && moment.path.test(path);
    let isOver = false;
    const kill = async (asked: Asked) => {
      if (isOver || !isIt(asked)) return;
      isOver = true;
      writer().process.kill('SIGKILL');
      await writer().ended;
    };
    if (moment.at === 'answer') {
      server.beforeAnswer = kill;
      return;
    }
    server.instead = (asked) => {
      if (isOver || !isIt(asked)) return undefined;
      void kill(asked);
      return { status: 500 };
    };
  }

  for (const [what, all] of Object.entries(moments)) {
    for (const moment of all) {
      it(`leaves exactly one ${what}: ${moment.at} of ${moment.method} ${moment.path.source}`, async function () {
        this.timeout(60_000);
        const { url, folder, outbox, id, open, forgetLocks } = await begin('2.2');
        if (what === 'comment') {
          const first = await open();
          const stored = await first.store.get(id);
          assert.ok(stored);
          await first.tickets.create(first.tickets.prepare(stored.state, 'Redmine', 'zh-CN'));
          first.dispose();
        }
        const writer: Writer = startWriter(script, [folder, outbox, url, id, what]);
        killAt(moment, () => writer);
        await writer.ended;
        assert.equal(writer.process.signalCode, 'SIGKILL');
        forgetLocks();
        const world = await open();
        assert.equal((await world.tickets.outbox()).length, 1);
        await until('the outbox is empty', async () => {
          await world.tickets.drain();
          return (await world.tickets.outbox()).length === 0;
        });
        const state = (await world.store.get(id))?.state;
        assert.deepEqual([server.issues.length, state?.step, state?.ticket?.key], [1, '3.1', '1']);
        const comments = what === 'comment' ? 1 : 0;
        assert.deepEqual([server.issues[0]?.journals.length, state?.ticketDeeds.length], [comments, comments]);
        world.dispose();
      });
    }
  }

  it('writes down what had arrived, without sending it again', async function () {
    this.timeout(60_000);
    const { url, folder, outbox, id, open, forgetLocks } = await begin('2.2');
    // a case that another window seems to write keeps the window between sending and writing down
    server.beforeAnswer = async ({ method, path }) => {
      if (method === 'GET' && path.startsWith('/issues/1')) mkdirSync(join(folder, '.casebook', 'locks', `${id}.lock`));
    };
    const writer = startWriter(script, [folder, outbox, url, id, 'create']);
    const files = () => readdirSync(outbox).filter((name) => name.endsWith('.json'));
    const isDone = () => files().some((name) => readFileSync(join(outbox, name), 'utf8').includes('"done"'));
    await until('it has arrived', () => existsSync(outbox) && isDone());
    writer.process.kill('SIGKILL');
    await writer.ended;
    forgetLocks();
    const [world, asked] = [await open(), server.asked.length];
    await until('the outbox is empty', async () => {
      await world.tickets.drain();
      return (await world.tickets.outbox()).length === 0;
    });
    assert.equal(server.asked.length, asked);
    const stored = await world.store.get(id);
    assert.deepEqual([stored?.state.step, stored?.state.ticket?.key], ['3.1', '1']);
    world.dispose();
  });

  it('leaves a message to a group to a person: it may have been read', async function () {
    this.timeout(60_000);
    const { url, folder, outbox, id, open, forgetLocks } = await begin('2.2');
    let told = 0;
    let writer: Writer | undefined;
    const bot = createServer((request) => {
      told += 1;
      request.resume();
      writer?.process.kill('SIGKILL');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => bot.once('listening', done));
    const address = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/send?key=1`;
    writer = startWriter(script, [folder, outbox, url, id, 'tell', address]);
    await writer.ended;
    forgetLocks();
    const world = await open(address);
    await world.tickets.drain();
    const [kept] = await world.tickets.outbox();
    assert.deepEqual([kept?.state, kept?.failure], ['needsPerson', { is: 'bot', reason: 'no-answer', said: '' }]);
    assert.deepEqual([told, (await world.store.get(id))?.state.messages], [1, []]);
    world.dispose();
    bot.closeAllConnections();
    bot.close();
  });
});
