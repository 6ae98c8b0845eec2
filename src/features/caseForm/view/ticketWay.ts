/** Beside entering by hand what was done in the ticket system: having it done there, from this form. */
import * as l10n from '@vscode/l10n';
import type { FieldDef } from '../../../domain/sop/field';
import type { Missing } from '../../../domain/sop/missing';
import { w } from '../../../domain/words';
import { link } from '../../../platform/view/controls';
import type { TicketReply, WaitingJob } from '../ticketProtocol';
import type { ActSender, App } from './app';
import { el, keepingPlace, place } from '../../../platform/view/dom';
import type { Slot } from './fields/slot';
import { CreatePart } from './ticketCreate';
import { TicketDraft, ticketDraftKey } from './ticketDraft';
import { answeredThere, takenOffer, type TicketKind, type TicketOffer, ticketOffer } from './ticketOffer';
import type { PartHost, TicketPart } from './ticketPart';
import { TicketRun } from './ticketRun';
import { plainSlot, saidOf } from './ticketSlots';
import { AssignPart, ClosePart, ReactivatePart } from './ticketSteps';
import { isKeptThough, waitNotice } from './ticketWaits';

/** What a form needs of it. */
export interface FormHost {
  values(): Readonly<Record<string, unknown>>;
  changed(): void;
  submit(): void;
  /** @returns false where the form does not show that field */
  focusField(key: string): boolean;
}

const PARTS: Readonly<Record<TicketKind, new (host: PartHost) => TicketPart>> = {
  create: CreatePart,
  reactivate: ReactivatePart,
  assign: AssignPart,
  close: ClosePart,
};

/** The forms that a ticket system can take over. */
export function hasTicketWay(action: string): boolean {
  return ['createTicket', 'submit', 'route', 'close'].includes(action);
}

export class TicketWay {
  readonly above = el('div', { class: 'ticketWay wide' });
  readonly inside = el('div', { class: 'ticketWay wide' });
  readonly below = el('div', { class: 'ticketBelow' });
  private readonly draft: TicketDraft;
  private readonly run: TicketRun;
  private readonly form: FormHost;
  private readonly connect: HTMLElement;
  private choice: { readonly of: string; readonly slot: Slot } | undefined;
  private part: { readonly of: string; readonly part: TicketPart } | undefined;
  private waits: { readonly of: string; readonly elements: readonly HTMLElement[] } = { of: '', elements: [] };
  private textSaid = '';
  /** What was sent from here goes on waiting: its notice is to come before the eyes of whoever sent it. */
  private isNoticeAwaited = false;

  constructor(
    private readonly app: App,
    private readonly action: string,
    form: FormHost,
  ) {
    this.form = form;
    this.draft = new TicketDraft(app.drafts, ticketDraftKey(action));
    this.run = new TicketRun(app, `way-${action}`);
    this.connect = el(
      'p',
      { class: 'quiet connectTickets' },
      link(l10n.t('Connect a ticket system…'), () =>
        app.send({ type: 'command', command: 'connectTickets', argument: '' }),
      ),
    );
  }

  private offer(): TicketOffer | undefined {
    const { state, tickets } = this.app.page;
    return ticketOffer(this.action, state, tickets);
  }

  private labelOf({ kind, connection }: TicketOffer): string {
    switch (kind) {
      case 'create':
        return l10n.t('Create in {0}', this.chosenConnection());
      case 'reactivate':
        return l10n.t('Re-activate ticket {0}', this.app.page.state.ticket?.key ?? '');
      case 'assign':
        return l10n.t('Assign in {0}', connection);
      case 'close':
        return l10n.t('Close in {0}', connection);
    }
  }

  private chosenConnection(): string {
    const { connections, connection } = this.app.page.tickets;
    const chosen = this.draft.text('connection');
    return connections.find(({ name }) => name === chosen)?.name ?? connection;
  }

  private jobs(): readonly WaitingJob[] {
    // what this form itself sends at this moment is said by it
    if (this.run.isRunning) return [];
    return this.app.page.tickets.waiting.filter(({ action }) => action === this.action);
  }

  /** Undefined where the form is filled in by hand. */
  private current(): TicketPart | undefined {
    const { state, tickets } = this.app.page;
    const offer = takenOffer(this.action, state, tickets, this.draft);
    if (offer === undefined) return undefined;
    const of = `${offer.kind} ${offer.connection}`;
    if (this.part?.of !== of) {
      const { app, action, draft, form } = this;
      const host: PartHost = {
        app,
        action,
        draft,
        connection: offer.connection,
        values: () => form.values(),
        changed: () => form.changed(),
        submit: () => form.submit(),
      };
      this.part = { of, part: new PARTS[offer.kind](host) };
    }
    return this.part.part;
  }

  get isOn(): boolean {
    return this.current() !== undefined;
  }

  /** Fields of the form that the system answers. */
  hides(key: string): boolean {
    const { state, tickets } = this.app.page;
    return answeredThere(this.action, state, tickets, this.app.drafts).includes(key);
  }

  /** Of the form's own button; undefined where it has none now. Only where it is on. */
  label(): string | undefined {
    return this.jobs().length > 0 ? undefined : this.current()?.label();
  }

  /** What the system said of a field of the form. */
  lacks(key: string): readonly Missing[] {
    return key === 'sent' && this.textSaid !== '' && this.isOn ? [saidOf('sent', this.textSaid)] : [];
  }

  /** Something in the form was typed: what the system said of its text is not about this one. */
  typed(key: string): void {
    if (key === 'sent') this.textSaid = '';
  }

