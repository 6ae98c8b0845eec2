/** Feishu 飞书 and Lark: signed in the body, by seconds; the secret is part of the key, and what is signed is empty. */
import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { jsonOf } from '../tickets/http';
import { type BotFormat, MINUTE, refusalByCode, refusalByStatus } from './format';

const answer = v.object({
  code: v.optional(v.number()),
  StatusCode: v.optional(v.number()),
  msg: v.optional(v.string(), ''),
});

/** @param seconds since the epoch */
export function feishuSign(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');
}

export const feishu: BotFormat = {
  // the whole body may have 20 KB
  longest: 18_000,
  rate: { messages: 100, within: MINUTE },
  outgoing: ({ mentions }, url, secret, text, now) => {
    const seconds = Math.floor(now / 1_000);
    const called = mentions.map((id) => `<at user_id="${id.replace(/["<>&]/g, '')}"></at> `).join('');
    return {
      url,
      body: {
        ...(secret === '' ? {} : { timestamp: String(seconds), sign: feishuSign(secret, seconds) }),
        msg_type: 'text',
        // what looks like a call in a customer's text must not call anybody
        content: { text: called + text.replace(/<(?=\/?at\b)/gi, '＜') },
      },
    };
  },
  refusal: (reply) => {
    const said = v.safeParse(answer, jsonOf(reply));
    const code = said.success ? (said.output.code ?? said.output.StatusCode) : undefined;
    if (!said.success || code === undefined)
      return refusalByStatus(reply, '') ?? { reason: 'not-understood', said: '' };
    return refusalByCode(code, said.output.msg, [
      [19_001, 'address'],
      [19_021, 'signature'],
      [19_022, 'ip'],
      [19_024, 'keyword'],
      [11_232, 'too-many'],
    ]);
  },
};
