/** Which product is which project there, and which team's tickets go to whom: from the server's own lists. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { withMapping } from '../../domain/tickets/entries';
import type { Tracker, TrackerConnection, TrackerSystem } from '../../domain/tickets/tracker';
import { changeSetting } from '../../platform/connectionSettings';
import { answered, askText, framed } from '../../platform/steps';
import { allNames, type Option, peopleOf, placesToAsk } from './mappings';
import { askingSentence } from './words';

type Ports = Pick<Casebook, 'trackers' | 'settings'>;
export type Mapped = 'places' | 'assignees';

/** The list of our own names, each with what it stands for there, until somebody has had enough. */
export async function mapNames({ trackers, settings }: Ports, name: string, map: Mapped): Promise<void> {
  const lists = new ServerLists(() => trackers.open(name));
  for (;;) {
    const connection = trackers.connections().find((each) => each.name === name);
    if (!connection) return;
    const { products, people } = settings.current();
    const ours =
      map === 'places'
        ? products.map((product) => product.name)
        : people.flatMap(({ team }) => (team === undefined ? [] : [team]));
    const from = await pickOurs(connection, map, ours, lists);
    if (from === undefined) return;
    const to = await pickTheirs(connection, map, from, lists);
    if (to === undefined) continue;
    lists.remember(to);
    await changeSetting('trackers', (entries) =>
      withMapping(entries, name, map, from, to.id === '' ? undefined : to.id),
    );
  }
}

interface Ours extends vscode.QuickPickItem {
  readonly name: string;
}

async function pickOurs(
  { name, ...connection }: TrackerConnection,
  map: Mapped,
  known: readonly string[],
  lists: ServerLists,
): Promise<string | undefined> {
  const pick = framed<Ours>({
    title: map === 'places' ? vscode.l10n.t('{0}: Products', name) : vscode.l10n.t('{0}: R&D Teams', name),
    step: 1,
    of: 1,
    placeholder:
      map === 'places'
        ? vscode.l10n.t('Which product? Type to find it, or to name a new one')
        : vscode.l10n.t('Which team? Type to find it, or to name a new one'),
  });
  pick.matchOnDescription = true;
  const lines = connection[map];
  const names = allNames(known, Object.keys(lines));
  const items = names.map((each): Ours => {
    const id = lines[each];
    return {
      label: each,
      description: id === undefined ? vscode.l10n.t('not mapped') : `→ ${lists.wordsFor(map, id)}`,
      name: each,
    };
  });
  const done: Ours = { label: `$(check) ${vscode.l10n.t('Done')}`, alwaysShow: true, name: '' };
  const show = () => {
    const typed = pick.value.trim();
    const isKnown = typed === '' || names.some((each) => each.toLowerCase() === typed.toLowerCase());
    const other: Ours = {
      label: `$(add) ${vscode.l10n.t('Another name')}`,
      description: `“${typed}”`,
      alwaysShow: true,
      name: typed,
    };
    pick.items = isKnown ? [...items, done] : [...items, other, done];
  };
  show();
  pick.onDidChangeValue(show);
  const answer = await answered(pick);
  return answer.is === 'item' && answer.item.name !== '' ? answer.item.name : undefined;
}

interface Theirs extends vscode.QuickPickItem {
  /** Undefined: it is to be typed. An empty id: mapped to nothing. */
  readonly option: Option | undefined;
}

