/** One file on its way into the casebook: its mapping, the last trial of it, and the cases made. */
import type { Casebook } from '../../domain/ports';
import type { OrderFound } from '../../domain/transfer/dates';
import type { Sheet } from '../../domain/transfer/files';
import { likeliestSheet } from '../../domain/transfer/guesses';
import { dryRun, importCases } from '../../domain/transfer/importer';
import { guessMapping, guessValues, isZone, type Mapping, orderIn } from '../../domain/transfer/mapping';
import { newNamesOf } from '../../domain/transfer/names';
import { mappingLacks, type Plan } from '../../domain/transfer/plan';
import { MOST_VALUES, type Survey, surveyOf } from '../../domain/transfer/survey';
import { w, type Words } from '../../domain/words';
import type { ColumnWords, Outcome, Trial } from './protocol';

export type TransferPorts = Pick<
  Casebook,
  'store' | 'attachments' | 'settings' | 'transfer' | 'clock' | 'me' | 'breathing'
>;

/** Rows of each list that a page shows; the whole list goes into a file. */
const SHOWN = 100;
const PREVIEW = 5;

/** A file that begins with the mapping it most likely needs. */
export async function openImport(
  ports: TransferPorts,
  fileName: string,
  sheets: readonly Sheet[],
  zone: string,
  known: readonly Mapping[],
): Promise<ImportSession> {
  const sheet = likeliestSheet(sheets);
  return new ImportSession(ports, fileName, sheets, zone, sheet, await surveyIn(ports, sheets, sheet), known);
}

function surveyIn({ breathing }: TransferPorts, sheets: readonly Sheet[], sheet: number): Promise<Survey> {
  return surveyOf(sheets[sheet]?.table ?? { headers: [], rows: [] }, breathing());
}

export class ImportSession {
  mapping: Mapping;
  #plan: { readonly of: Mapping; readonly plan: Plan } | undefined;
  /** What the last trial found, also after it was imported. */
  lastPlan: Plan | undefined;
  #isCancelled = false;

  constructor(
    private readonly ports: TransferPorts,
    readonly fileName: string,
    readonly sheets: readonly Sheet[],
    private readonly zone: string,
    public sheet: number,
    private survey: Survey,
    known: readonly Mapping[],
  ) {
    this.mapping = this.#fitting(known) ?? this.#guess();
  }

  get table() {
    return this.survey.table;
  }

  get preview(): readonly (readonly string[])[] {
    return this.#filled.slice(0, PREVIEW);
  }

  get rowCount(): number {
    return this.#filled.length;
  }

  get #filled(): readonly (readonly string[])[] {
    return this.table.rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  }

  get plan(): Plan | undefined {
    return this.#plan?.of === this.mapping ? this.#plan.plan : undefined;
  }

  words(): Readonly<Record<string, ColumnWords>> {
    return Object.fromEntries(
      this.table.headers.map((header): [string, ColumnWords] => {
        const values = this.survey.words(header, MOST_VALUES + 1);
        return [header, { values: values.slice(0, MOST_VALUES), isAll: values.length <= MOST_VALUES }];
      }),
    );
  }

  async choose(sheet: number): Promise<void> {
    if (this.sheets[sheet] === undefined) return;
    this.survey = await surveyIn(this.ports, this.sheets, sheet);
    this.sheet = sheet;
    this.mapping = this.#guess();
  }

  /** What a person changed, and what follows from it: words of columns that are new, an order that the dates show. */
  change(wanted: Mapping): void {
    this.mapping = { ...wanted, values: guessValues(this.survey, wanted) };
    const order = this.order();
    if (order === 'dmy' || order === 'mdy') this.mapping = { ...this.mapping, dateOrder: order };
  }

  /** What the dates of the mapped columns say together. */
  order(): OrderFound {
    return orderIn(this.survey, this.mapping);
  }

  lacks(): readonly Words[] {
    const order = this.order();
    return [
      ...mappingLacks(this.mapping, order === 'either'),
      ...(order === 'mixed'
        ? [w('Dates with the day first and dates with the month first are mixed', '日期中日在前与月在前混用，无法判断')]
        : []),
      ...(isZone(this.mapping.zone) ? [] : [w('A time zone such as Asia/Shanghai', '请填写时区，例如 Asia/Shanghai')]),
    ];
  }

  /** Nothing is written. */
  async try(): Promise<Trial> {
    const { store, clock, settings, breathing } = this.ports;
    const of = this.mapping;
    await store.load();
    const plan = await dryRun(this.table, of, store, clock.now(), breathing());
    const { forms: _forms, ...fresh } = await newNamesOf(plan.cases, settings.current(), breathing());
    this.#plan = { of, plan };
    this.lastPlan = plan;
    return {
      cases: plan.cases.length,
      rejected: plan.rejected.slice(0, SHOWN),
      rejectedCount: plan.rejected.length,
      duplicates: plan.duplicates.slice(0, SHOWN),
      duplicateCount: plan.duplicates.length,
      warnings: plan.warnings.slice(0, SHOWN),
      warningCount: plan.warnings.length,
      fresh,
    };
  }

  /**
   * Imports what the last trial planned.
   * @param isLearning adds the names of what was made to the team's lists
   * @throws StoreError what was made before stays
   * @throws TransferError 'running' where another window is importing
   */
  async run(isLearning: boolean, progress: (done: number, total: number) => void): Promise<Outcome> {
    const { plan } = this;
    if (!plan) throw new RangeError('not tried');
    const { store, settings, transfer, me, breathing } = this.ports;
    this.#isCancelled = false;
    const total = plan.cases.length;
    const into = { store, transfer, breathe: breathing() };
    const { made, isCancelled, cases } = await importCases(plan.cases, this.mapping.source, await me(), into, {
      isCancelled: () => this.#isCancelled,
      progress: (done) => progress(done, total),
    });
    if (isLearning) await settings.learn((await newNamesOf(cases, settings.current(), breathing())).forms);
    // what was planned is here now: it is to be tried anew before it can be imported again
    this.#plan = undefined;
    const left = new Set([...plan.rejected, ...plan.duplicates].map(({ row }) => row));
    return { made, isCancelled, left: left.size };
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  #guess(): Mapping {
    return guessMapping(this.survey, sourceOf(this.fileName), this.zone);
  }

  /** One that was used before, all of whose columns this file has. */
  #fitting(known: readonly Mapping[]): Mapping | undefined {
    const { headers } = this.table;
    const fits = known.find(({ columns }) => {
      const named = Object.values(columns).flat();
      return named.length > 0 && named.every((header) => headers.includes(header));
    });
    return fits && { ...fits, values: guessValues(this.survey, fits) };
  }
}

/** "incidents-2026-09.csv" → "incidents" */
function sourceOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').replace(/[\s_-]*\d[\d\s._-]*$/, '') || fileName;
}
