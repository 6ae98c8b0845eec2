/** A new ticket: where it goes, what its system asks for, its files, and exactly what will be sent. */
import * as l10n from '@vscode/l10n';
import type { FieldDef } from '../../../domain/sop/field';
import { requiredField } from '../../../domain/sop/missing';
import { text } from './l10n';
import type { TicketField } from '../../../domain/tickets/tracker';
import { w } from '../../../domain/words';
import type { PageTracker, TicketDeed, TicketFailure, TicketReply, TicketRequest } from '../ticketProtocol';
import { el } from '../../../platform/view/dom';
import type { Slot } from './fields/slot';
import { FileTicks } from './fileTicks';
import { fieldValue, keptOnCase, sentAnswers, unanswered } from './ticketDraft';
import { focusFirst, type PartHost, type TicketPart } from './ticketPart';
import { TicketPreviewArea } from './ticketPreview';
import { TicketReading } from './ticketReading';
import { plainSlot, saidOf, shownValue, systemSlot } from './ticketSlots';
import { choiceWords, fieldWords } from './ticketWords';

interface SystemSlot {
  readonly asked: TicketField;
  readonly slot: Slot;
}

const said = (sentence: string) => w(sentence, sentence);

export class CreatePart implements TicketPart {
  private readonly reading: TicketReading<'form'>;
  private readonly files: FileTicks;
  private readonly preview: TicketPreviewArea;
  private readonly fields = el('div', { class: 'fields systemFields' });
  private places: { readonly of: string; readonly slot: Slot } | undefined;
  private connections: { readonly of: string; readonly slot: Slot } | undefined;
  private slots = new Map<string, SystemSlot>();
  /** Ids of the places that were chosen. */
  private readonly named = new Set<string>();
  private tried = false;
  private complaints = new Map<string, string>();
  /** JSON of the request that the preview on the page is of, and of the one that is being prepared. */
  private previewed = '';
  private wanted = '';

  constructor(private readonly host: PartHost) {
    const { app, action, draft } = host;
    this.reading = new TicketReading(app, `read-${action}`, 'form', () => host.changed());
    this.files = new FileTicks(app, `ticket-${action}-files`, (names) => {
      draft.edit('files', names);
      host.changed();
    });
    this.preview = new TicketPreviewArea({
      create: () => host.submit(),
      mask: (masked) => this.mask(masked),
      ask: (question) => app.ask(question),
    });
  }

  get above(): readonly HTMLElement[] {
    return [this.fields, this.reading.run.element];
  }

  get inside(): readonly HTMLElement[] {
    return [this.files.element];
  }

  get below(): readonly HTMLElement[] {
    return [this.preview.element];
  }

  label(): string | undefined {
    return this.isPreviewed() ? undefined : l10n.t('Preview the ticket');
  }

  underWay(deed: TicketDeed): string {
    const { connection } = this.tracker();
    return deed.do === 'preview' ? l10n.t('Preparing the preview…') : l10n.t('Creating the ticket in {0}…', connection);
  }

  private tracker(): { readonly connection: string; readonly known: PageTracker | undefined; readonly place: string } {
    const { app, draft } = this.host;
    const { connections, connection: usual } = app.page.tickets;
    const chosen = draft.text('connection');
    const connection = connections.some(({ name }) => name === chosen) ? (chosen ?? '') : usual;
    const known = connections.find(({ name }) => name === connection);
    return { connection, known, place: draft.text('place') ?? known?.place ?? '' };
  }

  private asked(): readonly TicketField[] {
    const { connection, place } = this.tracker();
    return place !== '' && this.reading.isOf(connection, place) ? (this.reading.told?.fields ?? []) : [];
  }

  refresh(): void {
    const { app, draft } = this.host;
    const { connection, place } = this.tracker();
    this.reading.want({ do: 'form', connection, place, chosen: mutable(draft.answers()) });
    this.drawFields();
    this.files.show(draft.files() ?? FileTicks.offered(app));
    const isPreviewed = this.isPreviewed();
    if (!isPreviewed) this.previewed = '';
    this.preview.show(isPreviewed, app.busy);
  }

