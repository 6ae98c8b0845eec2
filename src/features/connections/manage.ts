/** All connections at a glance: how each one stands, what can be done with it, and what is wrong in the settings. */
import * as vscode from 'vscode';
import type { BotConnection } from '../../domain/notify/bot';
import { personName } from '../../domain/person';
import type { Casebook } from '../../domain/ports';
import { withoutEntry } from '../../domain/tickets/entries';
import type { TrackerConnection } from '../../domain/tickets/tracker';
import { changeSetting, type ConnectionSetting, openSettings } from '../../platform/connectionSettings';
import type { Session } from '../../platform/session';
import { answered, framed } from '../../platform/steps';
import { connectionSentence } from '../../platform/ticketSentences';
import { mapNames } from './mapping';
import { signIn, signOut, testConnection } from './signIn';
import { tellTest } from './tellTest';
import { botName, trackerName, versionWords, whoWords } from './words';

export type ManagePorts = Pick<Casebook, 'trackers' | 'bots' | 'tickets' | 'settings'>;

export interface Wizards {
  connectTracker(): Promise<void>;
  connectBot(known?: BotConnection): Promise<void>;
}

interface Entry extends vscode.QuickPickItem {
  /** Undefined for a line that only separates. */
  readonly run?: () => Promise<unknown>;
  readonly onButton?: ReadonlyMap<vscode.QuickInputButton, () => Promise<unknown>>;
}

const separator = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Shown again after whatever was done, until it is left. */
export async function manage(session: Session, ports: ManagePorts, wizards: Wizards): Promise<void> {
  for (;;) {
    const pick = framed<Entry>({
      title: vscode.l10n.t('Connections to Ticket Systems and Bots'),
      step: 1,
      of: 1,
      placeholder: vscode.l10n.t('Choose a connection to test, map or remove it'),
    });
    pick.matchOnDescription = true;
    pick.items = await entries(session, ports, wizards);
    const next = await chosenIn(pick);
    if (!next) return;
    await next();
  }
}

/** What was chosen, by the line or by one of its buttons. */
async function chosenIn(pick: vscode.QuickPick<Entry>): Promise<(() => Promise<unknown>) | undefined> {
  let byButton: (() => Promise<unknown>) | undefined;
  pick.onDidTriggerItemButton(({ item, button }) => {
    byButton = item.onButton?.get(button);
    pick.hide();
  });
  const answer = await answered(pick);
  return answer.is === 'item' ? answer.item.run : byButton;
}

async function entries(session: Session, ports: ManagePorts, wizards: Wizards): Promise<Entry[]> {
  const { trackers, bots } = ports;
  const trackerEntries = await Promise.all(trackers.connections().map((each) => trackerEntry(session, ports, each)));
  const botEntries = await Promise.all(bots.connections().map((each) => botEntry(session, ports, wizards, each)));
  return [
    separator(vscode.l10n.t('Ticket systems')),
    ...trackerEntries,
    {
      label: `$(add) ${vscode.l10n.t('Connect a ticket system…')}`,
      alwaysShow: true,
      run: () => wizards.connectTracker(),
    },
    separator(vscode.l10n.t('Group bots')),
    ...botEntries,
    { label: `$(add) ${vscode.l10n.t('Connect a group bot…')}`, alwaysShow: true, run: () => wizards.connectBot() },
    ...faultEntries('trackers', trackers.problems()),
    ...faultEntries('bots', bots.problems()),
  ];
}

function faultEntries(setting: ConnectionSetting, problems: ReturnType<Casebook['bots']['problems']>): Entry[] {
  if (problems.length === 0) return [];
  return [
    separator(vscode.l10n.t('Faults in the setting casebook.{0}', setting)),
    ...problems.map((problem): Entry => ({
      label: `$(warning) ${problem.name || vscode.l10n.t('Unnamed')}`,
      description: vscode.l10n.t('Open Settings'),
      detail: connectionSentence(problem),
      run: async () => {
        await openSettings(setting);
        // the settings are what is wanted now, not the list over them
        throw new vscode.CancellationError();
      },
    })),
  ];
}

async function trackerEntry(session: Session, ports: ManagePorts, connection: TrackerConnection): Promise<Entry> {
  const { trackers, tickets } = ports;
  const { name, system, url } = connection;
  const identity = await trackers.signedIn(name);
  const isRefused = identity !== undefined && tickets.needsSignIn(name);
  const standing =
    identity === undefined
      ? vscode.l10n.t('Not signed in')
      : isRefused
        ? vscode.l10n.t('Sign in again: {0} was refused', whoWords(identity))
        : vscode.l10n.t('Signed in as {0} · {1}', whoWords(identity), versionWords(system, identity));
  const test = () => testConnection(session, ports, connection);
  const enter = () => signIn(session, ports, connection);
  const leave = () => signOut(ports, connection);
  const needsSecret = identity === undefined || isRefused;
  // what is wanted first: a connection that nobody is signed in to can't be tested
  const ways = [
    { icon: 'debug-disconnect', words: vscode.l10n.t('Test connection'), run: test },
    needsSecret
      ? { icon: 'sign-in', words: vscode.l10n.t('Sign in'), run: enter }
      : { icon: 'sign-out', words: vscode.l10n.t('Sign out'), run: leave },
  ];
  if (needsSecret) ways.reverse();
  const buttons = new Map<vscode.QuickInputButton, () => Promise<unknown>>(
    ways.map(({ icon, words, run }) => [{ iconPath: new vscode.ThemeIcon(icon), tooltip: words }, run]),
  );
  return {
    label: `$(${needsSecret ? 'warning' : 'pass'}) ${name}`,
    description: `${trackerName(system)} · ${url}`,
    detail: standing,
    buttons: [...buttons.keys()],
    onButton: buttons,
    run: () =>
      choose(name, standing, [
        ...ways.map(({ icon, words, run }) => ({ label: `$(${icon}) ${words}`, run })),
        ...mappingEntries(ports, connection),
        { label: `$(settings-gear) ${vscode.l10n.t('Open in the settings')}`, run: () => openSettings('trackers') },
        { label: `$(trash) ${vscode.l10n.t('Remove the connection…')}`, run: () => removeTracker(ports, name) },
      ]),
  };
}

