/** Cases in which nothing happened in either period: what the list knows of them is all that a report counts. */
import type { CaseSummary } from '../summary';
import { instantOf } from '../time';
import type { CaseFacts, Obligation } from './caseFacts';

/** @param since milliseconds since the epoch: the start of the period before */
export function isUntouched({ receivedAt, latestAt, unknown }: CaseSummary, since: number): boolean {
  // an index of before this was known has no latest time
  const [received, latest] = [instantOf(receivedAt), instantOf(latestAt)];
  return received > 0 && received < since && latest > 0 && latest < since && unknown === 0;
}

/**
 * @param summary of an untouched case
 * @param asOf milliseconds since the epoch
 * @returns undefined for one that is over: neither period has anything to say of it
 */
export function factsOfSummary(summary: CaseSummary, asOf: number): CaseFacts | undefined {
  if (summary.status !== 'open' || summary.closedAt !== undefined) return undefined;
  const receivedAt = instantOf(summary.receivedAt);
  return {
    id: summary.id,
    kind: summary.kind,
    title: summary.title,
    customer: summary.customer.trim(),
    product: summary.product.trim(),
    version: summary.version.trim(),
    problemType: summary.problemType.trim(),
    channel: summary.channel.trim(),
    owner: summary.owner,
    ...(summary.urgency === undefined ? {} : { urgency: summary.urgency }),
    wasUrgent: summary.urgency === 'urgent',
    receivedAt,
    receivedText: summary.receivedAt,
    openedText: '',
    moves: [{ at: receivedAt, what: 'received', round: 1, disposition: '', recordedAt: '' }],
    releaseVersion: '',
    standing: 'open',
    status: 'open',
    step: summary.step,
    round: summary.round,
    ...(summary.waitingOn === undefined ? {} : { waitingOn: summary.waitingOn }),
    firstResponseText: '',
    isResponseUnknown: false,
    onCustomer: [],
    verifications: [],
    answers: [],
    emergencies: [],
    followUps: summary.dues
      .filter(({ kind }) => kind === 'followUp')
      .map(({ at }): Obligation => ({ at: instantOf(at), dueAt: instantOf(at) }))
      .filter(({ at }) => at < asOf),
    upgrades: [],
    articles: [],
    deviations: [],
    conflicts: summary.conflicts,
    unknown: summary.unknown,
    quarantined: summary.quarantined,
    isOutOfOrder: false,
  };
}
