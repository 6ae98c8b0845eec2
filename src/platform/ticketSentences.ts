/** One sentence for each way in which a ticket system or a group's bot can fail. */
import * as vscode from 'vscode';
import type { BotError } from '../domain/notify/bot';
import type { ConnectionFault, ConnectionProblem } from '../domain/tickets/connections';
import { TrackerError } from '../domain/tickets/tracker';
import { shortTime } from './language';

/** What the other side said, if it said anything. */
function said(text: string): string {
  const short = text.replace(/\s+/g, ' ').trim().slice(0, 300);
  return short === '' ? vscode.l10n.t('no reason given') : short;
}

/** A time of day says nothing any more once it is over. */
const isAhead = (until: number | undefined): until is number => until !== undefined && until > Date.now();

export function trackerSentence({ reason, said: text, details }: TrackerError): string {
  switch (reason) {
    case 'sign-in':
      if (details.signInAt !== undefined) {
        return vscode.l10n.t(
          'The ticket system wants you to sign in by hand first, at {0}. Nothing was sent, and what you typed is kept; sign in there, then send it again.',
          details.signInAt,
        );
      }
      return vscode.l10n.t(
        'The ticket system wants you to sign in. Nothing was sent, and what you typed is kept; sign in, then send it again.',
      );
    case 'forbidden':
      return vscode.l10n.t(
        'The ticket system does not allow your account to do that ({0}). Nothing was sent, and what you typed is kept; ask for the right, or do it there and write it down here.',
        said(text),
      );
    case 'not-found':
      return vscode.l10n.t(
        'That ticket, project or connection is not known ({0}). Nothing was sent, and what you typed is kept; check the key and the setting casebook.trackers.',
        said(text),
      );
    case 'refused':
      return vscode.l10n.t(
        'The ticket system refused it: {0}. Nothing was sent, and what you typed is kept; change what it names, then send it again.',
        said([text, ...Object.values(details.fields ?? {})].join(' ')),
      );
    case 'conflict':
      return vscode.l10n.t(
        'Somebody changed the ticket at the same moment. What was to be sent is kept in the outbox; look at the ticket, then try again.',
      );
    case 'too-large':
      return vscode.l10n.t(
        'That is larger than the ticket system takes. Nothing was sent, and what you typed is kept; send fewer or smaller files.',
      );
    case 'too-many':
      return isAhead(details.until)
        ? vscode.l10n.t(
            'The ticket system asked to be left alone until {0}. What was to be sent waits in the outbox and is sent by itself then.',
            shortTime(details.until, Date.now()),
          )
        : vscode.l10n.t(
            'The ticket system asked to be left alone for a while. What was to be sent waits in the outbox and is sent by itself.',
          );
    case 'broken':
      return vscode.l10n.t(
        'The ticket system has a fault of its own. What was to be sent waits in the outbox and is tried again by itself.',
      );
    case 'not-understood':
      return vscode.l10n.t(
        'The answer was none of a ticket system: perhaps a sign-in page or a proxy. What was to be sent is kept in the outbox; check the address, then try again: Casebook first looks whether it arrived.',
      );
    case 'not-applied':
      return vscode.l10n.t(
        'The ticket system said "done", but the ticket is not as it should be ({0}). What was to be sent is kept in the outbox; check your rights there, or do it there and write it down here.',
        said(text),
      );
    case 'no-answer':
      return vscode.l10n.t(
        'The ticket system did not answer; it may have been done. It waits in the outbox, and Casebook looks whether it arrived before it sends it again.',
      );
    case 'offline':
      return vscode.l10n.t(
        'The ticket system cannot be reached. What was to be sent waits in the outbox and is sent once it can be reached.',
      );
    case 'certificate':
      return vscode.l10n.t(
        "The certificate of the ticket system is not trusted on this machine ({0}). Nothing was sent, and what you typed is kept; install your company's certificate in the operating system, then try again.",
        said(text),
      );
    case 'cancelled':
      return vscode.l10n.t(
        'Cancelled; it may have been done already. It is kept in the outbox: try again, and Casebook looks first, or take it out.',
      );
    case 'unsupported':
      return vscode.l10n.t(
        'The ticket system cannot do that from here. Nothing was sent, and what you typed is kept; do it there and write it down here.',
      );
  }
}

