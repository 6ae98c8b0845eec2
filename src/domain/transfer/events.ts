/** Planned cases as the events that make them; what they look like says sop/imported.ts. */
import type { NewEvent, NewHistory } from '../ports';
import { IMPORT_HISTORY } from '../sop/imported';
import type { PlannedCase } from './plan';

export function historyEvents(planned: PlannedCase, source: string): NewHistory {
  const { kind, intake, history, id } = planned;
  const opening: NewEvent = {
    type: 'open',
    data: { step: '1.1', round: 1, kind, imported: { source, id }, values: intake },
  };
  return {
    kind,
    on: (intake['receivedAt'] ?? '').slice(0, 10),
    events: [opening, { type: IMPORT_HISTORY, data: { values: history } }],
  };
}

/** Under which an imported case is known again. */
export function importKey(source: string, id: string): string {
  return `${source.trim().toLowerCase()}\n${id}`;
}
