/** 4. Appendix: how good the data are, where the procedure was left, and every case that a figure names. */
import { statusWords, urgencyWords } from '../../caseWords';
import { personName } from '../../person';
import { procedureOf } from '../../sop/engine';
import { fill, w } from '../../words';
import type { CaseRow, ServiceReport } from '../serviceReport';
import type { Cell, Cells } from './cells';
import { column, note, table, type Unnumbered } from './parts';
import type { Column } from './reportDocument';

export function appendixParts(report: ServiceReport, cells: Cells): Unnumbered[] {
  return [
    qualityNotes(report, cells),
    ...(isForCustomer(report) ? [] : [deviations(report, cells)]),
    ...(report.late.length > 0 ? [lateEntries(report, cells)] : []),
    caseList(report, cells),
  ];
}

/** A report on a single customer may be given to that customer: who worked how on a case stays with the team. */
function isForCustomer({ filter }: ServiceReport): boolean {
  return filter.customers?.length === 1;
}

function qualityNotes(report: ServiceReport, cells: Cells): Unnumbered {
  return {
    id: 'data',
    title: cells.say(w('Data quality', '数据质量')),
    blocks: [
      table(cells, {
        id: 'data',
        title: w('What the figures cannot say', '数据缺口'),
        columns: [column(cells, 'text', w('Finding', '说明'), 'text'), column(cells, 'count', w('Number', '数量'))],
        rows: report.quality.map(({ text, count, cases }) => [cells.text(text), cells.number(count, cases)]),
        empty: w('Nothing was found to be missing.', '未发现数据缺口。'),
      }),
      ...(isForCustomer(report)
        ? [
            note(
              cells,
              w(
                'A report on one customer can be given to that customer: forced steps and the owners of cases are left out. The report on all customers has them.',
                '单个客户的报告可直接提供给该客户，因此不含强制执行的步骤和案例负责人；全部客户的报告中可查看。',
              ),
            ),
          ]
        : []),
    ],
  };
}

function deviations({ deviations: rows }: ServiceReport, cells: Cells): Unnumbered {
  return {
    id: 'deviations',
    title: cells.say(w('Deviations from the procedure', '流程偏离')),
    blocks: [
      table(cells, {
        id: 'deviations',
        title: w('Steps that were forced', '强制执行的步骤'),
        columns: [
          column(cells, 'case', w('Case', '案例'), 'case'),
          column(cells, 'at', w('Time', '时间'), 'time'),
          column(cells, 'by', w('By', '操作人'), 'label'),
          column(cells, 'action', w('Action', '操作'), 'label'),
          column(cells, 'lacked', w('Lacked', '缺少'), 'text'),
          column(cells, 'reason', w('Reason', '原因'), 'text'),
        ],
        rows: rows.map((row) => [
          caseCell(cells, row.case),
          cells.instant(row.at),
          cells.text(personName(row.by)),
          cells.text(row.action),
          cells.text(row.lacked),
          cells.text(row.reason),
        ]),
        empty: w('No step was forced in this period.', '本期没有强制执行的步骤。'),
      }),
    ],
  };
}

function lateEntries({ late }: ServiceReport, cells: Cells): Unnumbered {
  const what = { received: w('Received', '受理'), closed: w('Closed', '关闭') };
  return {
    id: 'late',
    title: cells.say(w('Recorded late', '补录')),
    blocks: [
      table(cells, {
        id: 'late',
        title: w('What belongs to earlier periods whose reports are frozen', '属于已定稿周期的补录'),
        columns: [
          column(cells, 'case', w('Case', '案例'), 'case'),
          column(cells, 'period', w('Belongs to', '所属周期'), 'label'),
          column(cells, 'what', w('What', '事项'), 'label'),
          column(cells, 'at', w('Happened', '发生时间'), 'time'),
          column(cells, 'recordedAt', w('Recorded', '录入时间'), 'time'),
        ],
        rows: late.map((row) => [
          caseCell(cells, row.case),
          cells.text(row.period),
          cells.text(what[row.what]),
          cells.instant(row.at),
          cells.instant(row.recordedAt),
        ]),
      }),
    ],
  };
}