export function mappingEntries(ports: ManagePorts, { name, places, assignees }: TrackerConnection): Entry[] {
  return [
    {
      label: `$(package) ${vscode.l10n.t('Map products to projects there…')}`,
      description: vscode.l10n.t('{0} mapped', Object.keys(places).length),
      run: () => mapNames(ports, name, 'places'),
    },
    {
      label: `$(organization) ${vscode.l10n.t('Map R&D teams to people there…')}`,
      description: vscode.l10n.t('{0} mapped', Object.keys(assignees).length),
      run: () => mapNames(ports, name, 'assignees'),
    },
  ];
}

async function botEntry(
  session: Session,
  ports: ManagePorts,
  wizards: Wizards,
  connection: BotConnection,
): Promise<Entry> {
  const { bots } = ports;
  const { group, system, mentions, lead = '' } = connection;
  const isKept = await bots.isKept(group);
  const tell = () => tellTest(session, ports, group);
  const again = () => wizards.connectBot(connection);
  const standing = isKept ? vscode.l10n.t('Its address is kept') : vscode.l10n.t('Its address is missing');
  const buttons = new Map<vscode.QuickInputButton, () => Promise<unknown>>(
    isKept ? [] : [[{ iconPath: new vscode.ThemeIcon('key'), tooltip: vscode.l10n.t('Enter the address') }, again]],
  );
  return {
    label: `$(${isKept ? 'pass' : 'warning'}) ${group}`,
    description: botName(system),
    detail: [
      standing,
      lead === '' ? '' : vscode.l10n.t('R&D lead: {0}', personName(lead)),
      mentions.length === 0 ? '' : `@ ${mentions.join(', ')}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    buttons: [...buttons.keys()],
    onButton: buttons,
    run: () =>
      choose(group, standing, [
        ...(isKept ? [{ label: `$(comment) ${vscode.l10n.t('Send a test message to the group')}`, run: tell }] : []),
        { label: `$(key) ${vscode.l10n.t('Enter address, secret and mentions again…')}`, run: again },
        { label: `$(trash) ${vscode.l10n.t('Forget the bot…')}`, run: () => removeBot(ports, group) },
      ]),
  };
}

async function choose(title: string, placeholder: string, items: readonly Entry[]): Promise<void> {
  // a way back, though there is one question only
  const pick = framed<Entry>({ title, step: 2, of: 1, placeholder });
  pick.items = items;
  const answer = await answered(pick);
  if (answer.is === 'gone') throw new vscode.CancellationError();
  if (answer.is === 'item') await answer.item.run?.();
}

async function confirmed(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function removeTracker({ trackers }: ManagePorts, name: string): Promise<void> {
  const isMeant = await confirmed(
    vscode.l10n.t('Remove the connection {0}?', name),
    vscode.l10n.t(
      'Its entry in the settings goes, with what is mapped, and the password or token is forgotten. Cases and tickets stay as they are.',
    ),
    vscode.l10n.t('Remove'),
  );
  if (!isMeant) return;
  await changeSetting('trackers', (before) => withoutEntry(before, 'name', name));
  await trackers.signOut(name);
}

async function removeBot({ bots }: ManagePorts, group: string): Promise<void> {
  const isMeant = await confirmed(
    vscode.l10n.t('Forget the bot of {0}?', group),
    vscode.l10n.t('Its entry in the settings goes, and its address and secret are forgotten. The group stays known.'),
    vscode.l10n.t('Forget'),
  );
  if (!isMeant) return;
  await changeSetting('bots', (before) => withoutEntry(before, 'group', group));
  await bots.forget(group);
}

/** After a ticket system was connected: who it is, and what is worth doing next. */
export async function connected(
  ports: ManagePorts,
  { name, words }: { readonly name: string; readonly words: string },
): Promise<void> {
  for (;;) {
    const connection = ports.trackers.connections().find((each) => each.name === name);
    if (!connection) return;
    const pick = framed<Entry>({
      title: vscode.l10n.t('{0} Is Connected', name),
      step: 1,
      of: 1,
      placeholder: words,
    });
    pick.items = [...mappingEntries(ports, connection), { label: `$(check) ${vscode.l10n.t('Done')}` }];
    const next = await chosenIn(pick);
    if (!next) return;
    await next();
  }
}

/** After a bot was connected: the group hears of it only if somebody says so. */
export async function botConnected(session: Session, ports: ManagePorts, group: string): Promise<void> {
  const pick = framed<Entry>({
    title: vscode.l10n.t('The Bot of {0} Is Connected', group),
    step: 1,
    of: 1,
    placeholder: vscode.l10n.t('Everybody in the group would read a test message'),
  });
  pick.items = [
    { label: `$(check) ${vscode.l10n.t('Done')}` },
    {
      label: `$(comment) ${vscode.l10n.t('Send a test message to the group')}`,
      run: () => tellTest(session, ports, group),
    },
  ];
  await (
    await chosenIn(pick)
  )?.();
}
