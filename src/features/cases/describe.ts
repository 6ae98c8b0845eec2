/** A case in a few words: the row's description, its icon, its tooltip. Meaning is never in colour alone. */
import * as vscode from 'vscode';
import { type CaseSummary, isOverdue, nextDue, rowTitleOf } from '../../domain/summary';
import type { CaseState } from '../../domain/case/state';
import {
  dueWords,
  pressWords,
  statusWords,
  stepWords,
  ticketFlagNames,
  ticketFlagWords,
  urgencyWords,
  waitingWords,
} from '../../domain/caseWords';
import { dueTasks } from '../../domain/dues';
import { procedureOf } from '../../domain/sop/engine';
import { type Missing, shortName } from '../../domain/sop/missing';
import { actionsAt } from '../../domain/sop/procedure';
import { personName } from '../../domain/person';
import { ticketName } from '../../domain/tickets/ownTicket';
import { ticketStatusWords } from '../../domain/tickets/statusWords';
import { local, shortDate } from '../../platform/language';
import type { Around } from './facets';
import { isHandedTo } from './sorting';

/** An issue that is closed, and waits for its article, presses nobody any more. */
function isUrgent(summary: CaseSummary): boolean {
  return summary.urgency === 'urgent' && summary.closedAt === undefined;
}

/** The title of a row; what presses comes before it, since a narrow side bar shows its beginning and nothing else. */
export function rowTitle(summary: CaseSummary, now: number): string {
  const title = rowTitleOf(summary);
  const press = pressWords(nextDue(summary), now);
  return press ? `${local(press)} · ${title}` : title;
}

/** @param isTitled `rowTitle` says already when it is due */
export function describeCase(summary: CaseSummary, { now, me }: Around, isTitled = false): string {
  const due = nextDue(summary);
  const parts: string[] = [];
  // what matters now comes first: a narrow side bar cuts the rest
  if (summary.status === 'open') {
    if (summary.handover && isHandedTo(summary, me))
      parts.push(vscode.l10n.t('handed to you by {0}', personName(summary.handover.by)));
    if (isUrgent(summary)) parts.push(local(urgencyWords('urgent')));
    if (summary.ticketFlag) parts.push(local(ticketFlagNames[summary.ticketFlag]));
    if (due) parts.push(local(isTitled && pressWords(due, now) ? dueTasks[due.kind] : dueWords(due, now)));
    else if (summary.waitingOn && summary.waitingOn !== 'us') parts.push(local(waitingWords[summary.waitingOn]));
    parts.push(local(stepWords(summary)), summary.customer);
    if (summary.round > 1) parts.push(vscode.l10n.t('round {0}', summary.round));
  } else {
    parts.push(local(statusWords[summary.status]), summary.customer);
  }
  if (summary.conflicts > 0) parts.push(vscode.l10n.t('conflict'));
  if (summary.quarantined > 0) parts.push(vscode.l10n.t('unreadable lines'));
  return parts.filter((part) => part !== '').join(' · ');
}

export function caseIcon(summary: CaseSummary, now: number): vscode.ThemeIcon {
  const icon = (name: string, color?: string) =>
    new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  if (summary.conflicts > 0 || summary.quarantined > 0) return icon('git-merge', 'problemsWarningIcon.foreground');
  if (summary.status === 'archived' || summary.status === 'closed') return icon('pass');
  if (summary.status !== 'open') return icon('circle-slash');
  if (isUrgent(summary)) return icon('flame', 'problemsErrorIcon.foreground');
  if (summary.ticketFlag === 'closedUnverified') return icon('unverified', 'problemsWarningIcon.foreground');
  if (isOverdue(summary, now)) return icon('warning', 'problemsWarningIcon.foreground');
  if (summary.waitingOn === 'customer') return icon('comment-discussion');
  if (summary.waitingOn === 'us') return icon('circle-large-outline');
  return icon('clock');
}

