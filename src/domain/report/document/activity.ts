/** 2. Customer activity and health 客户活跃度与健康度分析: how customers use the product, and what they asked of us. */
import { fill, w, type Words } from '../../words';
import { usageStandings, type ServiceReport, type UsageStanding } from '../serviceReport';
import type { Cells } from './cells';
import { backlogPart, urgentPart, knowledgePart } from './health';
import {
  breakdown,
  chart,
  column,
  note,
  oneSeries,
  paragraph,
  table,
  tableOfAny,
  tones,
  type Unnumbered,
} from './parts';
import { qualityPart, responsePart } from './timing';

export const standingWords: Readonly<Record<UsageStanding, Words>> = {
  active: w('Active', '活跃'),
  declining: w('Declining', '下降'),
  low: w('Low', '低频'),
  silent: w('Silent', '沉默'),
  noData: w('No data', '无数据'),
};

export function activityParts(report: ServiceReport, cells: Cells): Unnumbered[] {
  return [
    usagePart(report, cells),
    volumePart(report, cells),
    responsePart(report, cells),
    qualityPart(report, cells),
    backlogPart(report, cells),
    urgentPart(report, cells),
    knowledgePart(report, cells),
  ];
}

function usagePart({ usage, filter }: ServiceReport, cells: Cells): Unnumbered {
  const { customers, counts, sources, sentence } = usage;
  const standings = usageStandings.map((standing) => {
    const there = customers.filter((row) => row.standing === standing);
    return {
      label: cells.say(standingWords[standing]),
      count: counts[standing],
      cases: there.flatMap((row) => row.cases),
    };
  });
  const uses = (value: number | undefined) =>
    value === undefined ? cells.text(standingWords.noData) : cells.number(Math.round(value * 100) / 100);
  const title = w('Customers by standing', '客户活跃度分布');
  return {
    id: 'usage',
    title: cells.say(w('How often customers use the system', '客户使用频率')),
    blocks: [
      paragraph(cells, sentence),
      ...(customers.length === counts.noData
        ? []
        : chart(cells, {
            id: 'usage',
            title,
            unit: w('customers', '家'),
            isLying: true,
            categories: standings.map(({ label }) => label),
            series: [oneSeries(title, standings, cells, tones.received)],
          })),
      ...tableOfAny(cells, {
        id: 'usage',
        title: w('Customers and their use', '客户使用情况'),
        columns: [
          column(cells, 'customer', w('Customer', '客户'), 'label'),
          column(cells, 'standing', w('Standing', '活跃度'), 'label'),
          column(cells, 'logins', w('Logins', '登录次数')),
          column(cells, 'previousLogins', w('Logins before', '上期登录')),
          column(cells, 'coreUses', w('Core uses', '核心功能使用')),
          column(cells, 'previousCoreUses', w('Core uses before', '上期核心使用')),
          column(cells, 'received', w('Cases', '受理案例数')),
          column(cells, 'reason', w('Reason', '判断依据'), 'text'),
        ],
        rows: customers.map((row) => [
          cells.text(row.customer),
          cells.text(standingWords[row.standing]),
          uses(row.logins),
          uses(row.previousLogins),
          uses(row.coreUses),
          uses(row.previousCoreUses),
          cells.number(row.received, row.cases),
          cells.text(row.reason),
        ]),
      }),
      ...(filter.products && customers.length > counts.noData
        ? [
            note(
              cells,
              w('Use is not told apart by product: it is of all products.', '使用数据不区分产品，为全部产品合计。'),
            ),
          ]
        : []),
      ...sources.map(({ source, legalBasis }) =>
        note(cells, fill(w('Source: {0}. Legal basis: {1}.', '数据来源：{0}；合规依据：{1}。'), source, legalBasis)),
      ),
    ],
  };
}

function volumePart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { received, closures, closed, byKind, byChannel, byWeek, byDisposition, sentence } = service;
  const weeks = byWeek.map(({ week }) => week);
  const figure = (label: Words, count: typeof received) => [
    cells.text(label),
    cells.count(count),
    cells.totalChange(count.change),
  ];
  return {
    id: 'volume',
    title: cells.say(w('Service statistics', '服务请求统计')),
    blocks: [
      paragraph(cells, sentence),
      table(cells, {
        id: 'volume',
        title: w('Cases received and closed', '案例受理与关闭'),
        columns: [
          column(cells, 'figure', w('Figure', '指标'), 'label'),
          column(cells, 'count', w('Number', '数量')),
          column(cells, 'change', w('Change', '较上期')),
        ],
        rows: [
          figure(w('Cases received', '受理案例数'), received),
          figure(w('Cases closed', '关闭案例数'), closed),
          figure(w('Closures (a case closed twice counts twice)', '关闭次数（重复关闭分别计数）'), closures),
        ],
      }),
      ...chart(cells, {
        id: 'weeks',
        title: w('Received and closed by week', '每周受理与关闭'),
        categories: weeks,
        series: [
          oneSeries(
            w('Received', '受理'),
            byWeek.map((row) => row.received),
            cells,
            tones.received,
          ),
          oneSeries(
            w('Closures', '关闭'),
            byWeek.map((row) => row.closures),
            cells,
            tones.good,
          ),
        ],
      }),
      ...tableOfAny(cells, {
        id: 'weeks',
        title: w('By week', '按周'),
        columns: [
          column(cells, 'week', w('Week', '周'), 'label'),
          column(cells, 'from', w('From', '起'), 'date'),
          column(cells, 'until', w('Until', '止'), 'date'),
          column(cells, 'received', w('Received', '受理')),
          column(cells, 'closures', w('Closures', '关闭')),
        ],
        rows: (received.count + closures.count === 0 ? [] : byWeek).map((row) => [
          cells.text(row.week),
          cells.date(row.from),
          cells.date(row.until),
          cells.count(row.received),
          cells.count(row.closures),
        ]),
      }),
      ...chart(cells, {
        id: 'channels',
        title: w('Cases received by channel', '各渠道受理案例数'),
        isLying: true,
        categories: byChannel.map(({ label }) => cells.say(label)),
        series: [oneSeries(w('Received', '受理'), byChannel, cells, tones.received)],
      }),
      breakdown(cells, {
        id: 'channels',
        title: w('By channel', '按渠道'),
        of: w('Channel', '渠道'),
        rows: byChannel,
        hasChange: true,
      }),
      breakdown(cells, {
        id: 'kinds',
        title: w('By kind', '按类别'),
        of: w('Kind', '类别'),
        rows: byKind,
        hasChange: true,
      }),
      breakdown(cells, {
        id: 'dispositions',
        title: w('Closed by outcome', '关闭结论'),
        of: w('Outcome', '结论'),
        rows: byDisposition,
      }),
    ],
  };
}