  lacking(): readonly string[] {
    const { place, known } = this.tracker();
    if (place === '') return [l10n.t('Project or product')];
    if (!known) return [];
    const empty = unanswered(this.asked(), this.host.draft.answers());
    return empty.map((asked) => text(fieldWords(known.system, asked)));
  }

  private drawFields(): void {
    const { connection, known, place } = this.tracker();
    const told = this.reading.told;
    const wanted: Slot[] = [];
    const connectionSlot = this.connectionSlot();
    if (connectionSlot) wanted.push(connectionSlot);
    const placeSlot = this.placeSlot();
    if (placeSlot) wanted.push(placeSlot);
    if (known && told) wanted.push(...this.systemSlots(known));
    else this.slots.clear();
    connectionSlot?.update({ value: connection, shown: true, required: true, missing: [] });
    placeSlot?.update({
      value: place === '' ? undefined : place,
      shown: true,
      required: true,
      missing: this.tried && place === '' ? [requiredField('place', placeSlot.field.label)] : this.lacks('place'),
    });
    const elements = wanted.map((slot) => slot.element);
    // those that stay are not touched: one of them may have the focus
    for (const child of Array.from(this.fields.children)) {
      if (!elements.includes(child as HTMLElement)) child.remove();
    }
    elements.forEach((element, index) => {
      if (this.fields.children[index] !== element)
        this.fields.insertBefore(element, this.fields.children[index] ?? null);
    });
    this.fields.hidden = elements.length === 0;
  }

  private connectionSlot(): Slot | undefined {
    const { app, action, draft } = this.host;
    const names = app.page.tickets.connections.map(({ name }) => name);
    if (names.length < 2) return undefined;
    const of = names.join('\n');
    if (this.connections?.of !== of) {
      const field = choiceOf(
        'connection',
        l10n.t('Ticket system'),
        names.map((name) => [name, name]),
      );
      const slot = plainSlot(app, field, `ticket-${action}-connection`, (value) => {
        draft.edit('connection', value ?? undefined);
        for (const key of ['place', 'answers']) draft.edit(key, undefined);
        this.named.clear();
        this.host.changed();
      });
      this.connections = { of, slot };
    }
    return this.connections.slot;
  }

  private placeSlot(): Slot | undefined {
    const { app, action, draft } = this.host;
    const { place } = this.tracker();
    const told = this.reading.told?.places;
    if (!told) return undefined;
    // looked for another, the one that the list does not have is still there
    if (place !== '') this.named.add(place);
    const unlisted = [...this.named].filter((each) => !told.some(({ id }) => id === each));
    const known = [...unlisted.map((id) => ({ id, name: id })), ...told];
    const of = JSON.stringify(known);
    if (this.places?.of !== of) {
      const label = l10n.t('Project or product');
      const field = choiceOf(
        'place',
        label,
        known.map(({ id, name }) => [id, name || id]),
      );
      const slot = plainSlot(app, field, `ticket-${action}-place`, (value) => {
        // none, while somebody looks for another
        draft.edit('place', value ?? '');
        this.complaints.delete('place');
        this.host.changed();
      });
      this.places = { of, slot };
    }
    return this.places.slot;
  }

  private systemSlots(known: PageTracker): Slot[] {
    const { app, action, draft } = this.host;
    const people = this.reading.told?.people ?? [];
    const answers = draft.answers();
    const slots = new Map<string, SystemSlot>();
    for (const asked of this.asked()) {
      const of = JSON.stringify([known.system, asked, asked.type === 'person' ? people : []]);
      const slot =
        this.slots.get(of)?.slot ??
        systemSlot(app, known.system, asked, people, `ticket-${action}-${asked.key}`, (value) => {
          draft.answer(asked.key, value);
          this.complaints.delete(asked.key);
          this.host.changed();
        });
      slots.set(of, { asked, slot });
    }
    this.slots = slots;
    const lacking = this.tried ? unanswered(this.asked(), answers).map(({ key }) => key) : [];
    for (const { asked, slot } of slots.values()) {
      slot.update({
        value: shownValue(asked.type, fieldValue(asked, answers)),
        shown: true,
        required: asked.required,
        missing: lacking.includes(asked.key)
          ? [requiredField(asked.key, fieldWords(known.system, asked))]
          : this.lacks(asked.key),
      });
    }
    return [...slots.values()].map(({ slot }) => slot);
  }

