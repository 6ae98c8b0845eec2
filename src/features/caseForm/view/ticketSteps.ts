/** What is done with a ticket that is there: assigned at 3.1, closed at 5.1 or 4.1, re-activated in a further round. */
import * as l10n from '@vscode/l10n';
import type { FieldDef, Value } from '../../../domain/sop/field';
import { closingComment } from '../../../domain/text/ticketClosing';
import { ticketStatusWords } from '../../../domain/tickets/statusWords';
import type { TicketChoice, TrackerPerson, TrackerSystem } from '../../../domain/tickets/tracker';
import { w } from '../../../domain/words';
import { requiredField } from '../../../domain/sop/missing';
import type { TicketDeed, TicketFailure, TicketReply } from '../ticketProtocol';
import type { Slot } from './fields/slot';
import { FileTicks } from './fileTicks';
import { commentField, newFiles } from './ticketDraft';
import { focusFirst, type PartHost, type TicketPart } from './ticketPart';
import { TicketReading } from './ticketReading';
import { personOption, plainSlot, saidOf } from './ticketSlots';

type Values = Readonly<Record<string, unknown>>;

const said = (sentence: string) => w(sentence, sentence);
const isSame = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
const textIn = (values: Values, key: string) => {
  const value = values[key];
  return typeof value === 'string' ? value : '';
};

/** What the parts have in common: slots of their own, and what the system said of them. */
abstract class StepPart implements TicketPart {
  readonly above: readonly HTMLElement[] = [];
  readonly below: readonly HTMLElement[] = [];
  protected complaints = new Map<string, string>();

  constructor(protected readonly host: PartHost) {}

  abstract readonly inside: readonly HTMLElement[];
  abstract label(): string;
  abstract underWay(): string;
  abstract refresh(): void;
  abstract deed(values: Values): TicketDeed | undefined;
  protected abstract slots(): readonly Slot[];

  says(deed: TicketDeed): string {
    return 'comment' in deed ? deed.comment : '';
  }

  mask(masked: string): void {
    this.host.draft.edit('comment', masked);
    this.host.changed();
  }

  answered(_reply: TicketReply): boolean {
    return false;
  }

  lacking(): readonly string[] {
    return [];
  }

  failed({ fields }: TicketFailure): boolean {
    this.complaints = new Map(Object.entries(fields));
    this.host.changed();
    return focusFirst(this.slots(), (key) => this.complaints.has(key));
  }

  protected slot(field: FieldDef): Slot {
    const { app, action, draft } = this.host;
    return plainSlot(app, field, `ticket-${action}-${field.key}`, (value: Value | null) => {
      // what was taken away stays away, also where something was drafted
      draft.edit(field.key, value ?? '');
      this.complaints.delete(field.key);
      this.host.changed();
    });
  }

  protected lacks(key: string) {
    const sentence = this.complaints.get(key);
    return sentence === undefined ? [] : [saidOf(key, sentence)];
  }

  protected system(): TrackerSystem | undefined {
    const { app, connection } = this.host;
    return app.page.tickets.connections.find(({ name }) => name === connection)?.system;
  }
}

export class AssignPart extends StepPart {
  private readonly reading: TicketReading<'people'>;
  private readonly comment = this.slot(commentField);
  private person: { readonly of: string; readonly slot: Slot } | undefined;
  /** Ids of those who were chosen. */
  private readonly named = new Set<string>();
  private tried = false;

  constructor(host: PartHost) {
    super(host);
    this.reading = new TicketReading(host.app, `read-${host.action}`, 'people', () => host.changed());
  }

  get inside(): readonly HTMLElement[] {
    const person = this.person ? [this.person.slot.element] : [];
    return [...person, this.reading.run.element, this.comment.element];
  }

  label(): string {
    return l10n.t('Assign in {0}', this.host.connection);
  }

  underWay(): string {
    return l10n.t('Assigning the ticket in {0}…', this.host.connection);
  }

