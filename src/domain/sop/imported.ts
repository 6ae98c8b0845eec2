/**
 * Cases that another system or table held before Casebook.
 *
 * An imported case is `open`, marked `imported: {source, id}`, followed by one `importHistory`. Both are written at
 * the time of the import by the person who imports; when things happened there is said by the values, as with every
 * back-filled time: `receivedAt` of the intake, and below. The steps that led there are not made up. The fold puts the
 * facts where those of any other case lie: the first word to the customer in `messages`, closures in `closures`,
 * reopenings in `reactivations` (each begins a round), the end in `status` and `closedAt`.
 *
 * - What the source does not say is not known: without `respondedAt` nobody can tell whether the customer was answered.
 * - A case that was still open stands at step 1.1 with what is known filled in, and goes on as any other.
 * - A closed one has no verification and no plan; reopening it begins its next round at the usual step.
 */
import type { CaseKind, CaseState, Draft, Urgency } from '../case/state';
import { isInstant, instantOf } from '../time';
import { w } from '../words';
import { type FieldDef, isEmpty, rowsOf, textOf, type Values } from './field';
import { dispositions, requestStatuses, urgencies } from './fields';
import { type ActionDef, type Deed, defineActions } from './procedure';

/** The event that takes over a case's history; no hand can do it. */
export const IMPORT_HISTORY = 'importHistory';

const historyFields: readonly FieldDef[] = [
  { key: 'urgency', type: 'choice', options: urgencies, label: w('Urgency', '紧急程度') },
  { key: 'respondedAt', type: 'dateTime', label: w('First response', '首次响应') },
  { key: 'closedAt', type: 'rows', label: w('Closed at', '关闭时间') },
  { key: 'reopenedAt', type: 'rows', label: w('Reopened at', '重新打开时间') },
  {
    key: 'disposition',
    type: 'choice',
    options: [...dispositions, ...requestStatuses],
    label: w('Disposition', '处理结论'),
  },
  { key: 'withdrawnAt', type: 'dateTime', label: w('Withdrawn at', '撤回时间') },
  { key: 'status', type: 'text', label: w('Status there', '原系统状态') },
  { key: 'owner', type: 'person', label: w('Owner', '负责人') },
  { key: 'ticketKey', type: 'text', label: w('Ticket key', '工单编号') },
  { key: 'tags', type: 'rows', label: w('Tags', '标签') },
  { key: 'note', type: 'longText', label: w('Note', '备注') },
];

interface Ends {
  readonly intake: string;
  /** Where a closed case has come to, and what it is then. */
  readonly last: string;
  readonly status: 'archived' | 'closed';
  /** Where a reopened one goes on. */
  readonly again: string;
}

const ends: Readonly<Record<CaseKind, Ends>> = {
  issue: { intake: 'receive', last: '5.2', status: 'archived', again: '2.1' },
  request: { intake: 'record', last: '4.1', status: 'closed', again: '3.1' },
};

export function importActions(kind: CaseKind): Readonly<Record<string, ActionDef>> {
  return defineActions({
    name: IMPORT_HISTORY,
    label: w('Take over its history', '导入历史记录'),
    done: w('took over its history from another system', '从其他系统导入了历史记录'),
    on: 'any',
    role: 'other',
    isOwnDoing: true,
    fields: historyFields,
    barred: (state) =>
      state.imported === undefined || state.imported.isTaken
        ? w('Only an import writes this', '仅由导入写入')
        : undefined,
    apply: (draft, deed) => takeOver(draft, deed, ends[kind]),
  });
}

/** Times that could be read, earliest first: what is no time can't have been written by an import. */
function timesIn(values: Values, key: string): readonly string[] {
  return rowsOf(values, key)
    .filter(isInstant)
    .toSorted((a, b) => instantOf(a) - instantOf(b));
}

