/** What the ticket systems and bots are called, where their secrets come from, and what goes wrong in connecting them. */
import * as vscode from 'vscode';
import { BotError, type BotSystem } from '../../domain/notify/bot';
import { TrackerError, type TrackerIdentity, type TrackerSystem } from '../../domain/tickets/tracker';
import { sentenceOf } from '../../platform/sentences';
import { needsAccount, type TrackerDraft } from './trackerDraft';

export function trackerName(system: TrackerSystem): string {
  switch (system) {
    case 'zentao':
      return vscode.l10n.t('ZenTao');
    case 'jira':
      return 'Jira';
    case 'redmine':
      return 'Redmine';
  }
}

export function botName(system: BotSystem): string {
  switch (system) {
    case 'wecom':
      return vscode.l10n.t('WeCom');
    case 'dingtalk':
      return vscode.l10n.t('DingTalk');
    case 'feishu':
      return vscode.l10n.t('Feishu / Lark');
    case 'slack':
      return 'Slack';
    case 'teams':
      return 'Microsoft Teams';
  }
}

/** "李售后 (support1)" */
export function whoWords({ displayName, account }: TrackerIdentity): string {
  return displayName === '' || displayName === account ? account : `${displayName} (${account})`;
}

/** "ZenTao 18.10": systems that say no version are named alone. */
export function versionWords(system: TrackerSystem, { version }: TrackerIdentity): string {
  return [trackerName(system), version].filter((each) => each !== '').join(' ');
}

export interface SecretWords {
  /** What it is called. */
  readonly name: string;
  /** Where one gets it. */
  readonly hint: string;
}

export function secretWords(draft: TrackerDraft): SecretWords {
  switch (draft.system) {
    case 'zentao':
      return {
        name: vscode.l10n.t('Password'),
        hint: vscode.l10n.t('The password that you sign in to ZenTao with in the browser.'),
      };
    case 'jira':
      return needsAccount(draft)
        ? {
            name: vscode.l10n.t('API token'),
            hint: vscode.l10n.t(
              'Not your password: make a token at id.atlassian.com → Security → API tokens, and paste it here.',
            ),
          }
        : {
            name: vscode.l10n.t('Personal access token'),
            hint: vscode.l10n.t(
              'Not your password: make a token in Jira under your picture → Profile → Personal Access Tokens, and paste it here.',
            ),
          };
    case 'redmine':
      return {
        name: vscode.l10n.t('API access key'),
        hint: vscode.l10n.t(
          'Shown in Redmine under My account, at the right. An administrator permits it in Settings → API.',
        ),
      };
  }
}

/** That it is kept safely belongs beside every box for a secret. @param hint where one gets it */
export function withKept(hint: string): string {
  return vscode.l10n.t("{0} It is kept in the editor's secret storage only.", hint);
}

/** What went wrong in signing in or asking a system: nothing was to be sent, so nothing of it is said. */
export function askingSentence(error: unknown, address: string): string {
  if (!(error instanceof TrackerError)) return sentenceOf(error);
  const said = error.said.replace(/\s+/g, ' ').trim().slice(0, 200);
  switch (error.reason) {
    case 'sign-in':
      if (error.details.signInAt !== undefined) {
        return vscode.l10n.t('The system wants you to sign in in the browser first: {0}', error.details.signInAt);
      }
      // it was not even asked
      if (error.details.status === undefined) return vscode.l10n.t('Nobody is signed in here yet.');
      return said === ''
        ? vscode.l10n.t('The system did not accept that: check the account and the password or token.')
        : vscode.l10n.t('The system did not accept that: “{0}” Nothing was kept; what you typed is still here.', said);
    case 'forbidden':
      return vscode.l10n.t('The system knows you, but does not let this account in over its interface. {0}', said);
    case 'not-found':
    case 'unsupported':
      return vscode.l10n.t(
        'There is no such interface at {0}: check the address, and the path that the system lies below.',
        address,
      );
    case 'certificate':
      return certificateSentence(address, said);
    case 'offline':
      return vscode.l10n.t(
        'Nobody answers at {0}: check the address, the network or VPN, and the proxy in the setting http.proxy.',
        address,
      );
    case 'no-answer':
      return vscode.l10n.t('No answer came from {0} in time. Try again.', address);
    case 'not-understood':
      return vscode.l10n.t(
        'What answers at {0} is not the system: perhaps a sign-in page, a proxy, or another path. Check the address.',
        address,
      );
    case 'too-many':
      return vscode.l10n.t('The system asked to be left alone for a while. Try again in some minutes.');
    case 'broken':
      return vscode.l10n.t('The system has a fault of its own. Try again later, or ask whoever runs it.');
    case 'cancelled':
      return vscode.l10n.t('Cancelled.');
    case 'refused':
    case 'conflict':
    case 'too-large':
    case 'not-applied':
      return vscode.l10n.t('The system refused: {0}', said);
  }
}

function certificateSentence(address: string, code: string): string {
  const host = URL.canParse(address) ? new URL(address).host : address;
  if (/EXPIRED|NOT_YET/.test(code)) {
    return vscode.l10n.t(
      "The certificate of {0} has expired or is not valid yet ({1}). Check this machine's clock, or ask whoever runs the system.",
      host,
      code,
    );
  }
  if (/ALTNAME/.test(code)) {
    return vscode.l10n.t(
      'The certificate of {0} is made out to another name ({1}). Use the address that it names.',
      host,
      code,
    );
  }
  return vscode.l10n.t(
    "The certificate of {0} is not trusted here ({1}). Install your company's root certificate in the operating system (setting http.systemCertificates), or name its file in NODE_EXTRA_CA_CERTS, then restart the editor.",
    host,
    code,
  );
}

/** What became of a test message. */
export function tellingSentence(error: unknown): string {
  if (!(error instanceof BotError)) return sentenceOf(error);
  const said = error.said.replace(/\s+/g, ' ').trim().slice(0, 200);
  switch (error.reason) {
    case 'address':
      return vscode.l10n.t('The group was not told: the address of its bot is not valid, or no longer.');
    case 'signature':
      return vscode.l10n.t(
        "The group was not told: the bot refused the signature. Enter its signing secret again, and check this machine's clock.",
      );
    case 'keyword':
      return vscode.l10n.t('The group was not told: the bot asks for a keyword in every message. Name it here.');
    case 'ip':
      return vscode.l10n.t(
        "The group was not told: the bot does not listen to this machine's address. Add it to the bot's list.",
      );
    case 'too-many':
      return vscode.l10n.t('The group was not told: the bot was called too often. Try again in some minutes.');
    case 'refused':
      return vscode.l10n.t('The group was not told: {0}', said);
    case 'offline':
      return vscode.l10n.t('The group was not told: the bot cannot be reached. Check the network and the proxy.');
    case 'certificate':
      return vscode.l10n.t("The group was not told: the certificate of the bot's site is not trusted here.");
    case 'broken':
    case 'not-understood':
    case 'no-answer':
      return vscode.l10n.t('The bot did not say that the group was told; look into the group.');
    case 'cancelled':
      return vscode.l10n.t('Cancelled; the group may have been told.');
  }
}
