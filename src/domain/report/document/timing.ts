/** How fast, and how well: response and resolution times, rates, verification. */
import { w, type Words } from '../../words';
import type { Bucket, CaseIds, Share, Spread } from '../figure';
import type { ServiceReport } from '../serviceReport';
import type { Cell, Cells } from './cells';
import { chart, column, note, oneSeries, table, tones, type Unnumbered } from './parts';
import type { Block, Column, Table } from './reportDocument';

export function responsePart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { firstResponse, resolution } = service;
  const { answered, unanswered, atOnce, atOnceUnanswered } = firstResponse;
  return {
    id: 'response',
    title: cells.say(w('Response and resolution', '响应与解决时长')),
    blocks: [
      table(cells, {
        id: 'response',
        title: w('First response', '首次响应时间'),
        columns: [...spreadColumns(cells), column(cells, 'unanswered', w('Unanswered', '尚未响应'))],
        rows: [
          [...spread(cells, w('By working time', '按工作时间'), answered.business), cells.count(unanswered)],
          [...spread(cells, w('By the clock', '按自然时间'), answered.calendar), cells.count(unanswered)],
          [
            ...spread(
              cells,
              w('Phone and on site, by working time', '电话/现场等即时渠道（工作时间）'),
              atOnce.business,
            ),
            cells.count(atOnceUnanswered),
          ],
        ],
      }),
      ...distribution(cells, {
        id: 'responseTimes',
        title: w('First response by working time', '首次响应时间分布（工作时间）'),
        buckets: firstResponse.distribution,
      }),
      table(cells, {
        id: 'resolution',
        title: w('Resolution', '解决时长'),
        columns: spreadColumns(cells),
        rows: [
          spread(cells, w('By working time', '按工作时间'), resolution.total.business),
          spread(
            cells,
            w('By working time, less waiting on the customer', '按工作时间，扣除等待客户'),
            resolution.net.business,
          ),
          spread(cells, w('By the clock', '按自然时间'), resolution.total.calendar),
          spread(
            cells,
            w('By the clock, less waiting on the customer', '按自然时间，扣除等待客户'),
            resolution.net.calendar,
          ),
        ],
      }),
      ...distribution(cells, {
        id: 'resolutionTimes',
        title: w('Resolution by working time', '解决时长分布（工作时间）'),
        buckets: resolution.distribution,
      }),
      note(
        cells,
        w(
          'First response: from receipt to the first message to the customer. Resolution: from receipt to the last closure. Averages are over cases; the 90th percentile needs at least five.',
          '首次响应：自受理至首次回复客户。解决时长：自受理至最后一次关闭。平均值按案例计算；P90 至少需要 5 个样本。',
        ),
      ),
    ],
  };
}

const spreadColumns = (cells: Cells): Column[] => [
  column(cells, 'figure', w('Measured', '统计口径'), 'label'),
  column(cells, 'n', w('Cases', '样本数')),
  column(cells, 'mean', w('Mean', '平均'), 'duration'),
  column(cells, 'median', w('Median', '中位数'), 'duration'),
  column(cells, 'p90', w('P90', 'P90'), 'duration'),
  column(cells, 'change', w('Change of mean', '平均值较上期'), 'duration'),
];

const spread = (cells: Cells, label: Words, figure: Spread): Cell[] => [
  cells.text(label),
  cells.number(figure.n, figure.cases),
  cells.mean(figure),
  cells.median(figure),
  cells.p90(figure),
  cells.durationChange(figure.change),
];

function distribution(
  cells: Cells,
  { id, title, buckets }: { id: string; title: Words; buckets: readonly Bucket[] },
): Block[] {
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return [];
  return [
    ...chart(cells, {
      id,
      title,
      categories: buckets.map(({ label }) => cells.say(label)),
      series: [oneSeries(w('Cases', '案例'), buckets, cells, tones.received)],
    }),
    table(cells, {
      id,
      title,
      columns: [
        column(cells, 'label', w('Time', '时长'), 'label'),
        column(cells, 'count', w('Cases', '数量')),
        column(cells, 'share', w('Share', '占比'), 'percent'),
      ],
      rows: buckets.map(({ label, count, cases }) => [
        cells.text(label),
        cells.number(count, cases),
        cells.percent(count / all),
      ]),
    }),
  ];
}

export function qualityPart({ service }: ServiceReport, cells: Cells): Unnumbered {
  const { resolutionRate, clearance, reopenRate, verification, planRejection } = service;
  const { test, customer, firstFix } = verification;
  const passed = (share: Share) => share.of - share.part;
  return {
    id: 'quality',
    title: cells.say(w('Resolution rate and verification', '解决率与验证')),
    blocks: [
      rates(cells, 'rates', w('Rates', '质量指标'), [
        [w('Resolution rate', '解决率'), resolutionRate],
        // closures are no part of what was received
        [w('Clearance (closures ÷ received)', '清结率（关闭次数 ÷ 受理总量）'), clearance, clearance.others],
        [w('Reopened after closure', '重新激活率'), reopenRate],
        [w('First-fix success', '一次修复成功率'), firstFix],
        [w('Failed verifications, test environment', '内部验证不通过率'), test],
        [w("Failed verifications, customer's environment", '客户环境验证不通过率'), customer],
        [w('Fix plans rejected by customers', '修复计划被拒率'), planRejection],
      ]),
      ...chart(cells, {
        id: 'verification',
        title: w('Verifications', '修复验证结果'),
        unit: w('verifications', '次'),
        isLying: true,
        isStacked: true,
        categories: [w('Test environment', '内部验证'), w("Customer's environment", '客户环境验证')].map((name) =>
          cells.say(name),
        ),
        series: [
          {
            name: cells.say(w('Passed', '通过')),
            values: [passed(test), passed(customer)],
            cases: [test.others, customer.others],
            tone: tones.good,
          },
          {
            name: cells.say(w('Failed', '不通过')),
            values: [test.part, customer.part],
            cases: [test.cases, customer.cases],
            tone: tones.bad,
          },
        ],
      }),
      note(
        cells,
        w(
          'Resolution rate: of the cases received in the period (less those withdrawn, merged or converted), those that are closed as solved.',
          '解决率：本期受理的案例（不含撤回、合并、转需求）中，已关闭且结论为已解决的比例。',
        ),
      ),
    ],
  };
}

/** A case may have had both, such as a check that failed and one that passed. */
const together = ({ cases, others }: Share): CaseIds => [...new Set([...cases, ...others])].toSorted();

/** "Figure | Number | Of | Share | Change". */
export function rates(
  cells: Cells,
  id: string,
  title: Words,
  rows: readonly (readonly [label: Words, share: Share, all?: CaseIds])[],
): Table {
  return table(cells, {
    id,
    title,
    columns: [
      column(cells, 'figure', w('Figure', '指标'), 'label'),
      column(cells, 'part', w('Number', '数量')),
      column(cells, 'of', w('Of', '总数')),
      column(cells, 'share', w('Share', '比例'), 'percent'),
      column(cells, 'change', w('Change', '较上期'), 'percent'),
    ],
    rows: rows.map(([label, share, all = together(share)]) => [
      cells.text(label),
      cells.number(share.part, share.cases),
      cells.number(share.of, all),
      cells.share(share),
      cells.shareChange(share.change),
    ]),
  });
}
