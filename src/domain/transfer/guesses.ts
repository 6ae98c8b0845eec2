/** What the headers and words of other systems most likely mean. */
import { type CaseField, caseFields } from './caseFields';
import type { Sheet } from './files';

const plain = (header: string) => header.toLowerCase().replace(/[\s_\-./:：()（）]+/g, '');

/** The column that most likely says each field; each column is taken once. */
export function guessColumns(headers: readonly string[]): Readonly<Partial<Record<CaseField, readonly string[]>>> {
  const guesses = caseFields.flatMap((field) =>
    headers.flatMap((header) => {
      const rank = field.headers.indexOf(plain(header));
      return rank === -1 ? [] : [{ field: field.key, header, rank }];
    }),
  );
  const columns: Partial<Record<CaseField, readonly string[]>> = {};
  const taken = new Set<string>();
  for (const { field, header } of guesses.toSorted((a, b) => a.rank - b.rank)) {
    if (columns[field] !== undefined || taken.has(header)) continue;
    columns[field] = [header];
    taken.add(header);
  }
  return columns;
}

/** A book often begins with a page about itself: the cases lie where most headers are understood. @returns its index */
export function likeliestSheet(sheets: readonly Sheet[]): number {
  const understood = sheets.map(({ table }) => Object.keys(guessColumns(table.headers)).length);
  return Math.max(understood.indexOf(Math.max(...understood)), 0);
}

/** Rows at the beginning in which headers are looked for, and how many of them must be understood below the first. */
const TITLE_ROWS = 10;
const UNDERSTOOD = 3;

/** Above the headers often stand a title and who made the table when. @returns the headers' index among the rows */
export function likeliestHeader(rows: readonly (readonly string[])[]): number {
  const understood = rows.slice(0, TITLE_ROWS).map((row) => Object.keys(guessColumns(row)).length);
  const most = Math.max(...understood, 0);
  return most < UNDERSTOOD ? 0 : understood.indexOf(most);
}

/** A word that says nothing but whether it is an issue or a request: "network fault" is a type of problem. */
const KIND =
  /^(?:(?:bug|defect|incident|issue|problem|fault|error|question|consultation|request|(?:new )?feature|improvement|enhancement|suggestion|wish|(?:user )?story)s?(?: reports?| requests?)?|(?:change|service) requests?|(?:产品|客户|软件|系统|功能|新|线上|生产)?(?:缺陷|故障|问题|错误|事件|咨询|需求|建议|改进|优化)(?:类|单|报告|建议|反馈|申请|请求|变更|咨询)?)$/iu;

/** How many of a column's rows say only whether it is an issue or a request: 0 to 1. */
export function shareOfKinds(words: readonly { readonly value: string; readonly count: number }[]): number {
  const rows = (list: typeof words) => list.reduce((sum, { count }) => sum + count, 0);
  return (
    rows(words.filter(({ value }) => value.split(/\s*[/、]\s*/).every((word) => KIND.test(word)))) /
    Math.max(rows(words), 1)
  );
}

/** What a source's word most likely means among a field's options; undefined where nobody can tell. */
export function guessValue(field: CaseField, value: string): string | undefined {
  const found = meanings[field]?.find(([, pattern]) => pattern.test(value));
  return found?.[0];
}

const meanings: Readonly<Partial<Record<CaseField, readonly (readonly [value: string, pattern: RegExp])[]>>> = {
  urgency: [
    [
      'normal',
      /^(?:normal|low|medium|moderate|minor|trivial|planning)\b|^(?:p|s|sev|prio)?[\s_-]?[3-5](?:\b|级)|^[三四五]级|moderate|medium|low|planning|not urgent|非紧急|不紧急|不急|一般|普通|中|低|轻微|次要/iu,
    ],
    [
      'urgent',
      /^(?:urgent|critical|blocker|emergency|immediate|p0)\b|^(?:p|s|sev|prio)?[\s_-]?1(?:\b|级)|^一级|critical|紧急|特急|致命|阻塞/iu,
    ],
    ['high', /^(?:high|major)\b|^(?:p|s|sev|prio)?[\s_-]?2(?:\b|级)|^二级|high|高|重要|严重/iu],
  ],
  kind: [
    ['request', /request|feature|story|improvement|enhancement|suggestion|wish|需求|建议|改进|优化/iu],
    ['issue', /issue|incident|bug|defect|problem|fault|error|question|consultation|问题|故障|缺陷|咨询|事件|错误/iu],
  ],
  status: [
    ['withdrawn', /cancel|withdrawn|rejected|invalid|duplicate|撤回|撤销|取消|作废|重复/iu],
    ['open', /reopen|unresolved|not\s|未|重新打开|重开/iu],
    ['closed', /closed?|resolved|done|solved|complete|finished|fixed|archived|已?关闭|已?解决|已?完成|已?结|归档/iu],
    ['open', /./u],
  ],
  disposition: [
    ['wontFix', /won.?t|不予|不修复|暂不/iu],
    ['notADefect', /not\s+a\s+(?:bug|defect)|by\s+design|非缺陷|设计如此|误报/iu],
    ['notAdopted', /declined|not\s+adopted|不采纳/iu],
    ['released', /released|已发布|已上线/iu],
    ['solvedBySupport', /support|workaround|advice|answered|指导|咨询|售后/iu],
    ['fixed', /fixed|done|solved|resolved|complete|修复|解决|完成/iu],
  ],
};
