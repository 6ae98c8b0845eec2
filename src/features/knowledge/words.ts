/** How findings of the check before publishing are called. */
import * as vscode from 'vscode';
import type { Leak } from '../../domain/redaction/articleCheck';
import type { FindingKind } from '../../domain/redaction/finding';

export function kindWord(kind: FindingKind): string {
  const words: Record<FindingKind, string> = {
    token: vscode.l10n.t('access token or key'),
    password: vscode.l10n.t('password'),
    privateKey: vscode.l10n.t('private key'),
    connectionString: vscode.l10n.t('password in a connection string'),
    phone: vscode.l10n.t('phone number'),
    mail: vscode.l10n.t('mail address'),
    ip: vscode.l10n.t('IP address'),
    host: vscode.l10n.t('host name'),
    personId: vscode.l10n.t('number of an identity paper'),
    customer: vscode.l10n.t('name of a customer'),
    contact: vscode.l10n.t("name of a customer's contact"),
    lead: vscode.l10n.t('name of an R&D lead'),
    manager: vscode.l10n.t('name of a manager'),
    colleague: vscode.l10n.t('name of a colleague'),
  };
  return words[kind];
}

export function leakSentence({ kind, place, file, line }: Leak): string {
  const what = kindWord(kind);
  switch (place) {
    case 'text':
    case 'frontMatter':
      return vscode.l10n.t('Must not be published: {0}. Replace it, or waive it with a reason.', what);
    case 'fileName':
      return vscode.l10n.t('The name of this file, or of its folder, must not be published. It holds: {0}.', what);
    case 'message':
      return vscode.l10n.t('The commit message that this title makes must not be published. It holds: {0}.', what);
    case 'file':
      return line === 0
        ? vscode.l10n.t(
            'The name of {0}, which is linked here, must not be published. It holds: {1}.',
            file ?? '',
            what,
          )
        : vscode.l10n.t(
            '{0}, which is linked here, must not be published. Line {1} holds: {2}.',
            file ?? '',
            line ?? 1,
            what,
          );
  }
}
