/** What is done on the case once a job has arrived, and whether it was done already. */
import type { CaseState } from '../case/state';
import type { StoredCase } from '../ports';
import type { Act } from '../sop/engine';
import { instantOf } from '../time';
import type { Arrival, Job, OutboxItem } from './outbox';

/** The key under which an action keeps when its ticket was assigned or closed, or when somebody was told. */
const DONE_AT: Readonly<Record<string, string>> = {
  route: 'routedAt',
  close: 'ticketClosedAt',
  notifyLead: 'notifiedAt',
  assess: 'leadNotifiedAt',
  changeUrgency: 'leadNotifiedAt',
  verifyInternal: 'leadNotifiedAt',
  verifyCustomer: 'leadNotifiedAt',
  reopen: 'leadNotifiedAt',
  followUp: 'at',
  talk: 'at',
  logMessage: 'sentAt',
};

/** The job's own act with what only the answer tells. */
export function completedAct(item: Pick<OutboxItem, 'job' | 'connection'>, arrival: Arrival): Act | undefined {
  const { job } = item;
  if (job.act === undefined) return undefined;
  return { ...job.act, values: { ...job.act.values, ...answerValues(job, item.connection, job.act, arrival) } };
}

function answerValues(job: Job, connection: string, act: Act, { at, key, url, seen }: Arrival) {
  const doneAt = DONE_AT[act.for ?? act.action];
  const time = doneAt === undefined ? {} : { [doneAt]: at };
  switch (job.is) {
    case 'create':
      return { sent: job.ticket.text, system: connection, ticketKey: key, url };
    case 'reactivate':
      return { sent: job.comment, system: connection, ticketKey: key, url, reactivated: true };
    case 'close':
      return { ticketStatus: seen['status'] ?? '', ...time };
    case 'tell':
    case 'assign':
      return time;
    case 'comment':
    case 'attach':
      return {};
  }
}

/** Everything that the case is to know, in this order. */
export function actsOf(item: OutboxItem, arrival: Arrival, state: CaseState): readonly Act[] {
  const { job } = item;
  const own = completedAct(item, arrival);
  const acts: Act[] = [];
  if (job.is !== 'create' && job.is !== 'tell') {
    const text = job.is === 'comment' ? job.text : job.is === 'attach' ? '' : job.comment;
    const values = {
      system: item.connection,
      ticketKey: arrival.key,
      deed: job.is,
      doneAt: arrival.at,
      ...(text.trim() === '' ? {} : { text }),
      ...('files' in job && job.files.length > 0 ? { files: job.files } : {}),
      ...(job.is === 'assign' ? { assignedTo: job.name } : {}),
    };
    acts.push({ action: 'ticketSent', values });
  }
  if (own) acts.push(own);
  // a case without this ticket has nothing to remember of it
  const knows = job.is === 'create' || state.ticket?.key === arrival.key;
  if (Object.keys(arrival.seen).length > 0 && knows) acts.push({ action: 'ticketSeen', values: arrival.seen });
  return acts;
}

const MARKS = ['ticketKey', 'deed', 'doneAt', 'text', 'content', ...new Set(Object.values(DONE_AT))];

/** A crash may come between the log and the end of the job: then it is written already. */
export function isLogged({ events }: StoredCase, act: Act, arrival: Arrival): boolean {
  // of a reading the case itself knows whether it is news
  if (act.action === 'ticketSeen') return false;
  const marks = MARKS.filter((key) => act.values?.[key] !== undefined);
  return events.some(({ type, at, data }) => {
    if (type !== act.action || data.for !== act.for || instantOf(at) < instantOf(arrival.at)) return false;
    // an event says only what it changed
    const said = marks.filter((key) => data.values?.[key] !== undefined);
    return said.length > 0 && said.every((key) => data.values?.[key] === act.values?.[key]);
  });
}
