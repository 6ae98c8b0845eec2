/** The company's ticket system, whichever it is: what Casebook asks of it, and what it says back. */
import type { CaseKind } from '../case/state';

export type TrackerSystem = 'jira' | 'zentao' | 'redmine';

/** What a system can do over its interface; what it can't is done by hand, and said so. */
export interface TrackerCapabilities {
  readonly create: boolean;
  readonly read: boolean;
  readonly comment: boolean;
  readonly attach: boolean;
  readonly assign: boolean;
  readonly close: boolean;
  readonly reactivate: boolean;
  readonly fixVersion: boolean;
  readonly dueDate: boolean;
  readonly search: boolean;
}

/** One system that the team is signed in to; the secret is none of its settings. */
export interface TrackerConnection {
  /** Unique among the connections, of the user's choice: "Jira", "禅道". */
  readonly name: string;
  readonly system: TrackerSystem;
  /** Of the site, also below a path: "https://dev.example.com/zentao". */
  readonly url: string;
  /** Whom to sign in as: an account, a mail address; empty where the secret says it all. */
  readonly account: string;
  /** Product of the casebook → project or product there, by its id or key. */
  readonly places: Readonly<Record<string, string>>;
  /** Team of the casebook → whom its tickets are assigned to there. */
  readonly assignees: Readonly<Record<string, string>>;
  /** Minutes east of UTC for times that the system writes without a zone. */
  readonly utcOffset: number;
  /** Of a Redmine: what it is set to. */
  readonly textFormat: 'textile' | 'markdown';
}

export interface TrackerIdentity {
  readonly account: string;
  readonly displayName: string;
  /** Of the system as it says itself: "18.10", "Cloud", "Data Center 9.12". */
  readonly version: string;
}

/** A project or product that holds tickets. */
export interface TrackerPlace {
  readonly id: string;
  readonly name: string;
}

export interface TrackerPerson {
  /** What the system wants to be told: an account, an account id, a number. */
  readonly id: string;
  readonly name: string;
}

export interface TicketChoice {
  readonly value: string;
  readonly label: string;
}

/** A field that the system asks for beside title and text. */
export interface TicketField {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'longText' | 'choice' | 'choices' | 'date' | 'number' | 'person';
  readonly required: boolean;
  readonly choices: readonly TicketChoice[];
  /** What it starts with; empty for nothing. */
  readonly initial: string;
  /** The others depend on it: after a change of it they are asked for again, see Tracker.fields. */
  readonly decides?: true;
}

export type TicketFieldValue = string | readonly string[];

export interface TicketFile {
  /** File name, safe. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface NewTicket {
  /** The mark by which a ticket is found again after an answer was lost. */
  readonly caseId: string;
  readonly kind: CaseKind;
  /** Id of the project or product. */
  readonly place: string;
  readonly title: string;
  /** Plain text as the form holds it, see blocksOf. */
  readonly text: string;
  /** Beside title and text; by TicketField.key. */
  readonly fields: Readonly<Record<string, TicketFieldValue>>;
  readonly files: readonly TicketFile[];
}

/** Exactly what would be sent, for a person to read. */
export interface TicketPreview {
  /** "POST /rest/api/3/issue" */
  readonly request: string;
  /** The name of the format: "ADF", "HTML", "wiki", "Textile". */
  readonly format: string;
  /** The text in that format. */
  readonly text: string;
  /** Every other value, by its name there. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** Characters that the system can't store and what stands for them; empty for none. */
  readonly replaced: string;
}

export type TicketProgress = 'open' | 'inProgress' | 'toVerify' | 'done';

/** What becomes of a request, as its tracker says it (spec L51). */
export type RequestProgress = 'waiting' | 'evaluating' | 'scheduled' | 'inDevelopment' | 'released' | 'notAdopted';

export interface TicketComment {
  readonly id: string;
  readonly by: string;
  /** ISO-8601 with offset. */
  readonly at: string;
  /** Plain text. */
  readonly text: string;
}

/** A ticket as it is at this moment. */
export interface TicketSnapshot {
  /** What people name it by: "ED-24", "1042". */
  readonly key: string;
  /** What the system names it by; keys may change. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** The system's own word. */
  readonly status: string;
  readonly progress: TicketProgress;
  /** Of a ticket for a request. */
  readonly request?: RequestProgress;
  readonly resolution: string;
  readonly assignee?: TrackerPerson;
  readonly fixVersion: string;
  /** Calendar date; empty for none. */
  readonly dueDate: string;
  readonly comments: readonly TicketComment[];
  readonly files: readonly string[];
  /** ISO-8601 with offset; empty where the system does not say. */
  readonly updatedAt: string;
}