  private lacks(key: string) {
    const sentence = this.complaints.get(key);
    return sentence === undefined ? [] : [saidOf(key, sentence)];
  }

  private ownSlots(): readonly Slot[] {
    const slots = [...this.slots.values()].map(({ slot }) => slot);
    return this.places ? [this.places.slot, ...slots] : slots;
  }

  private request(values: Readonly<Record<string, unknown>>): TicketRequest {
    const { connection, place } = this.tracker();
    const { app, draft } = this.host;
    const files = draft.files() ?? FileTicks.offered(app);
    const sent = values['sent'];
    return {
      connection,
      place,
      text: typeof sent === 'string' ? sent : '',
      fields: mutable(sentAnswers(this.asked(), draft.answers())),
      files: FileTicks.offered(app).filter((name) => files.includes(name)),
    };
  }

  private isPreviewed(): boolean {
    return this.previewed !== '' && this.previewed === JSON.stringify(this.request(this.host.values()));
  }

  deed(values: Readonly<Record<string, unknown>>): TicketDeed | undefined {
    const { connection, place } = this.tracker();
    const lacking = unanswered(this.asked(), this.host.draft.answers()).map(({ key }) => key);
    this.tried = true;
    // before the system has said what it needs nothing can be prepared for it
    if (!this.reading.isOf(connection, place) || place === '' || lacking.length > 0) {
      this.refresh();
      const isLacking = (key: string) => lacking.includes(key) || (key === 'place' && place === '');
      if (!focusFirst(this.ownSlots(), isLacking)) this.reading.run.focus();
      return undefined;
    }
    const request = this.request(values);
    if (!this.isPreviewed()) {
      this.wanted = JSON.stringify(request);
      return { do: 'preview', request };
    }
    const system = this.tracker().known?.system;
    const shown = (key: string, label: string) => (system ? text(choiceWords(system, key, label)) : label);
    const kept = keptOnCase(this.asked(), this.host.draft.answers(), shown);
    const { sent: _sent, ...others } = values;
    return { do: 'create', request, values: { ...others, ...this.keeps(kept) } };
  }

  /** A request's form has no place for a type and a severity. */
  private keeps(kept: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return this.host.app.page.state.kind === 'issue' ? kept : {};
  }

  /** The preview has it looked through. */
  says(): string {
    return '';
  }

  mask(masked: string): void {
    this.host.app.drafts.edit(this.host.action, 'sent', masked);
    this.host.changed();
  }

  answered(reply: TicketReply): boolean {
    if (reply.is !== 'preview') return false;
    const { connection } = this.tracker();
    this.previewed = this.wanted;
    this.preview.fill(reply.preview, connection, this.request(this.host.values()));
    this.host.changed();
    // changed while it was prepared: another one is to be made
    if (this.isPreviewed()) this.preview.focus();
    return true;
  }

  failed({ fields }: TicketFailure): boolean {
    this.complaints = new Map(Object.entries(fields));
    if (this.complaints.size > 0) this.previewed = '';
    this.host.changed();
    return focusFirst(this.ownSlots(), (key) => this.complaints.has(key));
  }
}

function choiceOf(key: string, label: string, options: readonly (readonly [value: string, label: string])[]): FieldDef {
  const choices = options.map(([value, name]) => ({ value, label: said(name) }));
  return { key, type: 'choice', label: said(label), options: choices, required: true };
}

/** As messages carry it. */
const mutable = (answers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(answers).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
