/** How the procedures went: solved or come back, verified, kept up, waiting. */
import { stepWords, waitingWords } from '../caseWords';
import type { WaitingOn } from '../case/state';
import { procedureOf } from '../sop/engine';
import { stepsOf } from '../sop/procedure';
import { w } from '../words';
import type { CaseFacts, Obligation } from './caseFacts';
import type { Row, Share } from './figure';
import { isIn, isSolved, lastClosing, type Scope } from './scope';
import type { Backlog, FollowUps, Knowledge, Movement, Urgent, Verification } from './serviceReport';
import { countOf, groupBy, idsOf, type Item, rowOf, shareOf, spreadOf } from './tally';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What happened to cases in a period, each with the case's id. */
function eventsIn<T extends { readonly at: number }>(
  scope: Scope,
  of: (facts: CaseFacts) => readonly T[],
): readonly (T & Item)[] {
  return scope.cases.flatMap((facts) =>
    of(facts)
      .filter(({ at }) => isIn(scope, at))
      .map((entry) => ({ ...entry, id: facts.id })),
  );
}

function compared(now: Scope, before: Scope, share: (scope: Scope) => (earlier?: Share) => Share): Share {
  return share(now)(share(before)());
}

export function resolutionRateOf(now: Scope, before: Scope): Share {
  return compared(now, before, (scope) => (earlier) => {
    const rest = scope.received.filter(({ standing }) => standing !== 'removed');
    return shareOf(
      rest.filter((facts) => isSolved(scope, facts)),
      rest,
      earlier,
    );
  });
}

/** Two counts of different things, one beside the other: closures are not a part of what was received. */
export function clearanceOf(now: Scope, before: Scope): Share {
  return compared(now, before, (scope) => (earlier) => shareOf(scope.moves.closed, scope.received, earlier));
}

export function reopenRateOf(now: Scope, before: Scope): Share {
  return compared(now, before, (scope) => (earlier) => {
    const cameBack = ({ moves }: CaseFacts) => {
      const closing = moves.findIndex(({ what, at }) => what === 'closed' && isIn(scope, at));
      return moves.slice(closing).some(({ what }) => what === 'reopened');
    };
    return shareOf(scope.closed.filter(cameBack), scope.closed, earlier);
  });
}

export function verificationOf(now: Scope, before: Scope): Verification {
  const failedAt = (where: 'test' | 'customer') =>
    compared(now, before, (scope) => (earlier) => {
      const all = eventsIn(scope, ({ verifications }) => verifications.filter((entry) => entry.where === where));
      return shareOf(
        all.filter(({ passed }) => !passed),
        all,
        earlier,
      );
    });
  const firstFix = compared(now, before, (scope) => (earlier) => {
    const issues = scope.closed.filter(({ kind }) => kind === 'issue');
    return shareOf(
      issues.filter((facts) => lastClosing(scope, facts)?.round === 1),
      issues,
      earlier,
    );
  });
  return { test: failedAt('test'), customer: failedAt('customer'), firstFix };
}

export function planRejectionOf(now: Scope, before: Scope): Share {
  return compared(now, before, (scope) => (earlier) => {
    const decided = eventsIn(scope, ({ answers }) => answers);
    return shareOf(
      decided.filter(({ accepted }) => !accepted),
      decided,
      earlier,
    );
  });
}

export function movementOf({ moves, backlogAtStart, backlog }: Scope, before: Scope): Movement {
  const { moves: earlier } = before;
  return {
    start: countOf(backlogAtStart, before.backlogAtStart),
    received: countOf(moves.received, earlier.received),
    convertedIn: countOf(moves.convertedIn, earlier.convertedIn),
    reopened: countOf(moves.reopened, earlier.reopened),
    closures: countOf(moves.closed, earlier.closed),
    removed: countOf(moves.removed, earlier.removed),
    end: countOf(backlog, before.backlog),
  };
}

const ages = [
  { key: '0-7', from: 0, label: w('0 – 7 days', '0 – 7 天') },
  { key: '8-30', from: 8, label: w('8 – 30 days', '8 – 30 天') },
  { key: '31-90', from: 31, label: w('31 – 90 days', '31 – 90 天') },
  { key: '>90', from: 91, label: w('> 90 days', '> 90 天') },
];

export function backlogOf(now: Scope, before: Scope): Backlog {
  return {
    start: countOf(now.backlogAtStart),
    end: countOf(now.backlog, before.backlog),
    byAge: byAge(now, before),
    byStep: byStep(now),
    byWaiting: byWaiting(now),
  };
}

