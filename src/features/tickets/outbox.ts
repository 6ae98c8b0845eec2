/** The Outbox view and its commands, and the sending of what waits. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { rowTitleOf } from '../../domain/summary';
import { errorOf, FIRST_ATTEMPT, isHeldUp, type OutboxItem } from '../../domain/tickets/outbox';
import { inARow } from '../../platform/language';
import { ticketName } from '../../domain/tickets/ownTicket';
import { jobText, nextText, reasonText } from '../../platform/outboxWords';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { Agenda, later } from './agenda';
import { Sendings } from './outboxRows';
import { type OutboxNode, OutboxTree } from './outboxTree';
import { tellSent, tellStuck } from './tellSent';

const VIEW = 'casebook.outbox';
/** Milliseconds: what was just added is being sent by whoever added it. */
const AFTER_CHANGE = 3_000;

type Ports = Pick<Casebook, 'store' | 'clock' | 'tickets'>;

export interface OutboxPart extends vscode.Disposable {
  /** What waited for something may go now. */
  sendSoon(): void;
}

export function outboxPart({ log, run }: Session, { store, clock, tickets }: Ports): OutboxPart {
  const tree = new OutboxTree(() => clock.now());
  const view = vscode.window.createTreeView(VIEW, { treeDataProvider: tree });
  let isDisposed = false;

  const nodeOf = (item: OutboxItem): OutboxNode => {
    const summary = store.summaries().find(({ id }) => id === item.caseId);
    const title = summary ? rowTitleOf(summary) : item.caseId;
    const lacksSecret = tickets.lacksSecret(item);
    return { kind: 'outbox', item, title, ticketKey: ticketName(summary?.ticketKey ?? ''), lacksSecret };
  };
  let soon: NodeJS.Timeout | undefined;
  const heldUp = async () => {
    const all = await tickets.outbox();
    const items = all.filter((item) => isHeldUp(item, clock.now()));
    clearTimeout(soon);
    if (items.length < all.length && !isDisposed) soon = setTimeout(refresh, FIRST_ATTEMPT);
    return items;
  };
  const update = async () => {
    const items = await heldUp();
    // the view of the next casebook has the same id: a late answer of this one must not show there
    if (isDisposed) return;
    tree.show(items.map(nodeOf));
    const held = items.filter(({ state }) => state === 'needsPerson').length;
    const tooltip = vscode.l10n.t('In the outbox, waiting for you: {0}', held);
    view.badge = held === 0 ? undefined : { value: held, tooltip };
    void vscode.commands.executeCommand('setContext', 'casebook.outbox.waits', items.length > 0);
  };
  const refresh = () => {
    update().catch((error: unknown) => logError(log, 'outbox', error));
  };

  const sending = new Agenda({
    now: () => clock.now(),
    later,
    failed: (error) => logError(log, 'outbox', error),
    work: async (signal) => {
      const round = new Sendings();
      const nextAt = await tickets.drain(signal, round.add);
      if (!isDisposed) tellSent(round);
      return nextAt;
    },
  });
  const sendWithin = (milliseconds: number) => {
    if (vscode.workspace.isTrusted) sending.within(milliseconds);
  };
  refresh();
  sendWithin(0);
  // "tries again 14:05" becomes another day's, and a case may be read after what waits for it
  const minute = setInterval(refresh, 60_000);

  const chosen = async (node: OutboxNode | undefined, placeHolder: string): Promise<OutboxItem | undefined> => {
    if (node?.kind === 'outbox') return node.item;
    const items = await heldUp();
    if (items.length === 0) sayEmpty();
    if (items.length < 2) return items[0];
    const picks = items.map((item) => ({ label: jobText(item), description: nodeOf(item).title, item }));
    return (await vscode.window.showQuickPick(picks, { placeHolder }))?.item;
  };
  const retry = async (item: OutboxItem) => {
    const round = new Sendings();
    const title = vscode.l10n.t('{0}…', jobText(item));
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        const delivery = await tickets.retry(item.id, stop.signal);
        round.add(item, delivery);
        if (delivery.is === 'waiting') {
          const waiting = { ...item, failure: delivery.failure };
          const next = nextText(delivery.nextAt, clock.now());
          tellStuck(inARow(reasonText(waiting), next), item, errorOf(delivery.failure));
        }
      },
    );
    tellSent(round);
    // what waited behind it goes on
    sendWithin(0);
  };

  const subscriptions = vscode.Disposable.from(
    view,
    tree,
    sending,
    new vscode.Disposable(() => {
      clearInterval(minute);
      clearTimeout(soon);
    }),
    tickets.onDidChange(() => {
      refresh();
      sendWithin(AFTER_CHANGE);
    }),
    store.onDidChange(refresh),
    run('casebook.outbox.show', async () => {
      if ((await heldUp()).length === 0) sayEmpty();
      else await vscode.commands.executeCommand(`${VIEW}.focus`);
    }),
    run(
      'casebook.outbox.retry',
      async (node?: OutboxNode) => {
        const item = await chosen(node, vscode.l10n.t('What is to be sent now?'));
        if (item) await retry(item);
      },
      { writes: true },
    ),
    run(
      'casebook.outbox.cancel',
      async (node?: OutboxNode) => {
        const item = await chosen(node, vscode.l10n.t('What is not to be sent any more?'));
        if (!item || !(await confirmsCancel(item))) return;
        if (!(await tickets.cancel(item.id))) {
          void vscode.window.showInformationMessage(
            vscode.l10n.t('It is being sent, or was sent meanwhile; nothing was taken out.'),
          );
        }
      },
      { writes: true },
    ),
  );
  return {
    sendSoon: () => sendWithin(0),
    dispose: () => {
      isDisposed = true;
      subscriptions.dispose();
    },
  };
}

function sayEmpty(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Nothing waits to be sent.'));
}

/** It drops what somebody decided: asked once. */
async function confirmsCancel(item: OutboxItem): Promise<boolean> {
  const takeOut = vscode.l10n.t('Take Out');
  const detail =
    item.done !== undefined
      ? vscode.l10n.t('It has arrived there. The case will not say so; write it down by hand.')
      : item.isUncertain
        ? vscode.l10n.t('It may have arrived there already; look before you write it down by hand.')
        : vscode.l10n.t('It is not sent any more. The case stays as it is.');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Take this out of the outbox? {0}', jobText(item)),
    { modal: true, detail },
    takeOut,
  );
  return answer === takeOut;
}
