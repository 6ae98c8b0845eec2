/**
 * The service report (spec, part 3): everything that page, markdown, HTML, CSV and spreadsheet print. Plain JSON.
 * Definitions of the figures: see each. Instants are ISO-8601, times are milliseconds, words are in both languages.
 */
import type { CaseKind, CaseStatus, Urgency } from '../case/state';
import type { Words } from '../words';
import type { Bucket, CaseIds, Count, Row, Share, Spread, Timing } from './figure';

/** Half-open: [start, end) in the report's zone. */
export interface Period {
  /** "2026-09" or "2026-Q3". */
  readonly id: string;
  readonly kind: 'month' | 'quarter';
  /** ISO-8601 with the zone's offset. */
  readonly start: string;
  readonly end: string;
  /** IANA name. */
  readonly zone: string;
  /** "September 2026 / 2026 年 9 月". */
  readonly label: Words;
}

/** Only cases that agree with every given part count; left out, or without a name: all. */
export interface ReportFilter {
  readonly kind?: CaseKind;
  readonly customers?: readonly string[];
  readonly products?: readonly string[];
}

export interface ServiceReport {
  /** Raised when the shape changes: a stored report of another format is made anew, or shown as its files stand. */
  readonly format: 1;
  readonly period: Period;
  /** What the changes compare with. */
  readonly previous: Period;
  /** The earlier of now and the period's end; nothing that happened later counts. */
  readonly asOf: string;
  /** The period was still running ("as of / 截至"). */
  readonly isProvisional: boolean;
  readonly generatedAt: string;
  readonly filter: ReportFilter;
  readonly headline: Headline;
  /** 1. 问题集中度分析 */
  readonly concentration: Concentration;
  /** 2. 客户活跃度与健康度分析 */
  readonly usage: Usage;
  readonly service: Service;
  /** 3. 工作总结与展望: drafts, to be edited by the engineer. */
  readonly drafts: Drafts;
  /** 4. Appendix */
  readonly quality: readonly QualityNote[];
  readonly deviations: readonly DeviationRow[];
  /** 补录: what was recorded in this period and belongs to an earlier one whose report is frozen. */
  readonly late: readonly LateEntry[];
  /** Every case that a figure names, in the order of receivedAt. */
  readonly cases: readonly CaseRow[];
}

/** What stands at the top of the page: the same objects as further down. */
export interface Headline {
  readonly received: Count;
  readonly closed: Count;
  readonly resolutionRate: Share;
  readonly firstResponse: Spread;
  readonly backlog: Count;
}

export interface Concentration {
  /** 高频问题客户, the most first; ties: urgent cases, then the name. */
  readonly customers: readonly CustomerRow[];
  /** 高频版本: issues by product and version, the most first. */
  readonly versions: readonly VersionRow[];
  /** 常见问题类型: issues by type, the most first. Types of the period before that are gone now stay, with 0. */
  readonly types: readonly Row[];
  /** One generated sentence for each of the three. */
  readonly sentences: { readonly customers: Words; readonly versions: Words; readonly types: Words };
}

/** `count` = issues + requests received. */
export interface CustomerRow extends Row {
  readonly issues: number;
  readonly requests: number;
  /** Those of its cases that were urgent at any time. */
  readonly urgent: number;
  /** Behind each; left out of reports that were frozen before this was kept. */
  readonly issueCases?: CaseIds;
  readonly requestCases?: CaseIds;
  readonly urgentCases?: CaseIds;
}

export interface VersionRow extends Row {
  readonly product: string;
  readonly version: string;
}

/** No data is no data, never silence. */
export const usageStandings = ['active', 'declining', 'low', 'silent', 'noData'] as const;
export type UsageStanding = (typeof usageStandings)[number];

/** 客户使用频率, from imported figures only. */
export interface Usage {
  /** By standing in the order of `usageStandings`, then by name. Every customer of casebook.json, the cases and the data. */
  readonly customers: readonly UsageRow[];
  readonly counts: Readonly<Record<UsageStanding, number>>;
  /** Where the figures come from, each once. */
  readonly sources: readonly { readonly source: string; readonly legalBasis: string }[];
  readonly sentence: Words;
}

export interface UsageRow {
  readonly customer: string;
  readonly standing: UsageStanding;
  /** Why it stands there, with the numbers. */
  readonly reason: Words;
  /** Sums over the period; left out where there is no data. Of a longer row the days in the period count. */
  readonly logins?: number;
  readonly coreUses?: number;
  readonly previousLogins?: number;
  readonly previousCoreUses?: number;
  /** Cases received from it in the period. */
  readonly received: number;
  readonly cases: CaseIds;
}

/** 服务请求统计 */
export interface Service {
  /** 服务请求总量: cases with receivedAt in the period. A request that an issue was converted into is not one. */
  readonly received: Count;
  readonly byKind: readonly Row[];
  readonly byChannel: readonly Row[];
  readonly byWeek: readonly WeekRow[];
  /** Leaving 5.1 / 4.1 in the period; a case closed twice counts twice. */
  readonly closures: Count;
  /** Distinct cases among `closures`. */
  readonly closed: Count;
  readonly byDisposition: readonly Row[];
  readonly firstResponse: FirstResponse;
  readonly resolution: Resolution;
  /** 解决率: of the cases received in the period, less those removed, closed at asOf with a solving disposition. */
  readonly resolutionRate: Share;
  /** Closures ÷ received, which may pass 1; never called 解决率. `share` may be above 1 here alone. */
  readonly clearance: Share;
  /** Of the cases closed in the period: those reopened after that, before asOf. */
  readonly reopenRate: Share;
  readonly verification: Verification;
  /** Rejected ÷ decided plan revisions, by the time of the answer. */
  readonly planRejection: Share;
  readonly movement: Movement;
  readonly backlog: Backlog;
  readonly urgent: Urgent;
  readonly followUps: FollowUps;
  readonly knowledge: Knowledge;
  /** One generated sentence on volume, response and resolution. */
  readonly sentence: Words;
}

