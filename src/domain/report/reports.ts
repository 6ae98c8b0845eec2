/** Makes service reports of the casebook as it stands. */
import { type Breathe, type CaseStore, type Clock, type SettingsStore, StoreError } from '../ports';
import { serviceReportFrom } from './makeReport';
import { periodAt, type PeriodOptions } from './period';
import type { Period, ServiceReport } from './serviceReport';
import type { CaseLogs, FrozenReports, ReportOptions, Reports, UsageStore } from './sources';

export interface ReportSources {
  readonly store: CaseStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly logs: CaseLogs;
  readonly usage: UsageStore;
  /** Left out: no report is frozen. */
  readonly frozen?: FrozenReports;
  /** IANA name of the machine's zone. */
  readonly machineZone: string;
  /** Begins to measure how long work lasts. */
  readonly breathing: () => Breathe;
}

export function reportsOf(sources: ReportSources): Reports {
  const { store, settings, clock, logs, usage, frozen, machineZone, breathing } = sources;
  const zoneOf = (zone: string | undefined) => zone ?? (settings.current().calendar.zone || machineZone);
  const optionsOf = (zone: string | undefined): PeriodOptions => ({
    zone: zoneOf(zone),
    fiscalYearStartMonth: settings.current().report.fiscalYearStartMonth,
  });
  return {
    generate: async (period: string, { filter, zone, signal, onRead }: ReportOptions = {}): Promise<ServiceReport> => {
      signal?.throwIfAborted();
      await store.load();
      await store.refresh();
      onRead?.();
      // figures of a folder that can't be seen would be those of what was seen last
      const gone = store.problems().find(({ code }) => code === 'folder-missing' || code === 'folder-unreadable');
      if (gone) throw new StoreError(gone.code === 'folder-missing' ? 'folder-missing' : 'failed', gone.path);
      const input = {
        period,
        zone: zoneOf(zone),
        now: clock.now(),
        settings: settings.current(),
        usage: await usage.read(),
        frozen: (await frozen?.list()) ?? [],
        ...(filter === undefined ? {} : { filter }),
      };
      const breathe = breathing();
      return serviceReportFrom(input, { summaries: store.summaries(), logs }, async () => {
        await breathe();
        signal?.throwIfAborted();
      });
    },
    current: (kind: Period['kind']) => periodAt(clock.now(), kind, optionsOf(undefined)),
    options: () => optionsOf(undefined),
  };
}
