/** Closing a case and taking that back: the same in both procedures (spec L33, L52). */
import type { CaseState, Draft } from '../case/state';
import { w, type Words } from '../words';
import { notAfterNow } from './common';
import { stampOf } from './effects';
import { type FieldDef, textOf, type Values } from './field';
import type { Missing } from './missing';
import type { ActionDef, Context, Deed } from './procedure';

const hasTicket: NonNullable<FieldDef['shown']> = (_values, state) => state.ticket !== undefined;

/** The ticket's end in its own system, by hand or by tracker, and the time that reports count. */
export const closingFields: readonly FieldDef[] = [
  {
    key: 'ticketStatus',
    type: 'text',
    label: w('Final status in the ticket system', '工单系统最终状态'),
    shown: hasTicket,
    required: true,
  },
  {
    key: 'ticketClosedAt',
    type: 'dateTime',
    label: w('Ticket closed at', '工单关闭时间'),
    shown: hasTicket,
    required: true,
    initial: 'now',
  },
  { key: 'closedAt', type: 'dateTime', label: w('Closed at', '关闭时间'), required: true, initial: 'now' },
];

export function closingGuard(values: Values, context: Context): (Missing | undefined)[] {
  return [
    notAfterNow(values, context, 'closedAt', w('Closed at', '关闭时间')),
    notAfterNow(values, context, 'ticketClosedAt', w('Ticket closed at', '工单关闭时间')),
  ];
}

export function noteClosure(draft: Draft, { event, values }: Deed, disposition: string): void {
  const at = textOf(values, 'closedAt') || event.at;
  draft.closedAt = at;
  draft.closures = [...draft.closures, { at, by: event.by, round: draft.round, disposition }];
}

export const isWithdrawn = (state: CaseState) => state.status === 'withdrawn';

/** A merged or converted case goes on elsewhere: that stays. */
export const notReopenable = (state: CaseState): Words | undefined =>
  state.closedAt === undefined && !isWithdrawn(state)
    ? w('Only a closed or withdrawn case can be reopened', '仅已关闭或已撤回的案例可以重新打开')
    : undefined;

/** A closed case begins its next round; a withdrawn one goes on as if it had never been withdrawn. */
export function reopenedAt(step: string): NonNullable<ActionDef['next']> {
  return (state) => (isWithdrawn(state) ? { resume: true } : { restart: step, reopened: true });
}

/** What was learned from a closed case may be wrong: its articles are flagged for review. */
export function undoClosure(draft: Draft, { event, values }: Deed): void {
  if (isWithdrawn(draft)) return;
  const flagged = { ...stampOf(event), reason: textOf(values, 'reason') };
  draft.articles = draft.articles.map((article) => ({ ...article, flagged }));
  delete draft.closedAt;
  // an imported case was urgent without anybody here being told: now the lead is to be
  if (draft.urgency === 'urgent' && draft.emergency === undefined) draft.emergency = stampOf(event);
}
