/** Rows of a list, made up. */
import type { CaseSummary } from '../../../src/domain/summary';

export function summary(id: string, given: Partial<CaseSummary> = {}): CaseSummary {
  return {
    id,
    kind: 'issue',
    title: id,
    customer: '',
    contact: '',
    product: '',
    version: '',
    problemType: '',
    channel: '',
    status: 'open',
    step: '2.1',
    round: 1,
    planRevision: 0,
    owner: '',
    tags: [],
    ticketKey: '',
    articles: [],
    receivedAt: '2026-11-20T09:00:00+08:00',
    updatedAt: '2026-11-20T09:00:00+08:00',
    latestAt: '2026-11-20T09:00:00+08:00',
    dues: [],
    conflicts: 0,
    quarantined: 0,
    unknown: 0,
    ...given,
  };
}