function caseList(report: ServiceReport, cells: Cells): Unnumbered {
  const columns = caseColumns(cells);
  const isShown = columns.map(({ id }) => id !== 'owner' || !isForCustomer(report));
  const shown = <T>(all: readonly T[]): T[] => all.filter((_one, index) => isShown[index]);
  return {
    id: 'cases',
    title: cells.say(w('Cases', '案例清单')),
    blocks: [
      table(cells, {
        id: 'cases',
        title: w('Cases behind the figures', '本报告涉及的案例'),
        columns: shown(columns),
        rows: report.cases.map((row) => shown(caseRow(row, cells))),
        empty: w('No case belongs to this period.', '本期没有案例。'),
      }),
    ],
  };
}

const caseColumns = (cells: Cells): Column[] => [
  column(cells, 'id', w('Case', '案例'), 'case'),
  column(cells, 'kind', w('Kind', '类别'), 'label'),
  column(cells, 'title', w('Title', '标题'), 'text'),
  column(cells, 'customer', w('Customer', '客户'), 'label'),
  column(cells, 'version', w('Product and version', '产品版本'), 'label'),
  column(cells, 'type', w('Problem type', '问题类型'), 'label'),
  column(cells, 'channel', w('Channel', '渠道'), 'label'),
  column(cells, 'urgency', w('Urgency', '紧急程度'), 'label'),
  column(cells, 'owner', w('Owner', '负责人'), 'label'),
  column(cells, 'status', w('Status', '状态'), 'label'),
  column(cells, 'round', w('Round', '轮次')),
  column(cells, 'receivedAt', w('Received', '受理时间'), 'time'),
  column(cells, 'firstResponseAt', w('First response', '首次响应'), 'time'),
  column(cells, 'closedAt', w('Closed', '关闭时间'), 'time'),
  column(cells, 'disposition', w('Outcome', '结论'), 'label'),
  column(cells, 'responseTime', w('Response, working time', '响应用时（工作时间）'), 'duration'),
  column(cells, 'resolutionTime', w('Resolution, working time', '解决用时（工作时间）'), 'duration'),
  column(cells, 'counted', w('Counted as', '计入'), 'label'),
];

const caseCell = (cells: Cells, id: string): Cell => cells.text(id, [id]);

function caseRow(row: CaseRow, cells: Cells): Cell[] {
  const status = fill(
    row.status === 'open' ? w('{0}, step {1}', '{0}，步骤 {1}') : w('{0}', '{0}'),
    statusWords[row.status],
    row.step,
  );
  const counted = [
    ...(row.isReceived ? [w('received', '受理')] : []),
    ...(row.isClosed ? [w('closed', '关闭')] : []),
    ...(row.isBacklog ? [w('backlog', '未结')] : []),
  ];
  const measured = (time: number | undefined): Cell => (time === undefined ? { text: '' } : cells.duration(time));
  return [
    caseCell(cells, row.id),
    cells.text(procedureOf(row.kind).name),
    cells.text(row.title),
    cells.text(row.customer),
    cells.text([row.product, row.version].filter((part) => part !== '').join(' ')),
    cells.text(row.problemType),
    cells.text(row.channel),
    cells.text(urgencyWords(row.urgency)),
    cells.text(row.owner === '' ? '' : personName(row.owner)),
    cells.text(status),
    cells.number(row.round),
    cells.instant(row.receivedAt),
    cells.instant(row.firstResponseAt),
    cells.instant(row.closedAt),
    cells.text(row.disposition),
    measured(row.responseTime),
    measured(row.resolutionTime),
    cells.text(counted.map((words) => cells.say(words)).join(cells.language === 'en' ? ', ' : '、')),
  ];
}
