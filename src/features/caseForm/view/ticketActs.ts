/** What can be done at the ticket at any time: a comment, and files. In the side column, beside how it stands. */
import * as l10n from '@vscode/l10n';
import type { Missing } from '../../../domain/sop/missing';
import { requiredField } from '../../../domain/sop/missing';
import { button, setDisabled, setExpanded } from '../../../platform/view/controls';
import type { TicketDeed } from '../ticketProtocol';
import type { App } from './app';
import { el, place } from '../../../platform/view/dom';
import type { Slot } from './fields/slot';
import { FileTicks } from './fileTicks';
import { listed, text } from './l10n';
import { commentField, newFiles, TicketDraft, ticketDraftKey } from './ticketDraft';
import { TicketRun } from './ticketRun';
import { plainSlot } from './ticketSlots';
import { isKeptThough } from './ticketWaits';

type What = 'comment' | 'files';

export class TicketActs {
  readonly element = el('div', { class: 'ticketActs' });
  private readonly run: TicketRun;
  private readonly comment: Slot;
  private readonly files: FileTicks;
  private readonly lack = el('p', { class: 'error', role: 'alert' });
  private readonly openers: Readonly<Record<What, HTMLElement>>;
  private readonly sends: Readonly<Record<What, HTMLElement>>;
  private readonly forms: Readonly<Record<What, HTMLElement>>;
  private readonly drafts: Readonly<Record<What, TicketDraft>>;
  private open: What | undefined;

  constructor(private readonly app: App) {
    this.run = new TicketRun(app, 'ticketActs');
    this.drafts = {
      comment: new TicketDraft(app.drafts, ticketDraftKey('comment')),
      files: new TicketDraft(app.drafts, ticketDraftKey('files')),
    };
    this.comment = plainSlot(app, { ...commentField, required: true }, 'ticketActs-comment', (value) => {
      this.drafts.comment.edit('comment', value ?? undefined);
      this.say('');
      this.update();
    });
    this.files = new FileTicks(app, 'ticketActs-files', (names) => {
      this.drafts.files.edit('files', names);
      this.say('');
      this.update();
    });
    this.openers = {
      comment: this.opener('comment', l10n.t('Comment on the ticket…')),
      files: this.opener('files', l10n.t('Send files to the ticket…')),
    };
    this.sends = {
      comment: this.sender('comment', l10n.t('Send comment')),
      files: this.sender('files', l10n.t('Send files')),
    };
    this.forms = {
      comment: this.form('comment', this.comment.element),
      files: this.form('files', this.files.element),
    };
    this.lack.hidden = true;
  }

  private connection(): string {
    const { page } = this.app;
    return page.state.ticket === undefined || page.readOnly !== '' ? '' : page.tickets.connection;
  }

  update(): void {
    const { busy } = this.app;
    const isThere = this.connection() !== '';
    const canSend = FileTicks.offered(this.app).length > 0;
    this.comment.update({
      value: this.drafts.comment.text('comment'),
      shown: true,
      required: true,
      missing: this.missing(),
    });
    this.files.show(this.ticked());
    for (const element of [...Object.values(this.openers), ...Object.values(this.sends)]) setDisabled(element, busy);
    for (const [what, element] of Object.entries(this.openers)) setExpanded(element, this.open === what);
    place(
      this.element,
      isThere
        ? [
            el('div', { class: 'ways' }, this.openers.comment, canSend && this.openers.files),
            ...(this.open === undefined ? [] : [this.forms[this.open]]),
            this.lack,
            this.run.element,
          ]
        : [],
    );
  }

  private missing(): readonly Missing[] {
    return this.lack.hidden || this.open !== 'comment' ? [] : [requiredField('comment', commentField.label)];
  }

  private ticked(): readonly string[] {
    return this.drafts.files.files() ?? newFiles(this.app.page.state);
  }

  private opener(what: What, label: string): HTMLElement {
    const pressed = () => {
      this.open = this.open === what ? undefined : what;
      this.say('');
      this.update();
      if (this.open === 'comment') this.comment.focus('');
      if (this.open === 'files') this.files.focus();
    };
    const element = button({ label, look: 'secondary', does: `${what}Ticket`, pressed });
    element.dataset['focus'] = `${what}Ticket`;
    return element;
  }

  private sender(what: What, label: string): HTMLElement {
    return button({ label, look: 'primary', does: `send-${what}`, pressed: () => void this.send(what) });
  }

  private form(what: What, field: HTMLElement): HTMLElement {
    const close = () => {
      this.open = undefined;
      this.update();
      this.openers[what].focus();
    };
    const cancel = button({ label: l10n.t('Cancel'), look: 'secondary', does: `cancel-${what}`, pressed: close });
    const element = el('div', { class: 'ticketAct' }, field, el('div', { class: 'ways' }, this.sends[what], cancel));
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      void this.send(what);
    });
    return element;
  }

  private say(sentence: string): void {
    this.lack.textContent = sentence;
    this.lack.hidden = sentence === '';
  }

  private async send(what: What): Promise<void> {
    const deed = this.deed(what);
    if (deed === undefined || this.app.busy || this.run.isRunning) return;
    const outgoing = {
      text: deed.do === 'comment' ? deed.text : '',
      mask: (masked: string) => {
        this.drafts.comment.edit('comment', masked);
        this.update();
      },
      again: () => void this.send(what),
    };
    if (!(await this.run.maySend(outgoing))) return;
    const connection = this.connection();
    this.app.drafts.flush();
    const reply = await this.run.run({
      deed,
      sentence: l10n.t('Sending it to {0}…', connection),
      connection,
      again: () => void this.send(what),
      offersAgain: false,
    });
    switch (reply?.is) {
      case 'sent':
        this.settle(what);
        this.sent(reply.key);
        return;
      case 'waiting':
        // the outbox holds it from here on
        this.settle(what);
        this.app.say(reply.sentence);
        return;
      case 'refused':
        this.say(listed(reply.missing.map((item) => text(item.text))));
        break;
      case 'busy':
        this.run.tell(l10n.t('Another window is sending it.'));
        break;
      case 'failed':
        if (isKeptThough(reply.failure.reason)) {
          // sent once more from here it would be said twice
          this.settle(what);
          this.run.clear();
          this.app.say(reply.failure.sentence);
          return;
        }
        this.run.focus();
        break;
      case 'gone':
        this.run.tell(l10n.t('It was sent or taken out meanwhile.'));
        break;
      case 'form':
      case 'people':
      case 'resolutions':
      case 'preview':
      case 'done':
      case undefined:
        break;
    }
    this.update();
  }

  private deed(what: What): TicketDeed | undefined {
    if (what === 'comment') {
      const typed = this.drafts.comment.text('comment') ?? '';
      if (typed.trim() !== '') return { do: 'comment', text: typed };
      this.say(l10n.t('Write what the comment says.'));
      this.update();
      this.comment.focus('');
      return undefined;
    }
    const files = FileTicks.offered(this.app).filter((name) => this.ticked().includes(name));
    if (files.length > 0) return { do: 'attach', files };
    this.say(l10n.t('Tick the files that are to be sent.'));
    this.files.focus();
    return undefined;
  }

  private settle(what: What): void {
    const key = ticketDraftKey(what);
    this.app.drafts.clear((each) => each === key);
    this.app.drafts.flush();
    this.open = undefined;
    this.update();
  }

  private sent(key: string): void {
    this.app.say(l10n.t('Sent to ticket {0}.', key));
    this.app.draw();
  }
}
