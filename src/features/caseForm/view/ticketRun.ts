/** One deed at a ticket system while it is under way: said, to be stopped, and what went wrong with the way on. */
import * as l10n from '@vscode/l10n';
import { secretWords } from '../../../domain/attachments/secretWords';
import { button } from '../../../platform/view/controls';
import type { TicketDeed, TicketFailure, TicketReply } from '../ticketProtocol';
import type { App } from './app';
import { el, icon, keepingPlace, place } from '../../../platform/view/dom';
import { enumerated, text as worded } from './l10n';
import type { Talk } from './ticketTalk';

export interface Running {
  readonly deed: TicketDeed;
  /** Said while it is under way. */
  readonly sentence: string;
  readonly connection: string;
  /** What goes on once somebody has signed in. */
  readonly again: () => void;
  /** Also offered where no sign-in is needed. */
  readonly offersAgain: boolean;
}

/** A text on its way out. */
export interface Outgoing {
  readonly text: string;
  /** Puts the masked text where this one came from. */
  readonly mask: (masked: string) => void;
  /** Sends what is there then. */
  readonly again: () => void;
}

export class TicketRun {
  private readonly status = el('p', { class: 'ticketStatus', role: 'status' });
  private readonly ways = el('div', { class: 'ways' });
  private readonly alert = el('div', { class: 'ticketFailure', role: 'alert' });
  readonly element = el('div', { class: 'ticketRun' }, this.status, this.ways, this.alert);
  private talk: Talk | undefined;
  private isLooking = false;
  /** A text with secrets that somebody wants to send as it is. */
  private kept = '';

  /** @param name tells its buttons apart from those of others on the page */
  constructor(
    private readonly app: App,
    private readonly name: string,
  ) {
    this.draw('', [], undefined, []);
  }

  get isRunning(): boolean {
    return this.talk !== undefined || this.isLooking;
  }

  /** What holds secrets does not go out before somebody has decided. @returns whether the text may */
  async maySend({ text, mask, again }: Outgoing): Promise<boolean> {
    if (text.trim() === '' || text === this.kept) return true;
    this.isLooking = true;
    const found = await this.app.ask({ about: 'secrets', text }).finally(() => {
      this.isLooking = false;
    });
    // without an answer the page has said why
    if (found === undefined || found.count === 0) return found !== undefined;
    const kinds = enumerated(found.kinds.map((kind) => worded(secretWords(kind))));
    const masked = this.button(l10n.t('Mask them'), 'maskForTicket', () => {
      mask(found.masked);
      this.tell(l10n.t('Masked. Look at the text, then send it.'));
    });
    const anyway = this.button(l10n.t('Send as it is'), 'sendSecretsToTicket', () => {
      this.kept = text;
      this.clear();
      again();
    });
    const sentence = l10n.t('Not sent yet. This looks like secrets: {0} ({1}).', found.count, kinds);
    const question = el('p', { class: 'secretLine' }, el('span', {}, icon('warning'), ` ${sentence}`));
    this.draw('', [], question, [masked, anyway]);
    this.focus();
    return false;
  }

  /** A failure is shown here, too; one that is asked for while another one runs is not begun. */
  async run(running: Running): Promise<TicketReply | undefined> {
    if (this.isRunning) return undefined;
    const talk = this.app.tickets.begin(running.deed);
    this.talk = talk;
    this.draw(running.sentence, [this.button(l10n.t('Cancel'), 'stopTicket', () => talk.stop())], undefined, []);
    const reply = await talk.reply;
    this.talk = undefined;
    if (reply.is === 'failed') this.fail(running, reply.failure);
    else this.clear();
    return reply;
  }

  /** On what it says is to be done next. */
  focus(): void {
    const { element } = this;
    element.scrollIntoView({ block: 'nearest' });
    element.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  clear(): void {
    this.draw('', [], undefined, []);
  }

  /** Something that is over: read out, and left to be read. */
  tell(sentence: string): void {
    this.draw(sentence, [], undefined, []);
  }

  private fail({ deed, connection, again, offersAgain }: Running, failure: TicketFailure): void {
    const signIn = async () => {
      const signedIn = await this.run({
        deed: { do: 'signIn', connection },
        sentence: l10n.t('Waiting for you to sign in to {0}…', connection),
        connection,
        again,
        offersAgain: true,
      });
      if (signedIn?.is === 'done') again();
    };
    const ways =
      failure.reason === 'sign-in'
        ? [this.button(l10n.t('Sign in to {0}…', connection), 'signIn', () => void signIn())]
        : offersAgain
          ? [this.button(l10n.t('Try again'), 'again', again)]
          : [];
    // nothing went wrong yet where the form only found out that somebody has to sign in
    const isCalm = failure.reason === 'sign-in' && ['form', 'people', 'resolutions'].includes(deed.do);
    if (isCalm) this.draw(failure.sentence, ways, undefined, []);
    else this.draw('', [], el('p', { class: 'error' }, icon('error'), ` ${failure.sentence}`), ways);
  }

  private button(label: string, does: string, pressed: () => void): HTMLElement {
    const element = button({ label, look: 'secondary', does, pressed });
    element.dataset['focus'] = `${this.name}-${does}`;
    return element;
  }

  private draw(
    sentence: string,
    ways: readonly HTMLElement[],
    alert: HTMLElement | undefined,
    after: readonly HTMLElement[],
  ): void {
    keepingPlace(this.element, () => {
      if (this.status.textContent !== sentence) this.status.textContent = sentence;
      this.status.hidden = sentence === '';
      this.status.classList.toggle('isRunning', this.talk !== undefined);
      place(this.ways, ways);
      this.ways.hidden = ways.length === 0;
      this.alert.hidden = alert === undefined;
      place(this.alert, alert === undefined ? [] : [alert, el('div', { class: 'ways' }, ...after)]);
    });
  }
}
