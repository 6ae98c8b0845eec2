/** Feature: tickets of open cases are looked at, and what was decided to be sent is sent; the Outbox view. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { followPart } from './follow';
import { outboxPart } from './outbox';

type Ports = Pick<Casebook, 'store' | 'clock' | 'tickets' | 'trackers' | 'me'>;

export function tickets(session: Session, casebook: Ports): vscode.Disposable {
  const { context, log } = session;
  const outbox = outboxPart(session, casebook);
  const follow = followPart(session, casebook);
  /** Somebody signed in, perhaps in another window: what waited for it goes on. */
  const signedIn = async (key: string) => {
    // signing out tells of it too
    if ((await context.secrets.get(key)) === undefined) return;
    const names = casebook.trackers.connections().map(({ name }) => name);
    for (const name of names.filter((each) => key.endsWith(`/${each}`))) await casebook.tickets.signedIn(name);
    follow.lookSoon();
    outbox.sendSoon();
  };
  return vscode.Disposable.from(
    outbox,
    follow,
    context.secrets.onDidChange(({ key }) => {
      if (!vscode.workspace.isTrusted) return;
      signedIn(key).catch((error: unknown) => logError(log, 'sign-in', error));
    }),
  );
}
