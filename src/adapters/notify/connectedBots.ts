/** The groups' bots of the settings; address and signing secret are kept apart from them. */
import * as v from 'valibot';
import { BotError } from '../../domain/notify/bot';
import type { Clock } from '../../domain/ports';
import { botUrl, type Bots, readBots, type Secrets } from '../../domain/tickets/connections';
import { botQueue } from '../../domain/tickets/queue';
import { WebhookBot } from './webhookBot';

export interface BotsOptions {
  /** The setting as it stands now. */
  readonly setting: () => unknown;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

const kept = v.pipe(v.string(), v.parseJson(), v.object({ url: v.string(), secret: v.string() }));

export function openBots({ setting, secrets, clock }: BotsOptions): Bots {
  /** A bot knows how often it was called lately: while nothing has changed there is one of each. */
  const opened = new Map<string, { readonly of: string; readonly bot: WebhookBot }>();
  const read = () => readBots(setting());

  return {
    connections: () => read().connections,
    problems: () => read().problems,
    open: async (group) => {
      const connection = read().connections.find((each) => each.group === group);
      const text = await secrets.read(botQueue(group));
      const parsed = v.safeParse(kept, text);
      if (!connection || !parsed.success) throw new BotError('address', '');
      const of = JSON.stringify([connection, text]);
      const before = opened.get(group);
      if (before?.of === of) return before.bot;
      const bot = new WebhookBot(connection, parsed.output, () => clock.now());
      opened.set(group, { of, bot });
      return bot;
    },
    isKept: async (group) => v.is(kept, await secrets.read(botQueue(group))),
    keep: async (group, address, secret) => {
      const url = botUrl(address);
      if (url === undefined) throw new BotError('address', '');
      await secrets.write(botQueue(group), JSON.stringify({ url, secret: secret.trim() }));
    },
    forget: async (group) => {
      opened.delete(group);
      await secrets.remove(botQueue(group));
    },
  };
}
