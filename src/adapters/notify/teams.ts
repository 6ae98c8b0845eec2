/** Teams, by a workflow that waits for a call: it takes cards, and says "accepted" before anything is posted. */
import { type BotFormat, refusalByStatus } from './format';

export const teams: BotFormat = {
  longest: 24_000,
  rate: { messages: 4, within: 1_000 },
  outgoing: (_connection, url, _secret, text) => ({
    url,
    body: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            // one block a line: a card would run lines together
            body: text.split('\n').map((line) => ({ type: 'TextBlock', text: line === '' ? ' ' : line, wrap: true })),
          },
        },
      ],
    },
  }),
  refusal: (reply) => refusalByStatus(reply, ''),
};
