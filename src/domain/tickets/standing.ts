/** What the ticket's standing means for its case: what has changed, what it offers, and what it must not decide. */
import type { CaseState } from '../case/state';
import { textOf } from '../sop/field';
import { currentPlan } from '../sop/issueFix';
import { lastCheck } from '../sop/requestStatus';
import { LONGEST_COMMENT, sightingsOf, ticketStanding } from '../sop/ticketLog';
import { toldIn, type TicketPart } from '../sop/ticketParts';
import { instantOf, isCalendarDate, isInstant } from '../time';
import { fill, type Language, say, w } from '../words';
import { ticketStatusWords } from './statusWords';
import type { RequestProgress, TicketSnapshot } from './tracker';

/** The values of `ticketSeen`. @param seenAt ISO-8601 with offset */
export function sightingValues(
  system: string,
  snapshot: TicketSnapshot,
  seenAt: string,
): Readonly<Record<string, string>> {
  const newest = snapshot.comments.toSorted((a, b) => instantOf(a.at) - instantOf(b.at)).at(-1);
  const values = {
    system,
    ticketKey: snapshot.key,
    // a system that has no word for it still has a progress
    status: snapshot.status || snapshot.progress,
    progress: snapshot.progress,
    request: snapshot.request ?? '',
    resolution: snapshot.resolution,
    assignedTo: snapshot.assignee?.name || (snapshot.assignee?.id ?? ''),
    fixVersion: snapshot.fixVersion,
    dueDate: isCalendarDate(snapshot.dueDate) ? snapshot.dueDate : '',
    commentAt: newest && isInstant(newest.at) ? newest.at : '',
    commentBy: newest?.by ?? '',
    commentText: (newest?.text ?? '').slice(0, LONGEST_COMMENT),
    updatedAt: isInstant(snapshot.updatedAt) ? snapshot.updatedAt : '',
    seenAt,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** When the tracker first said what it says now of this part. */
function saidSince(state: CaseState, part: TicketPart): number {
  const sightings = sightingsOf(state);
  const last = sightings.at(-1);
  if (!last) return 0;
  const told = toldIn(last)[part];
  const other = sightings.findLastIndex((sighting) => toldIn(sighting)[part] !== told);
  return instantOf(sightings[other + 1]?.seenAt);
}

/** What the tracker says, as values for an action that the engineer may do. */
export interface Offer {
  readonly action: 'plan' | 'revisePlan' | 'check';
  readonly values: Readonly<Record<string, string>>;
}

/**
 * A fix version or date that the plan does not have: R&D's own word for step 3.2, or a changed plan (spec L30). What the
 * engineer decided otherwise, knowing what the tracker said, is not asked again.
 */
export function planOffer(state: CaseState, language: Language): Offer | undefined {
  const seen = ticketStanding(state);
  if (state.kind !== 'issue' || state.status !== 'open' || state.closedAt !== undefined || !seen) return undefined;
  const { fixVersion, dueDate } = seen;
  if (state.step === '3.2') {
    const form = state.values['plan'];
    const values = {
      ...(fixVersion !== '' && fixVersion !== textOf(form, 'fixVersion') ? { fixVersion } : {}),
      ...(dueDate !== '' && dueDate !== textOf(form, 'fixDate') ? { fixDate: dueDate } : {}),
    };
    return Object.keys(values).length === 0 ? undefined : { action: 'plan', values };
  }
  const plan = currentPlan(state);
  if ((state.step !== '4.1' && state.step !== '4.2') || plan?.kind !== 'fix') return undefined;
  const isNews = (part: TicketPart) => saidSince(state, part) > instantOf(plan.at);
  const version = fixVersion !== '' && fixVersion !== plan.version && isNews('fixVersion') ? fixVersion : undefined;
  const date = dueDate !== '' && dueDate !== plan.date && isNews('dueDate') ? dueDate : undefined;
  if (version === undefined && date === undefined) return undefined;
  const parts = [
    version === undefined ? '' : say(fill(w('fix version {0}', '修复版本 {0}'), version), language),
    date === undefined ? '' : say(fill(w('due date {0}', '截止日期 {0}'), date), language),
  ].filter((part) => part !== '');
  const reason = fill(
    w('Ticket {0} now says: {1}', '工单 {0} 已更新：{1}'),
    seen.key,
    parts.join(language === 'en' ? ', ' : '，'),
  );
  return {
    action: 'revisePlan',
    values: {
      approach: plan.approach,
      fixVersion: version ?? plan.version,
      fixDate: date ?? plan.date,
      reason: say(reason, language),
    },
  };
}

const statusOf: Readonly<Record<RequestProgress, string>> = {
  waiting: 'waiting',
  evaluating: 'underEvaluation',
  scheduled: 'scheduled',
  inDevelopment: 'inDevelopment',
  released: 'released',
  notAdopted: 'notAdopted',
};

/** The request's status as its ticket says it, where the last check says otherwise (spec L50, L51). */
export function statusOffer(state: CaseState, language: Language): Offer | undefined {
  const seen = ticketStanding(state);
  if (state.kind !== 'request' || state.status !== 'open' || state.step !== '3.1') return undefined;
  if (seen?.request === undefined) return undefined;
  const status = statusOf[seen.request];
  const last = lastCheck(state);
  const isVersioned = status === 'scheduled' || status === 'released';
  const version = isVersioned ? seen.fixVersion : '';
  if ((last?.status ?? 'waiting') === status && (version === '' || version === last?.version)) return undefined;
  // asked of the manager after the tracker said so: people know better
  const since = Math.max(saidSince(state, 'request'), version === '' ? 0 : saidSince(state, 'fixVersion'));
  if (last && instantOf(last.at) > since) return undefined;
  return {
    action: 'check',
    values: {
      status,
      ...(version === '' ? {} : { version }),
      ...(status === 'notAdopted' && seen.resolution !== ''
        ? { reason: say(ticketStatusWords(seen.resolution), language) }
        : {}),
    },
  };
}

/**
 * Closed in its tracker while the customer has confirmed nothing: a flag, never the end of the case (spec L32, L33).
 * A fix is confirmed in the customer's production; another outcome by the customer's agreement.
 */
export function isClosedUnverified(state: CaseState): boolean {
  if (state.kind !== 'issue' || state.status !== 'open' || state.closedAt !== undefined) return false;
  if (ticketStanding(state)?.progress !== 'done') return false;
  const plan = currentPlan(state);
  if (plan !== undefined && plan.kind !== 'fix') return plan.answer?.accepted !== true;
  return state.verification.customer?.passed !== true;
}

/** What a list shows of a case's ticket, without waiting for anybody. */
export type TicketFlag = 'closedUnverified' | 'planDiffers' | 'statusDiffers';

export function ticketFlag(state: CaseState): TicketFlag | undefined {
  if (isClosedUnverified(state)) return 'closedUnverified';
  if (planOffer(state, 'en')) return 'planDiffers';
  return statusOffer(state, 'en') ? 'statusDiffers' : undefined;
}
