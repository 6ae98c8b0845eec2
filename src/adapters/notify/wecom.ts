/** WeCom 企业微信: the address is the secret; failures come as "200 OK" with a code. */
import * as v from 'valibot';
import { jsonOf } from '../tickets/http';
import { type BotFormat, MINUTE, refusalByCode, refusalByStatus } from './format';

const answer = v.object({ errcode: v.number(), errmsg: v.optional(v.string(), '') });

export const wecom: BotFormat = {
  longest: 2_048,
  rate: { messages: 20, within: MINUTE },
  outgoing: ({ mentions }, url, _secret, text) => ({
    url,
    body: {
      msgtype: 'text',
      text: { content: text, ...(mentions.length === 0 ? {} : { mentioned_mobile_list: mentions }) },
    },
  }),
  refusal: (reply) => {
    const said = v.safeParse(answer, jsonOf(reply));
    if (!said.success) return refusalByStatus(reply, '') ?? { reason: 'not-understood', said: '' };
    return refusalByCode(said.output.errcode, said.output.errmsg, [
      [93_000, 'address'],
      [45_009, 'too-many'],
      [-1, 'broken'],
    ]);
  },
};
