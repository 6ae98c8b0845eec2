/** One deed at a ticket system while it is under way: said, to be stopped, and what went wrong with the way on. */
import * as l10n from '@vscode/l10n';
import { button } from '../../../platform/view/controls';
import type { TicketDeed, TicketFailure, TicketReply } from '../ticketProtocol';
import type { App } from './app';
import { el, icon, keepingPlace, place } from '../../../platform/view/dom';
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

export class TicketRun {
  private readonly status = el('p', { class: 'ticketStatus', role: 'status' });
  private readonly ways = el('div', { class: 'ways' });
  private readonly alert = el('div', { class: 'ticketFailure', role: 'alert' });
  readonly element = el('div', { class: 'ticketRun' }, this.status, this.ways, this.alert);
  private talk: Talk | undefined;

  /** @param name tells its buttons apart from those of others on the page */
  constructor(
    private readonly app: App,
    private readonly name: string,
  ) {
    this.draw('', [], undefined, []);
  }

  get isRunning(): boolean {
    return this.talk !== undefined;
  }

  /** A failure is shown here, too; one that is asked for while another one runs is not begun. */
  async run(running: Running): Promise<TicketReply | undefined> {
    if (this.talk !== undefined) return undefined;
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
    else this.draw('', [], failure, ways);
  }

  private button(label: string, does: string, pressed: () => void): HTMLElement {
    const element = button({ label, look: 'secondary', does, pressed });
    element.dataset['focus'] = `${this.name}-${does}`;
    return element;
  }

  private draw(
    sentence: string,
    ways: readonly HTMLElement[],
    failure: TicketFailure | undefined,
    after: readonly HTMLElement[],
  ): void {
    keepingPlace(this.element, () => {
      if (this.status.textContent !== sentence) this.status.textContent = sentence;
      this.status.hidden = sentence === '';
      this.status.classList.toggle('isRunning', this.isRunning);
      place(this.ways, ways);
      this.ways.hidden = ways.length === 0;
      this.alert.hidden = failure === undefined;
      place(
        this.alert,
        failure === undefined
          ? []
          : [
              el('p', { class: 'error' }, icon('error'), ` ${failure.sentence}`),
              el('div', { class: 'ways' }, ...after),
            ],
      );
    });
  }
}
