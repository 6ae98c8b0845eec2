/** Exporting, committing and freezing a report. */
import * as vscode from 'vscode';
import { type Casebook, GitError, type GitFailure } from '../../domain/ports';
import { type Exported, ReportOutputError } from '../../domain/report/reportOutputs';
import { scopeText } from '../../domain/report/document/build';
import { isWhole } from '../../domain/report/scope';
import { reportFormats, type ReportFormat } from '../../domain/report/reportShelf';
import { editorLanguage } from '../../platform/language';
import { namesOf, tellWritten } from './files';
import type { Act, Shown } from './shown';
import { exportsPseudonyms, periodLabel, reportLanguage } from './words';

export type ActPorts = Pick<Casebook, 'reportOutputs'>;

/** @returns whether anything was done */
export async function actOn(what: Act, shown: Shown, ports: ActPorts): Promise<boolean> {
  switch (what) {
    case 'export':
      return exportReport(shown, ports);
    case 'commit':
      return commitReport(shown, ports);
    case 'freeze':
      return freezeReport(shown, ports);
    case 'unfreeze':
      return unfreezeReport(shown, ports);
  }
}

interface Choice {
  readonly formats: readonly ReportFormat[];
  readonly isPseudonymised: boolean;
}

type ExportItem = vscode.QuickPickItem & { readonly format?: ReportFormat; readonly isPseudonyms?: boolean };

/** @param scope what is exported of the report; empty: all of it */
async function chooseExport(scope: string): Promise<Choice | undefined> {
  const details: Readonly<Record<ReportFormat, readonly [label: string, detail: string]>> = {
    markdown: [
      vscode.l10n.t('Markdown'),
      vscode.l10n.t('With its charts as pictures beside it; what you write in it is kept'),
    ],
    html: [vscode.l10n.t('HTML page'), vscode.l10n.t('One file for everybody; prints to PDF')],
    csv: [vscode.l10n.t('CSV tables'), vscode.l10n.t('One file with all tables, one below the other')],
    xlsx: [vscode.l10n.t('Excel workbook'), vscode.l10n.t('One sheet for each section, with real numbers and dates')],
  };
  const items: ExportItem[] = [
    ...reportFormats.map((format) => {
      const [label, detail] = details[format];
      return { label, detail, format, picked: format === 'html' };
    }),
    { label: vscode.l10n.t('Customers'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Pseudonyms'),
      detail: vscode.l10n.t(
        'Customers are named "Customer A", "Customer B" and so on; their people and addresses are left out',
      ),
      isPseudonyms: true,
      picked: exportsPseudonyms(),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: [vscode.l10n.t('Export the Report'), scope].filter((part) => part !== '').join(' · '),
    placeHolder: vscode.l10n.t('As which files?'),
  });
  const formats = (picked ?? []).flatMap(({ format }) => format ?? []);
  if (!picked || formats.length === 0) return undefined;
  return { formats, isPseudonymised: picked.some(({ isPseudonyms }) => isPseudonyms === true) };
}

async function exportReport({ period, language, filter }: Shown, { reportOutputs }: ActPorts): Promise<boolean> {
  const choice = await chooseExport(scopeText(filter, editorLanguage(), 2));
  if (!choice) return false;
  const options = { language, mainLanguage: reportLanguage(), filter, ...choice };
  const exported = await writing(() => reportOutputs.export(period.id, options));
  tellWritten(
    vscode.l10n.t('Written to the casebook: {0}.', namesOf(exported.files)) + asideWords(exported),
    exported.files,
  );
  return true;
}

async function commitReport({ period, language, filter }: Shown, { reportOutputs }: ActPorts): Promise<boolean> {
  const formats = ['markdown'] as const;
  const options = { language, mainLanguage: reportLanguage(), filter, formats, isCommitted: true };
  const exported = await committing(() => reportOutputs.export(period.id, options));
  if (!exported) return true;
  const hash = exported.commit.slice(0, 8);
  tellWritten(vscode.l10n.t('The report is committed ({0}).', hash) + asideWords(exported), exported.files);
  return true;
}

async function freezeReport({ period, language, filter }: Shown, { reportOutputs }: ActPorts): Promise<boolean> {
  if (!isWhole(filter)) throw new ReportOutputError('filtered', period.id);
  const freeze = vscode.l10n.t('Freeze');
  const commitToo = vscode.l10n.t('Freeze and Commit');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Freeze the report on {0}?', periodLabel(period)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Its figures and texts stay as they are now. What is recorded later for this period is listed in the next report.',
      ),
    },
    commitToo,
    freeze,
  );
  if (answer !== freeze && answer !== commitToo) return false;
  const isCommitted = answer === commitToo;
  const options = { language, mainLanguage: reportLanguage(), formats: ['markdown'], isCommitted } as const;
  const exported = await committing(() => reportOutputs.freeze(period.id, options));
  if (exported) tellWritten(vscode.l10n.t('The report is frozen: {0}.', namesOf(exported.files)), exported.files);
  return true;
}

async function unfreezeReport({ period }: Shown, { reportOutputs }: ActPorts): Promise<boolean> {
  const unfreeze = vscode.l10n.t('Unfreeze');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Unfreeze the report on {0}?', periodLabel(period)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It follows the cases again: its figures may differ from those that were sent out. Its files stay as they are until it is exported anew.',
      ),
    },
    unfreeze,
  );
  if (answer !== unfreeze) return false;
  await reportOutputs.unfreeze(period.id);
  return true;
}

function writing<T>(work: () => Promise<T>): Promise<T> {
  const title = vscode.l10n.t('Writing the report…');
  return Promise.resolve(vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work));
}

/** Undefined where the files are written and git refused: that is told. */
async function committing(work: () => Promise<Exported>): Promise<Exported | undefined> {
  try {
    return await writing(work);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The report is written, but not committed: {0}.', gitReason(error.reason, error.output)),
    );
    return undefined;
  }
}

/** Why git did not commit, as the end of a sentence. */
function gitReason(reason: GitFailure, output: string): string {
  const reasons: Partial<Record<GitFailure, string>> = {
    'git-missing': vscode.l10n.t('git was not found on this machine'),
    'identity-missing': vscode.l10n.t('git does not know your name and mail'),
    'hook-failed': vscode.l10n.t('a hook of the repository refused it'),
    'index-locked': vscode.l10n.t('another git command is using the repository'),
    'merge-in-progress': vscode.l10n.t('a merge or rebase is under way'),
    'detached-head': vscode.l10n.t('the repository is not on a branch'),
  };
  return reasons[reason] ?? output.trim().split('\n').at(-1) ?? reason;
}

function asideWords({ keptAside }: Exported): string {
  return keptAside === ''
    ? ''
    : ` ${vscode.l10n.t('What a hand had written in it is kept in {0}.', namesOf([keptAside]))}`;
}