/** Markdown that holds case text only as escaped text: no HTML, no commands. */
export function caseTooltip(
  summary: CaseSummary,
  state: CaseState | undefined,
  missing: readonly Missing[],
  now: number,
) {
  const tip = new vscode.MarkdownString(undefined, true);
  tip.isTrusted = false;
  tip.supportHtml = false;
  const line = (text: string) => {
    tip.appendText(text);
    tip.appendMarkdown('  \n');
  };
  tip.appendMarkdown('**');
  tip.appendText(rowTitleOf(summary));
  tip.appendMarkdown('**  \n');
  line(
    [summary.id, summary.customer, [summary.product, summary.version].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(' · '),
  );
  if (summary.status === 'open') {
    const facts = [
      local(stepWords(summary)),
      local(urgencyWords(summary.urgency)),
      summary.waitingOn ? local(waitingWords[summary.waitingOn]) : '',
    ];
    facts.push(vscode.l10n.t('round {0}', summary.round));
    if (summary.planRevision > 0) facts.push(vscode.l10n.t('plan revision {0}', summary.planRevision));
    line(facts.filter(Boolean).join(' · '));
    for (const due of summary.dues) line(`${local(dueWords(due, now))} (${shortDate(due.at)})`);
  } else {
    line(`${local(statusWords[summary.status])} · ${shortDate(summary.updatedAt)}`);
  }
  if (summary.ticketKey !== '') {
    const ticket = vscode.l10n.t('Ticket {0}', summary.ticketKey);
    const flag = summary.ticketFlag ? local(ticketFlagWords[summary.ticketFlag]) : '';
    line([ticket, local(ticketStatusWords(summary.ticketStatus ?? '')), flag].filter(Boolean).join(' · '));
  }
  line(summary.owner === '' ? vscode.l10n.t('owner: nobody') : vscode.l10n.t('owner {0}', personName(summary.owner)));
  if (summary.handover) {
    const { at, by, note } = summary.handover;
    const from = vscode.l10n.t('handed over by {0} on {1}', personName(by), shortDate(at));
    line(note === '' ? from : vscode.l10n.t('{0}: {1}', from, note.replaceAll('\n', ' ')));
  }
  if (summary.tags.length > 0) line(vscode.l10n.t('Tags: {0}', summary.tags.join(', ')));
  if (missing.length > 0) {
    tip.appendMarkdown('\n\n');
    line(vscode.l10n.t('Still missing:'));
    for (const item of missing)
      tip
        .appendMarkdown('- ')
        .appendText(local(shortName(item)))
        .appendMarkdown('\n');
    // else what follows would be part of the last item
    tip.appendMarkdown('\n');
  }
  if (summary.conflicts > 0) line(vscode.l10n.t('Two copies contradict each other; open the case to settle it.'));
  if (summary.quarantined > 0)
    line(
      vscode.l10n.t(
        '{0} lines of the log cannot be read; they are kept. Open the log to see them.',
        summary.quarantined,
      ),
    );
  if (summary.unknown > 0)
    line(vscode.l10n.t('{0} entries come from a newer Casebook; they are kept.', summary.unknown));
  const recent = state?.visits.slice(-3).toReversed() ?? [];
  if (recent.length > 0) {
    tip.appendMarkdown('\n\n');
    for (const visit of recent) {
      line(
        `${shortDate(visit.entered.at)} · ${personName(visit.entered.by)} → ${local(stepWords({ kind: summary.kind, step: visit.step }))}`,
      );
    }
  }
  return tip;
}

/** What a step of the checklist says beside its name. */
export function describeStep(state: CaseState, step: string, missing: readonly Missing[]): string {
  if (step === state.step && state.status === 'open') {
    return missing.length === 0
      ? vscode.l10n.t('ready')
      : vscode.l10n.t('missing: {0}', missing.map((item) => local(shortName(item))).join(', '));
  }
  const visit = state.visits.findLast((entry) => entry.step === step && entry.round === state.round && entry.left);
  const isDone = visit?.left !== undefined && step < state.step;
  const parts: string[] = [];
  if (isDone || state.status !== 'open') {
    if (step === '1.2' && state.kind === 'issue') parts.push(local(urgencyWords(state.urgency)));
    const ticketStep = actionsAt(procedureOf(state.kind), step).some(
      ({ name }) => name === 'createTicket' || name === 'submit',
    );
    if (ticketStep && state.ticket) parts.push(`${ticketName(state.ticket.key)} (${state.ticket.system})`);
    if (visit?.left) parts.push(`${shortDate(visit.left.at)} · ${personName(visit.left.by)}`);
  } else if (step === '4.2' && state.kind === 'issue') {
    parts.push('a · b · c · d');
  }
  return parts.filter(Boolean).join(' · ');
}
