/** Reports as outputs get them: one that is full of everything that is hard to print, and one of an empty period. */
import type { Count, Row, Share, Spread, Timing } from '../../../../src/domain/report/figure';
import type { CaseRow, Period, ServiceReport } from '../../../../src/domain/report/serviceReport';
import { w, type Words } from '../../../../src/domain/words';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const same = (text: string): Words => w(text, text);

const period = (id: string, start: string, end: string, label: Words): Period => ({
  id,
  kind: 'quarter',
  start,
  end,
  zone: 'Asia/Shanghai',
  label,
});
const quarter = period(
  '2026-Q3',
  '2026-07-01T00:00:00+08:00',
  '2026-10-01T00:00:00+08:00',
  w('Q3 2026', '2026 年第 3 季度'),
);
const before = period(
  '2026-Q2',
  '2026-04-01T00:00:00+08:00',
  '2026-07-01T00:00:00+08:00',
  w('Q2 2026', '2026 年第 2 季度'),
);

/** A long one, one with a bracket, one that spreadsheets would calculate, one that breaks tables and HTML. */
export const customers = [
  '东海银行股份有限公司',
  'Great Northern Manufacturing & Logistics Holdings Ltd',
  '=HYPERLINK("http://evil.example","华西钢铁")',
  '<b>南方</b>|电力集团有限公司',
  '北辰医院',
] as const;
export const contact = '王小明';

const types = ['性能', '数据', '使用', '兼容性', '部署', ''];
const channels = ['电话', '企业微信', '邮件', '现场'];
const versions = ['3.2.1', '3.2.0', '3.1.9', ''];
const titles = [
  '东海银行月结报表超时，联系人王小明 13800138000',
  '导入 10 万行后内存不足，服务器 10.20.30.40',
  '+1 级告警：<script>alert(1)</script> 登录页白屏 | 分栏错位',
  'Report viewer stops at Great Northern Manufacturing & Logistics after the upgrade to 3.2.1',
  '@北辰医院 希望导出支持 A3 纸',
];

function caseRow(index: number): CaseRow {
  const isRequest = index % 7 === 4;
  const day = String(1 + (index % 28)).padStart(2, '0');
  const month = String(7 + (index % 3)).padStart(2, '0');
  const isClosed = index % 4 !== 0;
  return {
    id: `${isRequest ? 'REQ' : 'ISS'}-2026${month}${day}-${String(index).padStart(4, '0')}`,
    kind: isRequest ? 'request' : 'issue',
    title: titles[index % titles.length] ?? '',
    customer: customers[index % (2 + (index % 4))] ?? '',
    product: index % 5 === 0 ? '报表平台' : 'ERP',
    version: versions[index % versions.length] ?? '',
    problemType: types[index % types.length] ?? '',
    channel: channels[index % channels.length] ?? '',
    ...(index % 6 === 0 ? { urgency: 'urgent' as const } : { urgency: 'normal' as const }),
    owner: '李伟 <li.wei@example.com>',
    status: isClosed ? 'archived' : 'open',
    step: isClosed ? '5.2' : '3.2',
    round: 1 + (index % 2),
    receivedAt: `2026-${month}-${day}T09:${String(index % 60).padStart(2, '0')}:00+08:00`,
    ...(index % 9 !== 0 && {
      firstResponseAt: `2026-${month}-${day}T10:05:00+08:00`,
      responseTime: (25 + index) * MINUTE,
    }),
    ...(isClosed && { closedAt: `2026-${month}-${day}T17:30:00+08:00`, resolutionTime: (3 + index) * HOUR }),
    disposition: isClosed ? w('Fixed', '已解决') : w('', ''),
    isReceived: true,
    isClosed,
    isBacklog: !isClosed,
  };
}

const ids = (rows: readonly CaseRow[]) => rows.map(({ id }) => id).toSorted();

