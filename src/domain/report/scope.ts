/** The cases of one period, sorted out once for all figures. */
import type { CasebookSettings, Customer } from '../casebook';
import { instantOf } from '../time';
import type { BusinessTime } from './calendar';
import { type CaseFacts, type Move, standingAfter } from './caseFacts';
import type { Period, ReportFilter } from './serviceReport';
import type { Item } from './tally';

export interface Moved extends Item {
  readonly facts: CaseFacts;
  readonly move: Move;
}

export interface Scope {
  readonly period: Period;
  /** Milliseconds since the epoch; [start, asOf) is what counts. */
  readonly start: number;
  readonly asOf: number;
  /** Every case that existed by `asOf` and agrees with the filter. */
  readonly cases: readonly CaseFacts[];
  /** Those with receivedAt in the period. */
  readonly received: readonly CaseFacts[];
  /** What came into the backlog and left it in the period. */
  readonly moves: Readonly<Record<Move['what'], readonly Moved[]>>;
  /** Distinct cases among the closures. */
  readonly closed: readonly CaseFacts[];
  readonly backlogAtStart: readonly CaseFacts[];
  readonly backlog: readonly CaseFacts[];
  readonly business: BusinessTime;
  readonly settings: CasebookSettings;
  readonly filter: ReportFilter;
}

export type ScopeOptions = Pick<Scope, 'period' | 'asOf' | 'business' | 'settings' | 'filter'>;

export function scopeOf(cases: readonly CaseFacts[], options: ScopeOptions): Scope {
  const start = instantOf(options.period.start);
  const moves: Record<Move['what'], Moved[]> = { received: [], convertedIn: [], closed: [], reopened: [], removed: [] };
  const backlogAtStart: CaseFacts[] = [];
  for (const facts of cases) {
    let last: Move | undefined;
    for (const move of facts.moves) {
      if (move.at < start) last = move;
      else moves[move.what].push({ id: facts.id, facts, move });
    }
    if (last && standingAfter(last) === 'open') backlogAtStart.push(facts);
  }
  return {
    ...options,
    start,
    cases,
    received: moves.received.map(({ facts }) => facts),
    moves,
    closed: [...new Set(moves.closed.map(({ facts }) => facts))],
    backlogAtStart,
    backlog: cases.filter(({ standing }) => standing === 'open'),
  };
}

export function agrees(facts: CaseFacts, { kind, customers, products }: ReportFilter): boolean {
  return (
    (kind === undefined || facts.kind === kind) &&
    (customers === undefined || customers.includes(facts.customer)) &&
    (products === undefined || products.includes(facts.product))
  );
}

/** It leaves nothing out: a list without a name is as good as none. */
export function isWhole({ kind, customers = [], products = [] }: ReportFilter = {}): boolean {
  return kind === undefined && customers.length + products.length === 0;
}

/** By its former names, what a customer is called now. A name that another bears today is that one's. */
export function currentNames(customers: readonly Customer[]): ReadonlyMap<string, string> {
  const present = new Set(customers.map(({ name }) => name));
  return new Map(
    customers.flatMap(({ name, formerNames = [] }) =>
      formerNames.filter((former) => !present.has(former)).map((former) => [former, name] as const),
    ),
  );
}

export function isIn({ start, asOf }: Scope, at: number): boolean {
  return at >= start && at < asOf;
}

export function isSolved({ settings }: Scope, facts: CaseFacts): boolean {
  const last = facts.moves.at(-1);
  return last?.what === 'closed' && settings.report.solvingDispositions.includes(last.disposition);
}

/** The last closing in the period, of a case that is among `closed`. */
export function lastClosing(scope: Scope, facts: CaseFacts): Move | undefined {
  return facts.moves.findLast(({ what, at }) => what === 'closed' && isIn(scope, at));
}
