/** One file on its way into the casebook: its mapping, the last trial of it, and the cases made. */
import { distinct, MOST_VALUES } from '../../domain/transfer/table';
import type { Casebook } from '../../domain/ports';
import type { OrderFound } from '../../domain/transfer/dates';
import type { Sheet } from '../../domain/transfer/files';
import { dryRun, importCases } from '../../domain/transfer/importer';
import { guessMapping, guessValues, isZone, type Mapping, orderIn } from '../../domain/transfer/mapping';
import { mappingLacks, type Plan } from '../../domain/transfer/plan';
import { w, type Words } from '../../domain/words';
import type { ColumnWords, Outcome, Trial } from './protocol';
import { inTurns } from './turns';

export type TransferPorts = Pick<Casebook, 'store' | 'settings' | 'transfer' | 'clock' | 'me'>;

/** Rows of each list that a page shows; the whole list goes into a file. */
const SHOWN = 100;
const PREVIEW = 5;

export class ImportSession {
  sheet = 0;
  mapping: Mapping;
  #plan: { readonly of: Mapping; readonly plan: Plan } | undefined;
  /** What the last trial found, also after it was imported. */
  lastPlan: Plan | undefined;
  #order: { readonly of: Mapping['columns']; readonly found: OrderFound } | undefined;
  #isCancelled = false;

  constructor(
    private readonly ports: TransferPorts,
    readonly fileName: string,
    readonly sheets: readonly Sheet[],
    private readonly zone: string,
    known: readonly Mapping[],
  ) {
    this.mapping = this.#fitting(known) ?? this.#guess();
  }

  get table() {
    return this.sheets[this.sheet]?.table ?? { headers: [], rows: [] };
  }

  get preview(): readonly (readonly string[])[] {
    return this.table.rows.slice(0, PREVIEW);
  }

  get plan(): Plan | undefined {
    return this.#plan?.of === this.mapping ? this.#plan.plan : undefined;
  }

  words(): Readonly<Record<string, ColumnWords>> {
    return Object.fromEntries(
      this.table.headers.map((header): [string, ColumnWords] => {
        const values = distinct(this.table, header, MOST_VALUES + 1);
        return [header, { values: values.slice(0, MOST_VALUES), isAll: values.length <= MOST_VALUES }];
      }),
    );
  }

  choose(sheet: number): void {
    if (this.sheets[sheet] === undefined) return;
    this.sheet = sheet;
    this.#order = undefined;
    this.mapping = this.#guess();
  }

  /** What a person changed, and what follows from it: words of columns that are new, an order that the dates show. */
  change(wanted: Mapping): void {
    this.mapping = { ...wanted, values: guessValues(this.table, wanted) };
    const order = this.order();
    if (order === 'dmy' || order === 'mdy') this.mapping = { ...this.mapping, dateOrder: order };
  }

  /** What the dates of the mapped columns say together. */
  order(): OrderFound {
    const { columns } = this.mapping;
    if (this.#order?.of !== columns) this.#order = { of: columns, found: orderIn(this.table, this.mapping) };
    return this.#order.found;
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
    const { store, clock } = this.ports;
    const of = this.mapping;
    await store.load();
    const plan = await dryRun(this.table, of, store, clock.now(), inTurns());
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
    };
  }

  /** Imports what the last trial planned. @throws StoreError what was made before stays */
  async run(progress: (done: number, total: number) => void): Promise<Outcome> {
    const { plan } = this;
    if (!plan) throw new RangeError('not tried');
    const { store, me } = this.ports;
    this.#isCancelled = false;
    const total = plan.cases.length;
    const { made, isCancelled } = await importCases(plan.cases, this.mapping.source, await me(), store, {
      isCancelled: () => this.#isCancelled,
      progress: (done) => progress(done, total),
    });
    // what was planned is here now: it is to be tried anew before it can be imported again
    this.#plan = undefined;
    return { made, isCancelled, left: plan.rejected.length + plan.duplicates.length };
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  #guess(): Mapping {
    return guessMapping(this.table, sourceOf(this.fileName), this.zone);
  }

  /** One that was used before, all of whose columns this file has. */
  #fitting(known: readonly Mapping[]): Mapping | undefined {
    const { headers } = this.table;
    const fits = known.find(({ columns }) => {
      const named = Object.values(columns).flat();
      return named.length > 0 && named.every((header) => headers.includes(header));
    });
    return fits && { ...fits, values: guessValues(this.table, fits) };
  }
}

/** "incidents-2026-09.csv" → "incidents" */
function sourceOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').replace(/[\s_-]*\d[\d\s._-]*$/, '') || fileName;
}
