/** Makes the document of a report: one language, the engineer's edits merged in, customers by name or by pseudonym. */
import type { CaseKind } from '../../case/state';
import { procedureOf } from '../../sop/engine';
import { fill, type Language, say, w, type Words } from '../../words';
import { noEdits, type ReportEdits } from '../edits';
import { counted, numberText } from '../sayFigures';
import type { ReportFilter, ServiceReport } from '../serviceReport';
import { activityParts } from './activity';
import { appendixParts } from './appendix';
import { Cells } from './cells';
import { concentrationParts } from './concentration';
import { outlookParts } from './outlook';
import type { Unnumbered } from './parts';
import { pseudonymised, pseudonymisedFilter, type Pseudonyms } from './pseudonyms';
import type { Fact, Headline, ReportDocument, Section } from './reportDocument';

export interface DocumentOptions {
  readonly edits?: ReportEdits;
  readonly isFrozen?: boolean;
  /** Customers appear as "Customer A"; left out: by their names. */
  readonly pseudonyms?: Pseudonyms;
}

const titles: Readonly<Record<Section['id'], Words>> = {
  concentration: w('Issue concentration', '问题集中度分析'),
  activity: w('Customer activity and health', '客户活跃度与健康度分析'),
  outlook: w('Summary and outlook', '工作总结与展望'),
  appendix: w('Appendix', '附录'),
};

const title = w('Service report', '售后服务报告');
/** Changes of a period that still runs look worse, or better, than they will be. */
const wholeBefore = w('the whole of {0}, while this period still runs', '{0}整期（本期尚未结束）');
/** A title has room for so many names. */
const NAMED = 3;

/** On one line, as a commit names it: "Service report 2026-Q3 (Q3 2026)". */
export function titleOf({ title: name, period, subtitle }: ReportDocument): string {
  return `${name} ${period} (${subtitle})`;
}

/** The document's own outline (spec, part 3), with an appendix. */
export function reportDocument(
  report: ServiceReport,
  language: Language,
  options: DocumentOptions = {},
): ReportDocument {
  const { edits = noEdits, isFrozen = false, pseudonyms } = options;
  const cells = new Cells(language, report.period.zone);
  const section = (id: Section['id'], index: number, parts: readonly Unnumbered[]): Section => ({
    id,
    number: String(index),
    title: cells.say(titles[id]),
    parts: parts.map((part, at) => ({ ...part, number: `${index}.${at + 1}` })),
  });
  const { asOf, generatedAt } = report;
  const filter = pseudonyms ? pseudonymisedFilter(report, pseudonyms, language) : report.filter;
  const { start, end, zone } = report.period;
  const document: ReportDocument = {
    language,
    period: report.period.id,
    made: { start, end, zone, asOf, generatedAt, filter },
    title: cells.say(title),
    subtitle: [subtitleOf(report, cells), scopeText(filter, language, NAMED)].filter(Boolean).join(' · '),
    isProvisional: report.isProvisional,
    isFrozen,
    nothing: isEmpty(report)
      ? cells.say(w('No case was received, closed or open in this period.', '本周期没有受理、关闭或未结的案例。'))
      : '',
    isPseudonymised: pseudonyms !== undefined,
    facts: factsOf(report, filter, cells),
    headline: headlineOf(report, cells),
    sections: [
      section('concentration', 1, concentrationParts(report, cells)),
      section('activity', 2, activityParts(report, cells)),
      section('outlook', 3, outlookParts(report, edits, cells)),
      section('appendix', 4, appendixParts(report, cells)),
    ],
  };
  return pseudonyms ? pseudonymised(document, report, pseudonyms) : document;
}

function isEmpty({ headline: { received, closed, backlog } }: ServiceReport): boolean {
  return received.count + closed.count + backlog.count === 0;
}

function subtitleOf({ period, isProvisional, asOf }: ServiceReport, cells: Cells): string {
  const label = cells.say(period.label);
  if (!isProvisional) return label;
  return cells.say(fill(w('{0}, as of {1}', '{0}（截至 {1}）'), label, cells.instant(asOf).text));
}

/**
 * What a report is about: "Customer: Acme; Products: ERP, MES"; empty for the whole one.
 * @param most so many names of a kind; the rest is a number
 */
