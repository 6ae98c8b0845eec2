/** Summaries with something due, for the tests of the Follow-ups view. */
import type { Due, DueKind } from '../../../src/domain/dues';
import type { CaseSummary } from '../../../src/domain/summary';
import type { Item, Zone } from '../../../src/features/followUps/groups';

export const shanghai: Zone = { offsetAt: () => 480 };

export function due(at: string, kind: DueKind = 'followUp'): Due {
  return { kind, at };
}

export function item(id: string, what: Due, given: Partial<CaseSummary> = {}): Item {
  return {
    summary: {
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
      step: '3.2',
      round: 1,
      planRevision: 0,
      owner: 'Li Wei <li.wei@example.com>',
      tags: [],
      articles: [],
      ticketKey: '',
      receivedAt: '2026-11-20T09:00:00+08:00',
      updatedAt: '2026-11-20T09:00:00+08:00',
      dues: [what],
      conflicts: 0,
      quarantined: 0,
      unknown: 0,
      ...given,
    },
    due: what,
  };
}
