/** One pure function from events, calendar and usage to every figure of the report. */
import type { CasebookSettings } from '../casebook';
import type { Breathe } from '../ports';
import type { CaseSummary } from '../summary';
import { instantOf } from '../time';
import { caseRowsOf, deviationsOf, lateEntriesOf, type QualityInput, qualityOf } from './appendix';
import { BusinessTime } from './calendar';
import type { CaseFacts } from './caseFacts';
import { readCase } from './chronicle';
import { draftsOf } from './drafts';
import {
  backlogOf,
  clearanceOf,
  followUpsOf,
  knowledgeOf,
  movementOf,
  planRejectionOf,
  reopenRateOf,
  resolutionRateOf,
  urgentOf,
  verificationOf,
} from './flow';
import { PeriodError, periodBeside, type PeriodOptions, readPeriod } from './period';
import { businessCalendar } from './reportSettings';
import { agrees, currentNames, isWhole, type Scope, scopeOf } from './scope';
import { customersSentence, serviceSentence, typesSentence, versionsSentence } from './sentences';
import type { Concentration, Period, ReportFilter, Service, ServiceReport } from './serviceReport';
import type { CaseLog, CaseLogs, FrozenReport, UsageData } from './sources';
import { countOf } from './tally';
import { firstResponseOf, resolutionOf } from './times';
import { factsOfSummary, isUntouched } from './untouched';
import { usageOf } from './usage';
import { byChannel, byCustomer, byDisposition, byKind, byType, byVersion, byWeek } from './volume';

