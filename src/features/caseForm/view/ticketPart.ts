/** What a form becomes where the ticket's own system does the deed: a part for each kind of deed. */
import type { Slot } from './fields/slot';
import type { TicketDeed, TicketFailure, TicketReply } from '../ticketProtocol';
import type { App } from './app';
import type { TicketDraft } from './ticketDraft';

export interface TicketPart {
  /** Before the fields of the form, after them, and below its buttons. */
  readonly above: readonly HTMLElement[];
  readonly inside: readonly HTMLElement[];
  readonly below: readonly HTMLElement[];
  /** Of the form's own button; undefined where it has none now. */
  label(): string | undefined;
  /** Said while it is under way. */
  underWay(deed: TicketDeed): string;
  refresh(): void;
  /** The names of what is required and empty, as far as the system has said what it needs. */
  lacking(): readonly string[];
  /**
   * @param values of the form's own fields
   * @returns undefined where something is missing: it is marked, and has the focus
   */
  deed(values: Readonly<Record<string, unknown>>): TicketDeed | undefined;
  /** What a person wrote in it and has not seen looked through yet; empty for nothing. */
  says(deed: TicketDeed): string;
  /** Puts a text in the place of what it says. */
  mask(masked: string): void;
  /** @returns true where the answer was the part's own */
  answered(reply: TicketReply): boolean;
  /** Marks the fields that the system named. @returns true where the focus went to one of them */
  failed(failure: TicketFailure): boolean;
}

/** What a part may do with the form around it. */
export interface PartHost {
  readonly app: App;
  readonly action: string;
  readonly connection: string;
  readonly draft: TicketDraft;
  /** The form as it stands. */
  values(): Readonly<Record<string, unknown>>;
  /** Something in it changed. */
  changed(): void;
  /** As the form's button. */
  submit(): void;
}

/** Where the focus goes among these: the first that lacks something. */
export function focusFirst(slots: readonly Slot[], isLacking: (key: string) => boolean): boolean {
  const first = slots.find((slot) => !slot.element.hidden && isLacking(slot.field.key));
  first?.element.scrollIntoView({ block: 'nearest' });
  first?.focus('');
  return first !== undefined;
}
