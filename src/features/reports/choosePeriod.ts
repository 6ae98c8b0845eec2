/** Which month or quarter? */
import * as vscode from 'vscode';
import type { PeriodOptions } from '../../domain/report/period';
import type { Period } from '../../domain/report/serviceReport';
import { isRunning, periodsSince } from './periods';
import { periodLabel } from './words';

export interface ChoiceOptions {
  readonly now: number;
  readonly periods: PeriodOptions;
  /** The first case's day: no report goes back further. */
  readonly since: number;
  /** The one that is shown now. */
  readonly current?: string;
  /** "frozen", "written": beside the period's id. */
  readonly standing: (period: string) => string;
}

type PeriodItem = vscode.QuickPickItem & { readonly period?: Period };

export async function choosePeriod(options: ChoiceOptions): Promise<Period | undefined> {
  const separator = (label: string): PeriodItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items = (kind: Period['kind']) =>
    periodsSince(options.since, kind, options.now, options.periods).map((period) => itemOf(period, options));
  const picked = await vscode.window.showQuickPick<PeriodItem>(
    [separator(vscode.l10n.t('Months')), ...items('month'), separator(vscode.l10n.t('Quarters')), ...items('quarter')],
    { placeHolder: vscode.l10n.t('The report on which month or quarter?'), matchOnDescription: true },
  );
  return picked?.period;
}

function itemOf(period: Period, { now, current, standing }: ChoiceOptions): PeriodItem {
  const facts = [
    period.id,
    isRunning(period, now) ? vscode.l10n.t('still running') : '',
    standing(period.id),
    period.id === current ? vscode.l10n.t('current') : '',
  ];
  return { label: periodLabel(period), description: facts.filter((fact) => fact !== '').join(' · '), period };
}
