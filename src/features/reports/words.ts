/** The report's words outside its page, in the editor's language. */
import * as vscode from 'vscode';
import { Cells } from '../../domain/report/document/cells';
import type { Period, ServiceReport } from '../../domain/report/serviceReport';
import { instantOf } from '../../domain/time';
import { type Language, languageOf } from '../../domain/words';
import { editorLanguage, local } from '../../platform/language';

export function periodLabel(period: Period): string {
  return local(period.label);
}

/** Of a running period to the minute; of one that is over, its last day. */
export function asOfText({ asOf, isProvisional, period }: ServiceReport): string {
  const cells = new Cells(editorLanguage(), period.zone);
  const { text } = cells.instant(isProvisional ? asOf : new Date(instantOf(asOf) - 1).toISOString());
  return vscode.l10n.t('as of {0}', isProvisional ? text : text.slice(0, 10));
}

/** The setting, by default the editor's. */
export function reportLanguage(): Language {
  const chosen = vscode.workspace.getConfiguration('casebook').get<string>('report.language', 'editor');
  return chosen === 'editor' ? editorLanguage() : languageOf(chosen);
}

export function exportsPseudonyms(): boolean {
  return vscode.workspace.getConfiguration('casebook').get<boolean>('report.pseudonyms', false);
}
