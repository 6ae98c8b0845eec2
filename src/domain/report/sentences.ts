/** One sentence for each part of the report, from its figures. */
import { w, type Words } from '../words';
import type { Row } from './figure';
import { changeWords, counted, durationWords, fillSpaced, listWords, numberText, percentWords } from './sayFigures';
import type { CustomerRow, Service, UsageRow, UsageStanding, VersionRow } from './serviceReport';

/** How many of a ranking a sentence names. */
const NAMED = 3;

function topOf<T extends Row>(rows: readonly T[]): readonly T[] {
  return rows.filter(({ key, count }) => key !== '' && count > 0).slice(0, NAMED);
}

function sumOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** "; 4 are without a version". */
function unfilledWords(rows: readonly Row[], what: Words): Words {
  const unfilled = rows.find(({ key }) => key === '')?.count ?? 0;
  return unfilled === 0 ? w('', '') : fillSpaced(w('; {0} without {1}', '；{0} 件未填{1}'), numberText(unfilled), what);
}

export function customersSentence(rows: readonly CustomerRow[]): Words {
  const [all, top] = [sumOf(rows), topOf(rows)];
  if (all === 0) return w('Nothing was received in this period.', '本期没有受理案例。');
  const customers = rows.filter(({ key, count }) => key !== '' && count > 0).length;
  if (top.length === 0)
    return w(`${counted(all, 'case')} came in, none with a customer.`, `共收到 ${numberText(all)} 件，均未填客户。`);
  const [only] = top;
  if (only && only.count === all) {
    return fillSpaced(
      w(`{0} came in${all === 1 ? '' : ', all'} from {1}.`, `本期共提交 {0} 件，${all === 1 ? '' : '均'}来自{1}。`),
      w(counted(all, 'case'), numberText(all)),
      only.label,
    );
  }
  return fillSpaced(
    w(
      `${counted(all, 'case')} came in from ${counted(customers, 'customer')}, most from {0}: {1} of all{2}.`,
      `本期共有 ${numberText(customers)} 家客户提交 ${numberText(all)} 件，较多的是{0}，合计占 {1}{2}。`,
    ),
    listWords(top),
    percentWords(sumOf(top) / all),
    unfilledWords(rows, w('a customer', '客户')),
  );
}

export function versionsSentence(rows: readonly VersionRow[]): Words {
  const [all, top] = [sumOf(rows), topOf(rows)];
  if (all === 0) return w('No issue was received in this period.', '本期没有收到问题/故障。');
  if (top.length === 0)
    return w(`${counted(all, 'issue')} came in, none with a version.`, `共 ${numberText(all)} 件问题，均未填版本。`);
  const [only] = top;
  if (only && only.count === all) {
    return fillSpaced(
      w(
        all === 1 ? 'The only issue concerns {0}.' : `All ${numberText(all)} issues concern {0}.`,
        `${numberText(all)} 件问题${all === 1 ? '' : '均'}涉及{0}。`,
      ),
      only.label,
    );
  }
  return fillSpaced(
    w(
      `Of ${counted(all, 'issue')} most concern {0}: {1} of all{2}.`,
      `${numberText(all)} 件问题中，较集中的版本是{0}，合计占 {1}{2}。`,
    ),
    listWords(top),
    percentWords(sumOf(top) / all),
    unfilledWords(rows, w('a version', '版本')),
  );
}

export function typesSentence(rows: readonly Row[]): Words {
  const [all, top] = [sumOf(rows), topOf(rows)];
  if (all === 0) return w('No issue was received in this period.', '本期没有收到问题/故障。');
  const [first] = top;
  if (!first)
    return w(`${counted(all, 'issue')} came in, none with a type.`, `共 ${numberText(all)} 件问题，均未填类型。`);
  return fillSpaced(
    w(
      `The most common ${top.length === 1 ? 'type of issue is' : 'types of issue are'} {0}; {1} makes up {2} (against the period before: {3}){4}.`,
      '常见问题类型为{0}；{1}占 {2}（较上期：{3}）{4}。',
    ),
    listWords(top),
    first.label,
    percentWords(first.share),
    changeWords(first.change),
    unfilledWords(rows, w('a type', '类型')),
  );
}

export function usageSentence(rows: readonly UsageRow[], counts: Readonly<Record<UsageStanding, number>>): Words {
  const known = rows.length - counts.noData;
  if (known === 0) {
    return w('There is no usage data for this period.', '本期没有客户使用数据。');
  }
  const { active, declining, low, silent, noData } = counts;
  const without = fillSpaced(w('; no data for {0}', '；{0} 家无数据'), numberText(noData));
  return fillSpaced(
    w(
      `${counted(known, 'customer')} with usage data: {1} active, {2} declining, {3} low, {4} silent{5}.`,
      '有使用数据的 {0} 家客户中，活跃 {1} 家、下降 {2} 家、低频 {3} 家、沉默 {4} 家{5}。',
    ),
    ...[known, active, declining, low, silent].map(numberText),
    noData === 0 ? w('', '') : without,
  );
}

export function serviceSentence(service: Omit<Service, 'sentence'>): Words {
  const { received, closed, resolutionRate, firstResponse, backlog } = service;
  const { mean } = firstResponse.answered.business;
  const response =
    mean === undefined
      ? w('no first response is measured', '无首次响应数据')
      : fillSpaced(
          w('the first response took {0} of working time on average', '平均响应时间为 {0}（工作时间）'),
          durationWords(mean),
        );
  const rate =
    resolutionRate.share === undefined
      ? w('', '')
      : fillSpaced(w(', {0} of those received solved', '，解决率 {0}'), percentWords(resolutionRate.share));
  const change = received.change?.isNew
    ? w(' (none before)', '（上期为 0）')
    : received.change
      ? fillSpaced(w(' ({0})', '（较上期：{0}）'), changeWords(received.change))
      : w('', '');
  return fillSpaced(
    w(
      `${counted(received.count, 'case')} received{0}, ${numberText(closed.count)} closed{1}; {2}; ${numberText(backlog.end.count)} ${backlog.end.count === 1 ? 'is' : 'are'} open at the end.`,
      `共收到 ${numberText(received.count)} 件{0}，关闭 ${numberText(closed.count)} 件{1}；{2}；期末未结 ${numberText(backlog.end.count)} 件。`,
    ),
    change,
    rate,
    response,
  );
}
