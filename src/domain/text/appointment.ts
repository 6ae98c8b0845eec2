/** The appointment for the upgrade as a calendar holds it (spec L86, step 4.2 b). */
import type { CaseEvent } from '../case/event';
import type { CaseState } from '../case/state';
import { currentPlan } from '../sop/issueFix';
import { textOf } from '../sop/field';
import { instantOf } from '../time';
import { fill, say, type Language, w } from '../words';
import { line } from './describe';
import { intakeOf } from './letter';

export interface CalendarEntry {
  /** The same for every appointment of this round: a changed one replaces the earlier in the calendar. */
  readonly uid: string;
  /** 0 for the first appointment of the round, then one more for each change. */
  readonly sequence: number;
  /** When it was agreed, milliseconds since the epoch; so are the others. */
  readonly stamp: number;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly description: string;
}

const HOUR = 3_600_000;

/** Undefined where no appointment is agreed in this round. An end that is missing or wrong becomes one hour. */
export function appointmentOf(
  state: CaseState,
  events: readonly CaseEvent[],
  language: Language,
): CalendarEntry | undefined {
  const { appointment } = state.verification;
  const start = instantOf(appointment?.values['start']);
  if (!appointment || start === 0) return undefined;
  const end = instantOf(appointment.values['end']);
  const made = new Set(
    events.filter((event) => event.type === 'appoint' && (event.data.round ?? 1) === state.round).map(({ id }) => id),
  );
  const version = currentPlan(state)?.version ?? '';
  const customer = intakeOf(state, 'customer');
  const what = version === '' ? w('Upgrade', '版本升级') : fill(w('Upgrade to {0}', '升级到 {0}'), version);
  const told = (label: ReturnType<typeof w>, text: string) =>
    text.trim() === '' ? [] : [line(say(label, language), text.trim(), language)];
  return {
    uid: `${state.id}-round-${state.round}-upgrade@casebook`,
    sequence: Math.max(0, made.size - 1),
    stamp: instantOf(appointment.at),
    start,
    end: end > start ? end : start + HOUR,
    title: [say(what, language), customer].filter((part) => part !== '').join(language === 'en' ? ': ' : '：'),
    description: [
      ...told(w('Customer', '客户'), customer),
      ...told(w('Contact', '联系人'), textOf(appointment.values, 'contact')),
      ...told(w('Product and version', '产品与版本'), `${intakeOf(state, 'product')} ${intakeOf(state, 'version')}`),
      ...told(w('To version', '升级后版本'), version),
      ...told(w('Time zone', '时区'), textOf(appointment.values, 'zone')),
      ...told(w('Case', '案例'), `${state.id} ${intakeOf(state, 'title')}`),
    ].join('\n'),
  };
}