  private chosen(): string {
    const { app, connection, draft } = this.host;
    const typed = draft.text('person');
    if (typed !== undefined) return typed;
    const known = app.page.tickets.connections.find(({ name }) => name === connection);
    return known?.assignees[textIn(this.host.values(), 'team').trim()] ?? '';
  }

  refresh(): void {
    const { app, connection, draft } = this.host;
    const known = app.page.tickets.connections.find(({ name }) => name === connection);
    this.reading.want({ do: 'people', connection, place: known?.place ?? '' });
    const chosen = this.chosen();
    this.drawPerson(chosen);
    this.person?.slot.update({
      value: chosen === '' ? undefined : chosen,
      shown: true,
      required: true,
      missing:
        this.tried && chosen === '' ? [requiredField('person', this.person.slot.field.label)] : this.lacks('person'),
    });
    const comment = draft.text('comment') ?? '';
    this.comment.update({ value: comment, shown: true, required: false, missing: this.lacks('comment') });
  }

  override lacking(): readonly string[] {
    return this.chosen() === '' ? [l10n.t('Assign to')] : [];
  }

  private people(): readonly TrackerPerson[] {
    const told = this.reading.told?.people ?? [];
    const chosen = this.chosen();
    // the settings may name somebody whom the list does not; looked for another, they are still there
    if (chosen !== '') this.named.add(chosen);
    const unlisted = [...this.named].filter((each) => !told.some(({ id }) => id === each));
    return [...unlisted.map((id) => ({ id, name: id })), ...told];
  }

  private drawPerson(chosen: string): void {
    if (this.reading.told === undefined && chosen === '') return;
    const people = this.people();
    const of = JSON.stringify(people);
    if (this.person?.of === of) return;
    const label = said(l10n.t('Assign to'));
    const field: FieldDef = { key: 'person', type: 'choice', label, options: people.map(personOption), required: true };
    this.person = { of, slot: this.slot(field) };
  }

  protected slots(): readonly Slot[] {
    return [...(this.person ? [this.person.slot] : []), this.comment];
  }

  deed(values: Values): TicketDeed | undefined {
    const { connection, draft } = this.host;
    const person = this.chosen();
    this.tried = true;
    if (person === '') {
      this.refresh();
      if (!focusFirst(this.slots(), (key) => key === 'person')) this.reading.run.focus();
      return undefined;
    }
    const name = this.people().find(({ id }) => id === person)?.name || person;
    const how = l10n.t('Assigned in {0}', connection);
    return {
      do: 'assign',
      person,
      name,
      comment: draft.text('comment') ?? '',
      values: { ...values, assignee: name, how },
    };
  }
}

export class ClosePart extends StepPart {
  private readonly comment = this.slot(commentField);
  private readonly reading: TicketReading<'resolutions'>;
  private resolution: { readonly of: string; readonly slot: Slot } | undefined;

  constructor(host: PartHost) {
    super(host);
    this.reading = new TicketReading(host.app, `read-${host.action}`, 'resolutions', () => host.changed());
  }

  get inside(): readonly HTMLElement[] {
    const resolution = this.resolution ? [this.resolution.slot.element] : [];
    return [...resolution, this.reading.run.element, this.comment.element];
  }

  protected slots(): readonly Slot[] {
    return [...(this.resolution ? [this.resolution.slot] : []), this.comment];
  }

  /** A bug's resolution in ZenTao is R&D's own. */
  private isTheirs(): boolean {
    return this.system() === 'zentao' && this.host.app.page.state.kind === 'issue';
  }

  private choices(): readonly TicketChoice[] {
    return this.reading.told?.choices ?? [];
  }

