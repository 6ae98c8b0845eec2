/** Request, stages 3 and 4: follow the status, keep the customer informed, close, reopen (spec L50-L52). */
import type { CaseState, StatusCheck } from '../case/state';
import { instantOf } from '../time';
import { fill, w } from '../words';
import { notAfterNow, reasonField, sentNotAfterNow } from './common';
import { logMessage } from './effects';
import { textOf, type Values } from './field';
import { closingFields, closingGuard, noteClosure, notReopenable, reopenedAt, undoClosure } from './closing';
import { messageFields, requestStatuses } from './fields';
import { detail, invariant, type Missing, rule } from './missing';
import { type ActionDef, type Context, defineActions } from './procedure';

const DAY = 86_400_000;

export function lastCheck(state: CaseState): StatusCheck | undefined {
  return state.checks.findLast((check) => check.round === state.round);
}

/** Released, ended, or not adopted for good: the procedure can end (spec L52). */
export function isConclusion(check: Pick<StatusCheck, 'status' | 'final'> | undefined): boolean {
  if (check === undefined) return false;
  return check.status === 'released' || check.status === 'other' || (check.status === 'notAdopted' && check.final);
}

function lastTold(state: CaseState): StatusCheck | undefined {
  return state.checks.findLast((check) => check.round === state.round && check.told);
}

/** Against what the customer was last told in this round; nothing yet counts as "waiting". */
function isChange(state: CaseState, values: Values): boolean {
  const before = lastTold(state) ?? { status: 'waiting', version: '', reason: '', final: false };
  return (
    textOf(values, 'status') !== before.status ||
    textOf(values, 'version') !== before.version ||
    textOf(values, 'reason') !== before.reason ||
    (values['final'] === true) !== before.final
  );
}

function nextCheckGuard(values: Values, context: Context): Missing | false {
  const status = textOf(values, 'status');
  const final = values['final'] === true;
  const next = textOf(values, 'nextAt');
  if (status === '' || next === '' || isConclusion({ status, final })) return false;
  const ownInterval = values['intervalDays'];
  const usual = status === 'notAdopted' ? context.timings.parkedIntervalDays : context.timings.requestIntervalDays;
  const days = typeof ownInterval === 'number' && ownInterval > 0 ? ownInterval : usual;
  return (
    instantOf(next) > instantOf(context.now) + days * DAY &&
    detail(
      'interval',
      fill(w('The next follow-up is later than {0} days from now', '下次跟进时间超过 {0} 天'), String(days)),
      'nextAt',
    )
  );
}

const isVersioned = (status: unknown) => status === 'scheduled' || status === 'released';
const isReasoned = (status: unknown) => status === 'notAdopted' || status === 'other';

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The customer is told exactly what was concluded, version or reason included (spec L51): nothing excuses less. */
function syncGuard(state: CaseState, values: Values): (Missing | false)[] {
  const check = lastCheck(state);
  const text = textOf(values, 'text');
  if (check === undefined || text === '') return [];
  return [
    isVersioned(check.status) &&
      !text.includes(check.version) &&
      rule('message:version', w('The message does not name the version', '消息中未说明版本'), 'text'),
    isReasoned(check.status) &&
      !squeeze(text).includes(squeeze(check.reason)) &&
      rule('message:reason', w('The message does not give the reason', '消息中未说明原因'), 'text'),
  ];
}

