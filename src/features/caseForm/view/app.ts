/** What every part of the page may ask and do. */
import type { Missing } from '../../../domain/sop/missing';
import type { Context, Procedure } from '../../../domain/sop/procedure';
import type { Language } from '../../../domain/words';
import type { AnswerTo, CasePage, FromView, Question } from '../protocol';
import type { CaseFiles } from './caseFiles';
import type { Drafts } from './drafts';
import type { Surroundings } from './formValues';
import type { Groups } from './groups';
import type { TicketActs } from './ticketActs';
import type { TicketTalk } from './ticketTalk';

export interface App {
  readonly page: CasePage;
  readonly procedure: Procedure;
  readonly drafts: Drafts;
  readonly files: CaseFiles;
  readonly groups: Groups;
  /** What is asked of the ticket's own system, and done there. */
  readonly tickets: TicketTalk;
  readonly ticketActs: TicketActs;
  /** The host is at work on what was sent; nothing else is sent meanwhile. */
  readonly busy: boolean;
  /** "Draft saved 14:02:11", or nothing. */
  readonly draftNote: string;
  context(): Context;
  /** @param key of the form: its texts may be in a language of their own */
  surroundings(key: string): Surroundings;
  textLanguageOf(key: string): Language;
  chooseTextLanguage(key: string, language: Language): void;
  send(message: FromView): void;
  /** Hands an act to the host; its refusal comes back to the sender. */
  act(act: SentAct, sender: ActSender): void;
  /** An act was written by another way than the page's own: its form is fresh again. */
  settled(action: string): void;
  /** Asks the host; undefined when it has no answer, and the page then says why. */
  ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked> | undefined>;
  /** A sentence for everybody: seen for a moment, and read out. */
  say(sentence: string): void;
  copy(text: string): void;
  /** Shows what was captured at a step; undefined: back to the step of the case. */
  review(step: string | undefined): void;
  /** Opens the form of an action, wherever it stands, and takes the focus there. */
  openForm(action: string): void;
  /** What the forms hold was changed by more than a key. */
  refresh(): void;
  /** Opens the form that writes to the customer, about what the case stands at. */
  writeToCustomer(): void;
  /** Something was typed: what says what is missing says it anew. */
  changed(): void;
  draw(): void;
}

export interface SentAct {
  readonly action: string;
  readonly for: string;
  readonly values: Record<string, unknown>;
  /** Once this is written, that is done too, if nothing stands against it. */
  readonly afterwards?: string;
}

export interface ActSender {
  refused(missing: readonly Missing[]): void;
}