  refresh(): void {
    const offer = this.offer();
    const part = this.current();
    part?.refresh();
    this.app.tickets.lacking.set(this.action, part?.lacking() ?? []);
    keepingPlace(this.above, () =>
      place(this.above, [
        ...this.waitElements(),
        ...this.choiceElements(offer),
        ...(part?.above ?? []),
        ...(offer === undefined && this.canConnect() ? [this.connect] : []),
      ]),
    );
    place(this.inside, part?.inside ?? []);
    place(this.below, [this.run.element, ...(this.jobs().length > 0 ? [] : (part?.below ?? []))]);
    for (const area of [this.above, this.inside]) area.hidden = area.childElementCount === 0;
    this.showNotice();
  }

  private showNotice(): void {
    const [first] = this.waits.elements;
    if (!first || !this.isNoticeAwaited) return;
    this.isNoticeAwaited = false;
    requestAnimationFrame(() => first.scrollIntoView({ block: 'center' }));
  }

  private canConnect(): boolean {
    const { tickets, state } = this.app.page;
    return tickets.connections.length === 0 && state.ticket === undefined && this.action !== 'close';
  }

  private waitElements(): readonly HTMLElement[] {
    const jobs = this.jobs();
    const of = JSON.stringify([jobs, this.app.busy]);
    if (this.waits.of !== of) {
      const ways = {
        run: this.run,
        sent: (key: string) => this.sent(key),
        takenOut: () => {
          this.draft.edit('isSent', undefined);
          this.form.changed();
        },
      };
      this.waits = { of, elements: jobs.map((job) => waitNotice(this.app, job, ways)) };
    }
    return this.waits.elements;
  }

  private choiceElements(offer: TicketOffer | undefined): readonly HTMLElement[] {
    if (offer === undefined) return [];
    const label = this.labelOf(offer);
    if (this.choice?.of !== label) {
      const said = (sentence: string) => w(sentence, sentence);
      const field: FieldDef = {
        key: 'way',
        type: 'choice',
        label: said(l10n.t('How is it done?')),
        required: true,
        options: [
          { value: 'system', label: said(label) },
          { value: 'hand', label: said(l10n.t('Enter by hand')) },
        ],
      };
      const slot = plainSlot(this.app, field, `ticket-${this.action}-way`, (value) => {
        this.draft.edit('way', value === 'hand' ? 'hand' : undefined);
        this.form.changed();
      });
      this.choice = { of: label, slot };
    }
    const { slot } = this.choice;
    slot.update({
      value: this.draft.text('way') === 'hand' ? 'hand' : 'system',
      shown: true,
      required: true,
      missing: [],
    });
    return [slot.element];
  }

  /** @param values of the form's own fields, as it would be submitted */
  async send(values: Readonly<Record<string, unknown>>, sender: ActSender): Promise<void> {
    const part = this.current();
    if (part === undefined || this.run.isRunning || this.jobs().length > 0) return;
    const shown = Object.fromEntries(Object.entries(values).filter(([key]) => !this.hides(key)));
    const deed = part.deed(shown);
    if (deed === undefined) return;
    const outgoing = {
      text: part.says(deed),
      mask: (masked: string) => part.mask(masked),
      again: () => this.form.submit(),
    };
    if (!(await this.run.maySend(outgoing))) return;
    const isSending = deed.do !== 'preview';
    // on disk before anything goes out: a window that is killed meanwhile must not take it for unsent
    if (isSending) this.draft.edit('isSent', true);
    this.app.drafts.flush();
    const reply = await this.run.run({
      deed,
      sentence: part.underWay(deed),
      connection: this.chosenConnection(),
      again: () => this.form.submit(),
      offersAgain: false,
    });
    if (reply !== undefined) this.answered(part, reply, isSending, sender);
  }

  private answered(part: TicketPart, reply: TicketReply, isSending: boolean, sender: ActSender): void {
    if (part.answered(reply)) return;
    const isKept =
      reply.is === 'waiting' || reply.is === 'busy' || (reply.is === 'failed' && isKeptThough(reply.failure.reason));
    if (isSending && reply.is !== 'sent' && !isKept) this.draft.edit('isSent', undefined);
    switch (reply.is) {
      case 'sent':
        this.sent(reply.key);
        return;
      case 'waiting':
        this.isNoticeAwaited = true;
        break;
      case 'busy':
        this.run.tell(l10n.t('Another window is sending it.'));
        break;
      case 'gone':
        this.run.tell(l10n.t('It was sent or taken out meanwhile.'));
        break;
      case 'refused':
        sender.refused(reply.missing);
        return;
      case 'failed': {
        this.textSaid = reply.failure.fields['text'] ?? '';
        const isFocused = part.failed(reply.failure);
        if (isSending && isKept) {
          this.isNoticeAwaited = true;
          this.run.clear();
        }
        this.form.changed();
        if (!isFocused && (this.textSaid === '' || !this.form.focusField('sent'))) this.run.focus();
        return;
      }
      case 'form':
      case 'people':
      case 'resolutions':
      case 'preview':
      case 'done':
        break;
    }
    this.form.changed();
  }

  private sent(key: string): void {
    const { action, app } = this;
    app.settled(action);
    switch (action) {
      case 'route':
        app.say(l10n.t('Ticket {0} is assigned.', key));
        break;
      case 'close':
        app.say(l10n.t('Ticket {0} is closed.', key));
        break;
      default:
        app.say(l10n.t('Ticket {0} is there.', key));
    }
  }
}
