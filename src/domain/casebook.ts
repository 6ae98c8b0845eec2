/** The team's settings in `casebook.json`, and the times that the procedures run on. */
import { type MessageTemplates, readTemplates } from './text/templates';
import type { Language } from './words';
import { isRecord } from './record';
import {
  type CalendarSettings,
  defaultCalendar,
  defaultReportSettings,
  readCalendar,
  readReportSettings,
  type ReportSettings,
} from './report/reportSettings';

/** A customer, with the people who report for it. */
export interface Customer {
  readonly name: string;
  readonly contacts?: readonly string[];
  /** Names that it had before: cases under them are counted as its own. */
  readonly formerNames?: readonly string[];
}

export interface Product {
  readonly name: string;
  readonly versions: readonly string[];
}

export interface Person {
  readonly name: string;
  readonly mail?: string;
  readonly role?: 'SE' | 'LD' | 'RD' | 'PM';
  readonly team?: string;
}

export interface Timings {
  /** Minutes from the urgent assessment until the R&D lead is told, calendar time. */
  readonly leadNotificationMinutes: number;
  /** Days between two follow-ups of a request: 7 weekly, 14 two-weekly (spec L50). */
  readonly requestIntervalDays: number;
  /** Days until a request that is not adopted, but not for good, is asked about again. */
  readonly parkedIntervalDays: number;
  /** Days until R&D is asked again about an issue for which no next follow-up was agreed. */
  readonly issueFollowUpDays: number;
  /** Days until a customer who has not answered, to a plan or a question, is asked again. */
  readonly customerAnswerDays: number;
  /** Hours until the customer hears from us: of the first response, and of a new plan or status. */
  readonly customerUpdateHours: number;
}

export interface CasebookSettings {
  readonly version: 1;
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly problemTypes: readonly string[];
  readonly channels: readonly string[];
  readonly people: readonly Person[];
  readonly groups: readonly string[];
  readonly trackers: readonly string[];
  readonly articleCategories: readonly string[];
  readonly timings: Timings;
  /** Step 2.1 may end with an answer of support itself. */
  readonly supportMaySolve: boolean;
  /** Megabytes (1,000,000 bytes) that one attached file may have. */
  readonly attachmentLimitMb: number;
  readonly managerRole: 'project manager' | 'product manager';
  /** The team's own wording of messages to customers. */
  readonly messageTemplates: MessageTemplates;
  /** The team's working time. */
  readonly calendar: CalendarSettings;
  readonly report: ReportSettings;
}

export const defaultTimings: Timings = {
  leadNotificationMinutes: 15,
  requestIntervalDays: 14,
  parkedIntervalDays: 90,
  issueFollowUpDays: 3,
  customerAnswerDays: 3,
  customerUpdateHours: 24,
};

/** What is used where `casebook.json` says nothing. */
export const defaultSettings: CasebookSettings = {
  version: 1,
  customers: [],
  products: [],
  problemTypes: ['Usage', 'Performance', 'Compatibility', 'Defect', 'Data', 'Deployment'],
  channels: ['Phone', 'WeCom', 'DingTalk', 'Feishu', 'Mail', 'On site'],
  people: [],
  groups: [],
  trackers: ['Jira', 'ZenTao', 'Redmine'],
  articleCategories: ['Databases', 'Middleware', 'Application', 'Environment'],
  timings: defaultTimings,
  supportMaySolve: true,
  attachmentLimitMb: 20,
  managerRole: 'project manager',
  messageTemplates: {},
  calendar: defaultCalendar,
  report: defaultReportSettings,
};

/** What a new casebook starts with: lists in the language of the person who makes it. */
export function startingSettings(language: Language): CasebookSettings {
  if (language === 'en') return defaultSettings;
  return {
    ...defaultSettings,
    problemTypes: ['操作', '性能', '兼容性', '功能缺陷', '数据', '安装部署'],
    channels: ['电话', '企业微信', '钉钉', '飞书', '邮件', '现场'],
    trackers: ['禅道', 'Jira', 'Redmine'],
    articleCategories: ['数据库', '中间件', '应用', '环境'],
  };
}

