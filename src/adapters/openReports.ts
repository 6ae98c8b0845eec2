/** Puts together what makes service reports of a casebook: the editor's page and the command line have the same. */
import type { ArticleRepository, CaseStore, Clock, Publishing, SettingsStore } from '../domain/ports';
import { ReportOutputs } from '../domain/report/reportOutputs';
import type { ReportShelf } from '../domain/report/reportShelf';
import { reportsOf } from '../domain/report/reports';
import type { Reports } from '../domain/report/sources';
import { toIso } from '../domain/time';
import { openReportShelf } from './report/reportShelf';
import { threadRenderer } from './report/threadRenderer';
import { breathing } from './machine/breathing';
import { openCaseLogs } from './report/caseLogs';
import { openUsageFiles } from './report/usageFiles';

export interface ReportParts {
  readonly store: CaseStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly repository: ArticleRepository;
  readonly publishing: () => Publishing;
  /** Absolute path of the built thread that draws and packs reports. */
  readonly reportThread: string;
  /** What the shelf is where not everything is allowed. */
  readonly guarded?: (shelf: ReportShelf) => ReportShelf;
}

export interface OpenedReports {
  readonly reports: Reports;
  readonly reportShelf: ReportShelf;
  readonly reportOutputs: ReportOutputs;
}

export function openReports(parts: ReportParts): OpenedReports {
  const { store, settings, clock, repository, publishing, reportThread, guarded = (shelf) => shelf } = parts;
  const files = openReportShelf(store.folder);
  const reportShelf = guarded(files);
  const reports = reportsOf({
    store,
    settings,
    clock,
    logs: openCaseLogs(store.folder),
    usage: openUsageFiles(store.folder),
    frozen: files,
    machineZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    breathing,
  });
  const reportOutputs = new ReportOutputs({
    reports,
    shelf: reportShelf,
    renderer: threadRenderer(reportThread),
    store,
    settings,
    repository,
    publishing,
    now: () => toIso(clock.now(), clock.offsetAt(clock.now())),
  });
  return { reports, reportShelf, reportOutputs };
}
