/** What a report knows of one case at its `asOf`. Times are milliseconds since the epoch, texts as the case has them. */
import type { CaseKind, CaseState, CaseStatus, Urgency, WaitingOn } from '../case/state';

/** The case came into the backlog or left it. Times are milliseconds since the epoch, each not before the one before. */
export interface Move {
  readonly at: number;
  readonly what: 'received' | 'convertedIn' | 'closed' | 'reopened' | 'removed';
  readonly round: number;
  /** Of a closing. */
  readonly disposition: string;
  /** When it was written down, ISO-8601; empty where that is not known. */
  readonly recordedAt: string;
}

/** A follow-up that was owed: done, or given up because the case went on otherwise. */
export interface Obligation {
  /** What decides on its period: when it was due, or done before that. */
  readonly at: number;
  readonly dueAt: number;
  readonly doneAt?: number;
  readonly voidAt?: number;
}

export interface Emergency {
  readonly at: number;
  readonly toldAt?: number;
  readonly endedAt?: number;
}

/** One case as a report at `asOf` counts it. */
export interface CaseFacts {
  readonly id: string;
  readonly kind: CaseKind;
  /** Of the intake, as it stands. */
  readonly title: string;
  readonly customer: string;
  readonly product: string;
  readonly version: string;
  readonly problemType: string;
  readonly channel: string;
  readonly owner: string;
  readonly urgency?: Urgency;
  readonly wasUrgent: boolean;
  readonly receivedAt: number;
  readonly receivedText: string;
  readonly openedText: string;
  readonly moves: readonly Move[];
  /** Of a request: the version that its last status names; else empty. */
  readonly releaseVersion: string;
  readonly standing: 'open' | 'closed' | 'removed';
  readonly status: CaseStatus;
  readonly step: string;
  readonly round: number;
  readonly waitingOn?: WaitingOn;
  readonly firstResponseAt?: number;
  readonly firstResponseText: string;
  /** It was taken over from elsewhere, and nothing says whether the customer was answered. */
  readonly isResponseUnknown: boolean;
  /** Spans in which it waited on the customer, apart and in order. */
  readonly onCustomer: readonly (readonly [from: number, until: number])[];
  readonly verifications: readonly {
    readonly at: number;
    readonly where: 'test' | 'customer';
    readonly passed: boolean;
  }[];
  readonly answers: readonly { readonly at: number; readonly accepted: boolean }[];
  readonly emergencies: readonly Emergency[];
  readonly followUps: readonly Obligation[];
  readonly upgrades: readonly { readonly at: number; readonly version: string }[];
  readonly articles: readonly {
    readonly at: number;
    readonly path: string;
    readonly title: string;
    readonly isNew: boolean;
  }[];
  readonly deviations: CaseState['deviations'];
  readonly conflicts: number;
  readonly unknown: number;
  readonly quarantined: number;
  /** A closing lies before what went before it: its time was put right. */
  readonly isOutOfOrder: boolean;
}

/** The same case twice: as the report counts it, and as that of the period before does. */
export interface TwoReadings {
  readonly now: CaseFacts | undefined;
  readonly before: CaseFacts | undefined;
}

export function standingAfter(move: Move | undefined): CaseFacts['standing'] {
  if (move?.what === 'closed') return 'closed';
  return move?.what === 'removed' ? 'removed' : 'open';
}
