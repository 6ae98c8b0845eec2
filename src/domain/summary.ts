/** What a list shows of a case: small, plain, kept in the index for a warm start. */
import type { CaseEvent } from './case/event';
import type { CaseKind, CaseStatus, Handover, Urgency, WaitingOn } from './case/state';
import type { StoredCase } from './ports';
import { IMPORT_HISTORY } from './sop/imported';
import { textOf } from './sop/field';
import { procedureOf } from './sop/engine';
import { findStep } from './sop/procedure';
import type { Timings } from './casebook';
import { type Due, duesOf, isLate } from './dues';
import { ticketStanding } from './sop/ticketLog';
import { type TicketFlag, ticketFlag } from './tickets/standing';
import { instantOf } from './time';

export interface CaseSummary {
  readonly id: string;
  readonly kind: CaseKind;
  readonly title: string;
  readonly customer: string;
  readonly contact: string;
  readonly product: string;
  readonly version: string;
  readonly problemType: string;
  readonly channel: string;
  readonly status: CaseStatus;
  readonly step: string;
  readonly round: number;
  readonly planRevision: number;
  readonly urgency?: Urgency;
  readonly waitingOn?: WaitingOn;
  readonly owner: string;
  /** It was handed over to its owner, who has done nothing on it since. */
  readonly handover?: Handover;
  readonly tags: readonly string[];
  readonly ticketKey: string;
  /** The tracker's own word, where the ticket was read. */
  readonly ticketStatus?: string;
  readonly ticketFlag?: TicketFlag;
  /** The articles that it is linked with, by their way from the knowledge folder. */
  readonly articles: readonly { readonly path: string; /** The case came back since. */ readonly isFlagged: boolean }[];
  readonly receivedAt: string;
  readonly updatedAt: string;
  /** The latest time of any of its events: after copies were merged the last one need not be it. */
  readonly latestAt: string;
  readonly closedAt?: string;
  readonly dues: readonly Due[];
  readonly conflicts: number;
  readonly quarantined: number;
  /** Events of a newer Casebook. */
  readonly unknown: number;
  /** Where it was imported from, and its number there. */
  readonly imported?: { readonly source: string; readonly id: string };
}

export function summarize(stored: StoredCase, timings: Timings): CaseSummary {
  const { state } = stored;
  const intake = state.values[procedureOf(state.kind).intake];
  const step = findStep(procedureOf(state.kind), state.step);
  const isOpen = state.status === 'open';
  const standing = ticketStanding(state);
  const flag = ticketFlag(state);
  return {
    id: state.id,
    kind: state.kind,
    title: textOf(intake, 'title'),
    customer: textOf(intake, 'customer'),
    contact: textOf(intake, 'contact'),
    product: textOf(intake, 'product'),
    version: textOf(intake, 'version'),
    problemType: textOf(intake, 'problemType'),
    channel: textOf(intake, 'channel'),
    status: state.status,
    step: state.step,
    round: state.round,
    planRevision: state.planRevision,
    ...(state.urgency === undefined ? {} : { urgency: state.urgency }),
    ...(isOpen && step ? { waitingOn: step.waitingOn(state) } : {}),
    owner: state.owner,
    ...(isOpen && state.handover ? { handover: state.handover } : {}),
    tags: state.tags,
    ticketKey: state.ticket?.key ?? '',
    ...(standing === undefined ? {} : { ticketStatus: standing.status }),
    ...(flag === undefined ? {} : { ticketFlag: flag }),
    articles: state.articles.map(({ path, flagged }) => ({ path, isFlagged: flagged !== undefined })),
    receivedAt: textOf(intake, 'receivedAt') || (state.opened?.at ?? ''),
    // what was taken over is as old as it was
    updatedAt: (state.lastEvent?.type === IMPORT_HISTORY && state.imported?.lastAt) || (state.lastEvent?.at ?? ''),
    latestAt: latestOf(stored.events),
    ...(state.closedAt === undefined ? {} : { closedAt: state.closedAt }),
    dues: duesOf(state, timings),
    conflicts: state.conflicts.length,
    quarantined: stored.quarantined.length,
    unknown: state.unknown.length,
    ...(state.imported === undefined ? {} : { imported: { source: state.imported.source, id: state.imported.id } }),
  };
}

function latestOf(events: readonly CaseEvent[]): string {
  let latest = '';
  for (const { at } of events) if (isLater(at, latest)) latest = at;
  return latest;
}

/** Nearly all are written with the same offset: then their texts compare, which costs nothing. */
function isLater(a: string, b: string): boolean {
  const isAlike = a.length === b.length && a.slice(19) === b.slice(19) && a.length > 19;
  return isAlike ? a > b : instantOf(a) > instantOf(b);
}

export function nextDue(summary: CaseSummary): Due | undefined {
  return summary.dues[0];
}

export function isOverdue(summary: CaseSummary, now: number): boolean {
  return summary.dues.some((due) => isLate(due, now));
}

/** What lists call for first: urgent or overdue, and not over. A closed case waits for its article only. */
export function isPressing(summary: CaseSummary, now: number): boolean {
  if (summary.status !== 'open' || summary.closedAt !== undefined) return false;
  return summary.urgency === 'urgent' || isOverdue(summary, now);
}

export interface Attention {
  /** Pressing cases. */
  readonly cases: number;
  /** In no case is anything due: those that press are urgent, and wait for somebody's work. */
  readonly isNothingDue: boolean;
}

export function attentionOf(summaries: readonly CaseSummary[], now: number): Attention {
  return {
    cases: summaries.filter((summary) => isPressing(summary, now)).length,
    isNothingDue: summaries.every(({ dues }) => dues.length === 0),
  };
}

/** The title in one line, for a row; the id where there is none. */
export function rowTitleOf({ title, id }: Pick<CaseSummary, 'title' | 'id'>): string {
  return title.replace(/\s+/g, ' ').trim() || id;
}

/** Every tag of these cases with the number of cases that bear it, the most used first. */
export function tagsInUse(summaries: readonly CaseSummary[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tag of summaries.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Map([...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
