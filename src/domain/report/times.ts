/** How long customers waited for the first word, and for the end. */
import { w } from '../words';
import type { CaseFacts } from './caseFacts';
import { isIn, lastClosing, type Scope } from './scope';
import type { Timing } from './figure';
import type { FirstResponse, Resolution } from './serviceReport';
import { bucketsOf, countOf, spreadOf, type Timed } from './tally';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Span = readonly [from: number, until: number];

interface Measured {
  readonly business: readonly Timed[];
  readonly calendar: readonly Timed[];
}

function measure(
  { business }: Scope,
  items: readonly { readonly id: string; readonly spans: readonly Span[] }[],
): Measured {
  const sum = (spans: readonly Span[], length: (from: number, until: number) => number) =>
    spans.reduce((total, [from, until]) => total + length(from, until), 0);
  return {
    business: items.map(({ id, spans }) => ({ id, time: sum(spans, (from, until) => business.between(from, until)) })),
    calendar: items.map(({ id, spans }) => ({ id, time: sum(spans, (from, until) => Math.max(0, until - from)) })),
  };
}

function timingOf(now: Measured, before: Measured): Timing {
  return {
    business: spreadOf(now.business, spreadOf(before.business)),
    calendar: spreadOf(now.calendar, spreadOf(before.calendar)),
  };
}

function isAtOnce({ settings }: Scope, { channel }: CaseFacts): boolean {
  const name = channel.toLowerCase();
  return settings.report.atOnceChannels.some((part) => name.includes(part.trim().toLowerCase()));
}

function answeredIn(scope: Scope, atOnce: boolean): Measured {
  return measure(
    scope,
    scope.received
      .filter((facts) => isAtOnce(scope, facts) === atOnce)
      .flatMap(({ id, receivedAt, firstResponseAt }) =>
        firstResponseAt === undefined ? [] : [{ id, spans: [[receivedAt, firstResponseAt] as const] }],
      ),
  );
}

/**
 * What was merged, withdrawn or converted before anybody answered waits for nothing any more, and of what was taken
 * over from elsewhere nobody may know.
 */
function unansweredIn(scope: Scope, atOnce: boolean): readonly CaseFacts[] {
  return scope.received.filter(
    (facts) =>
      isAtOnce(scope, facts) === atOnce &&
      facts.firstResponseAt === undefined &&
      !facts.isResponseUnknown &&
      facts.standing !== 'removed',
  );
}

const responseBounds = [
  { until: 15 * MINUTE, label: w('< 15 min', '< 15 分钟') },
  { until: HOUR, label: w('15 min – 1 h', '15 分钟 – 1 小时') },
  { until: 4 * HOUR, label: w('1 – 4 h', '1 – 4 小时') },
  { until: 8 * HOUR, label: w('4 – 8 h', '4 – 8 小时') },
  { until: 24 * HOUR, label: w('8 – 24 h', '8 – 24 小时') },
];

export function firstResponseOf(now: Scope, before: Scope): FirstResponse {
  const answered = answeredIn(now, false);
  return {
    answered: timingOf(answered, answeredIn(before, false)),
    unanswered: countOf(unansweredIn(now, false), unansweredIn(before, false)),
    atOnce: timingOf(answeredIn(now, true), answeredIn(before, true)),
    atOnceUnanswered: countOf(unansweredIn(now, true), unansweredIn(before, true)),
    distribution: bucketsOf(answered.business, responseBounds, w('≥ 24 h', '≥ 24 小时')),
  };
}

/** Closed at asOf, its last closing in the period: what came back is not resolved. */
function resolvedIn(scope: Scope): readonly { readonly facts: CaseFacts; readonly until: number }[] {
  return scope.closed.flatMap((facts) => {
    const closing = facts.standing === 'closed' ? lastClosing(scope, facts) : undefined;
    return closing ? [{ facts, until: closing.at }] : [];
  });
}

/** [from, until) without the spans in it. */
function without(from: number, until: number, spans: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let at = from;
  for (const [start, end] of spans) {
    if (start >= until) break;
    if (start > at) left.push([at, start]);
    at = Math.max(at, end);
  }
  if (at < until) left.push([at, until]);
  return left;
}

const resolutionBounds = [
  { until: 4 * HOUR, label: w('< 4 h', '< 4 小时') },
  { until: 8 * HOUR, label: w('4 – 8 h', '4 – 8 小时') },
  { until: 24 * HOUR, label: w('8 – 24 h', '8 – 24 小时') },
  { until: 40 * HOUR, label: w('24 – 40 h', '24 – 40 小时') },
  { until: 80 * HOUR, label: w('40 – 80 h', '40 – 80 小时') },
];

export function resolutionOf(now: Scope, before: Scope): Resolution {
  const total = (scope: Scope) =>
    measure(
      scope,
      resolvedIn(scope).map(({ facts, until }) => ({ id: facts.id, spans: [[facts.receivedAt, until] as const] })),
    );
  const net = (scope: Scope) =>
    measure(
      scope,
      resolvedIn(scope).map(({ facts, until }) => ({
        id: facts.id,
        spans: without(facts.receivedAt, until, facts.onCustomer),
      })),
    );
  const times = total(now);
  return {
    total: timingOf(times, total(before)),
    net: timingOf(net(now), net(before)),
    distribution: bucketsOf(times.business, resolutionBounds, w('≥ 80 h', '≥ 80 小时')),
  };
}

/** Working time of one case for the list, where it is measured. */
export function timesOf(scope: Scope, facts: CaseFacts): { responseTime?: number; resolutionTime?: number } {
  const { business } = scope;
  const { receivedAt, firstResponseAt } = facts;
  const closing = facts.standing === 'closed' ? facts.moves.at(-1) : undefined;
  return {
    ...(firstResponseAt === undefined || !isIn(scope, receivedAt)
      ? {}
      : { responseTime: business.between(receivedAt, firstResponseAt) }),
    ...(closing && isIn(scope, closing.at) ? { resolutionTime: business.between(receivedAt, closing.at) } : {}),
  };
}
