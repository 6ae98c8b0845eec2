/** Handing cases over to a colleague, with a word about them. */
import * as vscode from 'vscode';
import type { Casebook } from '../../domain/ports';
import { isSamePerson, personEntry, personName } from '../../domain/person';
import { type CaseSummary, rowTitleOf } from '../../domain/summary';
import { runOnEach } from './bulkRun';
import { peopleIn } from './facets';

type Ports = Pick<Casebook, 'store' | 'desk' | 'settings' | 'me'>;
type PersonItem = vscode.QuickPickItem & { readonly person: string };

export async function handOver(
  log: vscode.LogOutputChannel,
  ports: Ports,
  cases: readonly CaseSummary[],
): Promise<void> {
  const [first] = cases;
  const what = first && cases.length === 1 ? rowTitleOf(first) : vscode.l10n.t('{0} cases', cases.length);
  const owner = await pickPerson(vscode.l10n.t('Hand Over {0}', what), await choices(ports, cases));
  if (owner === undefined) return;
  const note = await vscode.window.showInputBox({
    title: vscode.l10n.t('Hand Over {0} to {1}', what, personName(owner)),
    prompt: vscode.l10n.t('A note for the new owner, if there is something to say; it stands in the timeline.'),
  });
  if (note === undefined) return;
  const values = { owner, ...(note.trim() === '' ? {} : { note: note.trim() }) };
  const title = vscode.l10n.t('Hand over to {0}', personName(owner));
  await runOnEach(log, title, cases, ({ id }) => ports.desk.act(id, { action: 'assign', values }));
}

/** Myself, the team's list, then whoever else owns a case; nobody to whom all of them belong already. */
async function choices({ store, settings, me }: Ports, cases: readonly CaseSummary[]): Promise<readonly PersonItem[]> {
  const self = await me();
  const listed = settings.current().people;
  const people = [self, ...listed.map(personEntry), ...new Set(peopleIn(store.summaries()).values())];
  const distinct = people.filter((person, index) => people.findIndex((each) => isSamePerson(each, person)) === index);
  return distinct
    .filter((person) => !cases.every(({ owner }) => isSamePerson(owner, person)))
    .map((person) => {
      const known = listed.find((each) => isSamePerson(personEntry(each), person));
      const about = [isSamePerson(person, self) ? vscode.l10n.t('you') : '', known?.team ?? ''];
      return { label: personName(person), description: about.filter((part) => part !== '').join(' · '), person };
    });
}

/** A name that is not in the list can be typed. */
function pickPerson(title: string, people: readonly PersonItem[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<PersonItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('A colleague from the list, or a new name');
  pick.matchOnDescription = true;
  const show = () => {
    const typed = pick.value.trim();
    const isNew = typed !== '' && !people.some(({ person }) => isSamePerson(person, typed));
    const newcomer = { label: vscode.l10n.t('New name: {0}', typed), alwaysShow: true, person: typed };
    pick.items = isNew ? [...people, newcomer] : people;
  };
  show();
  return new Promise((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      // the row of a new name may be some letters behind what was typed
      const person = item && people.includes(item) ? item.person : pick.value.trim();
      if (person === '') return;
      resolve(person);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
