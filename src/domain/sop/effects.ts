/** What actions write into a case, shared by both procedures. */
import type { CaseState, Draft, Stamp, Urgency } from '../case/state';
import type { CaseEvent } from '../case/event';
import { textOf, type Values } from './field';
import type { Deed } from './procedure';

export function stampOf(event: CaseEvent): Stamp {
  return { at: event.at, by: event.by };
}

/** @param to one of the recipients; the message counts as sent at `sentAt`, whenever it was logged. */
export function logMessage(draft: Draft, deed: Deed, to: string, purpose: string, status?: string): void {
  const { event, values } = deed;
  draft.messages = [
    ...draft.messages,
    {
      event: event.id,
      at: textOf(values, 'sentAt') || event.at,
      by: event.by,
      to,
      purpose,
      channel: textOf(values, 'channel'),
      text: textOf(values, 'text'),
      sender: textOf(values, 'sender') || event.by,
      round: draft.round,
      plan: draft.planRevision,
      ...(status === undefined ? {} : { status }),
    },
  ];
}

/** Affected core without a way round is urgent (spec L26, L80). Undefined until both questions are answered. */
export function assessedUrgency(values: Values | undefined): Urgency | undefined {
  const override = textOf(values, 'override');
  if (override === 'urgent' || override === 'high' || override === 'normal') return override;
  const core = values?.['coreAffected'];
  const workaround = values?.['workaround'];
  if (typeof core !== 'boolean' || typeof workaround !== 'boolean') return undefined;
  if (!core) return 'normal';
  return workaround ? 'high' : 'urgent';
}

/** The lead was told, through whichever form said so. */
export function noteLead(draft: Draft, deed: Deed, prefix: '' | 'lead'): void {
  const key = (name: string) => (prefix === '' ? name : `lead${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const { event, values } = deed;
  const lead = textOf(values, key('lead')).trim();
  if (lead === '' || draft.emergency === undefined) return;
  const at = textOf(values, key('notifiedAt')) || event.at;
  const channel = textOf(values, key('channel'));
  draft.emergency = {
    ...draft.emergency,
    notified: { at, by: event.by, lead, channel, acknowledged: values[key('acknowledged')] === true },
  };
  draft.messages = [
    ...draft.messages,
    {
      event: event.id,
      at,
      by: event.by,
      to: 'lead',
      purpose: 'urgent',
      channel,
      text: textOf(values, key('text')),
      sender: event.by,
      round: draft.round,
      plan: draft.planRevision,
    },
  ];
}

/** Writes a changed urgency as an override of the assessment, and the lead's notification that came with it. */
export function changeUrgency(draft: Draft, deed: Deed): void {
  const chosen = textOf(deed.values, 'newUrgency');
  if (chosen === '' || chosen === 'keep') return;
  const starts = startsEmergency(draft, chosen);
  draft.values = {
    ...draft.values,
    assess: {
      ...draft.values['assess'],
      override: chosen,
      overrideReason: textOf(deed.values, 'urgencyReason'),
    },
  };
  settleUrgency(draft, deed.event);
  if (starts) draft.emergency = stampOf(deed.event);
  noteLead(draft, deed, 'lead');
}

/** "Urgent" starts an emergency where none is running, also once an earlier one has ended. */
export function startsEmergency(state: CaseState, chosen: unknown): boolean {
  const isRunning = state.emergency !== undefined && state.emergency.ended === undefined;
  return chosen === 'urgent' && !(state.urgency === 'urgent' && isRunning);
}

/** Keeps urgency and the emergency region in step with the assessment: becoming urgent starts it at once. */
export function settleUrgency(draft: Draft, event: CaseEvent): void {
  const urgency = assessedUrgency(draft.values['assess']);
  if (urgency === draft.urgency) return;
  if (urgency === undefined) delete draft.urgency;
  else draft.urgency = urgency;
  const running = draft.emergency !== undefined && draft.emergency.ended === undefined;
  if (urgency === 'urgent' && !running) draft.emergency = stampOf(event);
  if (urgency !== 'urgent' && running && draft.emergency) {
    draft.emergency = { ...draft.emergency, ended: { ...stampOf(event), reason: 'urgency lowered' } };
    forgetLead(draft);
  }
}

/** Whom the assessment's form said to have told is told of this emergency only: the next one asks again. */
function forgetLead(draft: Draft): void {
  const { assess } = draft.values;
  if (!assess) return;
  const kept = Object.entries(assess).filter(([key]) => !key.startsWith('lead'));
  draft.values = { ...draft.values, assess: Object.fromEntries(kept) };
}

export function endEmergency(draft: Draft, event: CaseEvent, reason: string): void {
  if (draft.emergency === undefined || draft.emergency.ended !== undefined) return;
  draft.emergency = { ...draft.emergency, ended: { ...stampOf(event), reason } };
}

/** The ticket belongs to the case, not to a round: a further round re-activates the same one. */
export function noteTicket(draft: Draft, { values }: Deed): void {
  const key = textOf(values, 'ticketKey').trim();
  if (key === '') return;
  draft.ticket = { system: textOf(values, 'system'), key, url: textOf(values, 'url').trim() };
}
