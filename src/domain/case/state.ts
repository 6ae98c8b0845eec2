/** What a case is: the fold of its events. Plain JSON, so that it travels to a webview as it is. */
import type { Values } from '../sop/field';
import type { Missing } from '../sop/missing';
import type { RequestProgress, TicketProgress } from '../tickets/tracker';
import type { CaseEvent } from './event';

export type CaseKind = 'issue' | 'request';
export type Urgency = 'urgent' | 'high' | 'normal';
export type CaseStatus = 'open' | 'archived' | 'closed' | 'withdrawn' | 'merged' | 'converted';
export type WaitingOn = 'us' | 'customer' | 'rd' | 'manager';

export interface Stamp {
  readonly at: string;
  readonly by: string;
}

export interface Emergency extends Stamp {
  readonly notified?: Stamp & { readonly lead: string; readonly channel: string; readonly acknowledged: boolean };
  readonly workaround?: Stamp & { readonly text: string };
  readonly ended?: Stamp & { readonly reason: string };
}

export interface Message extends Stamp {
  readonly event: string;
  readonly to: string;
  readonly purpose: string;
  readonly channel: string;
  readonly text: string;
  readonly sender: string;
  readonly round: number;
  readonly plan: number;
  /** The request's status that this message told, if it told one. */
  readonly status?: string;
}

export interface Attempt extends Stamp {
  readonly round: number;
  readonly values: Values;
}

export interface FollowUp extends Stamp {
  readonly round: number;
  readonly plan: number;
  readonly group: string;
  readonly content: string;
  readonly nextAt?: string;
}

/** What is proposed to the customer: a fix with version and date, a decline, or the answer of support itself. */
export interface Plan extends Stamp {
  /** The event that proposed it. */
  readonly event: string;
  readonly revision: number;
  readonly round: number;
  readonly kind: 'fix' | 'decline' | 'support';
  readonly approach: string;
  readonly version: string;
  /** Calendar date, "2026-12-05". */
  readonly date: string;
  readonly disposition: string;
  readonly answer?: Stamp & { readonly accepted: boolean; readonly reason: string };
}

/** The four parts of step 4.2, each present once it is done in this round for this plan (spec L32). */
export interface Verification {
  readonly internal?: Stamp & { readonly passed: boolean; readonly values: Values };
  readonly appointment?: Stamp & { readonly values: Values };
  readonly upgrade?: Stamp & { readonly values: Values };
  readonly customer?: Stamp & { readonly passed: boolean; readonly values: Values };
}

export interface Ticket {
  readonly system: string;
  readonly key: string;
  readonly url: string;
}

/** The ticket as it was read in its own system; written down only where something had changed. */
export interface TicketSighting extends Stamp {
  /** The event that wrote it down. */
  readonly event: string;
  readonly round: number;
  readonly system: string;
  readonly key: string;
  /** The system's own word. */
  readonly status: string;
  readonly progress: TicketProgress;
  /** Of a ticket for a request. */
  readonly request?: RequestProgress;
  readonly resolution: string;
  /** A name; empty for nobody. */
  readonly assignee: string;
  readonly fixVersion: string;
  /** Calendar date; empty for none. */
  readonly dueDate: string;
  /** Of the newest comment; empty for none. */
  readonly commentAt: string;
  readonly commentBy: string;
  readonly commentText: string;
  /** When the system says that it last changed; empty where it does not say. */
  readonly updatedAt: string;
  /** When it was read. */
  readonly seenAt: string;
}

/** What was done in the ticket's system from here. */
export interface TicketDeed extends Stamp {
  readonly event: string;
  readonly round: number;
  readonly key: string;
  /** "comment", "attach", "assign", "close", "reactivate". */
  readonly deed: string;
  readonly text: string;
  readonly files: readonly string[];
  /** Whom it was assigned to. */
  readonly person: string;
}

/** A request's status as its manager tells it (spec L93). */
export interface StatusCheck extends Stamp {
  /** The event that logged it. */
  readonly event: string;
  readonly round: number;
  readonly status: string;
  readonly version: string;
  readonly reason: string;
  readonly final: boolean;
  readonly nextAt: string;
  /** True once the customer was told. */
  readonly told: boolean;
}

export interface Handover extends Stamp {
  readonly note: string;
}

export interface Talk extends Stamp {
  readonly content: string;
  readonly round: number;
}

export interface ArticleLink extends Stamp {
  readonly path: string;
  readonly title: string;
  readonly commit: string;
  readonly flagged?: Stamp & { readonly reason: string };
}

/** A file in `attachments/<case id>/`; its name is never given to another file of the case. */
export interface Attachment extends Stamp {
  /** The event that recorded it. */
  readonly event: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal; empty where it is not known. */
  readonly sha256: string;
  readonly note: string;
  /** How many secrets were masked before it was stored, and how many were left in it knowingly. */
  readonly masked: number;
  readonly kept: number;
  readonly round: number;
  readonly removed?: Stamp & { readonly reason: string };
}

export interface Deviation extends Stamp {
  readonly action: string;
  readonly code: string;
  readonly round: number;
  readonly reason: string;
}

export interface Correction extends Stamp {
  readonly action: string;
  readonly reason: string;
}

