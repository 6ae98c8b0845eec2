/** Signing in to a ticket system that the settings name, asking it whether that still holds, and signing out. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { type TrackerConnection, TrackerError, type TrackerIdentity } from '../../domain/tickets/tracker';
import { openSettings } from '../../platform/connectionSettings';
import { logError } from '../../platform/run';
import type { Session } from '../../platform/session';
import { answered, askText, framed } from '../../platform/steps';
import { emptyDraft, tokenPage, type TrackerDraft } from './trackerDraft';
import { browserButton } from './trackerQuestions';
import { askingSentence, secretWords, trackerName, versionWords, whoWords, withKept } from './words';

type Ports = Pick<Casebook, 'trackers' | 'tickets'>;

/** As far as a draft is needed to know what this system asks for. */
function draftOf({ system, url, account }: TrackerConnection): TrackerDraft {
  return { ...emptyDraft, system, address: url, hosting: account === '' ? 'dataCenter' : 'cloud', account };
}

/** The named connection; else the only one; else the one that is chosen. Undefined where there is none, or none was chosen. */
export async function pickTracker(
  { trackers }: Pick<Casebook, 'trackers'>,
  title: string,
  name?: unknown,
): Promise<TrackerConnection | undefined> {
  const connections = trackers.connections();
  if (typeof name === 'string') {
    const named = connections.find((each) => each.name === name);
    if (!named) throw new TrackerError('not-found', name);
    return named;
  }
  if (connections.length === 0) {
    const connect = vscode.l10n.t('Connect…');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('No ticket system is connected yet.'), connect)
      .then((answer) => {
        if (answer === connect) void vscode.commands.executeCommand('casebook.connections.connectTracker');
      });
    return undefined;
  }
  if (connections.length === 1) return connections[0];
  const pick = framed<vscode.QuickPickItem & { readonly connection: TrackerConnection }>({
    title,
    step: 1,
    of: 1,
    placeholder: vscode.l10n.t('Which ticket system?'),
  });
  pick.items = connections.map((connection) => ({
    label: connection.name,
    description: `${trackerName(connection.system)} · ${connection.url}`,
    connection,
  }));
  const answer = await answered(pick);
  return answer.is === 'item' ? answer.item.connection : undefined;
}

/** @returns true once the system has said who it is */
export async function signIn(session: Session, { tickets }: Ports, connection: TrackerConnection): Promise<boolean> {
  const { name, url, system } = connection;
  const draft = draftOf(connection);
  const words = secretWords(draft);
  let identity: TrackerIdentity | undefined;
  let page = tokenPage(draft);
  const answer = await askText(
    { title: vscode.l10n.t('Sign In to {0}', name), step: 1, of: 1, placeholder: words.name },
    {
      value: '',
      isPassword: true,
      prompt: [connection.account, withKept(words.hint)].filter((each) => each !== '').join(' · '),
      attempting: vscode.l10n.t('Signing in at {0} …', url),
      check: (secret) => (secret.trim() === '' ? vscode.l10n.t('Enter it to sign in.') : undefined),
      attempt: async (secret, signal) => {
        try {
          identity = await tickets.signIn(name, system === 'zentao' ? secret : secret.trim(), signal);
          return undefined;
        } catch (error) {
          if (error instanceof TrackerError) page = error.details.signInAt ?? page;
          else logError(session.log, 'sign in', error);
          return askingSentence(error, url);
        }
      },
      more: { button: browserButton(), run: () => void vscode.env.openExternal(vscode.Uri.parse(page)) },
    },
  );
  if (answer.is !== 'item' || !identity) return false;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0}: signed in as {1}, {2}.', name, whoWords(identity), versionWords(system, identity)),
  );
  return true;
}

/** Asks the system itself; shows who and which version, or what is wrong and what helps. */
export async function testConnection(session: Session, ports: Ports, connection: TrackerConnection): Promise<void> {
  const { name, url, system } = connection;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Testing {0} …', name),
    cancellable: true,
  };
  try {
    const identity = await vscode.window.withProgress(options, async (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const tested = await (await ports.trackers.open(name)).test(controller.signal);
      // whatever waited for a sign-in that was refused goes on
      if (ports.tickets.needsSignIn(name)) await ports.tickets.signedIn(name);
      return tested;
    });
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} works: signed in as {1}, {2}.', name, whoWords(identity), versionWords(system, identity)),
    );
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    if (error.reason === 'cancelled') return;
    logError(session.log, 'test', error);
    const again = vscode.l10n.t('Sign In…');
    const settings = vscode.l10n.t('Open Settings');
    const help = error.reason === 'sign-in' ? again : settings;
    void vscode.window.showErrorMessage(`${name}: ${askingSentence(error, url)}`, help).then((answer) => {
      if (answer === again) void vscode.commands.executeCommand('casebook.tickets.signIn', name);
      if (answer === settings) void openSettings('trackers');
    });
  }
}

export async function signOut({ trackers }: Ports, { name }: TrackerConnection): Promise<void> {
  await trackers.signOut(name);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0}: signed out. The password or token is not kept any more; what waits in the outbox stays.', name),
  );
}