function grouped(rows: readonly CaseRow[], key: (row: CaseRow) => string): Row[] {
  const groups = new Map<string, CaseRow[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups]
    .map(([name, there], index): Row => {
      const difference = index % 3 === 0 ? there.length : (index % 2) * 2 - 1;
      const previous = there.length - difference;
      return {
        key: name,
        label: name === '' ? w('Not filled in', '未填') : same(name),
        count: there.length,
        share: there.length / rows.length,
        cases: ids(there),
        change: {
          previous,
          difference,
          ...(previous > 0 && { ratio: difference / previous }),
          isNew: previous === 0,
        },
      };
    })
    .toSorted((a, b) => b.count - a.count);
}

const count = (rows: readonly CaseRow[], difference?: number): Count => ({
  count: rows.length,
  cases: ids(rows),
  ...(difference !== undefined && {
    change: {
      previous: rows.length - difference,
      difference,
      ratio: difference / (rows.length - difference),
      isNew: false,
    },
  }),
});

const share = (part: readonly CaseRow[], all: readonly CaseRow[], difference = 0.031): Share => ({
  part: part.length,
  of: all.length,
  ...(all.length > 0 && { share: part.length / all.length }),
  cases: ids(part),
  others: ids(all.filter((row) => !part.includes(row))),
  ...(all.length > 0 && { change: { previous: part.length / all.length - difference, difference, isNew: false } }),
});

function spread(rows: readonly CaseRow[], time: (row: CaseRow) => number | undefined, factor = 1): Spread {
  const times = rows
    .map((row) => (time(row) ?? -1) * factor)
    .filter((value) => value >= 0)
    .toSorted((a, b) => a - b);
  const at = (part: number) => times[Math.max(0, Math.ceil(part * times.length) - 1)];
  const [median, p90] = [at(0.5), at(0.9)];
  const n = times.length;
  const cases = ids(rows.filter((row) => time(row) !== undefined));
  if (n === 0 || median === undefined) return { n: 0, isTooFew: true, cases: [] };
  const mean = times.reduce((sum, value) => sum + value, 0) / n;
  const change = {
    previous: mean + 12 * MINUTE,
    difference: -12 * MINUTE,
    ratio: (-12 * MINUTE) / (mean + 12 * MINUTE),
    isNew: false,
  };
  return { n, mean, median, ...(n >= 5 && p90 !== undefined && { p90 }), isTooFew: n < 5, cases, change };
}

const timing = (rows: readonly CaseRow[], time: (row: CaseRow) => number | undefined): Timing => ({
  business: spread(rows, time),
  calendar: spread(rows, time, 2.5),
});

