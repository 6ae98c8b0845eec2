/** Says what has come back from the tickets: one notification for a round, whatever it brought. */
import * as vscode from 'vscode';
import { ticketName } from '../../domain/tickets/ownTicket';
import { changeText } from '../../domain/tickets/changeText';
import { ticketFlagWords } from '../../domain/caseWords';
import type { TicketFlag } from '../../domain/tickets/standing';
import { editorLanguage, inARow, local } from '../../platform/language';
import type { News } from './digest';

const flags: readonly TicketFlag[] = ['closedUnverified', 'planDiffers', 'statusDiffers'];
/** So many keys are named. */
const NAMED = 5;

/** @param news in their order */
export function tellNews(news: readonly News[]): void {
  const [first] = news;
  if (!first) return;
  const isPressing = news.some(({ flag }) => flag === 'closedUnverified' || flag === 'planDiffers');
  const say = isPressing ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if (news.length === 1) {
    const open = vscode.l10n.t('Open Case');
    const flagged = first.flag ? vscode.l10n.t('{0}.', local(ticketFlagWords[first.flag])) : '';
    const changed = vscode.l10n.t('Ticket changed: {0}.', lineOf(first));
    void say(inARow(changed, flagged), open).then((answer) => {
      if (answer === open) openCase(first);
    });
    return;
  }
  const show = vscode.l10n.t('Show Them');
  void say(inARow(...sentences(news)), show).then((answer) => {
    if (answer === show) void pickOne(news);
  });
}

function sentences(news: readonly News[]): readonly string[] {
  const flagged = flags.map((flag) => {
    const own = news.filter((each) => each.flag === flag);
    return own.length === 0 ? '' : vscode.l10n.t('{0}: {1}.', local(ticketFlagWords[flag]), keys(own));
  });
  return [vscode.l10n.t('{0} tickets changed: {1}.', news.length, keys(news)), ...flagged];
}

const keyOf = ({ change: { key } }: News) => ticketName(key);

function keys(news: readonly News[]): string {
  const named = news.slice(0, NAMED).map(keyOf);
  return [...named, ...(news.length > NAMED ? ['…'] : [])].join(editorLanguage() === 'en' ? ', ' : '、');
}

const lineOf = ({ change }: News) => changeText(change, editorLanguage());

async function pickOne(news: readonly News[]): Promise<void> {
  const picks = news.map((each) => ({
    label: [each.flag ? '$(warning)' : '', keyOf(each)].filter(Boolean).join(' '),
    description: each.flag ? local(ticketFlagWords[each.flag]) : '',
    detail: lineOf(each),
    news: each,
  }));
  const placeHolder = vscode.l10n.t('Tickets that have changed; Enter opens the case');
  const picked = await vscode.window.showQuickPick(picks, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked) openCase(picked.news);
}

function openCase({ change }: News): void {
  void vscode.commands.executeCommand('casebook.case.open', change.caseId);
}