export interface ReportInput {
  /** "2026-09" or "2026-Q3". */
  readonly period: string;
  /** IANA name. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly settings: CasebookSettings;
  readonly filter?: ReportFilter;
  readonly usage?: UsageData;
  readonly frozen?: readonly FrozenReport[];
}

/** So many cases are read between two chances to give way; reading one takes a fraction of a millisecond. */
const SLICE = 16;

/** The whole report at once. @throws PeriodError */
export function serviceReport(input: ReportInput, logs: Iterable<CaseLog>): ServiceReport {
  const maker = new ReportMaker(input);
  for (const log of logs) maker.take(log);
  const steps = maker.finish();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Takes in cases one by one; nothing of a log is kept but what the figures need. */
export class ReportMaker {
  readonly period: Period;
  readonly #previous: Period;
  readonly #asOf: number;
  readonly #before: number;
  readonly #names: ReadonlyMap<string, string>;
  /** With the customers' present names, since the cases have them. */
  readonly #filter: ReportFilter;
  readonly #now: CaseFacts[] = [];
  readonly #then: CaseFacts[] = [];
  readonly #timeless: string[] = [];
  /** Of every case, whether any figure speaks of it or not. */
  readonly #customers = new Set<string>();

  /** @throws PeriodError */
  constructor(private readonly input: ReportInput) {
    const { zone, settings, now } = input;
    const options: PeriodOptions = { zone, fiscalYearStartMonth: settings.report.fiscalYearStartMonth };
    this.period = readPeriod(input.period, options);
    if (instantOf(this.period.start) >= now) throw new PeriodError('future', input.period);
    this.#previous = periodBeside(this.period, -1, options);
    this.#asOf = Math.min(now, instantOf(this.period.end));
    this.#before = instantOf(this.#previous.end);
    this.#names = currentNames(settings.customers);
    const { kind, customers = [], products = [] } = input.filter ?? {};
    this.#filter = {
      ...(kind && { kind }),
      ...(customers.length > 0 && { customers: customers.map((name) => this.#named(name)) }),
      ...(products.length > 0 && { products }),
    };
  }

  /** @returns false where the log is needed */
  takeSummary(summary: CaseSummary): boolean {
    if (!isUntouched(summary, instantOf(this.#previous.start))) return false;
    this.#customers.add(this.#named(summary.customer.trim()));
    this.#keep(this.#now, factsOfSummary(summary, this.#asOf));
    this.#keep(this.#then, factsOfSummary(summary, this.#before));
    return true;
  }

  take(log: CaseLog): void {
    if (!log.events.some(({ type }) => type === 'open')) this.#timeless.push(log.id);
    const { now, before } = readCase(log, this.#asOf, this.#before, this.input.settings.timings);
    if (now) this.#customers.add(this.#named(now.customer));
    this.#keep(this.#now, now);
    this.#keep(this.#then, before);
  }

  #named(customer: string): string {
    return this.#names.get(customer) ?? customer;
  }

  #keep(list: CaseFacts[], facts: CaseFacts | undefined): void {
    if (!facts) return;
    const customer = this.#named(facts.customer);
    const named = customer === facts.customer ? facts : { ...facts, customer };
    if (agrees(named, this.#filter)) list.push(named);
  }

  /** What can't be read can't be told to be of one customer or product: it is said of the whole. */
  #unread({ problems }: UsageData): QualityInput {
    if (!isWhole(this.#filter)) return { timeless: [], usageProblems: 0 };
    return { timeless: this.#timeless, usageProblems: problems.length };
  }

  /** Figure by figure; whoever asks may let others have their turn in between. */
  *finish(): Generator<void, ServiceReport> {
    const { settings, zone, usage: data = { entries: [], problems: [] }, frozen = [] } = this.input;
    const filter = this.#filter;
    const business = new BusinessTime(businessCalendar(settings.calendar, zone));
    const given = { business, settings, filter };
    const now = scopeOf(this.#now, { period: this.period, asOf: this.#asOf, ...given });
    yield;
    const before = scopeOf(this.#then, { period: this.#previous, asOf: this.#before, ...given });
    yield;
    const concentration = concentrationOf(now, before);
    yield;
    const service = yield* serviceOf(now, before);
    const entries = data.entries.map((entry) => ({ ...entry, customer: this.#named(entry.customer) }));
    const usage = usageOf(entries, this.#customers, now, before, business.time.dayAt(this.input.now));
    yield;
    const report = {
      format: 1 as const,
      period: this.period,
      previous: this.#previous,
      asOf: business.time.isoOf(this.#asOf),
      isProvisional: this.#asOf < instantOf(this.period.end),
      generatedAt: business.time.isoOf(this.input.now),
      filter,
      headline: {
        received: service.received,
        closed: service.closed,
        resolutionRate: service.resolutionRate,
        firstResponse: service.firstResponse.answered.business,
        backlog: service.backlog.end,
      },
      concentration,
      usage,
      service,
      drafts: draftsOf(now, concentration, usage),
      quality: qualityOf(now, this.#unread(data)),
      deviations: deviationsOf(now),
      late: lateEntriesOf(now, frozen),
    };
    yield;
    const named = new Set<string>();
    collectIds(report, named);
    yield;
    return { ...report, cases: caseRowsOf(now, named) };
  }
}

function concentrationOf(now: Scope, before: Scope): Concentration {
  const customers = byCustomer(now, before);
  const versions = byVersion(now, before);
  const types = byType(now, before);
  const sentences = {
    customers: customersSentence(customers),
    versions: versionsSentence(versions),
    types: typesSentence(types),
  };
  return { customers, versions, types, sentences };
}

function* serviceOf(now: Scope, before: Scope): Generator<void, Service> {
  const volume = {
    received: countOf(now.received, before.received),
    byKind: byKind(now, before),
    byChannel: byChannel(now, before),
    byWeek: byWeek(now),
    closures: countOf(now.moves.closed, before.moves.closed),
    closed: countOf(now.closed, before.closed),
    byDisposition: byDisposition(now, before),
  };
  yield;
  const firstResponse = firstResponseOf(now, before);
  yield;
  const resolution = resolutionOf(now, before);
  yield;
  const resolutionRate = resolutionRateOf(now, before);
  const clearance = clearanceOf(now, before);
  yield;
  const reopenRate = reopenRateOf(now, before);
  const planRejection = planRejectionOf(now, before);
  yield;
  const verification = verificationOf(now, before);
  yield;
  const movement = movementOf(now, before);
  yield;
  const backlog = backlogOf(now, before);
  yield;
  const urgent = urgentOf(now, before);
  yield;
  const followUps = followUpsOf(now, before);
  yield;
  const knowledge = knowledgeOf(now, before);
  const rates = { resolutionRate, clearance, reopenRate, verification, planRejection };
  const service = { ...volume, firstResponse, resolution, ...rates, movement, backlog, urgent, followUps, knowledge };
  return { ...service, sentence: serviceSentence(service) };
}

/** Every id that stands behind a figure. */
function collectIds(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if ((key === 'cases' || key === 'others') && Array.isArray(part)) for (const id of part) into.add(String(id));
    else if (key === 'case') into.add(String(part));
    else collectIds(part, into);
  }
}

/**
 * The same from a casebook: only the logs of cases in which something happened are read.
 * @param breathe asked often; lets others have their turn where it is time, and ends the making by throwing
 * @throws PeriodError
 */
export async function serviceReportFrom(
  input: ReportInput,
  { summaries, logs }: { readonly summaries: readonly CaseSummary[]; readonly logs: CaseLogs },
  breathe: Breathe,
): Promise<ServiceReport> {
  const maker = new ReportMaker(input);
  const needed: string[] = [];
  for (const [index, summary] of summaries.entries()) {
    if (!maker.takeSummary(summary)) needed.push(summary.id);
    if (index % SLICE === 0) await breathe();
  }
  let taken = 0;
  for await (const batch of logs.read(needed)) {
    for (const log of batch) {
      maker.take(log);
      taken += 1;
      if (taken % SLICE === 0) await breathe();
    }
  }
  const steps = maker.finish();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
  }
}