/** Why a ticket could not be read: part of a sentence. */
export function unreadReason(error: Error): string {
  if (!(error instanceof TrackerError)) return said(error.message);
  const { reason, said: text, details } = error;
  switch (reason) {
    case 'sign-in':
      return details.signInAt === undefined
        ? vscode.l10n.t('sign-in needed')
        : vscode.l10n.t('the ticket system wants you to sign in by hand first, at {0}', details.signInAt);
    case 'forbidden':
      return vscode.l10n.t('your account is not allowed to read it');
    case 'not-found':
      return vscode.l10n.t('the ticket is not there, or your account does not see it');
    case 'too-many':
      return isAhead(details.until)
        ? vscode.l10n.t('the ticket system asked to be left alone until {0}', shortTime(details.until, Date.now()))
        : vscode.l10n.t('the ticket system asked to be left alone for a while');
    case 'broken':
      return vscode.l10n.t('the ticket system has a fault of its own');
    case 'no-answer':
      return vscode.l10n.t('the ticket system did not answer');
    case 'offline':
      return vscode.l10n.t('the ticket system cannot be reached');
    case 'not-understood':
      return vscode.l10n.t('the answer was none of a ticket system: perhaps a sign-in page or a proxy');
    case 'certificate':
      return vscode.l10n.t('the certificate of the ticket system is not trusted on this machine');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'refused':
    case 'conflict':
    case 'too-large':
    case 'not-applied':
    case 'unsupported':
      return said(text);
  }
}

/** Why a form does not know what the ticket system asks for. */
export function unreadSentence(connection: string, error: unknown): string {
  if (error instanceof TrackerError && error.reason === 'sign-in' && error.details.signInAt === undefined) {
    return vscode.l10n.t('Sign in to {0} to do this from here, or enter by hand what was done there.', connection);
  }
  const reason = error instanceof Error ? unreadReason(error) : String(error);
  return vscode.l10n.t(
    'What {0} asks for could not be read: {1}. Try again, or enter by hand what was done there.',
    connection,
    reason,
  );
}

export function botSentence({ reason, said: text }: BotError): string {
  switch (reason) {
    case 'address':
      return vscode.l10n.t(
        "The address of the group's bot is missing or no longer valid. The group was not told and nothing was logged; enter the address again, or tell the group yourself and log it.",
      );
    case 'signature':
      return vscode.l10n.t(
        "The bot refused the signature. The group was not told and nothing was logged; enter the bot's signing secret again and check this machine's clock.",
      );
    case 'keyword':
      return vscode.l10n.t(
        'The bot asks for a word that the message does not have. The group was not told and nothing was logged; name the word in the setting casebook.bots.',
      );
    case 'ip':
      return vscode.l10n.t(
        "The bot does not listen to this machine's address. The group was not told and nothing was logged; add the address to the bot's list, or tell the group yourself and log it.",
      );
    case 'too-many':
      return vscode.l10n.t(
        'The bot was called too often. The message waits in the outbox and is sent by itself; where it is urgent, call.',
      );
    case 'refused':
      return vscode.l10n.t(
        'The bot refused the message: {0}. The group was not told and nothing was logged; what you typed is kept.',
        said(text),
      );
    case 'broken':
    case 'not-understood':
    case 'no-answer':
      return vscode.l10n.t(
        'The bot did not say that the group was told; it may have been. Nothing was logged, and the message is kept in the outbox: look into the group, then send it again or take it out.',
      );
    case 'offline':
      return vscode.l10n.t(
        'The bot cannot be reached: the group was not told. The message waits in the outbox and is sent once it can be reached; where it is urgent, call.',
      );
    case 'certificate':
      return vscode.l10n.t(
        "The certificate of the bot's site is not trusted on this machine. The group was not told and nothing was logged; install your company's certificate in the operating system, then try again.",
      );
    case 'cancelled':
      return vscode.l10n.t(
        'Cancelled; the group may have been told. The message is kept in the outbox: look into the group, then send it again or take it out.',
      );
  }
}

/** What is wrong in the settings casebook.trackers and casebook.bots. */
export function connectionSentence({ index, name, problem, isLeftOut }: ConnectionProblem): string {
  if (index < 0) return vscode.l10n.t('The setting is not a list; nothing of it is used.');
  const entry = name === '' ? vscode.l10n.t('Entry {0}', index + 1) : name;
  const fault = faultSentence(problem);
  return isLeftOut
    ? vscode.l10n.t('{0}: {1}. The entry is not used.', entry, fault)
    : vscode.l10n.t('{0}: {1}. The default is used instead.', entry, fault);
}

function faultSentence(fault: ConnectionFault): string {
  switch (fault) {
    case 'shape':
      return vscode.l10n.t('it is not an object');
    case 'name':
      return vscode.l10n.t('the name is missing');
    case 'twice':
      return vscode.l10n.t('the name is used twice');
    case 'system':
      return vscode.l10n.t('the system is not one that Casebook knows');
    case 'url':
      return vscode.l10n.t('the address is not one of a site, or holds a user name or password');
    case 'http':
      return vscode.l10n.t('the address is not encrypted (https); "allowHttp" permits it');
    case 'account':
    case 'places':
    case 'assignees':
    case 'utcOffset':
    case 'textFormat':
    case 'keyword':
    case 'mentions':
    case 'lead':
      return vscode.l10n.t('"{0}" has a value that it cannot have', fault);
  }
}
