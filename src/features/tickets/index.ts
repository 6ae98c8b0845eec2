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
  /** Somebody signed in, or entered a bot's address, perhaps in another window: what waited for it goes on. */
  const entered = async (key: string) => {
    // signing out, and forgetting, tell of it too
    if ((await context.secrets.get(key)) === undefined) return;
    await casebook.tickets.secretEntered(key);
    follow.lookSoon();
    outbox.sendSoon();
  };
  return vscode.Disposable.from(
    outbox,
    follow,
    context.secrets.onDidChange(({ key }) => {
      if (!vscode.workspace.isTrusted) return;
      entered(key).catch((error: unknown) => logError(log, 'secrets', error));
    }),
  );
}
