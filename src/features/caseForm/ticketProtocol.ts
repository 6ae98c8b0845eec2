/** What host and view say to each other about the ticket in its own system. Free of vscode. */
import * as v from 'valibot';
import type { Job } from '../../domain/tickets/outbox';
import type {
  TicketChoice,
  TicketField,
  TicketPreview,
  TrackerFailure,
  TrackerPerson,
  TrackerPlace,
  TrackerSystem,
} from '../../domain/tickets/tracker';
import type { Missing } from '../../domain/sop/missing';

/** A connection as the page may know it: no address, no account. */
export interface PageTracker {
  readonly name: string;
  readonly system: TrackerSystem;
  /** Where the settings put tickets of the case's product; empty where they do not say. */
  readonly place: string;
  /** Team → whom the settings assign its tickets to, as the system names them. */
  readonly assignees: Readonly<Record<string, string>>;
}

/** Something of this case that was decided and has not arrived. */
export interface WaitingJob {
  readonly id: string;
  readonly is: Job['is'];
  /** What the case does once it has arrived; empty for nothing. */
  readonly action: string;
  readonly connection: string;
  /** "Create the ticket in ZenTao", in the page's language, as all its sentences. */
  readonly what: string;
  readonly standing: 'waiting' | 'trying' | 'needsPerson';
  /** "tries again 14:05" */
  readonly standingText: string;
  /** It has failed, or takes long: not while it goes out for the first time. */
  readonly isHeldUp: boolean;
  /** Why it has not arrived; empty before the first attempt. */
  readonly sentence: string;
  /** Of `waiting`: ISO-8601 with offset; else empty. */
  readonly nextAt: string;
  readonly needsSignIn: boolean;
}

export interface PageTickets {
  readonly connections: readonly PageTracker[];
  /** That of the case's ticket; before there is one, where it would be made. Empty for none. */
  readonly connection: string;
  /** When the ticket was last read, ISO-8601; empty where it never was from this machine. */
  readonly seenAt: string;
  /** Why it could not be read since; empty where it could. */
  readonly unread: string;
  /** Nothing is read before somebody has signed in. */
  readonly needsSignIn: boolean;
  /** Oldest first. */
  readonly waiting: readonly WaitingJob[];
}

export const noTickets: PageTickets = {
  connections: [],
  connection: '',
  seenAt: '',
  unread: '',
  needsSignIn: false,
  waiting: [],
};

const values = v.record(v.string(), v.unknown());
const fields = v.record(v.string(), v.union([v.string(), v.array(v.string())]));
const names = v.array(v.string());

/** A ticket as the form holds it; its title is the case's. */
const requestSchema = v.object({
  connection: v.string(),
  place: v.string(),
  text: v.string(),
  fields,
  files: names,
});
export type TicketRequest = v.InferOutput<typeof requestSchema>;

/** Reading asks again by itself only until somebody has to sign in; `isAsked`: a person wants it now. */
const reading = { connection: v.string(), place: v.string(), isAsked: v.boolean() };

export const ticketDeedSchema = v.variant('do', [
  /** The places, and what the chosen one asks for. */
  v.object({ do: v.literal('form'), ...reading, chosen: fields }),
  /** Who may be assigned. */
  v.object({ do: v.literal('people'), ...reading }),
  /** What the ticket can be closed as. */
  v.object({ do: v.literal('resolutions'), ...reading }),
  v.object({ do: v.literal('preview'), request: requestSchema }),
  /** `values` of the action's form, beside what the ticket itself says. */
  v.object({ do: v.literal('create'), request: requestSchema, values }),
  v.object({ do: v.literal('assign'), person: v.string(), name: v.string(), comment: v.string(), values }),
  v.object({ do: v.literal('close'), comment: v.string(), resolution: v.string(), values }),
  v.object({ do: v.literal('reactivate'), text: v.string(), files: names, values }),
  v.object({ do: v.literal('comment'), text: v.string() }),
  v.object({ do: v.literal('attach'), files: names }),
  v.object({ do: v.literal('signIn'), connection: v.string() }),
  /** Of something in the outbox: try it now, or let it be. */
  v.object({ do: v.picklist(['retry', 'takeOut']), item: v.string() }),
]);
export type TicketDeed = v.InferOutput<typeof ticketDeedSchema>;

/** What a person has to settle. */
export interface TicketFailure {
  readonly sentence: string;
  readonly reason: TrackerFailure | 'other';
  /** TicketField.key, "title" or "text" → what the system says of it. */
  readonly fields: Readonly<Record<string, string>>;
}

export type TicketReply =
  | {
      readonly is: 'form';
      readonly places: readonly TrackerPlace[];
      readonly fields: readonly TicketField[];
      /** Asked for only where a field names a person. */
      readonly people: readonly TrackerPerson[];
    }
  | { readonly is: 'people'; readonly people: readonly TrackerPerson[] }
  | { readonly is: 'resolutions'; readonly choices: readonly TicketChoice[] }
  | { readonly is: 'preview'; readonly preview: TicketPreview }
  | { readonly is: 'sent'; readonly key: string }
  /** In the outbox: it is sent by itself. */
  | { readonly is: 'waiting'; readonly sentence: string }
  /** Another window sends it, or it is no more. */
  | { readonly is: 'busy' | 'gone' | 'done' }
  | { readonly is: 'refused'; readonly missing: readonly Missing[] }
  | { readonly is: 'failed'; readonly failure: TicketFailure };

export type TicketRefusal = Extract<TicketReply, { is: 'failed' | 'refused' }>;
