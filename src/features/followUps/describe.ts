/** A row of the Follow-ups view: its icon, words and tooltip. Meaning is never in colour or icon alone. */
import * as vscode from 'vscode';
import {
  distanceWords,
  dueNames,
  shortDistanceWords,
  stepWords,
  ticketFlagNames,
  urgencyWords,
} from '../../domain/caseWords';
import { type DueKind, dueTasks, isLate } from '../../domain/dues';
import { personName } from '../../domain/person';
import { rowTitleOf } from '../../domain/summary';
import { local, shortDate } from '../../platform/language';
import type { GroupKey, Item } from './groups';

const icons: Readonly<Record<DueKind, string>> = {
  notifyLead: 'call-outgoing',
  firstResponse: 'comment',
  followUp: 'sync',
  tellCustomer: 'mail',
  answer: 'question',
  fixPromised: 'tools',
  appointment: 'calendar',
};

/** What is due of these is done by looking at the ticket, or follows from it. */
const aboutFix: ReadonlySet<DueKind> = new Set(['followUp', 'fixPromised', 'tellCustomer', 'answer']);

export function groupWord(key: GroupKey): string {
  switch (key) {
    case 'overdue':
      return vscode.l10n.t('Overdue');
    case 'today':
      return vscode.l10n.t('Today');
    case 'tomorrow':
      return vscode.l10n.t('Tomorrow');
    case 'week':
      return vscode.l10n.t('This week');
    case 'later':
      return vscode.l10n.t('Later');
    case 'customer':
      return vscode.l10n.t('Waiting on the customer');
  }
}

/** Where the task does not stand apart: "Follow up: Login fails". */
export function labelOf(item: Item): string {
  return vscode.l10n.t('{0}: {1}', local(dueTasks[item.due.kind]), rowTitleOf(item.summary));
}

/** How late first, and short: a narrow side bar is to show the title as well. Read aloud, the row says it in full. */
export function describeItem(item: Item, now: number, isReadAloud = false): string {
  const { summary, due } = item;
  return [
    local((isReadAloud ? distanceWords : shortDistanceWords)(due, now)),
    summary.urgency === 'urgent' && due.kind !== 'notifyLead' ? local(urgencyWords('urgent')) : '',
    due.snoozed ? vscode.l10n.t('snoozed') : '',
    aboutFix.has(due.kind) && summary.ticketFlag ? local(ticketFlagNames[summary.ticketFlag]) : '',
    rowTitleOf(item.summary),
    summary.customer,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export function iconOf({ summary, due }: Item, now: number): vscode.ThemeIcon {
  const color = due.kind === 'notifyLead' ? 'problemsErrorIcon.foreground' : 'problemsWarningIcon.foreground';
  const isPressing = isLate(due, now) || (due.kind === 'notifyLead' && summary.urgency === 'urgent');
  return new vscode.ThemeIcon(icons[due.kind], isPressing ? new vscode.ThemeColor(color) : undefined);
}

/** Markdown that holds case text only as escaped text: no HTML, no commands. */
export function tooltipOf(item: Item, now: number): vscode.MarkdownString {
  const { summary, due } = item;
  const tip = new vscode.MarkdownString(undefined, true);
  const line = (...parts: readonly string[]) => {
    const text = parts.filter((part) => part !== '').join(' · ');
    if (text === '') return;
    tip.appendText(text);
    tip.appendMarkdown('  \n');
  };
  tip.appendMarkdown('**');
  tip.appendText(rowTitleOf(item.summary));
  tip.appendMarkdown('**  \n');
  line(summary.id, summary.customer, [summary.product, summary.version].filter(Boolean).join(' '));
  line(
    local(stepWords(summary)),
    local(urgencyWords(summary.urgency)),
    vscode.l10n.t('owner {0}', personName(summary.owner)),
  );
  const promised = due.snoozed?.from ?? due.at;
  line(vscode.l10n.t('{0}: {1}', local(dueNames[due.kind]), shortDate(promised)), local(distanceWords(due, now)));
  if (due.snoozed) {
    const { by, reason } = due.snoozed;
    line(vscode.l10n.t('Snoozed until {0} by {1}: {2}', shortDate(due.at), personName(by), reason));
  }
  return tip;
}
