/** Looks at the tickets of open cases by itself, or when somebody asks, and says what came of it. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import type { CaseSummary } from '../../domain/summary';
import type { FollowFailure, FollowRound } from '../../domain/tickets/follower';
import { errorOf } from '../../domain/tickets/outbox';
import { TrackerError } from '../../domain/tickets/tracker';
import { ticketName } from '../../domain/tickets/ownTicket';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { sentenceOf } from '../../platform/sentences';
import { unreadReason } from '../../platform/ticketSentences';
import { Agenda, later } from './agenda';
import { inOrder, type News, newsOf } from './digest';
import { tellNews } from './tellNews';

const MINUTE = 60_000;
/** Milliseconds after the start: the cases are to be read first. */
const AT_START = 2_000;

type Ports = Pick<Casebook, 'store' | 'clock' | 'tickets' | 'trackers' | 'me'>;

/** A row of a view that shows cases. */
interface Row {
  readonly summary: CaseSummary;
}

export interface FollowPart extends vscode.Disposable {
  lookSoon(): void;
}

export function followPart({ log, run }: Session, casebook: Ports): FollowPart {
  const { store, clock, tickets, trackers, me } = casebook;
  /** Connections of which it was said that they want a sign-in. */
  const told = new Set<string>();
  const loaded = store.load().catch((error: unknown) => logError(log, 'tickets', error));
  const every = () => vscode.workspace.getConfiguration('casebook').get<number>('tickets.pollMinutes', 15) * MINUTE;

  const newsIn = async ({ changes }: FollowRound): Promise<readonly News[]> => {
    const self = await me();
    const news = await Promise.all(
      changes.map(async (change) => {
        const stored = await store.get(change.caseId);
        const identity = await trackers.signedIn(change.after.system);
        const names = identity ? [identity.account, identity.displayName] : [];
        return stored && newsOf(change, stored.state, { me: self, names });
      }),
    );
    return inOrder(news.filter((each) => each !== undefined));
  };

  const looking = new Agenda({
    now: () => clock.now(),
    later,
    failed: (error) => logError(log, 'tickets', error),
    work: async (signal) => {
      if (every() <= 0) return undefined;
      await loaded;
      const round = await tickets.follow(openTickets(store.summaries()), { every: every(), signal });
      if (signal.aborted) return undefined;
      for (const { connection, caseId, failure } of round.failures) {
        logError(log, ['tickets', connection, caseId].filter(Boolean).join(' '), errorOf(failure).message);
      }
      tellNews(await newsIn(round));
      for (const { connection, failure } of round.failures) {
        if (!wantsSignIn(failure) || told.has(connection)) continue;
        told.add(connection);
        tellFailure(vscode.l10n.t('The tickets in {0} are not looked at: sign in first.', connection), connection);
      }
      return round.nextAt;
    },
  });
  const lookWithin = (milliseconds: number) => {
    if (vscode.workspace.isTrusted) looking.within(milliseconds);
  };
  lookWithin(AT_START);

  /** @param isQuiet where what has come back is seen all the same, on the case's own page @param isOne somebody asked for one case */
  const refresh = async (ids: readonly string[], isQuiet: boolean, isOne: boolean) => {
    const title = vscode.l10n.t('Looking at the tickets…');
    const location = vscode.ProgressLocation.Notification;
    const stop = new AbortController();
    const round = await vscode.window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      return tickets.follow(ids, { every: Math.max(every(), MINUTE), isAsked: true, signal: stop.signal });
    });
    if (stop.signal.aborted) tellNews(await newsIn(round));
    else await tellRound(round, isQuiet, isOne);
  };
  const tellRound = async (round: FollowRound, isQuiet: boolean, isOne: boolean) => {
    const news = isQuiet ? [] : await newsIn(round);
    tellNews(news);
    if (round.failures.length > 0) {
      const reasons = [...new Set(round.failures.map(failureLine))];
      const locked = round.failures.find((each) => wantsSignIn(each.failure));
      tellFailure(
        round.read === 0
          ? vscode.l10n.t('The tickets were not read, what is known of them stays: {0}.', reasons.join('; '))
          : vscode.l10n.t('Not all tickets were read, what is known of them stays: {0}.', reasons.join('; ')),
        locked?.connection ?? '',
      );
      return;
    }
    if (round.followed.length === 0) tellUnconnected(isOne);
    else if (news.length === 0 && !isQuiet) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Tickets looked at: {0}. Nothing new.', round.read));
    }
  };
  const failureLine = ({ connection, caseId, failure }: FollowFailure) => {
    const key = ticketName(store.summaries().find(({ id }) => id === caseId)?.ticketKey ?? '');
    const error = errorOf(failure);
    const reason = error instanceof TrackerError ? unreadReason(error) : sentenceOf(error).replace(/[.。]$/, '');
    return [[key, connection].filter(Boolean).join(' · '), reason].filter(Boolean).join(': ');
  };

  const subscriptions = vscode.Disposable.from(
    looking,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('casebook.tickets') || change.affectsConfiguration('casebook.trackers')) {
        lookWithin(0);
      }
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) looking.catchUp();
    }),
    run(
      'casebook.tickets.refresh',
      async (target?: string | Row, rows?: readonly Row[]) => {
        const clicked =
          typeof target === 'string' ? [target] : [...new Set((rows ?? (target ? [target] : [])).map(idOf))];
        const ids = clicked.length > 0 ? clicked : openTickets(store.summaries());
        await refresh(ids, typeof target === 'string', clicked.length === 1);
      },
      { writes: true },
    ),
  );
  return {
    lookSoon: () => {
      told.clear();
      lookWithin(0);
    },
    dispose: () => subscriptions.dispose(),
  };
}

const idOf = ({ summary }: Row) => summary.id;

/** An issue that is closed waits for its article only. */
function openTickets(summaries: readonly CaseSummary[]): readonly string[] {
  return summaries
    .filter(({ status, closedAt, ticketKey }) => status === 'open' && closedAt === undefined && ticketKey !== '')
    .map(({ id }) => id);
}

const wantsSignIn = (failure: FollowFailure['failure']) => failure.is === 'tracker' && failure.reason === 'sign-in';

/** @param signInTo name of a connection; empty where signing in would not help */
function tellFailure(message: string, signInTo: string): void {
  const signIn = vscode.l10n.t('Sign In');
  void vscode.window.showWarningMessage(message, ...(signInTo === '' ? [] : [signIn])).then((answer) => {
    if (answer === signIn) void vscode.commands.executeCommand('casebook.tickets.signIn', signInTo);
  });
}

function tellUnconnected(isOne: boolean): void {
  const connect = vscode.l10n.t('Manage Connections');
  const message = isOne
    ? vscode.l10n.t('This case has no ticket in a connected ticket system.')
    : vscode.l10n.t('No ticket to look at: no open case has one in a connected ticket system.');
  void vscode.window.showInformationMessage(message, connect).then((answer) => {
    if (answer === connect) void vscode.commands.executeCommand('casebook.connections.manage');
  });
}
