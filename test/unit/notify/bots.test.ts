/** Group bots against local servers: payloads, signatures, and what counts as told. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dingtalkSign } from '../../../src/adapters/notify/dingtalk';
import { feishuSign } from '../../../src/adapters/notify/feishu';
import { WebhookBot } from '../../../src/adapters/notify/webhookBot';
import { type BotConnection, type BotFailure, type BotSystem, cutAtBytes } from '../../../src/domain/notify/bot';

const NOW = 1_700_000_000_000;
const TOKEN = 'token-that-nobody-may-see';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Record<string, string>;
}

describe('a group bot', () => {
  let server: Server;
  let url: string;
  let answer: Answer;
  let asked: { url: string; body: Record<string, unknown> }[];
  let now: number;

  beforeEach(async () => {
    [asked, now] = [[], NOW];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
        asked.push({ url: request.url ?? '', body });
        response.writeHead(answer.status, answer.headers ?? {}).end(answer.text);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?access_token=${TOKEN}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const bot = (system: BotSystem, given: Partial<BotConnection> & { secret?: string } = {}) =>
    new WebhookBot(
      { group: 'storage', system, keyword: '', mentions: [], ...given },
      { url, secret: given.secret ?? '' },
      () => now,
    );
  const says = (status: number, body: unknown, headers?: Record<string, string>) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    answer = { status, text, ...(headers ? { headers } : {}) };
  };
  const told = {
    wecom: { errcode: 0 },
    dingtalk: { errcode: 0 },
    feishu: { code: 0, msg: 'success' },
    slack: 'ok',
    teams: '',
  };

  it('sends what each system understands', async () => {
    const bodies: Record<string, unknown> = {};
    for (const system of ['wecom', 'dingtalk', 'feishu', 'slack', 'teams'] as const) {
      says(system === 'teams' ? 202 : 200, told[system]);
      await bot(system, { mentions: ['13800001111'] }).send('紧急：<b>生产线</b>\n第二行');
      bodies[system] = asked.at(-1)?.body;
    }
    assert.deepEqual(bodies, {
      wecom: {
        msgtype: 'text',
        text: { content: '紧急：<b>生产线</b>\n第二行', mentioned_mobile_list: ['13800001111'] },
      },
      dingtalk: {
        msgtype: 'text',
        text: { content: '紧急：<b>生产线</b>\n第二行' },
        at: { atMobiles: ['13800001111'], isAtAll: false },
      },
      feishu: { msg_type: 'text', content: { text: '<at user_id="13800001111"></at> 紧急：<b>生产线</b>\n第二行' } },
      slack: { text: '<@13800001111> 紧急：&lt;b&gt;生产线&lt;/b&gt;\n第二行' },
      teams: {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            contentUrl: null,
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              body: [
                { type: 'TextBlock', text: '紧急：<b>生产线</b>', wrap: true },
                { type: 'TextBlock', text: '第二行', wrap: true },
              ],
            },
          },
        ],
      },
    });
  });

  it('signs as the systems check it', async () => {
    const path = join(process.cwd(), '..', 'shared', 'trackers', 'bots', 'sign-vectors.json');
    const written = {
      dingtalk: {
        timestampMs: NOW,
        secret: 'SECthisisatestsecret',
        sign: 'kLWOR2A6bc2cvZOhFXUIYOD2AD3LRqxrsud2h0mwpUQ%3D',
      },
      feishu: {
        timestampSec: NOW / 1_000,
        secret: 'thisisatestsecret',
        sign: 'B0dOzXrFqsr/iopTtmN0CxZHEtFTep8mW1e06uFCYaI=',
      },
    };
    const vectors = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as typeof written) : written;
    console.log(`    (signatures ${existsSync(path) ? 'of ../shared' : 'written for the test'})`);
    assert.equal(dingtalkSign(vectors.dingtalk.secret, vectors.dingtalk.timestampMs), vectors.dingtalk.sign);
    assert.equal(feishuSign(vectors.feishu.secret, vectors.feishu.timestampSec), vectors.feishu.sign);

    says(200, told.dingtalk);
    await bot('dingtalk', { secret: written.dingtalk.secret }).send('x');
    assert.equal(asked[0]?.url, `/send?access_token=${TOKEN}&timestamp=${NOW}&sign=${written.dingtalk.sign}`);
    says(200, told.feishu);
    await bot('feishu', { secret: written.feishu.secret }).send('x');
    assert.deepEqual([asked[1]?.body['timestamp'], asked[1]?.body['sign']], ['1700000000', written.feishu.sign]);
  });

  const refusals: readonly [BotSystem, number, unknown, BotFailure][] = [
    ['wecom', 200, { errcode: 93_000, errmsg: 'invalid webhook url' }, 'address'],
    ['wecom', 200, { errcode: 45_009, errmsg: 'api freq out of limit' }, 'too-many'],
    ['wecom', 200, { errcode: 40_058, errmsg: 'invalid parameter' }, 'refused'],
    ['wecom', 200, '<html>proxy</html>', 'not-understood'],
    ['wecom', 502, '<html>', 'broken'],
    ['dingtalk', 200, { errcode: 310_000, errmsg: 'sign not match' }, 'signature'],
    ['dingtalk', 200, { errcode: 310_000, errmsg: 'keywords not in content' }, 'keyword'],
    ['dingtalk', 200, { errcode: 310_000, errmsg: 'ip 203.0.113.7 not in whitelist' }, 'ip'],
    ['dingtalk', 200, { errcode: 300_005, errmsg: 'token is not exist' }, 'address'],
    ['dingtalk', 200, { errcode: 130_101, errmsg: 'send too fast' }, 'too-many'],
    ['feishu', 200, { code: 19_021, msg: 'sign match fail' }, 'signature'],
    ['feishu', 400, { code: 19_024, msg: 'Key Words Not Found' }, 'keyword'],
    ['feishu', 200, { code: 19_022, msg: 'Ip Not Allowed' }, 'ip'],
    ['feishu', 200, { code: 9_499, msg: 'Bad Request' }, 'refused'],
    ['feishu', 200, {}, 'not-understood'],
    ['slack', 200, 'hello', 'not-understood'],
    ['slack', 403, 'invalid_token', 'address'],
    ['slack', 404, 'no_service', 'address'],
    ['slack', 410, 'channel_is_archived', 'address'],
    ['slack', 400, 'invalid_payload', 'refused'],
    ['slack', 500, 'rollup_error', 'broken'],
    ['teams', 404, '{}', 'address'],
    ['teams', 400, '{}', 'refused'],
  ];
  for (const [system, status, body, reason] of refusals) {
    it(`takes ${status} ${JSON.stringify(body)} of ${system} for "not told" (${reason})`, async () => {
      says(status, body);
      await assert.rejects(bot(system).send('x'), { name: 'BotError', reason });
    });
  }

  it('says when it may be tried again', async () => {
    says(429, 'rate_limited', { 'Retry-After': '3' });
    await assert.rejects(bot('slack').send('x'), { reason: 'too-many', retryAfter: 3_000 });
  });

  it('waits as long as the system shuts callers out, where the answer does not say', async () => {
    const waits: [BotSystem, unknown, number][] = [
      ['wecom', { errcode: 45_009 }, 60_000],
      ['dingtalk', { errcode: 130_101 }, 600_000],
      ['feishu', { code: 11_232 }, 60_000],
    ];
    for (const [system, body, retryAfter] of waits) {
      says(200, body);
      await assert.rejects(bot(system).send('x'), { reason: 'too-many', retryAfter });
    }
  });

  it('understands every answer that is written down in ../shared', async function () {
    const path = join(process.cwd(), '..', 'shared', 'trackers', 'bots', 'payloads.json');
    if (!existsSync(path)) return console.log('    (no ../shared here: the answers of the table above alone)');
    interface Written {
      readonly status: number;
      readonly body?: object;
      readonly bodyText?: string;
      readonly headers?: Record<string, string>;
    }
    const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { responses?: Written[] }>;
    let answers = 0;
    for (const system of ['wecom', 'dingtalk', 'feishu', 'slack', 'teams'] as const) {
      for (const { status, body, bodyText, headers } of all[system === 'teams' ? 'teamsWorkflows' : system]
        ?.responses ?? []) {
        says(status, body ?? bodyText ?? '', headers);
        answers += 1;
        const codes = { errcode: 0, code: 0, ...body };
        const isTold = status < 300 && codes.errcode === 0 && codes.code === 0;
        const sending = bot(system).send('x');
        if (isTold) await sending;
        else await assert.rejects(sending, { name: 'BotError' }, `${system} ${JSON.stringify(body ?? bodyText)}`);
      }
    }
    assert.ok(answers >= 24, String(answers));
  });

  it('does not let itself be shut out for calling too often', async () => {
    says(200, told.wecom);
    const one = bot('wecom');
    for (let sent = 0; sent < 20; sent += 1) await one.send('x');
    now += 20_000;
    await assert.rejects(one.send('x'), { reason: 'too-many', retryAfter: 40_000 });
    assert.equal(asked.length, 20);
    now += 40_001;
    await one.send('x');
  });

  it('says nothing of its address or secret', async () => {
    says(200, { errcode: 1, errmsg: `bad token ${TOKEN} at ${url} with s3cret` });
    await assert.rejects(bot('dingtalk', { secret: 's3cret' }).send('x'), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${error.stack}`, /s3cret|nobody-may-see/);
      return true;
    });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await assert.rejects(bot('dingtalk', { secret: 's3cret' }).send('x'), (error: Error) => {
      assert.equal((error as { reason?: string }).reason, 'offline');
      assert.doesNotMatch(`${error.message} ${error.stack} ${String(error.cause)}`, /s3cret|nobody-may-see/);
      return true;
    });
  });

  it('adds the word that the bot listens for, once', async () => {
    says(200, told.dingtalk);
    await bot('dingtalk', { keyword: '案例' }).send('紧急');
    await bot('dingtalk', { keyword: '案例' }).send('案例紧急');
    assert.deepEqual(
      asked.map(({ body }) => body['text']),
      [{ content: '案例 紧急' }, { content: '案例紧急' }],
    );
  });

  it('calls nobody whom a customer names', async () => {
    says(200, told.feishu);
    await bot('feishu').send('<at user_id="all">所有人</at>');
    assert.deepEqual(asked[0]?.body['content'], { text: '＜at user_id="all">所有人＜/at>' });
  });

  it('cuts a text by bytes, between characters', () => {
    assert.equal(cutAtBytes('文字文字', 12), '文字文字');
    assert.equal(cutAtBytes('文字文字', 11), '文字…');
    assert.equal(cutAtBytes('a👨‍👩‍👧b', 10), 'a…');
    assert.ok(new TextEncoder().encode(cutAtBytes('长'.repeat(5_000), 2_048)).length <= 2_048);
  });
});