/**
 * Reads `casebook.json`. A part that has the wrong shape is replaced by its default and named in `problems`;
 * the file itself is never rewritten by reading.
 */
export function readSettings(raw: unknown): { settings: CasebookSettings; problems: string[] } {
  const problems: string[] = [];
  const source = isRecord(raw) ? raw : {};
  if (!isRecord(raw)) problems.push('casebook.json');
  const take = <T>(key: keyof CasebookSettings, read: (value: unknown) => T | undefined, fallback: T): T => {
    if (source[key] === undefined) return fallback;
    const value = read(source[key]);
    if (value === undefined) problems.push(key);
    return value ?? fallback;
  };
  const worded = readTemplates(source['messageTemplates']);
  const texts = (key: keyof CasebookSettings, fallback: readonly string[]) => take(key, readTexts, fallback);
  const settings: CasebookSettings = {
    version: 1,
    customers: take('customers', (value) => readList(value, readCustomer), defaultSettings.customers),
    products: take('products', (value) => readList(value, readProduct), defaultSettings.products),
    problemTypes: texts('problemTypes', defaultSettings.problemTypes),
    channels: texts('channels', defaultSettings.channels),
    people: take('people', (value) => readList(value, readPerson), defaultSettings.people),
    groups: texts('groups', defaultSettings.groups),
    trackers: texts('trackers', defaultSettings.trackers),
    articleCategories: texts('articleCategories', defaultSettings.articleCategories),
    timings: take('timings', readTimings, defaultTimings),
    supportMaySolve: take('supportMaySolve', (value) => (typeof value === 'boolean' ? value : undefined), true),
    attachmentLimitMb: take('attachmentLimitMb', readLimit, defaultSettings.attachmentLimitMb),
    managerRole: take(
      'managerRole',
      (value) => (value === 'project manager' || value === 'product manager' ? value : undefined),
      'project manager',
    ),
    messageTemplates: worded.templates,
    calendar: take('calendar', readCalendar, defaultCalendar),
    report: take('report', readReportSettings, defaultReportSettings),
  };
  return { settings, problems: [...problems, ...worded.problems] };
}

function readTexts(raw: unknown): string[] | undefined {
  return Array.isArray(raw) && raw.every((entry) => typeof entry === 'string') ? raw : undefined;
}

function readList<T>(raw: unknown, read: (entry: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const entries = raw.map(read);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function readCustomer(raw: unknown): Customer | undefined {
  if (!isRecord(raw) || typeof raw['name'] !== 'string') return undefined;
  const contacts = readTexts(raw['contacts'] ?? []);
  const formerNames = readTexts(raw['formerNames'] ?? []);
  if (!contacts || !formerNames) return undefined;
  return { name: raw['name'], contacts, ...(formerNames.length > 0 ? { formerNames } : {}) };
}

function readProduct(raw: unknown): Product | undefined {
  if (!isRecord(raw) || typeof raw['name'] !== 'string') return undefined;
  const versions = readTexts(raw['versions'] ?? []);
  return versions && { name: raw['name'], versions };
}

function readPerson(raw: unknown): Person | undefined {
  if (!isRecord(raw) || typeof raw['name'] !== 'string') return undefined;
  const { mail, role, team } = raw;
  return {
    name: raw['name'],
    ...(typeof mail === 'string' ? { mail } : {}),
    ...(role === 'SE' || role === 'LD' || role === 'RD' || role === 'PM' ? { role } : {}),
    ...(typeof team === 'string' ? { team } : {}),
  };
}

/** A casebook is shared through git, which takes larger files badly. */
const LARGEST_LIMIT = 500;

function readLimit(raw: unknown): number | undefined {
  return typeof raw === 'number' && raw > 0 && raw <= LARGEST_LIMIT ? raw : undefined;
}

function readTimings(raw: unknown): Timings | undefined {
  if (!isRecord(raw)) return undefined;
  const positive = (key: keyof Timings): number | undefined => {
    const value = raw[key] ?? defaultTimings[key];
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const timings: Record<keyof Timings, number> = { ...defaultTimings };
  for (const key of Object.keys(defaultTimings) as (keyof Timings)[]) {
    const value = positive(key);
    if (value === undefined) return undefined;
    timings[key] = value;
  }
  return timings;
}
