// A group's chat server on this machine, and the way to it through the window.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workbench } from './driver';
import { waitFor } from './editor';

export const TOKEN = 'webhook-token-that-nobody-may-see';

export class GroupServer {
  readonly told: string[] = [];
  /** What it says to the next message; "ok" where nothing is left. "dies": no answer. */
  readonly answers: ('ok' | 'refused' | 'dies')[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: { content: string } };
        this.told.push(body.text.content);
        const answer = this.answers.shift() ?? 'ok';
        if (answer === 'dies') request.socket.destroy();
        else response.end(JSON.stringify({ errcode: answer === 'ok' ? 0 : 93_000, errmsg: answer }));
      });
    });
  }

  /** @returns the bot's address, which is its secret */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/send?key=${TOKEN}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export interface WizardWords {
  readonly command: string;
  readonly system: string;
  readonly done: string | RegExp;
}

/** As a person does, by the wizard. */
export async function connectBot(
  window: Workbench,
  address: string,
  { group, lead, ...words }: WizardWords & { readonly group: string; readonly lead: string },
): Promise<void> {
  const { quickPick: box } = window;
  const step = (number: number) => box.widget.locator('.quick-input-title', { hasText: `(${number}/5)` });
  /** Fills in the step of that number: the box is another one then. */
  const fill = async (number: number, text: string) => {
    await step(number).waitFor();
    await box.type(text);
    await box.accept();
  };
  await window.runCommand(words.command);
  await step(1).waitFor();
  // a list that has only just opened may miss a click
  await waitFor('the next step', async () => {
    if ((await step(1).count()) > 0)
      await box
        .row(words.system)
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    return (await step(2).count()) > 0 || undefined;
  });
  await box.type(group);
  await box.widget.locator('.monaco-list-row', { hasText: `“${group}”` }).click();
  await fill(3, address);
  await fill(4, '');
  await fill(5, lead);
  await box.row(words.done).waitFor();
  await box.cancel();
}