/** @param size cases in it; 0 for a period in which nothing happened */
export function sampleReport(size = 142): ServiceReport {
  const cases = Array.from({ length: size }, (_, index) => caseRow(index));
  const closed = cases.filter((row) => row.isClosed);
  const open = cases.filter((row) => row.isBacklog);
  const issues = cases.filter(({ kind }) => kind === 'issue');
  const urgent = cases.filter((row) => row.urgency === 'urgent');
  const none: CaseRow[] = [];
  const received = count(cases, size > 100 ? 15 : undefined);
  const resolutionRate = share(closed, cases);
  const firstResponse = spread(cases, (row) => row.responseTime);
  const backlog = count(open, size > 100 ? -4 : undefined);
  const buckets = (time: (row: CaseRow) => number | undefined, borders: readonly number[]) =>
    borders.map((from, index) => {
      const until = borders[index + 1];
      const there = cases.filter(
        (row) => (time(row) ?? -1) >= from && (until === undefined || (time(row) ?? 0) < until),
      );
      const label = until === undefined ? `≥ ${from / HOUR} h` : `${from / HOUR}–${until / HOUR} h`;
      return {
        label: same(label),
        from,
        ...(until !== undefined && { until }),
        count: there.length,
        cases: ids(there),
      };
    });
  const byCustomer = grouped(cases, (row) => row.customer).map((row) => {
    const there = cases.filter(({ customer }) => customer === row.key);
    const requests = there.filter(({ kind }) => kind === 'request').length;
    return {
      ...row,
      issues: there.length - requests,
      requests,
      urgent: there.filter((one) => urgent.includes(one)).length,
    };
  });
  const byVersion = grouped(issues, (row) => `${row.product}\t${row.version}`).map((row) => {
    const [product = '', version = ''] = row.key.split('\t');
    const label =
      version === '' ? w(`${product} (not filled in)`, `${product}（未填）`) : same(`${product} ${version}`);
    return { ...row, product, version, label };
  });
  const first = byCustomer[0];
  const usage = (['active', 'active', 'declining', 'silent', 'noData'] as const).map((standing, index) => ({
    customer: customers[index] ?? '',
    standing,
    reason: w(`${index * 40} logins in 30 days`, `近 30 天登录 ${index * 40} 次`),
    ...(standing !== 'noData' && {
      logins: index * 1_234.5,
      coreUses: index * 300,
      previousLogins: 2_000,
      previousCoreUses: 280,
    }),
    received: cases.filter((row) => row.customer === customers[index]).length,
    cases: ids(cases.filter((row) => row.customer === customers[index])),
  }));
  const hasCases = size > 0;
  return {
    format: 1,
    period: quarter,
    previous: before,
    asOf: quarter.end,
    isProvisional: false,
    generatedAt: '2026-10-01T09:12:00+08:00',
    filter: {},
    headline: { received, closed: count(closed), resolutionRate, firstResponse, backlog },
    concentration: {
      customers: byCustomer,
      versions: byVersion,
      types: grouped(issues, (row) => row.problemType),
      sentences: {
        customers: first
          ? w(`${first.key} asked most: ${first.count} cases.`, `${first.key}提交最多，共 ${first.count} 个。`)
          : w('Nothing was received.', '本期没有受理。'),
        versions: w('3.2.1 has most issues.', '问题最集中的版本是 3.2.1。'),
        types: w('Performance leads.', '性能类问题最多。'),
      },
    },
    usage: {
      customers: hasCases ? usage : [],
      counts: hasCases
        ? { active: 2, declining: 1, low: 0, silent: 1, noData: 1 }
        : { active: 0, declining: 0, low: 0, silent: 0, noData: 0 },
      sources: hasCases ? [{ source: 'ERP 登录日志', legalBasis: '服务合同第 8 条' }] : [],
      sentence: w('Two customers are active.', '活跃客户 2 家，沉默客户 1 家。'),
    },
    service: {
      received,
      byKind: grouped(cases, (row) => row.kind).map((row) => ({
        ...row,
        label: row.key === 'issue' ? w('Issue', '问题/故障') : w('Request', '需求/改进建议'),
      })),
      byChannel: grouped(cases, (row) => row.channel),
      byWeek: Array.from({ length: 13 }, (_, index) => ({
        from: new Date(Date.UTC(2026, 5, 29 + index * 7)).toISOString().slice(0, 10),
        until: new Date(Date.UTC(2026, 6, 5 + index * 7)).toISOString().slice(0, 10),
        week: `2026-W${27 + index}`,
        received: count(cases.filter((_row, at) => at % 13 === index)),
        closures: count(closed.filter((_row, at) => (at * 5) % 13 === index)),
      })),
      closures: count(closed, size > 100 ? 3 : undefined),
      closed: count(closed, size > 100 ? 3 : undefined),
      byDisposition: grouped(closed, (row) => row.disposition.en).map((row) => ({
        ...row,
        label: w('Fixed', '已解决'),
      })),
      firstResponse: {
        answered: timing(cases, (row) => row.responseTime),
        unanswered: count(cases.filter((row) => row.responseTime === undefined)),
        atOnce: timing(cases.slice(0, 3), (row) => row.responseTime),
        atOnceUnanswered: count(none),
        distribution: buckets((row) => row.responseTime, [0, 0.5 * HOUR, HOUR, 2 * HOUR, 4 * HOUR]),
      },
      resolution: {
        total: timing(closed, (row) => row.resolutionTime),
        net: timing(closed, (row) => (row.resolutionTime ?? 0) * 0.6),
        distribution: buckets((row) => row.resolutionTime, [0, 8 * HOUR, 24 * HOUR, 72 * HOUR]),
      },
      resolutionRate,
      clearance: share(closed, cases, -0.02),
      reopenRate: share(closed.slice(0, 4), closed, 0),
      verification: {
        test: share(closed.slice(0, 9), closed.slice(0, 70)),
        customer: share(closed.slice(0, 2), closed.slice(0, 60)),
        firstFix: share(closed.slice(0, 80), closed),
      },
      planRejection: share(closed.slice(0, 5), closed.slice(0, 40)),
      movement: {
        start: count(open),
        received,
        convertedIn: count(none),
        reopened: count(none),
        closures: count(closed),
        removed: count(none),
        end: count(open),
      },
      backlog: {
        start: count(open),
        end: backlog,
        byAge: ['0-7', '8-30', '31-90', '> 90'].map((label, index) => {
          const there = open.filter((_row, at) => at % 4 === index);
          return {
            key: label,
            label: w(`${label} days`, `${label} 天`),
            count: there.length,
            share: hasCases ? there.length / open.length : 0,
            cases: ids(there),
          };
        }),
        byStep: grouped(open, (row) => row.step).map((row) => ({
          ...row,
          label: w('3.2 Follow the progress', '3.2 进度跟进'),
        })),
        byWaiting: grouped(open, () => 'rd').map((row) => ({ ...row, label: w('waiting on R&D', '等待研发') })),
      },
      urgent: {
        cases: count(urgent),
        targetMinutes: 15,
        toldInTime: share(urgent.slice(2), urgent),
        untilTold: spread(urgent, (row) => (row.responseTime ?? 0) / 10),
        untold: count(urgent.slice(0, 1)),
      },
      followUps: {
        discipline: share(cases.slice(0, 100), cases),
        late: count(cases.slice(0, 9)),
        missed: count(cases.slice(0, 3)),
      },
      knowledge: {
        committed: count(closed.slice(0, 2)),
        articles: hasCases
          ? [
              {
                path: 'knowledge/数据库/shared-memory.md',
                title: '容器内 PostgreSQL 共享内存不足',
                cases: ids(closed.slice(0, 2)),
              },
            ]
          : [],
        closedWithArticle: share(closed.slice(0, 30), closed),
        reuse: count(closed.slice(0, 7)),
      },
      sentence: w(`${size} service requests were received.`, `本期受理服务请求 ${size} 个。`),
    },
    drafts: {
      results: hasCases
        ? [
            {
              key: 'urgent:1',
              text: w('Solved: 东海银行 monthly report timed out', '解决重大故障：东海银行月结报表超时'),
              cases: ids(closed.slice(0, 1)),
            },
            {
              key: 'release:3.2.1',
              text: w('Upgraded 12 customers to 3.2.1', '完成 12 家客户升级至 3.2.1'),
              cases: ids(closed.slice(0, 12)),
            },
          ]
        : [],
      plan: hasCases
        ? [
            {
              key: `training:${customers[0]}`,
              text: w(`Train ${customers[0]}`, `为${customers[0]}提供专项培训`),
              cases: first?.cases ?? [],
            },
            {
              key: 'article:性能',
              text: w('Write an article on performance', '编写性能类问题的知识库文章'),
              cases: [],
            },
          ]
        : [],
    },
    quality: hasCases
      ? [
          {
            code: 'version',
            text: w('Issues without a version', '未填写版本的问题'),
            count: 9,
            cases: ids(cases.slice(0, 9)),
          },
        ]
      : [],
    deviations: cases.slice(0, 2).map(({ id }) => ({
      case: id,
      at: '2026-08-03T11:20:00+08:00',
      by: '李伟 <li.wei@example.com>',
      action: w('Create the ticket', '创建工单'),
      lacked: w('Steps', '复现步骤'),
      reason: '-2 级故障，北辰医院现场断网，先建单',
    })),
    late: hasCases
      ? [
          {
            case: cases[0]?.id ?? '',
            period: '2026-Q2',
            what: 'received',
            at: '2026-06-28T10:00:00+08:00',
            recordedAt: '2026-07-02T09:00:00+08:00',
          },
        ]
      : [],
    cases,
  };
}
