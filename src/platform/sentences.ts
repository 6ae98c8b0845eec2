/** One sentence for each thing that can go wrong: what happened, what was kept, what to do. */
import * as vscode from 'vscode';
import { FrontMatterError } from '../domain/article/frontMatter';
import { AttachmentError, GitError, type GitFailure, StoreError, type StoreFailure } from '../domain/ports';
import { PeriodError } from '../domain/report/period';
import { ReportOutputError } from '../domain/report/reportOutputs';
import { ReportShelfError } from '../domain/report/reportShelf';
import { LeakError } from '../domain/redaction/articleCheck';
import { GuardError, shortName } from '../domain/sop/missing';
import { BotError } from '../domain/notify/bot';
import { TransferError } from '../domain/transfer/files';
import { TrackerError } from '../domain/tickets/tracker';
import { SettingError } from './connectionSettings';
import { local } from './language';
import { botSentence, trackerSentence } from './ticketSentences';

export function sentenceOf(error: unknown): string {
  if (error instanceof GuardError) return guardSentence(error);
  if (error instanceof StoreError) return storeSentence(error.reason, error.path);
  if (error instanceof AttachmentError) return attachmentSentence(error);
  if (error instanceof GitError) return gitSentence(error.reason, error.output);
  if (error instanceof LeakError) return leakSentence(error);
  if (error instanceof FrontMatterError) {
    return vscode.l10n.t(
      'The front matter of this article is TOML: Casebook reads it, but does not write it. Nothing was changed; write it by hand.',
    );
  }
  if (error instanceof PeriodError) return periodSentence(error);
  if (error instanceof ReportShelfError) return reportFileSentence(error);
  if (error instanceof ReportOutputError) return reportSentence(error);
  if (error instanceof TransferError) return transferSentence(error);
  if (error instanceof TrackerError) return trackerSentence(error);
  if (error instanceof BotError) return botSentence(error);
  if (error instanceof SettingError) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return vscode.l10n.t('Casebook could not do that: {0}. Nothing was changed.', reason);
}

function transferSentence({ reason, path, cause, row }: TransferError): string {
  switch (reason) {
    case 'unreadable':
      return vscode.l10n.t(
        '{0} cannot be read ({1}). Nothing was imported; check the file, or save it anew as CSV or XLSX.',
        path,
        cause instanceof Error ? cause.message : vscode.l10n.t('no reason given'),
      );
    case 'too-large':
      return vscode.l10n.t(
        '{0} is too large: at most 300 MB, and 1 GB when unpacked, can be imported. Nothing was imported; split it into several files.',
        path,
      );
    case 'other-form':
      return vscode.l10n.t(
        '{0} is an old Excel workbook, one with a password, or a web page with a table in it. Nothing was imported; open it in Excel or WPS, save it as CSV or as XLSX without a password, and import that.',
        path,
      );
    case 'open-quote':
      return vscode.l10n.t(
        '{0} has a quoted cell in row {1} that never ends, so the rows after it cannot be told apart. Nothing was imported; add the closing quote, or save the file anew.',
        path,
        row,
      );
    case 'no-table':
      return vscode.l10n.t('{0} holds no table with headers in its first row. Nothing was imported.', path);
    case 'not-a-casebook':
      return vscode.l10n.t(
        '{0} holds no cases of Casebook. Nothing was copied; choose the folder with casebook.json.',
        path,
      );
    case 'too-many-rows':
      return vscode.l10n.t('A spreadsheet has not enough rows for all events. Nothing was written; export as CSV.');
    case 'running':
      return vscode.l10n.t(
        'Another window is importing cases into {0}, so nothing more was imported here. Wait until it has finished, then check the file again: what is here already is left out.',
        path,
      );
    case 'not-written':
      return vscode.l10n.t(
        '{0} could not be written ({1}). The cases are as they were; choose another place, or close the file where it is open.',
        path,
        cause instanceof Error ? cause.message : vscode.l10n.t('no reason given'),
      );
  }
}

function leakSentence({ leaks }: LeakError): string {
  return vscode.l10n.t(
    'Not published: the article still holds what must not leave the team ({0} findings). Open it and publish it from there.',
    leaks.length,
  );
}

function guardSentence(error: GuardError): string {
  return vscode.l10n.t(
    'Not yet possible, nothing was written. Still missing: {0}.',
    error.items.map((item) => local(shortName(item))).join('; '),
  );
}

function storeSentence(reason: StoreFailure, path: string): string {
  switch (reason) {
    case 'folder-missing':
      return vscode.l10n.t(
        'The casebook folder {0} is not there any more. What you typed is kept as a draft; bring the folder back or choose another one.',
        path,
      );
    case 'read-only':
      return vscode.l10n.t(
        '{0} can be read but not written. What you typed is kept as a draft; ask for write access or choose another casebook.',
        path,
      );
    case 'disk-full':
      return vscode.l10n.t(
        'The disk is full: {0} was not written and is as it was. What you typed is kept as a draft; free some space and try again.',
        path,
      );
    case 'locked':
      return vscode.l10n.t(
        'Another window is writing {0} and does not finish. What you typed is kept as a draft; try again in a moment.',
        path,
      );
    case 'case-missing':
      return vscode.l10n.t('The case {0} is not in this casebook any more; what you typed is kept as a draft.', path);
    case 'file-missing':
      return vscode.l10n.t('The file {0} is not there any more. What the case says of it is kept.', path);
    case 'outside-casebook':
      return vscode.l10n.t(
        '{0} leads out of the casebook folder; Casebook does not follow it. Nothing was changed.',
        path,
      );
    case 'restricted':
      return vscode.l10n.t('Restricted Mode: Casebook only reads here. Trust the workspace to go on.');
    case 'failed':
      return vscode.l10n.t(
        '{0} could not be read or written. What you typed is kept as a draft; the log says why.',
        path,
      );
  }
}

