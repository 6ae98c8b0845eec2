/** A group's bot behind its address. The address is the secret: it is in no message, no log and no error. */
import { type Bot, type BotConnection, BotError, type BotSystem, cutAtBytes } from '../../domain/notify/bot';
import { TrackerError } from '../../domain/tickets/tracker';
import { Http, type Reply, retryAfter } from '../tickets/http';
import { dingtalk } from './dingtalk';
import { feishu } from './feishu';
import type { BotFormat } from './format';
import { slack } from './slack';
import { teams } from './teams';
import { wecom } from './wecom';

const formats: Readonly<Record<BotSystem, BotFormat>> = { wecom, dingtalk, feishu, slack, teams };

export interface BotSecrets {
  readonly url: string;
  /** For signing; empty where the bot does not ask for it. */
  readonly secret: string;
}

export class WebhookBot implements Bot {
  private readonly format: BotFormat;
  /** When the last messages were sent, oldest first. */
  private sentAt: readonly number[] = [];

  constructor(
    private readonly connection: BotConnection,
    private readonly secrets: BotSecrets,
    private readonly now: () => number,
  ) {
    this.format = formats[connection.system];
  }

  async send(text: string, signal?: AbortSignal): Promise<void> {
    this.takeTurn();
    const { keyword } = this.connection;
    const whole = keyword === '' || text.includes(keyword) ? text : `${keyword} ${text}`;
    const told = cutAtBytes(whole, this.format.longest);
    const { url, secret } = this.secrets;
    const { url: address, body } = this.format.outgoing(this.connection, url, secret, told, this.now());
    const reply = await this.post(address, body, signal);
    const refusal = this.format.refusal(reply);
    if (!refusal) return;
    const { rate, shutOut = rate.within } = this.format;
    const asked = retryAfter(reply.headers, this.now());
    const after = asked ?? (refusal.reason === 'too-many' ? shutOut : undefined);
    throw new BotError(refusal.reason, this.clean(refusal.said), after);
  }

  /** A bot that is called too often is shut out for minutes: better refused here. */
  private takeTurn(): void {
    const { messages, within } = this.format.rate;
    const now = this.now();
    this.sentAt = this.sentAt.filter((at) => at > now - within);
    const [oldest] = this.sentAt;
    if (this.sentAt.length >= messages && oldest !== undefined) {
      throw new BotError('too-many', '', oldest + within - now);
    }
    this.sentAt = [...this.sentAt, now];
  }

  private async post(url: string, body: object, signal?: AbortSignal): Promise<Reply> {
    try {
      return await new Http({ url, secrets: [] }).send({ method: 'POST', path: '', body, signal });
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      const known = ['offline', 'certificate', 'cancelled', 'not-understood'] as const;
      const reason = known.find((each) => each === error.reason) ?? 'no-answer';
      throw new BotError(reason, this.clean(error.said));
    }
  }

  private clean(said: string): string {
    const { url, secret } = this.secrets;
    const parts = [secret, url, ...url.split(/[/?&=]/).filter((part) => part.length >= 12)];
    return parts.filter((part) => part !== '').reduce((text, part) => text.replaceAll(part, '***'), said);
  }
}
