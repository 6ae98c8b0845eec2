/** Three hundred open tickets in three systems: each is read once a round, by as few requests as its system allows. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ticketText } from '../../../src/domain/text/ticketText';
import type { FollowRound } from '../../../src/domain/tickets/follower';
import { aCase, type HandClock, handClock, seededRandom } from '../../builders';
import { cleanUp, newCasebook, place, tempFolder } from '../store/folders';
import { JiraLike } from './jira/jiraLike';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld, type World } from './world';
import { ZenTaoLike } from './zentao/zentaoLike';

const EACH = 100;
const every = 15 * 60_000;
const numbers = Array.from({ length: EACH }, (_, index) => index + 1);

describe('three hundred open tickets', function () {
  this.timeout(120_000);
  const redmine = new RedmineLike();
  const zentao = new ZenTaoLike();
  const jira = new JiraLike(true);
  let world: World;
  let clock: HandClock;
  let ids: string[];

  before(async () => {
    clock = handClock('2026-11-22T12:00:00+08:00');
    const folder = await newCasebook();
    world = await openWorld({
      folder,
      outbox: join(tempFolder(), 'outbox'),
      indexFile: join(tempFolder(), 'index.jsonl'),
      trackers: [
        { name: 'Redmine', system: 'redmine', url: await redmine.start(), places: { DataHub: 'vision' } },
        { name: '禅道', system: 'zentao', url: await zentao.start(), account: 'support1', places: { DataHub: '1' } },
        {
          name: 'Jira',
          system: 'jira',
          url: await jira.start(),
          account: JiraLike.account,
          places: { DataHub: 'VIS' },
        },
      ],
      secrets: secretsInMemory(),
      clock,
      random: seededRandom(300),
    });
    await world.tickets.signIn('Redmine', RedmineLike.key);
    await world.tickets.signIn('禅道', ZenTaoLike.password);
    await world.tickets.signIn('Jira', JiraLike.secret);
    // one is made in each system as it makes them; the others are like it
    for (const [connection, product, fields] of [
      ['Redmine', 'vision', {}],
      ['禅道', '1', { openedBuild: ['trunk'], severity: '3', pri: '3', type: 'codeerror' }],
      ['Jira', 'VIS', { issuetype: '10001', versions: ['21'], customfield_10010: '40' }],
    ] as const) {
      const tracker = await world.trackers.open(connection);
      const ticket = {
        caseId: 'ISS-20261122-7K3F',
        kind: 'issue',
        title: '相机断线',
        text: '见附件',
        files: [],
      } as const;
      await tracker.create({ ...ticket, place: product, fields });
    }
    const [issue] = redmine.issues;
    const [bug] = zentao.kept;
    const [story] = jira.issues;
    assert.ok(issue && bug && story);
    for (const number of numbers.slice(1)) {
      redmine.issues.push({ ...structuredClone(issue), id: number });
      zentao.kept.push({ ...structuredClone(bug), id: number });
      jira.issues.push({ ...structuredClone(story), id: `${Number(story.id) + number - 1}`, key: `VIS-${number}` });
    }
    ids = [];
    for (const [system, prefix] of [
      ['Redmine', ''],
      ['禅道', ''],
      ['Jira', 'VIS-'],
    ] as const) {
      for (const number of numbers) {
        const item = aCase().until('2.2');
        const sent = ticketText(item.state, 'zh-CN');
        item.act({ action: 'createTicket', values: { sent, system, ticketKey: `${prefix}${number}` } });
        place(folder, item);
        ids.push(item.id);
      }
    }
  });
  after(async () => {
    world.dispose();
    redmine.stop();
    jira.stop();
    await zentao.stop();
    cleanUp();
  });

  const follow = async () => {
    for (const { asked } of [redmine, zentao, jira]) asked.length = 0;
    return world.tickets.follow(ids, { every });
  };
  const read = ({ changes }: FollowRound) => new Set(changes.map(({ caseId }) => caseId)).size;
  const requests = () => [redmine, zentao, jira].map(({ asked }) => asked.length);
  /** How many requests named the same thing twice. */
  const twice = () =>
    [redmine, zentao, jira].map(
      ({ asked }) => asked.length - new Set(asked.map(({ method, path }) => `${method} ${path}`)).size,
    );
  const seen = async () => {
    const counts = await Promise.all(ids.map(async (id) => (await world.store.get(id))?.state.sightings.length ?? 0));
    return new Map(
      [...new Set(counts)]
        .toSorted((a, b) => a - b)
        .map((count) => [count, counts.filter((each) => each === count).length]),
    );
  };

  it('are all brought back in one round, one reading a ticket and none twice', async () => {
    const round = await follow();
    assert.deepEqual([round.read, round.failures, read(round)], [3 * EACH, [], 3 * EACH]);
    assert.deepEqual(
      [requests(), twice()],
      [
        // Jira tells comments apart from the ticket
        [EACH, EACH, 2 * EACH],
        [0, 0, 0],
      ],
    );
    assert.equal(round.nextAt, clock.now() + every);
    assert.deepEqual(await seen(), new Map([[1, 3 * EACH]]));
    // not before their time
    clock.advance(every - 1);
    assert.equal((await follow()).read, 0);
    assert.deepEqual(requests(), [0, 0, 0]);
    clock.advance(1);
  });

  it('write down only what has changed', async () => {
    for (const issue of redmine.issues.slice(0, 30)) issue.status = 2;
    for (const bug of zentao.kept.slice(0, 20)) bug.status = 'resolved';
    for (const issue of jira.issues.slice(0, 10)) issue.status = 3;
    const round = await follow();
    assert.deepEqual([round.read, round.changes.length, read(round)], [3 * EACH, 60, 60]);
    assert.deepEqual(
      await seen(),
      new Map([
        [1, 3 * EACH - 60],
        [2, 60],
      ]),
    );
    clock.advance(every);
  });

  it('wait where one system asks for it, without the others, and come back with those that are left', async () => {
    let left = 80;
    jira.instead = ({ path }) => {
      if (!path.includes('/issue/')) return undefined;
      left -= 1;
      return left < 0 ? { status: 429, headers: { 'Retry-After': '600' } } : undefined;
    };
    for (const issue of jira.issues) issue.status = 4;
    const first = await follow();
    const until = world.tickets.heldUntil('Jira') ?? 0;
    assert.ok(until >= clock.now() + 600_000);
    assert.equal(first.failures.length, 1);
    assert.deepEqual(
      [requests(), twice()],
      [
        [EACH, EACH, 81],
        [0, 0, 0],
      ],
    );
    assert.equal(first.read, 2 * EACH + 40);
    const before = new Set(first.changes.map(({ caseId }) => caseId));
    jira.instead = () => undefined;
    clock.advance(300_000);
    assert.equal((await follow()).read, 0);
    assert.deepEqual(requests(), [0, 0, 0]);
    clock.advance(until - clock.now());
    const second = await follow();
    assert.deepEqual([second.read, requests()], [60, [0, 0, 120]]);
    assert.deepEqual(
      second.changes.filter(({ caseId }) => before.has(caseId)),
      [],
    );
    // every change has come back, each of them once
    assert.equal(first.changes.length + second.changes.length, EACH);
    assert.deepEqual(jira.wrong, []);
  });
});
