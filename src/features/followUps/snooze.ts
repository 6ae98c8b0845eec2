/** Asks until when and why, by keyboard alone, and puts the follow-up off through the guards. */
import * as vscode from 'vscode';
import { distanceWords } from '../../domain/caseWords';
import { type Due, maySnooze } from '../../domain/dues';
import type { Casebook } from '../../domain/ports';
import { instantOf, toIso } from '../../domain/time';
import { labelOf } from './describe';
import { local } from '../../platform/language';
import { dayOf, type Item, onDay } from './groups';
import { readTime, type SnoozeName, snoozeTimes, writeTime } from './snoozeTimes';

type Ports = Pick<Casebook, 'desk' | 'clock'>;

/** Nothing is changed where one of the questions is left with Escape. */
export async function snooze({ desk, clock }: Ports, item: Item): Promise<void> {
  const asked = await askSnooze(vscode.l10n.t('Snooze: {0}', labelOf(item)), item.due, clock);
  if (asked) await desk.act(item.summary.id, { action: 'snooze', values: { due: item.due.kind, ...asked } });
}

/** What the action takes beside the kind of due: until when, ISO-8601, and why. */
export async function askSnooze(
  title: string,
  due: Due,
  clock: Casebook['clock'],
): Promise<{ readonly until: string; readonly reason: string } | undefined> {
  const until = await askUntil(due, clock, title);
  if (until === undefined) return undefined;
  const reason = await askReason(title, writeTime(until, clock));
  return reason === undefined ? undefined : { until: toIso(until, clock.offsetAt(until)), reason };
}

function timeWord(name: SnoozeName): string {
  switch (name) {
    case 'hour':
      return vscode.l10n.t('In 1 hour');
    case 'afternoon':
      return vscode.l10n.t('This afternoon');
    case 'tomorrow':
      return vscode.l10n.t('Tomorrow morning');
    case 'monday':
      return vscode.l10n.t('Next Monday');
    case 'week':
      return vscode.l10n.t('In a week');
  }
}

async function askUntil(due: Due, clock: Casebook['clock'], title: string): Promise<number | undefined> {
  const times = snoozeTimes(due, clock.now(), clock).map(({ name, until }) => ({
    label: timeWord(name),
    description: writeTime(until, clock),
    until,
  }));
  const own = { label: vscode.l10n.t('Pick a date and time…'), description: '', until: undefined };
  const picked = await vscode.window.showQuickPick([...times, own], {
    title,
    placeHolder: vscode.l10n.t('Until when?'),
    matchOnDescription: true,
  });
  return picked && (picked.until ?? (await askTime(due.snoozed?.from ?? due.at, clock, title)));
}

async function askTime(dueAt: string, clock: Casebook['clock'], title: string): Promise<number | undefined> {
  const after = Math.max(clock.now(), instantOf(dueAt));
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Date and time, e.g. {0}', writeTime(after, clock)),
    value: writeTime(onDay(dayOf(after, clock) + 1, 9, 0, clock), clock),
    validateInput: (typed) => {
      const time = readTime(typed, clock);
      if (time === undefined) return vscode.l10n.t('Write it as {0}', writeTime(after, clock));
      return time <= after ? vscode.l10n.t('That must be later than {0}', writeTime(after, clock)) : undefined;
    },
  });
  return text === undefined ? undefined : readTime(text, clock);
}

function askReason(title: string, until: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Why is it put off until {0}?', until),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A reason is needed') : undefined),
  });
}

const distance = ({ due }: Item, now: number) => local(distanceWords(due, now));

/** Where no row is chosen: everything that may be put off. */
export async function pickItem(items: readonly Item[], now: number): Promise<Item | undefined> {
  const choices = items
    .filter(({ due }) => maySnooze(due.kind))
    .toSorted((a, b) => instantOf(a.due.at) - instantOf(b.due.at));
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is due that could be put off.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    choices.map((item) => ({
      label: labelOf(item),
      description: distance(item, now),
      detail: item.summary.customer,
      item,
    })),
    { placeHolder: vscode.l10n.t('What is to be put off?'), matchOnDetail: true },
  );
  return picked?.item;
}