/** The server's list; where it can't be had, why, and the way to do without. */
async function pickTheirs(
  connection: TrackerConnection,
  map: Mapped,
  from: string,
  lists: ServerLists,
): Promise<Option | undefined> {
  const { name, url } = connection;
  const now = connection[map][from];
  const pick = framed<Theirs>({
    title: vscode.l10n.t('{0}: {1}', name, from),
    step: 2,
    of: 2,
    placeholder:
      map === 'places'
        ? vscode.l10n.t('Which project or product is it there?')
        : vscode.l10n.t('Who are its tickets assigned to there?'),
  });
  pick.matchOnDescription = true;
  const ends: Theirs[] = [
    { label: `$(edit) ${vscode.l10n.t('Type its id')}`, alwaysShow: true, option: undefined },
    ...(now === undefined
      ? []
      : [{ label: `$(dash) ${vscode.l10n.t('Not mapped')}`, alwaysShow: true, option: { id: '', name: '' } }]),
  ];
  const itemsOf = (options: readonly Option[]): Theirs[] =>
    options.map((option) => ({
      label: option.name,
      description: option.id === now ? `${option.id} · ${vscode.l10n.t('chosen')}` : option.id,
      option,
    }));
  const controller = new AbortController();
  pick.items = ends;
  pick.busy = true;
  const answer = answered(pick).finally(() => controller.abort());
  void lists.options(map, connection.places, controller.signal).then(
    (options) => {
      if (controller.signal.aborted) return;
      pick.busy = false;
      const items = itemsOf(options);
      pick.items = [...items, ...ends];
      const chosen = items.find(({ option }) => option?.id === now) ?? items[0];
      if (chosen) pick.activeItems = [chosen];
    },
    (error: unknown) => {
      if (controller.signal.aborted) return;
      pick.busy = false;
      const why = askingSentence(error, url);
      pick.items = ends.map((item, index) => (index === 0 ? { ...item, detail: why } : item));
    },
  );
  const given = await answer;
  if (given.is !== 'item') return undefined;
  return given.item.option ?? askId(connection, from, now);
}

async function askId({ name, system }: TrackerConnection, from: string, now = ''): Promise<Option | undefined> {
  const example: Readonly<Record<TrackerSystem, string>> = {
    zentao: vscode.l10n.t('A number for a product, an account for a person, as in the addresses of its pages.'),
    jira: vscode.l10n.t('The key of a project (“SUP”), or the id or user name of a person.'),
    redmine: vscode.l10n.t('The identifier of a project, or the number of a person, as in the addresses of its pages.'),
  };
  const answer = await askText(
    { title: vscode.l10n.t('{0}: {1}', name, from), step: 2, of: 2, placeholder: vscode.l10n.t('Its id in {0}', name) },
    {
      value: now,
      prompt: example[system],
      check: (id) => (id.trim() === '' ? vscode.l10n.t('An id is needed.') : undefined),
    },
  );
  return answer.is === 'item' ? { id: answer.item.trim(), name: answer.item.trim() } : undefined;
}

/** Asked once, however many names are mapped. */
class ServerLists {
  private readonly asked = new Map<string, readonly Option[]>();
  private readonly typed: Option[] = [];

  constructor(private readonly open: () => Promise<Tracker>) {}

  /** What was typed by hand is offered the next time. */
  remember(option: Option): void {
    const isKnown = [...this.asked.values(), this.typed].flat().some(({ id }) => id === option.id);
    if (option.id !== '' && !isKnown) this.typed.push(option);
  }

  /** "视觉检测平台 (3)", as far as the server was asked already. */
  wordsFor(map: Mapped, id: string): string {
    const keys = [...this.asked.keys()].filter((key) => (key === '') === (map === 'places'));
    const name = keys.flatMap((key) => this.asked.get(key) ?? []).find((option) => option.id === id)?.name;
    return name === undefined || name === id ? id : `${name} (${id})`;
  }

  /** @throws TrackerError also where nobody is signed in */
  async options(map: Mapped, mapped: TrackerConnection['places'], signal: AbortSignal): Promise<readonly Option[]> {
    const tracker = await this.open();
    const places = await this.once('', () => tracker.places(signal));
    if (map === 'places') return [...places, ...this.typed];
    const ids = placesToAsk(tracker.system, Object.values(mapped), places);
    const lists: (readonly Option[])[] = [];
    for (const place of ids) lists.push(await this.once(`/${place}`, () => tracker.people(place, signal)));
    return [...peopleOf(lists), ...this.typed];
  }

  private async once(key: string, ask: () => Promise<readonly Option[]>): Promise<readonly Option[]> {
    const known = this.asked.get(key) ?? (await ask());
    this.asked.set(key, known);
    return known;
  }
}