function takeOver(draft: Draft, deed: Deed, { intake, last, status, again }: Ends): void {
  const { event, values } = deed;
  const stamp = (at: string) => ({ at, by: event.by });
  const receivedAt = textOf(draft.values[intake], 'receivedAt') || event.at;
  const owner = textOf(values, 'owner').trim();
  if (owner !== '') draft.owner = owner;
  if (!isEmpty(values['tags'])) draft.tags = rowsOf(values, 'tags');
  const key = textOf(values, 'ticketKey').trim();
  if (key !== '') draft.ticket = { system: draft.imported?.source ?? '', key, url: '' };
  draft.visits = [{ step: draft.step, round: 1, entered: stamp(receivedAt) }];
  answer(draft, deed, intake);

  for (const { at, closes } of courseOf(values)) {
    if (closes) {
      draft.closedAt = at;
      draft.closures = [
        ...draft.closures,
        { ...stamp(at), round: draft.round, disposition: textOf(values, 'disposition') },
      ];
      leave(draft, stamp(at));
    } else {
      reopen(draft, stamp(at), again);
    }
  }
  const withdrawnAt = textOf(values, 'withdrawnAt');
  if (draft.closedAt !== undefined) {
    draft.step = last;
    draft.status = status;
  } else if (withdrawnAt !== '') {
    draft.status = 'withdrawn';
    draft.statusReason = textOf(values, 'status');
    leave(draft, stamp(withdrawnAt));
  }
  if (draft.kind === 'issue') takeUrgency(draft, values);
  const note = textOf(values, 'note').trim();
  if (note !== '') draft.notes = [...draft.notes, { ...stamp(event.at), content: note, round: draft.round }];
  const times = [receivedAt, textOf(values, 'respondedAt'), withdrawnAt, ...courseOf(values).map(({ at }) => at)];
  const lastAt = times.reduce((a, b) => (instantOf(b) > instantOf(a) ? b : a));
  const urgency = urgencyIn(values);
  if (draft.imported) {
    draft.imported = {
      ...draft.imported,
      isTaken: true,
      lastAt,
      status: textOf(values, 'status'),
      ...(urgency === undefined ? {} : { urgency }),
    };
  }
}

/** Closings and reopenings by turns, as they followed one another; what does not fit there is left out. */
function courseOf(values: Values): readonly { readonly at: string; readonly closes: boolean }[] {
  const all = [
    ...timesIn(values, 'closedAt').map((at) => ({ at, closes: true })),
    ...timesIn(values, 'reopenedAt').map((at) => ({ at, closes: false })),
  ].toSorted((a, b) => instantOf(a.at) - instantOf(b.at));
  // in the same minute a case is closed before it is reopened, and reopened before it is closed again
  const course: { at: string; closes: boolean }[] = [];
  while (all.length > 0) {
    const wanted = course.length % 2 === 0;
    const instant = instantOf(all[0]?.at);
    const fits = all.findIndex(({ at, closes }) => closes === wanted && instantOf(at) === instant);
    const [next] = all.splice(Math.max(fits, 0), 1);
    if (next?.closes === wanted) course.push(next);
  }
  return course;
}

function answer(draft: Draft, { event, values }: Deed, intake: string): void {
  const at = textOf(values, 'respondedAt');
  if (at === '') return;
  draft.messages = [
    ...draft.messages,
    {
      event: event.id,
      at,
      by: event.by,
      to: 'customer',
      purpose: 'acknowledgement',
      channel: textOf(draft.values[intake], 'channel'),
      text: '',
      sender: draft.owner,
      round: draft.round,
      plan: 0,
    },
  ];
}

function leave(draft: Draft, left: { readonly at: string; readonly by: string }): void {
  const visit = draft.visits.at(-1);
  if (visit && visit.left === undefined) draft.visits = [...draft.visits.slice(0, -1), { ...visit, left }];
}

function reopen(draft: Draft, stamp: { readonly at: string; readonly by: string }, again: string): void {
  const { round } = draft;
  draft.rounds = [...draft.rounds, { round, values: {}, verification: {}, ended: stamp, reason: '' }];
  draft.round = round + 1;
  draft.reactivations = [...draft.reactivations, { ...stamp, reason: '', reopened: true }];
  delete draft.closedAt;
  draft.step = again;
  draft.visits = [...draft.visits, { step: again, round: round + 1, entered: stamp }];
}

function urgencyIn(values: Values): Urgency | undefined {
  const urgency = textOf(values, 'urgency');
  return urgency === 'urgent' || urgency === 'high' || urgency === 'normal' ? urgency : undefined;
}

/**
 * A closed case is as urgent as its source says; nobody knows what was done about it, so there is no emergency. One
 * that is open again begins it, since its lead is to be told now; one at step 1.1 is assessed like any other.
 */
function takeUrgency(draft: Draft, values: Values): void {
  const urgency = urgencyIn(values);
  if (urgency === undefined || draft.step === '1.1') return;
  draft.urgency = urgency;
  const reopened = draft.reactivations.at(-1);
  if (urgency === 'urgent' && draft.status === 'open' && reopened) {
    draft.emergency = { at: reopened.at, by: reopened.by };
  }
}

/** Of an imported case: nothing is known of when, or whether, the customer was first answered. */
export function isResponseUnknown(state: CaseState): boolean {
  return state.imported !== undefined && !state.messages.some(({ to }) => to === 'customer');
}

/** Of an imported case: what was done there at this step, if anything, is not written down here. */
export function happenedElsewhere(state: CaseState, step: string): boolean {
  return state.imported?.isTaken === true && !state.visits.some((visit) => visit.step === step);
}
