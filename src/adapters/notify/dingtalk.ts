/** DingTalk 钉钉: signed in the query; failures come as "200 OK" with a code and a sentence. */
import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { jsonOf } from '../tickets/http';
import { type BotFormat, MINUTE, refusalByCode, refusalByStatus } from './format';

const answer = v.object({ errcode: v.number(), errmsg: v.optional(v.string(), '') });

/** @param now milliseconds since the epoch. @returns ready for a query */
export function dingtalkSign(secret: string, now: number): string {
  return encodeURIComponent(createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'));
}

export const dingtalk: BotFormat = {
  longest: 20_000,
  rate: { messages: 20, within: MINUTE },
  shutOut: 10 * MINUTE,
  outgoing: ({ mentions }, url, secret, text, now) => ({
    url: secret === '' ? url : `${url}&timestamp=${now}&sign=${dingtalkSign(secret, now)}`,
    body: { msgtype: 'text', text: { content: text }, at: { atMobiles: mentions, isAtAll: false } },
  }),
  refusal: (reply) => {
    const said = v.safeParse(answer, jsonOf(reply));
    if (!said.success) return refusalByStatus(reply, '') ?? { reason: 'not-understood', said: '' };
    return refusalByCode(said.output.errcode, said.output.errmsg, [
      [310_000, 'signature', /sign|timestamp/i],
      [310_000, 'keyword', /keyword/i],
      [310_000, 'ip', /\bip\b/i],
      [300_005, 'address'],
      [130_101, 'too-many'],
      [-1, 'broken'],
    ]);
  },
};