export const requestStatusActions: Readonly<Record<string, ActionDef>> = defineActions(
  {
    name: 'check',
    label: w('Log the status', '记录进度状态'),
    done: w('asked for the status', '了解了需求状态'),
    on: ['3.1'],
    role: 'exit',
    keeps: true,
    fields: [
      {
        key: 'status',
        type: 'choice',
        options: requestStatuses,
        label: w('Status', '状态'),
        required: true,
        essential: true,
      },
      {
        key: 'version',
        type: 'combo',
        suggest: 'versions',
        label: w('To version', '排期/发布版本'),
        shown: (values) => isVersioned(values['status']),
        required: true,
      },
      {
        key: 'reason',
        type: 'longText',
        label: w('Reason', '原因'),
        shown: (values) => isReasoned(values['status']),
        required: true,
      },
      {
        key: 'final',
        type: 'yesNo',
        label: w('Is that final?', '是否为最终结论？'),
        shown: (values) => values['status'] === 'notAdopted',
        required: true,
      },
      { key: 'at', type: 'dateTime', label: w('Asked at', '了解时间'), required: true, initial: 'now' },
      {
        key: 'nextAt',
        type: 'dateTime',
        label: w('Next follow-up', '下次跟进时间'),
        required: (values) =>
          textOf(values, 'status') !== '' &&
          !isConclusion({ status: textOf(values, 'status'), final: values['final'] === true }),
      },
      {
        key: 'intervalDays',
        type: 'number',
        label: w('Follow-up interval of this request, days', '本案跟进间隔（天）'),
      },
    ],
    excusable: ['interval'],
    guard: (_state, values, context) => [
      nextCheckGuard(values, context),
      notAfterNow(values, context, 'at', w('Asked at', '了解时间')),
    ],
    apply: (draft, { event, values }) => {
      const status = textOf(values, 'status');
      // what the customer knows already need not be told twice
      const told = lastTold(draft) !== undefined && !isChange(draft, values);
      draft.checks = [
        ...draft.checks,
        {
          at: textOf(values, 'at') || event.at,
          by: event.by,
          event: event.id,
          round: draft.round,
          status,
          version: isVersioned(status) ? textOf(values, 'version') : '',
          reason: isReasoned(status) ? textOf(values, 'reason') : '',
          final: status === 'notAdopted' && values['final'] === true,
          nextAt: textOf(values, 'nextAt'),
          told,
        },
      ];
      // the next check is a new one; only the case's own interval goes on
      const { intervalDays } = values;
      const { check: _logged, ...others } = draft.values;
      draft.values = { ...others, ...(intervalDays === undefined ? {} : { check: { intervalDays } }) };
    },
    next: (state, values) => {
      if (isChange(state, values)) return { to: '3.2' };
      const check = lastCheck(state);
      return check?.told === true && isConclusion(check) ? { to: '4.1' } : undefined;
    },
  },
  {
    name: 'sync',
    label: w('Customer informed', '已同步客户'),
    done: w('kept the customer informed', '向客户同步了进展'),
    on: ['3.2'],
    role: 'exit',
    binds: 'status',
    keeps: true,
    fields: [...messageFields, { key: 'reaction', type: 'longText', label: w("Customer's reaction", '客户反应') }],
    barred: (state) =>
      lastCheck(state) === undefined ? w('There is no status to tell (3.1)', '尚无可同步的状态（3.1）') : undefined,
    guard: (state, values, context) => [...syncGuard(state, values), sentNotAfterNow(values, context)],
    apply: (draft, deed) => {
      const check = lastCheck(draft);
      logMessage(draft, deed, 'customer', 'status', check?.status ?? '');
      draft.checks = draft.checks.map((entry) => (entry === check ? { ...entry, told: true } : entry));
      const { sync: _sent, ...values } = draft.values;
      draft.values = values;
    },
    next: (state) => ({ to: isConclusion(lastCheck(state)) ? '4.1' : '3.1' }),
  },
  {
    name: 'close',
    label: w('Close the request', '关闭需求'),
    done: w('closed the request', '关闭了需求'),
    on: ['4.1'],
    role: 'exit',
    binds: 'status',
    keeps: true,
    fields: [
      {
        key: 'conclusion',
        type: 'choice',
        options: requestStatuses.filter(({ value }) => isReasoned(value) || value === 'released'),
        label: w('Conclusion', '结论'),
        required: true,
        essential: true,
        initial: (state) => lastCheck(state)?.status,
      },
      {
        key: 'version',
        type: 'combo',
        suggest: 'versions',
        label: w('Released in version', '发布版本'),
        shown: (values) => values['conclusion'] === 'released',
        required: true,
        initial: (state) => lastCheck(state)?.version,
      },
      {
        key: 'releasedOn',
        type: 'date',
        label: w('Released on', '发布日期'),
        shown: (values) => values['conclusion'] === 'released',
        required: true,
      },
      {
        key: 'reason',
        type: 'longText',
        label: w('Reason', '原因'),
        shown: (values) => isReasoned(values['conclusion']),
        required: true,
        initial: (state) => lastCheck(state)?.reason,
      },
      ...closingFields,
    ],
    invariants: (state, values) => {
      const check = lastCheck(state);
      const conclusion = textOf(values, 'conclusion');
      const agrees =
        check?.status === conclusion &&
        (conclusion !== 'released' || textOf(values, 'version') === check.version) &&
        (!isReasoned(conclusion) || textOf(values, 'reason') === check.reason);
      return [
        !(check?.told === true && isConclusion(check)) &&
          invariant('customer-not-told', w('The customer has not been told the conclusion', '尚未将结论告知客户')),
        check !== undefined &&
          conclusion !== '' &&
          !agrees &&
          invariant(
            'other-conclusion',
            w('The customer was told something else; go back to step 3.1', '与告知客户的结论不一致，请返回步骤 3.1'),
            'conclusion',
          ),
      ];
    },
    guard: (_state, values, context) => closingGuard(values, context),
    apply: (draft, deed) => noteClosure(draft, deed, textOf(deed.values, 'conclusion')),
    next: () => ({ end: 'closed' }),
  },
  {
    name: 'reopen',
    label: w('Reopen', '重新打开'),
    done: w('reopened the request', '重新打开了需求'),
    on: 'any',
    role: 'other',
    binds: 'round',
    fields: [reasonField],
    barred: notReopenable,
    apply: undoClosure,
    next: reopenedAt('3.1'),
  },
);
