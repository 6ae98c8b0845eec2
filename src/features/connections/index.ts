/** Feature: the team's ticket systems and its groups' bots, connected without a line of JSON. */
import * as vscode from 'vscode';
import type { BotConnection } from '../../domain/notify/bot';
import type { Session } from '../../platform/session';
import type { Casebook } from '../../domain/ports';
import { type BotDraft, emptyBot } from './botDraft';
import { ConnectBot } from './connectBot';
import { ConnectTracker } from './connectTracker';
import { watchFaults } from './faults';
import { botConnected, connected, manage, type ManagePorts } from './manage';
import { pickTracker, signIn, signOut, testConnection } from './signIn';
import { emptyDraft, type TrackerDraft } from './trackerDraft';
import { versionWords, whoWords } from './words';

export function connections(session: Session, ports: ManagePorts & Pick<Casebook, 'clock'>): vscode.Disposable {
  const { run } = session;
  const { trackers } = ports;
  // what was typed in a wizard that was left: nobody types an address twice
  let tracker: TrackerDraft = emptyDraft;
  let bot: BotDraft = emptyBot;

  const connectTracker = async () => {
    const wizard = new ConnectTracker(session, ports, tracker);
    const made = await wizard.run();
    tracker = made ? emptyDraft : wizard.typed;
    if (!made) return;
    const system = trackers.connections().find(({ name }) => name === made.name)?.system ?? wizard.typed.system;
    const words = vscode.l10n.t('Signed in as {0} · {1}', whoWords(made.identity), versionWords(system, made.identity));
    await connected(ports, { name: made.name, words });
  };
  const connectBot = async (known?: BotConnection) => {
    const from = known ? { ...emptyBot, ...known, mentions: known.mentions.join(', ') } : bot;
    const wizard = new ConnectBot(ports, from);
    const group = await wizard.run();
    if (!known) bot = group === undefined ? wizard.typed : emptyBot;
    if (group !== undefined) await botConnected(session, ports, group);
  };
  const wizards = { connectTracker, connectBot };
  const writes = { writes: true };

  return vscode.Disposable.from(
    watchFaults(ports),
    run('casebook.connections.manage', () => manage(session, ports, wizards), writes),
    run('casebook.connections.connectTracker', connectTracker, writes),
    run('casebook.connections.connectBot', () => connectBot(), writes),
    run(
      'casebook.tickets.signIn',
      async (name?: unknown) => {
        const connection = await pickTracker(ports, vscode.l10n.t('Sign In to a Ticket System'), name);
        return connection ? signIn(session, ports, connection) : false;
      },
      writes,
    ),
    run(
      'casebook.connections.test',
      async (name?: unknown) => {
        const connection = await pickTracker(ports, vscode.l10n.t('Test Connection'), name);
        if (connection) await testConnection(session, ports, connection);
      },
      writes,
    ),
    run(
      'casebook.connections.signOut',
      async (name?: unknown) => {
        const connection = await pickTracker(ports, vscode.l10n.t('Sign Out of a Ticket System'), name);
        if (connection) await signOut(ports, connection);
      },
      writes,
    ),
  );
}