function attachmentSentence({ reason, file, limitMb }: AttachmentError): string {
  switch (reason) {
    case 'too-large':
      return vscode.l10n.t(
        '{0} is larger than {1} MB and was not added. Add the part that matters, or raise "attachmentLimitMb" in casebook.json.',
        file,
        limitMb,
      );
    case 'folder':
      return vscode.l10n.t('{0} is a folder and was not added. Add its files, or pack it into one.', file);
    case 'unreadable':
      return vscode.l10n.t('{0} could not be read and was not added.', file);
  }
}

function periodSentence({ reason, text }: PeriodError): string {
  switch (reason) {
    case 'form':
      return vscode.l10n.t('"{0}" is no month or quarter; write it as 2026-09 or 2026-Q3.', text);
    case 'zone':
      return vscode.l10n.t(
        'There is no time zone "{0}". No report was made; correct "zone" of "calendar" in casebook.json.',
        text,
      );
    case 'future':
      return vscode.l10n.t('{0} has not begun yet: there is nothing to report.', text);
  }
}

function reportFileSentence({ reason, path }: ReportShelfError): string {
  if (reason === 'newer') {
    return vscode.l10n.t('{0} was written by a newer Casebook and was left as it is. Update Casebook to go on.', path);
  }
  return vscode.l10n.t(
    '{0} cannot be read as a part of a report and was left as it is. Mend it or move it away, then try again.',
    path,
  );
}

function reportSentence({ reason, period }: ReportOutputError): string {
  switch (reason) {
    case 'frozen':
      return vscode.l10n.t('The report on {0} is frozen and was not changed. Unfreeze it to change it.', period);
    case 'running':
      return vscode.l10n.t('{0} is not over yet: its report can be frozen once it is.', period);
    case 'filtered':
      return vscode.l10n.t('Only the report on all cases of {0} can be frozen, not one on a part of them.', period);
  }
}

export function gitSentence(reason: GitFailure, output: string): string {
  switch (reason) {
    case 'git-missing':
      return vscode.l10n.t(
        'Git was not found on this machine. The article is saved as a file; install git, then publish it.',
      );
    case 'not-a-repository':
      return vscode.l10n.t('The knowledge folder is not in a git repository. The article is saved as a file.');
    case 'identity-missing':
      return vscode.l10n.t(
        'Git does not know who you are. The article is saved as a file; tell git your name and mail, then publish it.',
      );
    case 'hook-failed':
      return vscode.l10n.t(
        'A git hook of the repository refused the commit. The article is saved as a file; the hook says why.',
      );
    case 'index-locked':
      return vscode.l10n.t(
        'Another git command is using the repository. The article is saved as a file; try again when it has finished.',
      );
    case 'merge-in-progress':
      return vscode.l10n.t(
        'A merge or rebase is under way in the repository. The article is saved as a file; finish or abort that first.',
      );
    case 'detached-head':
      return vscode.l10n.t(
        'The repository is not on a branch. The article is saved as a file; check out a branch, then publish it.',
      );
    case 'nothing-to-commit':
      return vscode.l10n.t('The article is published already and has not changed since.');
    case 'outside-repository':
      return vscode.l10n.t('The article lies outside the knowledge repository, so it was not committed.');
    case 'read-only':
      return vscode.l10n.t(
        'The knowledge repository can be read but not written. The article stays as it is; ask for write access.',
      );
    case 'wrong-branch':
      return vscode.l10n.t(
        'The knowledge repository is on branch {0}, but the setting casebook.knowledge.branch names another one. The article is saved as a file; switch the branch or change the setting.',
        output.trim(),
      );
    case 'no-remote':
      return vscode.l10n.t(
        'The knowledge repository has no remote to send articles to. They are committed on this machine; add a remote with git, then send them.',
      );
    case 'offline':
      return vscode.l10n.t(
        'The remote of the knowledge repository cannot be reached. The articles are committed on this machine and stay in the queue until they can be sent.',
      );
    case 'sign-in':
      return vscode.l10n.t(
        'The remote of the knowledge repository wants you to sign in. The articles are committed on this machine; sign in once with git push in a terminal, then send them.',
      );
    case 'push-refused':
      return vscode.l10n.t(
        'The remote of the knowledge repository refused the articles. They are committed on this machine; the log holds its answer.',
      );
    case 'diverged':
      return vscode.l10n.t(
        'Others sent changes, and your branch also has commits that are no articles. Nothing was sent or changed; bring both together with git (pull), then send the articles.',
      );
    case 'conflict':
      return vscode.l10n.t(
        'Somebody else changed the same article: {0}. Nothing was sent or changed; pull in Source Control, choose what stays, then send it.',
        output.trim().split('\n').join(', '),
      );
    case 'failed':
      return vscode.l10n.t('Git refused: {0}. The article is saved as a file.', output.trim().split('\n').at(-1) ?? '');
  }
}