export function scopeText(
  { kind, customers, products }: ReportFilter,
  language: Language,
  most = Number.POSITIVE_INFINITY,
): string {
  const list = (one: Words, several: Words, names: readonly string[] = []) => {
    if (names.length === 0) return [];
    const rest = names.length - most;
    const shown = names.slice(0, most).join(language === 'en' ? ', ' : '、');
    const text =
      rest > 0 ? fill(w('{0} and {1} more', '{0} 等 {2} 个'), shown, String(rest), String(names.length)) : shown;
    return [say(fill(w('{0}: {1}', '{0}：{1}'), names.length === 1 ? one : several, text), language)];
  };
  return [
    ...list(w('Kind', '类别'), w('Kinds', '类别'), kind && [say(procedureOf(kind).name, language)]),
    ...list(w('Customer', '客户'), w('Customers', '客户'), customers),
    ...list(w('Product', '产品'), w('Products', '产品'), products),
  ].join(language === 'en' ? '; ' : '；');
}

function factsOf(
  { period, previous, asOf, generatedAt, isProvisional }: ServiceReport,
  filter: ReportFilter,
  cells: Cells,
): Fact[] {
  const fact = (id: Fact['id'], label: Words, text: string): Fact => ({ id, label: cells.say(label), text });
  const scope = scopeText(filter, cells.language);
  const [start, end] = [cells.instant(period.start).text, cells.instant(period.end).text];
  return [
    fact('period', w('Period', '报告周期'), `${start} – ${end} (${period.zone})`),
    fact(
      'previous',
      w('Compared with', '对比周期'),
      cells.say(isProvisional ? fill(wholeBefore, previous.label) : previous.label),
    ),
    fact('asOf', w('As of', '数据截至'), cells.instant(asOf).text),
    fact('generatedAt', w('Made', '生成时间'), cells.instant(generatedAt).text),
    ...(scope === '' ? [] : [fact('filter', w('Only', '筛选范围'), scope)]),
  ];
}

function headlineOf({ headline, service }: ServiceReport, cells: Cells): Headline[] {
  const { received, closed, resolutionRate, firstResponse, backlog } = headline;
  const countOf = (kind: CaseKind) => service.byKind.find(({ key }) => key === kind)?.count ?? 0;
  const [issues, requests] = [countOf('issue'), countOf('request')];
  const of = (part: number, all: number) => fill(w('{0} of {1}', '{0} / {1}'), numberText(part), numberText(all));
  const figure = (id: Headline['id'], label: Words, parts: Omit<Headline, 'id' | 'label'>): Headline => ({
    id,
    label: cells.say(label),
    ...parts,
  });
  return [
    figure('received', w('Received', '服务请求总量'), {
      cell: cells.count(received),
      detail: cells.say(
        w(
          `${counted(issues, 'issue')}, ${counted(requests, 'request')}`,
          `问题 ${numberText(issues)}，需求 ${numberText(requests)}`,
        ),
      ),
      change: cells.totalChange(received.change).text,
    }),
    figure('closed', w('Closed', '关闭'), {
      cell: cells.count(closed),
      detail: '',
      change: cells.totalChange(closed.change).text,
    }),
    figure('resolutionRate', w('Resolution rate', '解决率'), {
      cell: cells.share(resolutionRate),
      detail: cells.say(of(resolutionRate.part, resolutionRate.of)),
      change: cells.shareChange(resolutionRate.change).text,
      ...better(resolutionRate.change?.difference),
    }),
    figure('firstResponse', w('Mean first response', '平均响应时间'), {
      cell: cells.mean(firstResponse),
      detail: cells.say(fill(w('P90 {0}', 'P90 {0}'), cells.p90(firstResponse).text)),
      change: cells.durationChange(firstResponse.change).text,
      ...better(firstResponse.change && -firstResponse.change.difference),
    }),
    figure('backlog', w('Backlog', '未结案例'), {
      cell: cells.count(backlog),
      detail: '',
      change: cells.totalChange(backlog.change).text,
      ...better(backlog.change && -backlog.change.difference),
    }),
  ];
}

const better = (gain: number | undefined): { isBetter?: boolean } =>
  gain === undefined || gain === 0 ? {} : { isBetter: gain > 0 };
