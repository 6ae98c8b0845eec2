/** How many came in and were closed, by what and when. */
import { dispositions, requestStatuses } from '../sop/fields';
import { procedureOf } from '../sop/engine';
import type { CaseKind } from '../case/state';
import { instantOf } from '../time';
import { w, type Words } from '../words';
import { dateOfDay, dayOfDate } from './calendar';
import type { CaseFacts } from './caseFacts';
import type { Row } from './figure';
import type { Scope } from './scope';
import type { CustomerRow, VersionRow, WeekRow } from './serviceReport';
import { compareText, countOf, groupBy, idsOf, type Item, rankingOf, rowOf } from './tally';

const kinds: readonly CaseKind[] = ['issue', 'request'];

export function byKind(now: Scope, before: Scope): readonly Row[] {
  const of = ({ received }: Scope, kind: CaseKind) => received.filter((facts) => facts.kind === kind);
  return kinds.map((kind) => rowOf(kind, procedureOf(kind).name, of(now, kind), now.received.length, of(before, kind)));
}

export function byChannel(now: Scope, before: Scope): readonly Row[] {
  return rankingOf(now.received, before.received, ({ channel }) => channel);
}

export function dispositionWords(disposition: string): Words {
  const known = [...dispositions, ...requestStatuses].find(({ value }) => value === disposition);
  return known?.label ?? (disposition === '' ? w('Not stated', '未说明') : w(disposition, disposition));
}

export function byDisposition(now: Scope, before: Scope): readonly Row[] {
  const closures = ({ moves }: Scope) => moves.closed;
  return rankingOf(closures(now), closures(before), ({ move }) => move.disposition, dispositionWords);
}

export function byCustomer(now: Scope, before: Scope): readonly CustomerRow[] {
  const groups = groupBy(now.received, ({ customer }) => customer);
  return rankingOf(now.received, before.received, ({ customer }) => customer)
    .map((row): CustomerRow => {
      const cases = groups.get(row.key) ?? [];
      const issues = cases.filter(({ kind }) => kind === 'issue');
      const requests = cases.filter(({ kind }) => kind === 'request');
      const urgent = cases.filter(({ wasUrgent }) => wasUrgent);
      return {
        ...row,
        issues: issues.length,
        requests: requests.length,
        urgent: urgent.length,
        issueCases: idsOf(issues),
        requestCases: idsOf(requests),
        urgentCases: idsOf(urgent),
      };
    })
    .toSorted((a, b) => b.count - a.count || b.urgent - a.urgent || compareText(a.key, b.key));
}

const issuesOf = ({ received }: Scope) => received.filter(({ kind }) => kind === 'issue');
/** A version is one of a product; without it the product alone says nothing. */
const versionKey = ({ product, version }: CaseFacts) => (version === '' ? '' : JSON.stringify([product, version]));

export function byVersion(now: Scope, before: Scope): readonly VersionRow[] {
  const [issues, earlier] = [issuesOf(now), issuesOf(before)];
  const known = new Map([...earlier, ...issues].map((facts) => [versionKey(facts), facts]));
  return rankingOf(issues, earlier, versionKey)
    .map((row): VersionRow => {
      const { product = '', version = '' } = row.key === '' ? {} : (known.get(row.key) ?? {});
      const key = `${product} ${version}`.trim();
      return { ...row, key, ...(key === '' ? {} : { label: w(key, key) }), product, version };
    })
    .toSorted((a, b) => b.count - a.count || compareText(a.key, b.key));
}

export function byType(now: Scope, before: Scope): readonly Row[] {
  return rankingOf(issuesOf(now), issuesOf(before), ({ problemType }) => problemType);
}

/** Weeks of the period that have begun, from Monday to Sunday, the first and the last as far as they lie in it. */
export function byWeek(scope: Scope): readonly WeekRow[] {
  const { time } = scope.business;
  const [first, last] = [time.dayAt(scope.start), time.dayAt(instantOf(scope.period.end) - 1)];
  const ofWeek = <T extends Item>(items: readonly T[], at: (item: T) => number) =>
    groupBy(items, (item) => String(mondayOf(time.dayAt(at(item)))));
  const received = ofWeek(scope.received, ({ receivedAt }) => receivedAt);
  const closures = ofWeek(scope.moves.closed, ({ move }) => move.at);
  const rows: WeekRow[] = [];
  for (let monday = mondayOf(first); monday <= time.dayAt(scope.asOf - 1); monday += 7) {
    rows.push({
      from: dateOfDay(Math.max(monday, first)),
      until: dateOfDay(Math.min(monday + 6, last)),
      week: isoWeek(monday),
      received: countOf(received.get(String(monday)) ?? []),
      closures: countOf(closures.get(String(monday)) ?? []),
    });
  }
  return rows;
}

/** Day 0 was a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** A week belongs to the year that its Thursday lies in. */
function isoWeek(monday: number): string {
  const thursday = monday + 3;
  const year = dateOfDay(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayOfDate(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
