/** Slack: true HTTP statuses, and a word for an answer. */
import { type BotFormat, refusalByStatus } from './format';

/** Slack's three marks; without them nothing of the text is a link or a call. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const slack: BotFormat = {
  longest: 38_000,
  rate: { messages: 1, within: 1_000 },
  outgoing: ({ mentions }, url, _secret, text) => ({
    url,
    body: { text: mentions.map((id) => `<@${id.replace(/\W/g, '')}> `).join('') + escaped(text) },
  }),
  refusal: (reply) => {
    const word = reply.text.trim();
    if (reply.status === 200) return word === 'ok' ? undefined : { reason: 'not-understood', said: word.slice(0, 100) };
    return refusalByStatus(reply, word.slice(0, 100));
  },
};
