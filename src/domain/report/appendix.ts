/** The appendix: what keeps the figures from being better, forced steps, late entries, and the cases themselves. */
import { instantOf } from '../time';
import { procedureOf } from '../sop/engine';
import { findAction } from '../sop/procedure';
import { w, type Words } from '../words';
import type { CaseFacts } from './caseFacts';
import { isIn, type Scope } from './scope';
import type { CaseRow, DeviationRow, LateEntry, QualityNote } from './serviceReport';
import type { FrozenReport } from './sources';
import { compareText, idsOf, type Item } from './tally';
import { timesOf } from './times';
import { dispositionWords } from './volume';

export interface QualityInput {
  /** Logs of which it can't be told when they begin. */
  readonly timeless: readonly string[];
  /** Lines of usage files that can't be read. */
  readonly usageProblems: number;
}

export function qualityOf(now: Scope, { timeless, usageProblems }: QualityInput): readonly QualityNote[] {
  const issues = now.received.filter(({ kind }) => kind === 'issue');
  const note = (code: string, text: Words, items: readonly Item[], count = items.length): QualityNote => ({
    code,
    text,
    count,
    cases: idsOf(items),
  });
  const relevant = now.cases.filter((facts) => isRelevant(now, facts));
  const sum = (items: readonly CaseFacts[], of: (facts: CaseFacts) => number) =>
    items.reduce((total, facts) => total + of(facts), 0);
  const conflicting = relevant.filter(({ conflicts }) => conflicts > 0);
  const broken = relevant.filter(({ quarantined }) => quarantined > 0);
  const newer = relevant.filter(({ unknown }) => unknown > 0);
  return [
    note(
      'no-customer',
      w('Received without a customer', '收到时未填客户'),
      now.received.filter(({ customer }) => customer === ''),
    ),
    note(
      'no-channel',
      w('Received without a channel', '收到时未填渠道'),
      now.received.filter(({ channel }) => channel === ''),
    ),
    note(
      'no-version',
      w('Issues without a version', '问题未填版本'),
      issues.filter(({ version }) => version === ''),
    ),
    note(
      'no-type',
      w('Issues without a type', '问题未填类型'),
      issues.filter(({ problemType }) => problemType === ''),
    ),
    note(
      'response-unknown',
      w('Taken over without a time of the first response', '导入的案例没有首次响应时间'),
      now.received.filter((facts) => facts.isResponseUnknown),
    ),
    note(
      'conflicts',
      w('Conflicts of two copies that nobody has settled', '尚未解决的副本冲突'),
      conflicting,
      sum(conflicting, ({ conflicts }) => conflicts),
    ),
    note(
      'unreadable',
      w('Lines of case files that can’t be read', '案例文件中无法读取的行'),
      broken,
      sum(broken, ({ quarantined }) => quarantined),
    ),
    note(
      'newer',
      w('Events of a newer Casebook, not counted', '由更高版本的 Casebook 写入、未计入的事件'),
      newer,
      sum(newer, ({ unknown }) => unknown),
    ),
    note(
      'order',
      w('Closed before they were received or reopened, by their times', '关闭时间早于接收或重新打开时间'),
      relevant.filter(({ isOutOfOrder, moves }) => isOutOfOrder && moves.some(({ at }) => at >= now.start)),
    ),
    note(
      'timeless',
      w('Case files without an opening, not counted', '缺少登记记录、未计入的案例文件'),
      timeless.map((id) => ({ id })),
    ),
    note('usage', w('Lines of usage files that can’t be read', '使用数据文件中无法读取的行'), [], usageProblems),
    note(
      'holidays',
      w('The calendar in casebook.json names no holidays of this year', 'casebook.json 的日历中没有本年度的节假日'),
      [],
      namesHolidays(now) ? 0 : 1,
    ),
  ].filter(({ count }) => count > 0);
}

/** What was over long before the period says nothing about it. */
function isRelevant(scope: Scope, { standing, moves }: CaseFacts): boolean {
  return standing === 'open' || moves.some(({ at }) => at >= scope.start);
}

function namesHolidays({ settings, period, business }: Scope): boolean {
  const last = business.time.dateOf(instantOf(period.end) - 1);
  const years = new Set([period.start.slice(0, 4), last.slice(0, 4)]);
  const { holidays } = settings.calendar;
  return holidays.some((entry) => years.has(entry.trim().slice(0, 4)));
}