export interface Closing {
  readonly comment: string;
  /** A resolution of the system, where it wants one. */
  readonly resolution: string;
}

/**
 * One ticket system. Every write is followed by a reading that is compared with what was wanted: a system that answers
 * "done" for what it did not do is told by 'not-applied'. All reject with TrackerError.
 */
export interface Tracker {
  readonly system: TrackerSystem;
  readonly capabilities: TrackerCapabilities;
  /** Proves who is signed in. */
  test(signal?: AbortSignal): Promise<TrackerIdentity>;
  places(signal?: AbortSignal): Promise<readonly TrackerPlace[]>;
  people(place: string, signal?: AbortSignal): Promise<readonly TrackerPerson[]>;
  /**
   * What it asks for in this place, from its own metadata.
   * @param chosen what was chosen so far, by TicketField.key: of use to fields that decide about others
   */
  fields(
    place: string,
    kind: CaseKind,
    signal?: AbortSignal,
    chosen?: Readonly<Record<string, TicketFieldValue>>,
  ): Promise<readonly TicketField[]>;
  /** Some systems must be asked how they want it, and can fail at that. */
  preview(ticket: NewTicket, signal?: AbortSignal): TicketPreview | Promise<TicketPreview>;
  /** The ticket that was made for a case already, by its mark. */
  find(
    ticket: Pick<NewTicket, 'caseId' | 'kind' | 'place' | 'title'>,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot | undefined>;
  /** Looks for it first; makes it once. */
  create(ticket: NewTicket, signal?: AbortSignal): Promise<TicketSnapshot>;
  read(key: string, kind: CaseKind, signal?: AbortSignal): Promise<TicketSnapshot>;
  comment(key: string, kind: CaseKind, text: string, signal?: AbortSignal): Promise<TicketSnapshot>;
  attach(key: string, kind: CaseKind, files: readonly TicketFile[], signal?: AbortSignal): Promise<TicketSnapshot>;
  assign(key: string, kind: CaseKind, person: string, comment: string, signal?: AbortSignal): Promise<TicketSnapshot>;
  /** What a ticket can be closed as from where it stands, for Closing.resolution; none where any word will do. */
  resolutions(key: string, kind: CaseKind, signal?: AbortSignal): Promise<readonly TicketChoice[]>;
  close(key: string, kind: CaseKind, closing: Closing, signal?: AbortSignal): Promise<TicketSnapshot>;
  reactivate(key: string, kind: CaseKind, comment: string, signal?: AbortSignal): Promise<TicketSnapshot>;
}

export type TrackerFailure =
  /** 401, or a login that was refused: asked for again, never tried by itself. */
  | 'sign-in'
  | 'forbidden'
  | 'not-found'
  /** 400, 422: `fields` says which. */
  | 'refused'
  | 'conflict'
  | 'too-large'
  /** 429: `retryAfter` says when. */
  | 'too-many'
  /** 5xx. */
  | 'broken'
  /** An answer that is none: HTML for JSON, nothing, half of it. */
  | 'not-understood'
  /** It said "done", and it was not. */
  | 'not-applied'
  /** The answer did not come: it may have been done. */
  | 'no-answer'
  /** Nobody there: it was surely not done. */
  | 'offline'
  | 'certificate'
  | 'cancelled'
  | 'unsupported';

/** The system did not do what it was asked. */
export class TrackerError extends Error {
  override readonly name = 'TrackerError';
  constructor(
    readonly reason: TrackerFailure,
    /** What the system said, without any secret; empty for nothing. */
    readonly said: string,
    readonly details: {
      readonly status?: number;
      /** TicketField.key, "title" or "text" → what the system says of it. */
      readonly fields?: Readonly<Record<string, string>>;
      /** Milliseconds until it may be tried again. */
      readonly retryAfter?: number;
      /** When it may be asked again, milliseconds since the epoch: its own word, for people to read. */
      readonly until?: number;
      /** What was made before it failed: the ticket is there, but not all of it. */
      readonly made?: TicketSnapshot;
      /** Where a person must sign in by hand before anything else helps. */
      readonly signInAt?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`${reason}${details.status === undefined ? '' : ` (${details.status})`}: ${said}`, { cause: details.cause });
  }

  /** True when it is certain that nothing was done there: only then may a write be tried again by itself. */
  get isUndone(): boolean {
    if (this.details.made) return false;
    return ['sign-in', 'forbidden', 'refused', 'too-large', 'too-many', 'offline', 'certificate'].includes(this.reason);
  }
}