function byAge(now: Scope, before: Scope): readonly Row[] {
  const aged = ({ backlog, asOf }: Scope, index: number) =>
    backlog.filter(({ receivedAt }) => {
      const days = Math.floor((asOf - receivedAt) / DAY);
      return days >= (ages[index]?.from ?? 0) && days < (ages[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    });
  return ages.map(({ key, label }, index) =>
    rowOf(key, label, aged(now, index), now.backlog.length, aged(before, index)),
  );
}

function byStep({ backlog }: Scope): readonly Row[] {
  const groups = groupBy(backlog, ({ kind, step }) => `${kind} ${step}`);
  return (['issue', 'request'] as const).flatMap((kind) =>
    stepsOf(procedureOf(kind)).flatMap(({ id: step }) => {
      const items = groups.get(`${kind} ${step}`);
      if (!items) return [];
      const [name, words] = [procedureOf(kind).name, stepWords({ kind, step })];
      const label = w(`${name.en} ${words.en}`, `${name.zh} ${words.zh}`);
      return [rowOf(`${kind} ${step}`, label, items, backlog.length)];
    }),
  );
}

function byWaiting({ backlog }: Scope): readonly Row[] {
  const groups = groupBy(backlog, ({ waitingOn = 'us' }) => waitingOn);
  return (Object.keys(waitingWords) as WaitingOn[]).flatMap((key) => {
    const items = groups.get(key);
    return items ? [rowOf(key, waitingWords[key], items, backlog.length)] : [];
  });
}

/** An emergency that ended untold before its time was up, as when the urgency was lowered, missed nothing. */
export function urgentOf(now: Scope, before: Scope): Urgent {
  const { leadNotificationMinutes: targetMinutes } = now.settings.timings;
  const target = targetMinutes * MINUTE;
  const read = (scope: Scope) => {
    const { asOf } = scope;
    const begun = eventsIn(scope, ({ emergencies }) => emergencies);
    const untold = begun.filter(({ toldAt = asOf }) => toldAt >= asOf);
    const told = begun
      .filter(({ toldAt = asOf }) => toldAt < asOf)
      .map((entry) => ({ ...entry, time: Math.max(0, (entry.toldAt ?? asOf) - entry.at) }));
    const missed = untold.filter(({ at, endedAt = asOf }) => Math.min(endedAt, asOf) - at > target);
    const inTime = told.filter(({ time }) => time <= target);
    return { begun, untold, told, inTime, due: [...told, ...missed] };
  };
  const [urgent, earlier] = [read(now), read(before)];
  return {
    cases: countOf(urgent.begun, earlier.begun),
    targetMinutes,
    toldInTime: shareOf(urgent.inTime, urgent.due, shareOf(earlier.inTime, earlier.due)),
    untilTold: spreadOf(urgent.told, spreadOf(earlier.told)),
    untold: countOf(urgent.untold, earlier.untold),
  };
}

export function followUpsOf(now: Scope, before: Scope): FollowUps {
  const read = (scope: Scope) => {
    const all = eventsIn(scope, ({ followUps }) => followUps.filter(wasDue));
    return {
      all,
      inTime: all.filter(({ doneAt, dueAt }) => doneAt !== undefined && doneAt <= dueAt),
      late: all.filter(({ doneAt, dueAt }) => doneAt !== undefined && doneAt > dueAt),
      missed: all.filter(({ doneAt }) => doneAt === undefined),
    };
  };
  const [due, earlier] = [read(now), read(before)];
  return {
    discipline: shareOf(due.inTime, due.all, shareOf(earlier.inTime, earlier.all)),
    late: countOf(due.late, earlier.late),
    missed: countOf(due.missed, earlier.missed),
  };
}

/** What was put off in time, or became needless before its time, was never due. */
function wasDue({ voidAt, dueAt }: Obligation): boolean {
  return voidAt === undefined || voidAt > dueAt;
}

export function knowledgeOf(now: Scope, before: Scope): Knowledge {
  const links = (scope: Scope, isNew: boolean) =>
    eventsIn(scope, ({ articles }) => articles.filter((entry) => entry.isNew === isNew));
  const published = (scope: Scope) => groupBy(links(scope, true), ({ path }) => path);
  const articles = [...published(now)].map(([path, entries]) => ({
    path,
    title: entries.at(-1)?.title ?? '',
    cases: idsOf(entries),
  }));
  const onePerArticle = (scope: Scope) => [...published(scope).values()].flatMap((entries) => entries.slice(0, 1));
  return {
    committed: { ...countOf(onePerArticle(now), onePerArticle(before)), cases: idsOf(links(now, true)) },
    articles: articles.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    closedWithArticle: compared(
      now,
      before,
      (scope) => (earlier) =>
        shareOf(
          scope.closed.filter((facts) => facts.articles.length > 0),
          scope.closed,
          earlier,
        ),
    ),
    reuse: countOf(links(now, false), links(before, false)),
  };
}
