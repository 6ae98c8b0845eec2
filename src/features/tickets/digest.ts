/** What a round of looking at the tickets has brought, the most pressing first. Free of vscode. */
import type { CaseState } from '../../domain/case/state';
import { isSamePerson } from '../../domain/person';
import type { TicketChange } from '../../domain/tickets/follower';
import { type TicketFlag, ticketFlag } from '../../domain/tickets/standing';

export interface News {
  readonly change: TicketChange;
  /** What the change calls for. */
  readonly flag?: TicketFlag;
  readonly isUrgent: boolean;
}

/** Everything that the engineer is called, here and in the ticket system. */
export interface Self {
  readonly me: string;
  readonly names: readonly string[];
}

/** Undefined for a first reading, and for what the engineer did there: nobody needs to be told. */
export function newsOf(change: TicketChange, state: CaseState, { me, names }: Self): News | undefined {
  if (change.before === undefined) return undefined;
  const by = change.after.commentBy;
  const isOwnWord = by !== '' && (names.includes(by) || isSamePerson(by, me));
  const changed = change.changed.filter(
    (part) => part !== 'comment' || (!isOwnWord && change.after.commentText !== ''),
  );
  if (changed.length === 0) return undefined;
  const flag = ticketFlag(state);
  return { change: { ...change, changed }, ...(flag ? { flag } : {}), isUrgent: state.urgency === 'urgent' };
}

const ranks: Readonly<Record<TicketFlag, number>> = { closedUnverified: 0, planDiffers: 1, statusDiffers: 2 };

/** What is closed but not verified first, then what changes a plan or a status, then urgent cases. */
export function inOrder(news: readonly News[]): readonly News[] {
  const rank = ({ flag, isUrgent }: News) => (flag === undefined ? 3 : ranks[flag]) * 2 + (isUrgent ? 0 : 1);
  return news.toSorted((a, b) => rank(a) - rank(b));
}