  /** What the system offers; where it offers nothing, or can't be asked, its words are typed. */
  private drawResolution(): void {
    // what is typed into must not be exchanged for what comes a moment later
    if (this.reading.run.isRunning) return;
    const { connection } = this.host;
    const choices = this.choices();
    const of = JSON.stringify(choices);
    if (this.resolution?.of === of) return;
    const label = said(l10n.t('Resolution in {0}', connection));
    const isOwn = this.system() === 'zentao';
    const field: FieldDef =
      choices.length === 0
        ? {
            key: 'resolution',
            type: 'text',
            label,
            hint: said(l10n.t('In the words of {0}; its usual one where this is empty.', connection)),
          }
        : {
            key: 'resolution',
            type: 'choice',
            label,
            options: choices.map((each) => ({
              value: each.value,
              label: isOwn ? ticketStatusWords(each.value) : said(each.label),
            })),
            ...(isOwn
              ? { required: true }
              : { hint: said(l10n.t('The usual one of {0} where nothing is chosen.', connection)) }),
          };
    this.resolution = { of, slot: this.slot(field) };
  }

  label(): string {
    return l10n.t('Close in {0}', this.host.connection);
  }

  underWay(): string {
    return l10n.t('Closing the ticket in {0}…', this.host.connection);
  }

  private chosenResolution(): string {
    if (this.isTheirs()) return '';
    const typed = this.host.draft.text('resolution');
    const choices = this.choices();
    // what was typed before the system offered its own is one of them, or none
    if (typed !== undefined && choices.length === 0) return typed;
    if (typed !== undefined) return choices.find(({ value }) => isSame(value, typed))?.value ?? '';
    if (this.system() !== 'zentao') return '';
    return textIn(this.host.values(), 'conclusion') === 'released' ? 'done' : 'willnotdo';
  }

  private chosenComment(): string {
    const { app, draft } = this.host;
    return draft.text('comment') ?? closingComment(app.page.state, app.page.textLanguage, this.host.values());
  }

  refresh(): void {
    if (!this.isTheirs()) {
      this.reading.want({ do: 'resolutions', connection: this.host.connection, place: '' });
      this.drawResolution();
    }
    const resolution = this.chosenResolution();
    const slot = this.resolution?.slot;
    slot?.update({
      value: resolution === '' ? undefined : resolution,
      shown: true,
      required: slot.field.required === true,
      missing: this.lacks('resolution'),
    });
    const comment = this.chosenComment();
    this.comment.update({ value: comment, shown: true, required: false, missing: this.lacks('comment') });
  }

  deed(values: Values): TicketDeed {
    return { do: 'close', comment: this.chosenComment(), resolution: this.chosenResolution(), values: { ...values } };
  }
}

export class ReactivatePart extends StepPart {
  private readonly files: FileTicks;

  constructor(host: PartHost) {
    super(host);
    this.files = new FileTicks(host.app, `ticket-${host.action}-again-files`, (names) => {
      host.draft.edit('files', names);
      host.changed();
    });
  }

  get inside(): readonly HTMLElement[] {
    return [this.files.element];
  }

  protected slots(): readonly Slot[] {
    return [];
  }

  label(): string {
    const key = this.host.app.page.state.ticket?.key ?? '';
    return l10n.t('Re-activate ticket {0}', key);
  }

  underWay(): string {
    return l10n.t('Re-activating the ticket in {0}…', this.host.connection);
  }

  private ticked(): readonly string[] {
    const { app, draft } = this.host;
    return draft.files() ?? newFiles(app.page.state);
  }

  refresh(): void {
    this.files.show(this.ticked());
  }

  override says(deed: TicketDeed): string {
    return deed.do === 'reactivate' ? deed.text : '';
  }

  override mask(masked: string): void {
    this.host.app.drafts.edit(this.host.action, 'sent', masked);
    this.host.changed();
  }

  deed({ sent, ...values }: Values): TicketDeed {
    const offered = FileTicks.offered(this.host.app);
    const files = offered.filter((name) => this.ticked().includes(name));
    return { do: 'reactivate', text: typeof sent === 'string' ? sent : '', files, values };
  }
}
