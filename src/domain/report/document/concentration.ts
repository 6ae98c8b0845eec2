/** 1. Issue concentration 问题集中度分析: which customers, versions and types. */
import { w } from '../../words';
import type { ServiceReport } from '../serviceReport';
import type { Cells } from './cells';
import { column, paragraph, ranking, tableOfAny, type Unnumbered } from './parts';

const share = w('Share', '占比');
const change = w('Change', '较上期');

export function concentrationParts({ concentration }: ServiceReport, cells: Cells): Unnumbered[] {
  const { customers, versions, types, sentences } = concentration;
  return [
    {
      id: 'customers',
      title: cells.say(w('High-frequency customers', '高频问题客户')),
      blocks: [
        paragraph(cells, sentences.customers),
        ...ranking(cells, 'customers', w('Cases received by customer', '各客户受理案例数'), customers),
        ...tableOfAny(cells, {
          id: 'customers',
          title: w('Customers by cases received', '客户排行（按受理案例数）'),
          columns: [
            column(cells, 'rank', w('Rank', '排名')),
            column(cells, 'customer', w('Customer', '客户'), 'label'),
            column(cells, 'issues', w('Issues', '问题/故障')),
            column(cells, 'requests', w('Requests', '需求/建议')),
            column(cells, 'count', w('Total', '合计')),
            column(cells, 'share', share, 'percent'),
            column(cells, 'urgent', w('Urgent', '紧急')),
            column(cells, 'change', change),
          ],
          rows: customers.map((row, index) => [
            cells.number(index + 1),
            cells.text(row.label),
            cells.number(row.issues, row.issueCases),
            cells.number(row.requests, row.requestCases),
            cells.number(row.count, row.cases),
            cells.percent(row.share),
            cells.number(row.urgent, row.urgentCases),
            cells.countChange(row.change),
          ]),
        }),
      ],
    },
    {
      id: 'versions',
      title: cells.say(w('High-frequency versions', '高频问题版本')),
      blocks: [
        paragraph(cells, sentences.versions),
        ...ranking(cells, 'versions', w('Issues by version', '各版本问题数'), versions),
        ...tableOfAny(cells, {
          id: 'versions',
          title: w('Versions by issues', '版本排行（按问题数）'),
          columns: [
            column(cells, 'rank', w('Rank', '排名')),
            column(cells, 'product', w('Product', '产品'), 'label'),
            column(cells, 'version', w('Version', '版本'), 'label'),
            column(cells, 'count', w('Issues', '问题数')),
            column(cells, 'share', share, 'percent'),
            column(cells, 'change', change),
          ],
          rows: versions.map((row, index) => [
            cells.number(index + 1),
            cells.text(row.product === '' ? w('Not filled in', '未填') : row.product),
            cells.text(row.version === '' ? w('Not filled in', '未填') : row.version),
            cells.number(row.count, row.cases),
            cells.percent(row.share),
            cells.countChange(row.change),
          ]),
        }),
      ],
    },
    {
      id: 'types',
      title: cells.say(w('Common problem types', '常见问题类型')),
      blocks: [
        paragraph(cells, sentences.types),
        ...ranking(cells, 'types', w('Issues by problem type', '各类型问题数'), types),
        ...tableOfAny(cells, {
          id: 'types',
          title: w('Problem types by issues', '问题类型排行（按问题数）'),
          columns: [
            column(cells, 'rank', w('Rank', '排名')),
            column(cells, 'type', w('Problem type', '问题类型'), 'label'),
            column(cells, 'count', w('Issues', '问题数')),
            column(cells, 'share', share, 'percent'),
            column(cells, 'change', change),
          ],
          rows: types.map((row, index) => [
            cells.number(index + 1),
            cells.text(row.label),
            cells.number(row.count, row.cases),
            cells.percent(row.share),
            cells.countChange(row.change),
          ]),
        }),
      ],
    },
  ];
}
