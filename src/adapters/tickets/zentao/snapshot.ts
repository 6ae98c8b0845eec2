/** A bug or a story as Casebook follows it. */
import type { CaseKind } from '../../../domain/case/state';
import type { RequestProgress, TicketProgress, TicketSnapshot } from '../../../domain/tickets/tracker';
import { plainText } from './html';
import type { Item } from './values';

/** @param fixVersion the name of the build that solves it, or of the plan it is on */
export function snapshotOf(item: Item, kind: CaseKind, url: string, fixVersion: string): TicketSnapshot {
  const actions = item.actions ?? [];
  const request = kind === 'request' ? requestProgressOf(item) : undefined;
  return {
    key: item.id,
    id: item.id,
    url,
    title: item.title,
    status: item.status,
    progress: kind === 'request' ? storyProgressOf(item) : bugProgressOf(item),
    ...(request === undefined ? {} : { request }),
    resolution: kind === 'request' ? item.closedReason : item.resolution,
    ...(item.assignee ? { assignee: item.assignee } : {}),
    fixVersion,
    dueDate: item.deadline,
    comments: actions
      .map(({ id, by, at, comment }) => ({ id, by, at, text: plainText(comment) }))
      .filter(({ text }) => text !== ''),
    files: item.files,
    // a comment is no edit to it
    updatedAt: latest([item.openedAt, item.editedAt, ...actions.map(({ at }) => at)]),
  };
}

function latest(instants: readonly string[]): string {
  let last = '';
  for (const each of instants) if (each !== '' && (last === '' || Date.parse(each) > Date.parse(last))) last = each;
  return last;
}

function bugProgressOf({ status, isConfirmed }: Item): TicketProgress {
  if (status === 'closed') return 'done';
  if (status === 'resolved') return 'toVerify';
  return isConfirmed ? 'inProgress' : 'open';
}

function storyProgressOf(item: Item): TicketProgress {
  if (item.status === 'closed') return 'done';
  const request = requestProgressOf(item);
  if (request === 'released') return 'toVerify';
  return request === 'inDevelopment' ? 'inProgress' : 'open';
}

const REFUSED = ['willnotdo', 'cancel', 'bydesign'];
const DEVELOPED = [
  'designing',
  'designed',
  'developing',
  'developed',
  'testing',
  'tested',
  'verified',
  'rejected',
  'delivering',
];

/** Where a request stands, by the story's status, stage, plan and the reason of its end (spec L51). */
export function requestProgressOf({ status, stage, closedReason, plans, planName, assignee }: Item): RequestProgress {
  if (status === 'closed') {
    if (closedReason === 'done') return 'released';
    if (REFUSED.includes(closedReason)) return 'notAdopted';
    // put off; or it goes on under another number, or nobody said why: that is no news for the customer
    return closedReason === 'postponed' ? 'waiting' : 'evaluating';
  }
  if (stage === 'released' || stage === 'delivered') return 'released';
  if (DEVELOPED.includes(stage)) return 'inDevelopment';
  if (stage === 'planned' || stage === 'projected' || plans.length > 0 || planName !== '') return 'scheduled';
  return status === 'draft' && !assignee ? 'waiting' : 'evaluating';
}
