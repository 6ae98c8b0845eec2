/** Asks what becomes of secrets in a text or file before it is recorded. */
import * as vscode from 'vscode';
import { secretWords } from '../domain/attachments/secretWords';
import type { Finding } from '../domain/redaction/finding';
import { local } from './language';

/**
 * @param name of the file or field that holds them
 * @returns undefined where somebody wants to think about it: nothing is to be recorded then
 */
export async function askSecrets(name: string, findings: readonly Finding[]): Promise<'mask' | 'keep' | undefined> {
  const mask = vscode.l10n.t('Mask Them');
  const keep = vscode.l10n.t('Keep as It Is');
  const kinds = new Set(findings.map(({ kind }) => local(secretWords(kind))));
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} holds what looks like secrets: {1} ({2}).', name, findings.length, [...kinds].join(', ')),
    { modal: true, detail: vscode.l10n.t('Everybody who can read the casebook could read them.') },
    mask,
    keep,
  );
  if (choice === undefined) return undefined;
  return choice === mask ? 'mask' : 'keep';
}