/** The words of codes that a reason may excuse, beside "required:<field>". */
export const lackWords: Readonly<Record<string, Words>> = {
  assignee: w('A team or a person', '研发团队或责任人'),
  interval: w('A next follow-up within the interval', '间隔内的下次跟进时间'),
  'follow-up': w('A follow-up for this plan', '此计划的跟进记录'),
  'outcome-attempts': w('An outcome that fits the counts', '与次数相符的复现结果'),
  'required:version': w('The version', '版本'),
  'sent:description': w('The description in the ticket', '工单中的问题描述'),
  'sent:steps': w('The steps in the ticket', '工单中的复现步骤'),
  'sent:environment': w('The environment in the ticket', '工单中的环境信息'),
  'same-ticket': w('The same ticket as before', '与之前相同的工单'),
  'appointment-order': w('An end after the start', '晚于开始时间的结束时间'),
  talk: w('A talk with the manager', '与项目经理的沟通记录'),
  'open-questions': w('Answers to all questions', '全部问题的答复'),
};

export function deviationsOf(now: Scope): readonly DeviationRow[] {
  return now.cases
    .flatMap(({ id, kind, deviations }) =>
      deviations
        .filter(({ at }) => isIn(now, instantOf(at)))
        .map(({ at, by, action, code, reason }): DeviationRow => {
          const definition = findAction(procedureOf(kind), action);
          const field = definition?.fields.find(({ key }) => code === `required:${key}`);
          return {
            case: id,
            at,
            by,
            action: definition?.label ?? w(action, action),
            lacked: field?.label ?? lackWords[code] ?? w(code, code),
            reason,
          };
        }),
    )
    .toSorted((a, b) => instantOf(a.at) - instantOf(b.at) || compareText(a.case, b.case));
}

/** 补录: written down in this period, and of an earlier one whose report is frozen and does not have it. */
export function lateEntriesOf(now: Scope, frozen: readonly FrozenReport[]): readonly LateEntry[] {
  const reports = frozen.map(({ period, start, end, received, closed }) => ({
    period,
    start: instantOf(start),
    end: instantOf(end),
    received: new Set(received),
    closed: new Set(closed),
  }));
  return now.cases.flatMap(({ id, receivedText, openedText, moves }) =>
    moves.flatMap(({ what, at, recordedAt }): LateEntry[] => {
      if ((what !== 'received' && what !== 'closed') || at >= now.start) return [];
      const written = what === 'received' ? openedText : recordedAt;
      if (!isIn(now, instantOf(written))) return [];
      return reports
        .filter((report) => at >= report.start && at < report.end && !report[what].has(id))
        .map(({ period }) => {
          const happened = what === 'received' ? receivedText : now.business.time.isoOf(at);
          return { case: id, period, what, at: happened, recordedAt: written };
        });
    }),
  );
}

/** @param ids of the cases that the report names */
export function caseRowsOf(now: Scope, ids: ReadonlySet<string>): readonly CaseRow[] {
  const [received, closed, backlog] = [now.received, now.closed, now.backlog].map((list) => new Set(list));
  return now.cases
    .filter(({ id }) => ids.has(id))
    .toSorted((a, b) => a.receivedAt - b.receivedAt || compareText(a.id, b.id))
    .map((facts): CaseRow => {
      const closing = facts.standing === 'closed' ? facts.moves.at(-1) : undefined;
      return {
        id: facts.id,
        kind: facts.kind,
        title: facts.title,
        customer: facts.customer,
        product: facts.product,
        version: facts.version,
        problemType: facts.problemType,
        channel: facts.channel,
        ...(facts.urgency === undefined ? {} : { urgency: facts.urgency }),
        owner: facts.owner,
        status: facts.status,
        step: facts.step,
        round: facts.round,
        receivedAt: facts.receivedText,
        ...(facts.firstResponseText === '' || !received?.has(facts)
          ? {}
          : { firstResponseAt: facts.firstResponseText }),
        ...(closing ? { closedAt: now.business.time.isoOf(closing.at) } : {}),
        disposition: closing ? dispositionWords(closing.disposition) : w('', ''),
        ...timesOf(now, facts),
        isReceived: received?.has(facts) === true,
        isClosed: closed?.has(facts) === true,
        isBacklog: backlog?.has(facts) === true,
      };
    });
}
