/** What can be answered at each step of connecting a ticket system, in words. */
import * as vscode from 'vscode';
import { trackerSystems } from '../../domain/tickets/connections';
import type { TrackerSystem } from '../../domain/tickets/tracker';
import type { Hosting, TrackerDraft } from './trackerDraft';
import { trackerName } from './words';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Undefined: none of them. */
export function systemChoices(): readonly Choice<TrackerSystem | undefined>[] {
  const signsIn: Readonly<Record<TrackerSystem, string>> = {
    zentao: vscode.l10n.t('with account and password'),
    jira: vscode.l10n.t('Cloud with an API token, Data Center with a personal access token'),
    redmine: vscode.l10n.t('with the API access key of your account'),
  };
  return [
    ...trackerSystems.map((system) => ({ label: trackerName(system), description: signsIn[system], value: system })),
    {
      label: vscode.l10n.t('Another system, by hand'),
      description: vscode.l10n.t('needs no connection'),
      detail: byHandWords(),
      value: undefined,
    },
  ];
}

export function byHandWords(): string {
  return vscode.l10n.t('Step 2.2 prepares a text to copy; the key of the ticket is written into the form.');
}

export const addressExamples: Readonly<Record<TrackerSystem, string>> = {
  zentao: 'https://dev.example.com/zentao',
  jira: 'https://example.atlassian.net',
  redmine: 'https://redmine.example.com',
};

/** @param secure the same address, encrypted */
export function httpChoices(secure: string): readonly Choice<boolean>[] {
  return [
    { label: vscode.l10n.t('Use https instead'), description: secure, value: false },
    {
      label: vscode.l10n.t('Send it unencrypted'),
      description: vscode.l10n.t('only within a network that you trust'),
      value: true,
    },
  ];
}

export function hostingChoices(): readonly Choice<Hosting>[] {
  return [
    {
      label: vscode.l10n.t('Data Center or Server'),
      description: vscode.l10n.t("on your company's own machines, with a personal access token"),
      value: 'dataCenter',
    },
    {
      label: 'Cloud',
      description: vscode.l10n.t('at Atlassian, with your mail address and an API token'),
      value: 'cloud',
    },
  ];
}

export function textFormatChoices(): readonly Choice<TrackerDraft['textFormat']>[] {
  return [
    { label: 'Textile', description: vscode.l10n.t('usual up to Redmine 4'), value: 'textile' },
    {
      label: 'Markdown',
      description: vscode.l10n.t('Markdown and CommonMark, usual from Redmine 5'),
      value: 'markdown',
    },
  ];
}

export function nameFault(name: string, taken: readonly string[]): string | undefined {
  if (name.trim() === '') return vscode.l10n.t('The connection needs a name.');
  if (!taken.includes(name.trim())) return undefined;
  return vscode.l10n.t('There is a connection of that name already; choose another one.');
}

export function accountFault(account: string, isMail: boolean): string | undefined {
  if (account.trim() === '') return vscode.l10n.t('Without an account nobody can sign in there.');
  if (!isMail || /^\S+@\S+$/.test(account.trim())) return undefined;
  return vscode.l10n.t('The cloud wants the mail address of the account.');
}

/** Opens where the token is made, or the site itself. */
export function browserButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: vscode.l10n.t('Open the page for it in the browser'),
  };
}