/** A week from Monday, cut at the period's borders. */
export interface WeekRow {
  /** Calendar dates, inclusive: "2026-09-07". */
  readonly from: string;
  readonly until: string;
  /** ISO week, "2026-W37". */
  readonly week: string;
  readonly received: Count;
  readonly closures: Count;
}

/**
 * 平均响应时间: receivedAt → first message to the customer, over cases received in the period and answered before asOf.
 */
export interface FirstResponse {
  readonly answered: Timing;
  readonly unanswered: Count;
  /** Channels that are answered at once (phone, on site): apart, and not part of the two above. */
  readonly atOnce: Timing;
  readonly atOnceUnanswered: Count;
  /** Of `answered`, by working time. */
  readonly distribution: readonly Bucket[];
}

/** receivedAt → last closure, over cases whose last closure is in the period. */
export interface Resolution {
  readonly total: Timing;
  /** Less the time in which the case waited on the customer. */
  readonly net: Timing;
  /** Of `total`, by working time. */
  readonly distribution: readonly Bucket[];
}

/** 4.2: failed ÷ all. `part` and `of` count verifications, not cases. */
export interface Verification {
  readonly test: Share;
  readonly customer: Share;
  /** First-fix success: issues closed in round 1 ÷ issues closed in the period; cases, by their last closure in it. */
  readonly firstFix: Share;
}

/** end = start + received + convertedIn + reopened − closures − removed. */
export interface Movement {
  readonly start: Count;
  readonly received: Count;
  /** Requests that issues were converted into. */
  readonly convertedIn: Count;
  /** Closed ones reopened, and withdrawn ones taken up again. */
  readonly reopened: Count;
  readonly closures: Count;
  /** Merged, withdrawn or converted while open. */
  readonly removed: Count;
  readonly end: Count;
}

export interface Backlog {
  /** At the period's start and at asOf. */
  readonly start: Count;
  readonly end: Count;
  /** At asOf by calendar days since receivedAt: 0-7, 8-30, 31-90, > 90. */
  readonly byAge: readonly Row[];
  /** At asOf; `key` is "issue 2.1" or "request 3.1", in the procedures' order, steps without cases left out. */
  readonly byStep: readonly Row[];
  readonly byWaiting: readonly Row[];
}

/** Cases that became urgent in the period. */
export interface Urgent {
  readonly cases: Count;
  /** Minutes, calendar time. */
  readonly targetMinutes: number;
  /** Lead notified within the target ÷ urgent cases whose lead was told or whose target has passed by asOf. */
  readonly toldInTime: Share;
  /** Urgent assessment → lead notified, calendar time. */
  readonly untilTold: Spread;
  readonly untold: Count;
}

/** `part`, `of` and counts are follow-ups, not cases. */
export interface FollowUps {
  /** Done by their due time ÷ due in the period, up to asOf. */
  readonly discipline: Share;
  readonly late: Count;
  readonly missed: Count;
}

export interface Knowledge {
  /** Articles published in the period. */
  readonly committed: Count;
  readonly articles: readonly { readonly path: string; readonly title: string; readonly cases: CaseIds }[];
  /** Closed in the period with an article linked at asOf ÷ closed in the period. */
  readonly closedWithArticle: Share;
  /** Links to articles that were there already. */
  readonly reuse: Count;
}

export interface Drafts {
  /** 本周期主要工作成果 */
  readonly results: readonly DraftLine[];
  /** 下周期服务改进计划 */
  readonly plan: readonly DraftLine[];
}

export interface DraftLine {
  /** The same for the same finding whenever the report is generated again: "training:华东某厂". */
  readonly key: string;
  readonly text: Words;
  readonly cases: CaseIds;
}

/** What keeps the figures from being better than they are. */
export interface QualityNote {
  readonly code: string;
  readonly text: Words;
  readonly count: number;
  readonly cases: CaseIds;
}

/** A forced step and its reason. */
export interface DeviationRow {
  readonly case: string;
  readonly at: string;
  readonly by: string;
  readonly action: Words;
  readonly lacked: Words;
  readonly reason: string;
}

export interface LateEntry {
  readonly case: string;
  /** The frozen period that it belongs to. */
  readonly period: string;
  readonly what: 'received' | 'closed';
  /** When it happened, and when it was written down. */
  readonly at: string;
  readonly recordedAt: string;
}

export interface CaseRow {
  readonly id: string;
  readonly kind: CaseKind;
  readonly title: string;
  /** Its name when the report was generated. */
  readonly customer: string;
  readonly product: string;
  readonly version: string;
  readonly problemType: string;
  readonly channel: string;
  readonly urgency?: Urgency;
  readonly owner: string;
  /** At asOf. */
  readonly status: CaseStatus;
  readonly step: string;
  readonly round: number;
  readonly receivedAt: string;
  /** Of what was received in the period. */
  readonly firstResponseAt?: string;
  /** Last closure, where it is closed at asOf. */
  readonly closedAt?: string;
  readonly disposition: Words;
  /** Working time, where they are measured. */
  readonly responseTime?: number;
  readonly resolutionTime?: number;
  /** Which of the lists it is in. */
  readonly isReceived: boolean;
  readonly isClosed: boolean;
  readonly isBacklog: boolean;
}
