/** Summaries with something due, for the tests of the Follow-ups view. */
import type { Due, DueKind } from '../../../src/domain/dues';
import type { CaseSummary } from '../../../src/domain/summary';
import type { Item, Zone } from '../../../src/features/followUps/groups';
import { summary } from '../cases/summaries';

export const shanghai: Zone = { offsetAt: () => 480 };

export function due(at: string, kind: DueKind = 'followUp'): Due {
  return { kind, at };
}

export function item(id: string, what: Due, given: Partial<CaseSummary> = {}): Item {
  const owner = 'Li Wei <li.wei@example.com>';
  return { summary: summary(id, { step: '3.2', owner, dues: [what], ...given }), due: what };
}