export interface Visit {
  readonly step: string;
  readonly round: number;
  readonly entered: Stamp;
  readonly left?: Stamp;
  /** Why a withdrawn case was reopened, where this visit goes on with the one before. */
  readonly reopened?: string;
}

export interface Closure extends Stamp {
  readonly round: number;
  readonly disposition: string;
}

/** The case was taken over from another system or table, then and by that person. */
export interface Imported extends Stamp {
  /** What the source is called, "ServiceNow". */
  readonly source: string;
  /** The case's number there, or what else tells it apart in that source. */
  readonly id: string;
  /** Its history is written down; see sop/imported.ts. */
  readonly isTaken: boolean;
  /** When the last thing happened that its history knows; empty without a history. */
  readonly lastAt: string;
  /** The source's own word. */
  readonly status: string;
  /** As the source had it: nobody assessed it by the procedure. */
  readonly urgency?: Urgency;
}

/** Two copies that contradict each other; a person settles it. */
export interface Conflict {
  /** The event that was not taken as it stands. */
  readonly event: string;
  readonly kind: 'place' | 'guard' | 'value' | 'duplicate';
  readonly action: string;
  readonly by: string;
  readonly at: string;
  /** For `value`: the fields, and what the other side wrote. For the rest: what the event wanted to capture. */
  readonly values: Values;
  /** A field without a value: the other side took its value away. */
  readonly fields: readonly string[];
  /** The round that it speaks of. */
  readonly round: number;
  /** For `guard`: what the folded case lacks. */
  readonly missing: readonly Missing[];
}

export interface RoundRecord {
  readonly round: number;
  readonly values: Readonly<Record<string, Values>>;
  readonly verification: Verification;
  readonly ended: Stamp;
  readonly reason: string;
}

/** What is due was put off, with a reason, as long as it follows from the same thing. */
export interface Snooze extends Stamp {
  /** The kind of due. */
  readonly due: string;
  /** When that happened which the due follows from; empty where nothing was due. */
  readonly since: string;
  readonly until: string;
  readonly reason: string;
}

export interface CaseState {
  readonly id: string;
  readonly kind: CaseKind;
  readonly opened?: Stamp;
  readonly imported?: Imported;
  readonly status: CaseStatus;
  readonly statusReason: string;
  /** The other case of a merge or conversion. */
  readonly otherCase: string;
  /** Of a request: the issue it came from. */
  readonly convertedFrom: string;
  /** The document's number, "2.1". A case that has ended keeps its last step. */
  readonly step: string;
  readonly round: number;
  readonly reactivations: readonly (Stamp & { readonly reason: string; readonly reopened: boolean })[];
  /** What each action's form captured; of the current round where the action belongs to a round. */
  readonly values: Readonly<Record<string, Values>>;
  readonly rounds: readonly RoundRecord[];
  readonly planRevision: number;
  readonly plans: readonly Plan[];
  readonly urgency?: Urgency;
  readonly emergency?: Emergency;
  readonly attempts: readonly Attempt[];
  readonly followUps: readonly FollowUp[];
  readonly messages: readonly Message[];
  readonly verification: Verification;
  readonly ticket?: Ticket;
  /** In the order of the log; see ticketStanding for the newest. */
  readonly sightings: readonly TicketSighting[];
  readonly ticketDeeds: readonly TicketDeed[];
  readonly checks: readonly StatusCheck[];
  readonly talks: readonly Talk[];
  /** What R&D wanted to know before it could go on. */
  readonly askedByRd: readonly Talk[];
  readonly articles: readonly ArticleLink[];
  readonly notes: readonly Talk[];
  readonly attachments: readonly Attachment[];
  readonly deviations: readonly Deviation[];
  readonly corrections: readonly Correction[];
  readonly visits: readonly Visit[];
  readonly closures: readonly Closure[];
  /** When it was closed, as reports count it; taken away by reopening. */
  readonly closedAt?: string;
  readonly owner: string;
  /** The last handing over, until the new owner does something on the case. */
  readonly handover?: Handover;
  /** In the order in which they were given; no two alike. */
  readonly tags: readonly string[];
  readonly snoozes: readonly Snooze[];
  readonly conflicts: readonly Conflict[];
  /** Events of actions that this version does not know. */
  readonly unknown: readonly CaseEvent[];
  readonly lastEvent?: Stamp & { readonly type: string };
}

/** The fold's working copy: the same shape, its first level open to assignment. */
export type Draft = { -readonly [Key in keyof CaseState]: CaseState[Key] };

export function emptyCase(id: string, kind: CaseKind): Draft {
  return {
    id,
    kind,
    status: 'open',
    statusReason: '',
    otherCase: '',
    convertedFrom: '',
    step: '1.1',
    round: 1,
    reactivations: [],
    values: {},
    rounds: [],
    planRevision: 0,
    plans: [],
    attempts: [],
    followUps: [],
    messages: [],
    verification: {},
    sightings: [],
    ticketDeeds: [],
    checks: [],
    talks: [],
    askedByRd: [],
    articles: [],
    notes: [],
    attachments: [],
    deviations: [],
    corrections: [],
    visits: [],
    closures: [],
    owner: '',
    tags: [],
    snoozes: [],
    conflicts: [],
    unknown: [],
  };
}
